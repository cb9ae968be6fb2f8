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
    r"\b(?:on or (?=about|around))?(?:circa|approximately|approximate|approx|about|around|probably|possibly|presumed"
    r"|late|early|middle of|mid|ca|c)\b[.\s-]*"
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
_DECADES = re.compile(r"(?:the )?(\d{3})0[’']?s(?:\s?(?:to|and|or|[-–—/])\s?(?:the )?(\d{3})0[’']?s)?")
_MONTHS_OF = re.compile(r"(?P<first>[a-z]+)\.?\s?(?:\b(?:to|and|or)\b|[-–—/])\s?(?P<last>[a-z]+)\.?\s(?P<y>\d{4})")
_GUESS = re.compile(r"\((?:approx|possibly|probably|perhaps)\b[^()]*\d[^()]*\)", re.IGNORECASE)
_BEARER = re.compile(r"\((?![^()]*Calendar)[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){2,}\)")
_IRANIAN = re.compile(r"(\d{4}) \((?:iranian|persian|solar)(?: hijri)? calendar\)", re.IGNORECASE)
_PARTED = re.compile(r";|(?<=\d{4}),|(?<=calendar\)),|(?<=[./]\d{4}) / (?=\d+[./]\d+[./]\d{4})", re.IGNORECASE)
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
    """One printed date, day before month. Years run from 1850 to ``latest``.

    What stands in brackets behind it is passed over where it names who bore the date, or guesses within it.
    """
    if len(printed) > LONGEST:
        return Dated(circa=circa, reason=UNREAD)
    if iranian := _IRANIAN.fullmatch(printed.strip()):
        return _iranian(int(iranian[1]), latest, circa)
    guesses = " ".join(_GUESS.findall(printed))
    text = _BEARER.sub(" ", _GUESS.sub(" ", printed)).strip().lower()
    circa = circa or bool(guesses or _CIRCA.search(text))
    read = _read(" ".join(_FILLER.sub(" ", _CIRCA.sub("", text)).split()), latest, circa)
    if all(read.start[:4] <= year <= read.end[:4] for year in re.findall(r"\d{4}", guesses)):
        return read
    return Dated(circa=circa, reason=UNREAD)


def _read(text: str, latest: int, circa: bool) -> Dated:
    """A date without what stands around it, in small letters."""
    if decades := _DECADES.fullmatch(text):
        return read_parts(int(decades[1]) * 10, 0, 0, latest, circa=circa, last=int(decades[2] or decades[1]) * 10 + 9)
    if (months := _MONTHS_OF.fullmatch(text)) and {months["first"], months["last"]} <= _MONTHS.keys():
        first, last = (read_parts(int(months["y"]), _MONTHS[months[at]], 0, latest) for at in ("first", "last"))
        if first.start and first.start < last.start:
            return Dated(first.start, last.end, "range", circa)
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


def _iranian(year: int, latest: int, circa: bool) -> Dated:
    """A year of the Iranian calendar, which begins about 21 March; a day more at both ends, as the day differs."""
    begin, end = (read_parts(year + 621 + more, 3, day, latest, circa=circa) for more, day in ((0, 20), (1, 21)))
    return (
        Dated(begin.start, end.end, "range", circa)
        if begin.start and end.end
        else Dated(circa=circa, reason=IMPOSSIBLE)
    )


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
    """The dates of one cell: parted by semicolons, ``or``, a comma after a year, a stroke between two days, or printed
    as (a), (b) or (1), (2). ``March or April 1965`` stays one."""
    parts = [part for whole in _PARTED.split(_ITEM.sub(";", cell)) for part in _alternatives(whole)]
    return [part for part in (part.strip(' ,;"') for part in parts) if part] or [cell]


def _alternatives(text: str) -> list[str]:
    """Parted by ``or``; what has no year of its own belongs to what follows."""
    parts: list[str] = []
    for part in re.split(r"\bor\b", text):
        if parts and not re.search(r"\d{4}", parts[-1]):
            parts[-1] += f"or{part}"
        else:
            parts.append(part)
    return parts


def day_of(printed: str, latest: int, *, american: bool = False) -> str:
    """A full day as ISO 8601, such as a day of listing; "" for anything else. A first of January is a day here."""
    text = printed.strip()
    if american and (found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)):
        text = f"{found[3]}-{found[1]}-{found[2]}"
    read = read_date(text, latest)
    if read.precision == "day" and not read.circa:
        return read.start
    return read.start if read.reason == PLACEHOLDER else ""
