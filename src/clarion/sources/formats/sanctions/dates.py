"""Dates as lists print them: days, months, years, ranges, about, and placeholders for what is not known.

A placeholder (dd/mm/1968, 00/00/1968, 1 January 1968) is a year: lists and registers write the first of January when
they know the year alone, and a day that nobody knows must not clear or condemn anyone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

EARLIEST = 1850
LONGEST = 80  # characters of a printed date
UNREAD, IMPOSSIBLE = "dates not understood, kept as printed", "dates that cannot be, kept as printed without a day"
PLACEHOLDER = "dates on 1 January, taken for the year"
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1,
    )
    for name in names.split()
}  # fmt: skip
_CIRCA = re.compile(
    r"\b(?:circa|approximately|approximate|approx|about|around|probably|possibly|presumed|late|early|mid|ca|c)\b[.\s-]*"
)
_FILLER = re.compile(r"\b(?:between|from|born|dob|in|on|gregorian calendar)\b|[()\[\],]|\.$")
_RANGE = re.compile(r"(?P<first>.{0,40}\d{4})\s?(?:\bto\b|\band\b|[-–—/])\s?(?P<last>.{0,40}\d{4})")
_FORMS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:t.*|z|[+-]\d\d:\d\d)?"),
    re.compile(r"(?P<d>\d{1,2}|dd|d)[./-] ?(?P<m>\d{1,2}|mm|m)[./-] ?(?P<y>\d{4})"),
    re.compile(r"(?P<m>\d{1,2}|mm|m)[./](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})"),
    re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s.-]*(?P<m>[a-z]+)[\s.-]*(?P<y>\d{4})"),
    re.compile(r"(?P<m>[a-z]+)[\s.]+(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+(?P<y>\d{4})"),
    re.compile(r"(?P<m>[a-z]+)[\s.-]*(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})"),
)
_DECADE = re.compile(r"(?:the )?(\d{3})0[’']?s")
_ITEM = re.compile(r"(?:^|(?<=[\s;,]))\(?(?:[a-z]|\d|[ivx]{2,4})\)")


@dataclass(frozen=True, slots=True)
class Dated:
    """What a printed date may mean: first and last day (ISO 8601), how exactly, and whether it is called about.

    ``reason`` says why ``start`` is empty, or that a placeholder was taken for its year.
    """

    start: str = ""
    end: str = ""
    precision: str = ""
    circa: bool = False
    reason: str = ""


def read_date(printed: str, latest: int, *, circa: bool = False) -> Dated:
    """One printed date, day before month. Years run from 1850 to ``latest``."""
    if len(printed) > LONGEST:
        return Dated(circa=circa, reason=UNREAD)
    text = printed.strip().lower()
    circa = circa or bool(_CIRCA.search(text))
    text = " ".join(_FILLER.sub(" ", _CIRCA.sub("", text)).split())
    if decade := _DECADE.fullmatch(text):
        year = int(decade[1]) * 10
        return read_parts(year, 0, 0, latest, circa=circa, last=year + 9)
    for form in _FORMS:
        if found := form.fullmatch(text):
            parts = found.groupdict()
            month = _number(parts.get("m"), _MONTHS)
            if month is None:
                continue
            return read_parts(int(parts["y"]), month, _number(parts.get("d")) or 0, latest, circa=circa)
    if between := _RANGE.fullmatch(text):
        first, last = (read_date(between[part], latest) for part in ("first", "last"))
        if first.start and last.end and first.start <= last.end:
            return Dated(first.start, last.end, "range", circa)
        if IMPOSSIBLE in (first.reason, last.reason):
            return Dated(circa=circa, reason=IMPOSSIBLE)
    return Dated(circa=circa, reason=UNREAD)


def _number(text: str | None, names: dict[str, int] | None = None) -> int | None:
    """A part's number; 0 where it is absent or a placeholder, None where a word is no month."""
    if not text or text in ("dd", "mm", "d", "m"):
        return 0
    return int(text) if text.isdecimal() else (names or {}).get(text)


def read_parts(year: int, month: int, day: int, latest: int, *, circa: bool = False, last: int | None = None) -> Dated:
    """A date from its parts; 0 for a part that is not known. ``last`` ends a range of years."""
    end = year if last is None else last
    if not EARLIEST <= year <= end <= latest or not 0 <= month <= 12:
        return Dated(circa=circa, reason=IMPOSSIBLE)
    if last is not None and last != year:
        return Dated(f"{year}-01-01", f"{end}-12-31", "range", circa)
    if month and day > monthrange(year, month)[1]:
        return Dated(circa=circa, reason=IMPOSSIBLE)
    if not month or (month, day) == (1, 1):
        return Dated(f"{year}-01-01", f"{year}-12-31", "year", circa, PLACEHOLDER if month else "")
    if not day:
        return Dated(f"{year}-{month:02d}-01", f"{year}-{month:02d}-{monthrange(year, month)[1]}", "month", circa)
    iso = f"{year}-{month:02d}-{day:02d}"
    return Dated(iso, iso, "day", circa)


def split_dates(cell: str) -> list[str]:
    """The dates of one cell: parted by semicolons, ``or``, a comma after a year, or printed as (a), (b) or (1), (2)."""
    parts = re.split(r";|\bor\b|(?<=\d{4}),", _ITEM.sub(";", cell))
    return [part for part in (part.strip(' ,;"') for part in parts) if part] or [cell]


def day_of(printed: str, latest: int, *, american: bool = False) -> str:
    """A full day as ISO 8601, such as a day of listing; "" for anything else. A first of January is a day here."""
    text = printed.strip()
    if american and (found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)):
        text = f"{found[3]}-{found[1]}-{found[2]}"
    read = read_date(text, latest)
    if read.precision == "day" and not read.circa:
        return read.start
    return read.start if read.reason == PLACEHOLDER else ""
