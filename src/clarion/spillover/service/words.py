"""The room's words in any language, without Django: briefs and the command line speak as the pages do."""

from __future__ import annotations

import gettext as catalogues
from functools import cache
from pathlib import Path

import clarion
from clarion.errors import InputError
from clarion.vocab import COMMODITIES, Estimate
from clarion.vocab.place import LANGUAGES

_FOLDER = Path(clarion.__file__).parent / "locale"


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    return catalogues.translation("django", _FOLDER, [language], fallback=True)


def gettext(text: str, language: str) -> str:
    """``text`` in ``language``; the English itself where it is not translated."""
    return _catalogue(language).gettext(text) if text else ""


def known(language: str) -> None:
    """Go on only with a language that the house speaks.

    Raises
    ------
    InputError: with those that it does.
    """
    if language not in LANGUAGES:
        raise InputError(
            f"There is no language {language!r}.", where="language", next_step=f"Use one of: {', '.join(LANGUAGES)}."
        )


def ngettext(one: str, many: str, count: int, language: str) -> str:
    """The form of a text that fits a count."""
    return _catalogue(language).ngettext(one, many, count)


def commodity_name(item: str, language: str) -> str:
    """A commodity's name, capitalised."""
    return gettext(COMMODITIES[item].name, language) if item in COMMODITIES else item


def worded(found: Estimate | None, kind: str, language: str, digits: int = 0) -> str:
    """``79 % (47 to 90)``; "no data" for nothing, "not known" for an honest gap. ``kind`` is share or number."""
    from clarion.pictures.words import number, percent

    if found is None:
        return gettext("no data", language)
    if found.value is None:
        return gettext("not known", language)
    say = percent if kind == "share" else number
    text = say(found.value, language, digits)
    if found.interval is None:
        return text
    return gettext("%(value)s (%(low)s to %(high)s)", language) % {
        "value": text,
        "low": say(found.interval.low, language, digits),
        "high": say(found.interval.high, language, digits),
    }
