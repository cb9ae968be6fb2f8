"""A fixed calendar: which period a release speaks of, which come after each other, and which join into a wider one.

Whoever may choose the day of a release can choose it so that one person came in between. With ``"calendar":
"quarter"`` every release ends where a quarter ends, and there is one layout for each period.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clarion.release.errors import ReleaseError
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from clarion.release.spec import Spec

A_YEAR = {"month": 12, "quarter": 4, "half-year": 2, "year": 1}
"""Calendars, and how many of their periods a year has."""
_LETTER = {"quarter": "Q", "half-year": "H"}
_FORM = re.compile(r"(?P<year>[0-9]{4})(?:-(?:Q(?P<q>[1-4])|H(?P<h>[12])|(?P<m>0[1-9]|1[0-2])))?")


@dataclass(frozen=True, order=True)
class Span:
    """From period ``first`` to ``last`` of a calendar, both counted, in periods since the year 0."""

    first: int
    last: int

    def meets(self, other: Span) -> bool:
        return self.first <= other.last and other.first <= self.last

    def whole_years(self, calendar: str) -> bool:
        year = A_YEAR[calendar]
        return self.first % year == 0 and (self.last + 1) % year == 0


def span(period: str, calendar: str) -> Span | None:
    """The span that a name stands for: 2026, 2026-H1, 2026-Q3, 2026-07, or two joined as 2026-Q2_2026-Q4; None for any
    other name, and for a part of one of the calendar's periods."""
    parts = [_months(part) for part in period.split("_", 1)]
    if None in parts:
        return None
    first, last = parts[0], parts[-1]
    assert first
    assert last
    step = 12 // A_YEAR[calendar]
    if first[0] > last[0] or first[0] % step or (last[1] + 1) % step:
        return None
    return Span(first[0] // step, last[1] // step)


def _months(text: str) -> tuple[int, int] | None:
    found = _FORM.fullmatch(text)
    if not found:
        return None
    begin = int(found["year"]) * 12
    if found["q"]:
        begin += 3 * (int(found["q"]) - 1)
        return begin, begin + 2
    if found["h"]:
        begin += 6 * (int(found["h"]) - 1)
        return begin, begin + 5
    if found["m"]:
        begin += int(found["m"]) - 1
        return begin, begin
    return begin, begin + 11


def name_of(unit: int, calendar: str) -> str:
    """What one period of the calendar is called."""
    year, part = divmod(unit, A_YEAR[calendar])
    if calendar == "year":
        return f"{year:04}"
    return f"{year:04}-{part + 1:02}" if calendar == "month" else f"{year:04}-{_LETTER[calendar]}{part + 1}"


def of(spec: Spec) -> Span:
    """The span of a release on its calendar; of cumulative counts the last period of it is the moment.

    Raises
    ------
    ReleaseError: its period is none of the calendar.
    """
    found = span(spec.period, spec.calendar)
    if found is None:
        this = {"month": "2026-07", "quarter": "2026-Q3", "half-year": "2026-H1", "year": "2026"}[spec.calendar]
        raise ReleaseError(
            Phrase(
                "{period!r} is no period of the calendar by {calendar}.", period=spec.period, calendar=spec.calendar
            ),
            where=f"{spec.id}, period",
            next_step=Phrase(
                "Name it like {this}, or a wider one; a release between two of them is not made.", this=this
            ),
        )
    return found


def keep(spec: Spec, earlier: Sequence[Spec]) -> list[str]:
    """Check that a release follows the calendar after all ``earlier`` ones; return the periods left out before it.

    Raises
    ------
    ReleaseError: another calendar, a period before one that is out, or a second release of a period with another
    layout that is not a private one.
    """
    if not spec.calendar:
        if other := next((e for e in earlier if e.calendar), None):
            raise ReleaseError(
                Phrase(
                    "{other!r} follows a calendar by {calendar}, this release none.",
                    other=other.id,
                    calendar=other.calendar,
                ),
                where=f"{spec.id}, calendar",
                next_step=Phrase('Add "calendar": "{calendar}".', calendar=other.calendar),
            )
        return []
    now = of(spec)
    if spec.start and of_start(spec) > now.first and spec.counts == "period":
        raise ReleaseError(
            Phrase(
                "The period {period!r} begins before {start!r}, the programme's start.",
                period=spec.period,
                start=spec.start,
            ),
            where=f"{spec.id}, period",
            next_step="Correct one of the two.",
        )
    for other in earlier:
        if other.calendar != spec.calendar or other.start != spec.start:
            raise ReleaseError(
                Phrase(
                    "{other!r} keeps another calendar or start ({calendar}, {start}).",
                    other=other.id,
                    calendar=other.calendar or "none",
                    start=other.start or "none",
                ),
                where=f"{spec.id}, calendar",
                next_step="Keep one calendar for all releases of a programme.",
            )
        then = of(other)
        if then.last > now.last:
            raise ReleaseError(
                Phrase(
                    "The period {period!r} lies before {earlier!r}, which is out already.",
                    period=spec.period,
                    earlier=other.period,
                ),
                where=spec.id,
                next_step="Publish in the order of time.",
            )
        same = then.last == now.last if spec.counts == other.counts == "cumulative" else then == now
        if same and not (spec.private or other.private) and _layout(spec) != _layout(other):
            raise ReleaseError(
                Phrase(
                    "{other!r} speaks of {period!r} already, in another layout: the two could be subtracted.",
                    other=other.id,
                    period=spec.period,
                ),
                where=spec.id,
                next_step="Keep its tables, dimensions and rule, or wait for the next period.",
            )
    out = [of(e).last for e in earlier if not e.private]
    return [name_of(unit, spec.calendar) for unit in range(max(out, default=now.first) + 1, now.first)]


def of_start(spec: Spec) -> int:
    """The first period of the programme; raises ReleaseError if it is none of the calendar."""
    found = span(spec.start, spec.calendar) if spec.calendar else None
    if found is None:
        raise ReleaseError(Phrase("{start!r} is no period of a calendar.", start=spec.start), where=f"{spec.id}, start",
                           next_step='Give "calendar" and a start such as "2024-Q1".')  # fmt: skip
    return found.first


def _layout(spec: Spec) -> tuple[object, ...]:
    asked = spec.amounts.tables if spec.amounts else {}
    return spec.dimensions, spec.tables, asked, spec.requested or spec.rule, spec.counts, spec.k


def a_year_or_more(spec: Spec) -> bool:
    """Whether the release speaks of whole calendar years: cumulative ones at the end of a year, and where the start is
    known, since its first day at the latest."""
    now, year = of(spec), A_YEAR[spec.calendar]
    if spec.counts == "period":
        return now.whole_years(spec.calendar)
    return (now.last + 1) % year == 0 and (not spec.start or of_start(spec) <= now.last + 1 - year)


def joined(spec: Spec, earlier: Iterable[Spec]) -> str:
    """The narrowest wider period that a held release can be part of: half-year, year, or it and the next; of those none
    that overlaps with what is out, but for the last."""
    now, out = of(spec), [of(e) for e in earlier if e.counts == "period"]
    for calendar in ("quarter", "half-year", "year"):
        if A_YEAR[calendar] >= A_YEAR[spec.calendar]:
            continue
        parts = A_YEAR[spec.calendar] // A_YEAR[calendar]
        wider = Span(now.first // parts * parts, now.first // parts * parts + parts - 1)
        if wider.first <= now.first and now.last < wider.last and not any(wider.meets(o) for o in out):
            return name_of(wider.first // parts, calendar)
    return f"{name_of(now.first, spec.calendar)}_{name_of(now.last + 1, spec.calendar)}"


def following(spec: Spec) -> str:
    """The calendar's next period."""
    return name_of(of(spec).last + 1, spec.calendar)
