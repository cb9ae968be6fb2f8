"""Compare dates of birth of which either may be partial, a range, about, or a placeholder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clarion.errors import InputError
from clarion.screening.engine.evidence import Evidence, bits

YEARS = 50
"""Among how many years of birth two strangers are taken to be spread evenly: adults of an age to be paid or listed."""
_DAYS = YEARS * 365.25
# How often a true pair, and a pair of strangers, agree in this way. The shares of true pairs are judgements (mistakes
# of the Belgian list and of passports are of these kinds), the others follow from an even spread.
LEVELS = {
    "same day": (0.90, 1 / _DAYS),
    "day and month swapped": (0.010, 1 / _DAYS),
    "same month": (0.010, 29 / _DAYS),
    "same year, other day": (0.003, 1 / YEARS),
    "same year": (0.97, 1 / YEARS),
    "same day of another year": (0.004, 1 / 365.25),
    "a year apart": (0.0015, 2 / YEARS),
    "about the same": (0.20, 4 / YEARS),
    "other year": (0.000002, 1.0),
    "other year, about": (0.02, 1.0),
}
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DOTTED = re.compile(r"(?:(\d{1,2})[./])?(\d{1,2})[./](\d{4})")
EARLIEST = 1850


@dataclass(frozen=True, slots=True)
class Birth:
    """A day (month and day known), a month, or a year of birth; ``last`` ends a range of years; ``circa`` is about.

    ``month`` and ``day`` are 0 where they are not known.
    """

    year: int
    month: int = 0
    day: int = 0
    last: int = 0
    circa: bool = False

    @property
    def years(self) -> range:
        return range(self.year, (self.last or self.year) + 1)

    def ahead(self, today: date) -> bool:
        """Whether it is after ``today``, as far as it is known."""
        return (self.year, self.month, self.day) > (today.year, self.month and today.month, self.day and today.day)

    def longer_ago(self, years: int, today: date) -> bool:
        """Whether all of it is more than ``years`` ago: a year of which a day may be younger is not."""
        return (self.years[-1], self.month or 12, self.day or 31) < (today.year - years, today.month, today.day)

    def __str__(self) -> str:
        text = "-".join(f"{n:02d}" for n in (self.year, self.month, self.day) if n)
        return ("about " if self.circa else "") + (f"{self.year} to {self.last}" if self.last else text)


def read_birth(text: str, this_year: int) -> Birth | None:
    """A date as people type it: 1961, 1961-05, 1961-05-17, 17.05.1961, 17/5/1961, 05.1961; nothing is None.

    The first of January stays a day here: only lists use it for a year that is all they know.

    Raises
    ------
    InputError: it is no date, one that does not exist, or lies ahead.
    """
    words = text.strip()
    if not words:
        return None
    iso, dotted = _ISO.fullmatch(words), _DOTTED.fullmatch(words)
    if iso:
        year, month, day = (int(n or 0) for n in iso.groups())
    elif dotted:
        day, month, year = (int(n or 0) for n in dotted.groups())
    else:
        raise _no_date(words)
    try:
        date(year, month or 1, day or 1)
    except ValueError as error:
        raise _no_date(words) from error
    if not EARLIEST <= year <= this_year:
        raise InputError(
            f"{year} cannot be a year of birth.", where="birth", next_step="Write the year in four digits, as 1961."
        )
    return Birth(year, month, day)


def _no_date(words: str) -> InputError:
    return InputError(
        f"This is no date: {words[:40]!r}.", where="birth", next_step="Write 1961, 1961-05-17 or 17.05.1961."
    )


def compare_births(given: Birth | None, listed: Sequence[Birth]) -> Evidence | None:
    """The best agreement of ``given`` with one of the listed dates; None where either side has none.

    Several listed dates make an agreement by chance likelier, and count for less by as much.
    """
    if given is None or not listed:
        return None
    weight, level, best = max((_weighed(given, one) for one in listed), key=lambda found: found[0])
    if weight > 0:
        weight = max(0, weight + bits(1, len(listed)))
    return Evidence("birth", level, str(given), str(best), weight, f"strangers spread over {YEARS} years")


def _weighed(given: Birth, listed: Birth) -> tuple[int, str, Birth]:
    level = _level(given, listed)
    weight = bits(*LEVELS[level])
    # The wider a range is, the likelier a stranger falls into it.
    return weight + (bits(1, len(listed.years)) if weight > 0 else 0), level, listed


def _level(given: Birth, listed: Birth) -> str:
    if listed.last:
        return _in_range(given, listed)
    whole = bool(given.day and listed.day)
    if given.year == listed.year:
        if whole and (given.month, given.day) == (listed.month, listed.day):
            return "same day"
        if whole and (given.day, given.month) == (listed.month, listed.day):
            return "day and month swapped"
        if given.month and listed.month:
            if given.month != listed.month:
                return "same year, other day"
            return "same month"
        return "same year"
    apart = abs(given.year - listed.year)
    if listed.circa:
        return _about(apart)
    if whole and (given.month, given.day) == (listed.month, listed.day):
        return "same day of another year"
    return "a year apart" if apart == 1 else "other year"


def _in_range(given: Birth, listed: Birth) -> str:
    if given.year in listed.years:
        return "same year"
    apart = min(abs(given.year - listed.year), abs(given.year - listed.last))
    if listed.circa:
        return _about(apart)
    return "about the same" if apart == 1 else "other year"


def _about(apart: int) -> str:
    return "about the same" if apart <= 2 else "other year, about" if apart <= 5 else "other year"
