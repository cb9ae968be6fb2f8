"""Commodities and figures in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language, gettext

from clarion.pictures.words import number, percent
from clarion.spillover.service import words
from clarion.vocab import Estimate


def commodity_name(item: str) -> str:
    """A commodity's name, capitalised."""
    return words.commodity_name(item, (get_language() or "en").partition("-")[0])


def worded(found: Estimate | None, kind: str, digits: int = 0) -> str:
    """``79 % (47 to 90)``; "no data" for nothing, "not known" for an honest gap."""
    if found is None:
        return gettext("no data")
    if found.value is None:
        return gettext("not known")
    lang = (get_language() or "en").partition("-")[0]
    say = percent if kind == "share" else number
    text = say(found.value, lang, digits)
    if found.interval is None:
        return text
    return gettext("%(value)s (%(low)s to %(high)s)") % {
        "value": text,
        "low": say(found.interval.low, lang, digits),
        "high": say(found.interval.high, lang, digits),
    }
