"""Decide which sums leave: those that may by what is in them, less those that pin somebody down together."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from clarion.release.amounts.asked import Amounts
from clarion.release.amounts.printed import Sum, bounds, written
from clarion.release.amounts.reach import Bound, Exposed, Reach
from clarion.release.amounts.rows import Cents, Rows
from clarion.release.amounts.sensitive import fault
from clarion.release.errors import ReleaseError
from clarion.release.folder import Release
from clarion.release.model import MOST_CELLS
from clarion.release.spec import Spec

Key = tuple[str, tuple[str, ...]]


def decide(
    spec: Spec, amounts: Amounts, rows: Rows, binding: Sequence[Release]
) -> tuple[dict[str, list[Sum]], list[str]]:
    """The tables of sums, with those that may not leave left empty, and what was done.

    Raises
    ------
    ReleaseError: the list does not add up to the sums that are out, or the tables have too many cells.
    """
    size = sum(math.prod(len(spec.dimensions[d]) for d in of) for of in amounts.tables.values())
    if size > MOST_CELLS:
        raise ReleaseError(f"The tables of sums have {size:,} cells; the gate takes at most {MOST_CELLS:,}.",
                           where=f"{spec.id}, amounts.tables", next_step="Leave a dimension out.")  # fmt: skip
    split = _Split(spec, rows, binding)
    fixed = [bound for release in binding for bound in split.printed(release)]
    whole: dict[Key, Bound] = {}
    reasons: Counter[str] = Counter()
    for table, of in amounts.tables.items():
        for row in itertools.product(*(spec.categories(table, d) for d in of)) if table not in spec.held else ():
            inside = split.inside(spec, table, of, row)
            first, last = split.window(spec)
            paid = rows.paid[inside[split.cell], first : last + 1].sum(axis=1)
            why = fault(paid, spec.k, amounts)
            said = bounds(written(int(paid.sum()), amounts), amounts)
            assert said is not None
            reasons[why] += 1
            if not why:
                whole[table, row] = Bound(inside, first, last, *said, (table, row))
    kept, exposed_by_others = _protect(split, rows, amounts, fixed, whole)
    steps = [f"{n} sums not given: {why}" for why, n in sorted(reasons.items()) if why]
    if exposed_by_others:
        steps.append("no sum is given: those that are out already pin somebody down")
    elif taken := len(whole) - len(kept):
        steps.append(f"{taken} sums not given: a subtraction would pin somebody down")
    return {
        table: [
            _shown(split, rows, amounts, whole[table, row]) if (table, row) in kept else Sum(row, "")
            for row in itertools.product(*(spec.categories(table, d) for d in of))
        ]
        for table, of in amounts.tables.items() if table not in spec.held
    }, steps  # fmt: skip


def _shown(split: _Split, rows: Rows, amounts: Amounts, bound: Bound) -> Sum:
    assert bound.key is not None
    total = int(rows.paid[bound.inside[split.cell], bound.first : bound.last + 1].sum())
    return Sum(bound.key[1], written(total, amounts), bound.low, bound.high)


def _protect(
    split: _Split, rows: Rows, amounts: Amounts, fixed: list[Bound], whole: dict[Key, Bound]
) -> tuple[set[Key], bool]:
    """The sums that can be printed together, and whether those that are out already say too much by themselves."""
    kept, at = dict(whole), 0
    while True:
        found = Reach(split.cell, rows.paid, [*fixed, *kept.values()], amounts.p).exposed(at)
        if found is None:
            return set(kept), False
        at, exposed = found
        key = _widest_open(exposed, [*fixed, *kept.values()])
        if key is None:
            return set(), True
        del kept[key]


def _widest_open(exposed: Exposed, every: list[Bound]) -> Key | None:
    """The new sum to leave out: of those that bind, the one about the fewest combinations that has the exposed one in
    it, or else of the fewest."""
    new = [every[i] for i in exposed.bounds if every[i].key] or [b for b in every if b.key and b.inside[exposed.cell]]
    if not new:
        return None
    best = min(new, key=lambda b: (not b.inside[exposed.cell], int(b.inside.sum()), b.key))
    return best.key


class _Split:
    """The people by combination of all categories that any table of sums is by."""

    def __init__(self, spec: Spec, rows: Rows, binding: Sequence[Release]) -> None:
        self.spec, self.slots = spec, rows.slots
        used = {place.dimension for place in spec.place}
        for other in [*(r.spec for r in binding), spec]:
            used |= {d for of in (other.amounts.tables if other.amounts else {}).values() for d in of}
        if lacking := used - set(spec.dimensions):
            raise ReleaseError(
                f"Sums that are out are by {min(lacking)!r}, which this specification lacks.",
                where=f"{spec.id}, dimensions", next_step="Keep the dimension and its column.",
            )  # fmt: skip
        self.names = [d for d in spec.dimensions if d in used]
        axes = [list(spec.dimensions).index(d) for d in self.names]
        combinations = [tuple(person[a] for a in axes) for person in rows.people]
        self.combinations = sorted(set(combinations))
        number = {c: i for i, c in enumerate(self.combinations)}
        self.cell = np.array([number[c] for c in combinations], np.int64)
        self.paid: Cents = rows.paid

    def window(self, spec: Spec) -> tuple[int, int]:
        at = self.slots.index(spec.period)
        return (0 if spec.counts == "cumulative" else at), at

    def inside(
        self, spec: Spec, table: str, of: Sequence[str], row: Sequence[str]
    ) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which combinations a row of a release's table counts."""
        wanted = {d: set(spec.categories(table, d)[label]) for d, label in zip(of, row, strict=True)}
        if table in spec.outside:
            for place in spec.place:
                wanted.setdefault(place.dimension, set(spec.counted(table, place.dimension)))
        axes = {d: self.names.index(d) for d in wanted}
        return np.array([all(c[axes[d]] in values for d, values in wanted.items()) for c in self.combinations], bool)

    def printed(self, release: Release) -> list[Bound]:
        """What a release that is out says; raises ReleaseError if the list does not agree with it."""
        assert release.spec.amounts is not None
        found = []
        for table, sums in release.sums.items():
            for s in sums:
                if s.text:
                    inside = self.inside(release.spec, table, release.spec.amounts.tables[table], s.row)
                    first, last = self.window(release.spec)
                    total = int(self.paid[inside[self.cell], first : last + 1].sum())
                    if not s.low <= total <= s.high:
                        raise ReleaseError(
                            f"The list does not add up to the sum of {', '.join(s.row) or 'all'!r} in {table} of "
                            f"{release.spec.id!r}.", where=self.spec.id,
                            next_step="Keep each recipient's categories, and what each had received by then.",
                        )  # fmt: skip
                    found.append(Bound(inside, first, last, s.low, s.high))
        return found
