"""Numbers and dates on axes in the reader's language: CLDR's forms, handed to the chart renderer."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def number_format(language: str) -> dict[str, Any]:
    """A d3-format locale: decimal and thousands signs of ``language``, with a space before the per cent sign."""
    from babel import Locale

    symbols = Locale.parse(language).number_symbols
    signs = symbols.get("latn", symbols)
    return {
        "decimal": signs["decimal"], "thousands": signs["group"], "grouping": [3], "currency": ["", ""],
        "percent": "\u00a0%", "minus": "\u2212",
    }  # fmt: skip


@cache
def date_format(language: str) -> dict[str, Any]:
    """A d3-time-format locale with the names of months and days as they stand alone."""
    from babel import Locale

    locale = Locale.parse(language)
    months, days = locale.months["stand-alone"], locale.days["stand-alone"]
    week = (6, 0, 1, 2, 3, 4, 5)  # d3 begins on Sunday, CLDR in Babel on Monday
    return {
        "dateTime": "%x %X", "date": "%d.%m.%Y", "time": "%H:%M", "periods": ["AM", "PM"],
        "days": [days["wide"][d] for d in week], "shortDays": [days["abbreviated"][d] for d in week],
        "months": [months["wide"][m] for m in range(1, 13)],
        "shortMonths": [months["abbreviated"][m] for m in range(1, 13)],
    }  # fmt: skip
