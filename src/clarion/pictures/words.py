"""Numbers as a language writes them, through Babel's CLDR."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any


@cache
def _locale(language: str) -> Any:
    from babel import Locale

    return Locale(language)


def number(value: float, language: str = "en", digits: int = 0) -> str:
    """``12345.6`` as ``12,346`` in English and ``12 346`` in Russian."""
    from babel.numbers import format_decimal

    # Adding zero turns a rounded -0 into 0.
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(round(value, digits) + 0.0, format=pattern, locale=_locale(language)))


def rounded(value: float, figures: int = 3) -> float:
    """An estimate from a thousand up to so many significant figures: 9,592,071 claims what no interval holds."""
    return round(value, figures - 1 - math.floor(math.log10(abs(value)))) if abs(value) >= 1000 else value


def percent(value: float, language: str = "en", digits: int = 0) -> str:
    """A fraction as per cent; a share that rounds to nothing but is not nothing reads as less than the last digit."""
    from babel.numbers import format_percent

    pattern = "#,##0" + ("." + "0" * digits if digits else "") + "\u00a0%"
    smallest = 10.0 ** -(digits + 2)
    if 0 < value < smallest / 2:
        return "<" + str(format_percent(smallest, format=pattern, locale=_locale(language)))
    return str(format_percent(round(value, digits + 2) + 0.0, format=pattern, locale=_locale(language)))


def listed(names: Sequence[str], language: str = "en") -> str:
    """``Libya, Lebanon and Israel``, with the commas and the word that a language uses."""
    from babel.lists import format_list

    return str(format_list(names, locale=_locale(language)))
