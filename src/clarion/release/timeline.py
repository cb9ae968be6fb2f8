"""Which moments the releases of a programme speak of, and which stretch of time each printed number covers.

Cumulative counts and counts within a period are both sums of those who came in some stretch of time. On a calendar the
stretches are cut where any of them begins or ends; a release covers the slots from ``first`` to ``last``.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from clarion.release import calendar
from clarion.release.calendar import Span
from clarion.release.errors import ReleaseError
from clarion.release.spec import Spec


@dataclass(frozen=True)
class Timeline:
    """``slots``: their names, the latest last; ``windows``: first and last slot of each release that matters, by its
    place among the releases given; the others share no time with the last one."""

    slots: tuple[str, ...]
    windows: dict[int, tuple[int, int]]
    on: str = ""

    def slot(self, period: str, release: str) -> int:
        """The slot in which a named period ends; raises ReleaseError if it is none."""
        name = period
        if self.on and (found := calendar.span(period, self.on)):
            name = calendar.name_of(found.last, self.on)
        if name not in self.slots:
            raise ReleaseError(f"A known fact speaks of {period!r}, which is no period of these releases.",
                               where=release, next_step="Use one of: " + ", ".join(self.slots))  # fmt: skip
        return self.slots.index(name)


def timeline(specs: Sequence[Spec]) -> Timeline:
    """The timeline of all releases, of which the last is the new one.

    Raises
    ------
    ReleaseError: they count differently without a common calendar and start, or the new one comes too early.
    """
    own = specs[-1]
    if own.calendar:
        return _on_calendar(specs)
    if different := next((s for s in specs if s.counts != own.counts), None):
        raise ReleaseError(
            f"{different.id!r} counts by {different.counts}, this release by {own.counts}: what the two say together "
            "cannot be proved without a calendar.", where=different.id,
            next_step="Count one way; or give all releases a calendar and the programme's start.",
        )  # fmt: skip
    if own.counts == "period":  # periods do not bound each other; what matters is what else was said of this one
        return Timeline((own.period,), {i: (0, 0) for i, s in enumerate(specs) if s.period == own.period})
    slots = tuple(dict.fromkeys(s.period for s in specs))
    if slots[-1] != own.period:
        raise ReleaseError(
            f"The period {own.period!r} lies before {slots[-1]!r}, which is out already.", where=own.id,
            next_step="Publish in the order of time.",
        )  # fmt: skip
    return Timeline(slots, {i: (0, slots.index(s.period)) for i, s in enumerate(specs)})


def _on_calendar(specs: Sequence[Spec]) -> Timeline:
    own = specs[-1]
    if len({s.counts for s in specs}) == 2 and not own.start:
        raise ReleaseError(
            "Some releases count since the start, some within a period: what they say together cannot be proved "
            "without the start.", where=own.id, next_step='Give all of them "start", the programme\'s first period.',
        )  # fmt: skip
    begin = calendar.of_start(own) if own.start else 0
    spans = [calendar.of(s) for s in specs]
    spans = [Span(begin, x.last) if s.counts == "cumulative" else x for s, x in zip(specs, spans, strict=True)]
    chosen = {len(specs) - 1}
    while more := {i for i, x in enumerate(spans) if i not in chosen and any(x.meets(spans[j]) for j in chosen)}:
        chosen |= more
    cuts = sorted({spans[i].first for i in chosen} | {spans[i].last + 1 for i in chosen})
    between = [Span(a, b - 1) for a, b in itertools.pairwise(cuts)]
    slots = tuple(calendar.name_of(x.last, own.calendar) for x in between)
    starts, ends = [x.first for x in between], [x.last for x in between]
    windows = {i: (starts.index(spans[i].first), ends.index(spans[i].last)) for i in sorted(chosen)}
    return Timeline(slots, windows, own.calendar)
