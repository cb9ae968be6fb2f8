"""Figures in the reader's language: numbers, shares, intervals, places; None reads as "not known"."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from clarion import locale
from clarion.desk.language import reader_language
from clarion.pictures.words import number, percent, rounded
from clarion.vocab import Estimate, places

register = template.Library()


@register.filter
def place_name(iso3: str) -> str:
    """A country's name; the code itself where the table has none."""
    found = places().get(iso3)
    return found.name(reader_language()) if found else iso3


@register.filter
def say(text: str) -> str:
    """A text or a phrase from data, an engine or an error, in the reader's language."""
    return locale.say(text, reader_language())


@register.filter
def figure(value: float | Decimal | None, digits: int = 0) -> str:
    """A number with ``digits`` decimals."""
    return number(float(value), reader_language(), digits) if value is not None else gettext("not known")


@register.filter
def share(value: float | None, digits: int = 0) -> str:
    """A fraction as per cent."""
    return percent(value, reader_language(), digits) if value is not None else gettext("not known")


@register.simple_tag
def estimate(found: Estimate | None, kind: str = "number", digits: int = 0) -> SafeString | str:
    """A value with its interval under it; ``kind`` is number or share. Not known: the reason on a second line. None,
    such as a country that a run does not reach, is no data.
    """
    write = share if kind == "share" else figure
    if found is None:
        return gettext("no data")
    if found.value is None:
        return format_html('{}<br><span class="iv why">{}</span>', gettext("not known"), say(found.reason))
    if found.interval is None:
        return write(found.value, digits)
    value, low, high = map(rounded, (found.value, found.interval.low, found.interval.high))
    between = gettext("%(low)s to %(high)s") % {"low": write(low, digits), "high": write(high, digits)}
    return format_html('{}<br><span class="iv">{}</span>', write(value, digits), between)
