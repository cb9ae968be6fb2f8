"""Merge categories up a hierarchy: a number of more people in place of several that would have to be left empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from clarion.release.amounts.printed import Tables
from clarion.release.folder import Release
from clarion.release.judge import Judgement
from clarion.release.people import People, tabulate
from clarion.release.search import Built, Search
from clarion.release.spec import Spec

_TRIES = 12
Merge = tuple[str, str, str]
"""A table, one of its dimensions, and the row of its hierarchy that is shown in place of those under it."""


def merges(spec: Spec, table: str, dimension: str) -> Iterator[tuple[str, Spec]]:
    """The rows that could take the place of those now shown, lowest first, each with the specification then."""
    above, now = spec.hierarchy.get(dimension, {}), spec.merged.get(table, {})
    rows = spec.categories(table, dimension)
    found = []
    for row in dict.fromkeys(above.values()):
        if row not in now.get(dimension, ()):
            chosen = {**now, dimension: tuple(sorted([*now.get(dimension, ()), row]))}
            then = replace(spec, merged={**spec.merged, table: chosen})
            after = then.categories(table, dimension)
            if len(after) < len(rows):
                found.append((len(after), row, then))
    yield from ((row, then) for _, row, then in sorted(found, key=lambda item: (-item[0], item[1])))


def can_merge(spec: Spec, table: str, dimension: str) -> bool:
    """Whether the table can show fewer rows in this dimension."""
    return next(merges(spec, table, dimension), None) is not None


def merge_all(spec: Spec, table: str, dimension: str) -> Spec:
    """One step up: every row of the table that has a row above it is shown by that one."""
    above, rows = spec.hierarchy[dimension], spec.categories(table, dimension)
    now = spec.merged.get(table, {})
    further = {above[row] for row in rows if row in above}
    chosen = {**now, dimension: tuple(sorted({*now.get(dimension, ()), *further}))}
    return replace(spec, merged={**spec.merged, table: chosen})


def by_merging(people: People, spec: Spec, earlier: list[Release], seed: int, sums: Tables) -> Built | None:
    """Merge the rows that speak of most people who would be singled out, one at a time, until nobody is and no number
    has to be left empty; None if that cannot be reached.

    The choice looks at what the printed numbers give away, never at the list. Raises as ``begin``.
    """
    steps: list[str] = []
    for _ in range(_TRIES):
        built = Search(tabulate(people, spec, sums), earlier, seed).run(False)
        if built.release:
            return replace(built, steps=steps + built.steps) if steps else built
        best = _best(spec, built.judgement)
        if best is None:
            return None
        (table, dimension, row), spec = best
        steps.append(f"{table} shows {dimension}={row} in place of its parts")
    return None


def _best(spec: Spec, judged: Judgement) -> tuple[Merge, Spec] | None:
    """The merge that touches most of the groups below the bar, for each row that it costs."""
    failing = [dict(judged.targets.groups[g]) for g in np.flatnonzero(judged.failing.any(axis=0))]
    best, worth = None, 0.0
    for table, of in spec.tables.items():
        for dimension in of if table not in spec.held else ():
            rows = spec.categories(table, dimension)
            for row, then in merges(spec, table, dimension):
                after = then.categories(table, dimension)
                parts = {v for r, values in rows.items() if after.get(row) and r != row for v in values} & set(
                    after[row]
                )
                hit = sum(group.get(dimension) in parts and set(group) <= set(of) for group in failing)
                if hit / (len(rows) - len(after)) > worth:
                    best, worth = ((table, dimension, row), then), hit / (len(rows) - len(after))
    return best
