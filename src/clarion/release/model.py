"""What all releases together say, as bounds on sums: the databases that an attacker must think possible.

A database has, for each slot (a moment that releases speak of) and each cell of the full cross of the dimensions, the
whole number of people who came in that slot. A printed count bounds the sum over some cells and over the slots from
``first`` to ``last``: from the beginning where counts are cumulative, of one slot where they are of a period.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clarion.release.errors import ReleaseError
from clarion.release.folder import Release
from clarion.release.spec import LARGEST_COUNT, Spec

Ints = NDArray[np.int32]
MOST_CELLS = 20_000
"""Cells of the full cross, slots included, up to which the gate works."""
FREE = 2 * LARGEST_COUNT
"""Stands for "no upper bound"."""


@dataclass(frozen=True)
class Sums:
    """The rows of one table (or one known fact): ``row_of`` (cells,) names the row that a cell counts in, or -1;
    ``low`` and ``high`` (rows,); slots ``first`` to ``last``, both counted; ``release``, ``name``: where it stands."""

    row_of: Ints
    low: Ints
    high: Ints
    first: int
    last: int
    release: str
    name: str


@dataclass(frozen=True)
class Model:
    """``shape``: categories of each dimension; ``tables``: all bounds; ``slots``: the moments, the latest last."""

    dimensions: dict[str, tuple[str, ...]]
    slots: tuple[str, ...]
    tables: tuple[Sums, ...]
    k: int
    cumulative: bool

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(values) for values in self.dimensions.values())

    @property
    def cells(self) -> int:
        return int(np.prod(self.shape, dtype=np.int64))

    def sums(self, table: Sums, database: Ints) -> Ints:
        """The table's true sums for a database (slots, cells); shape (rows,)."""
        people = database[table.first : table.last + 1].sum(axis=0)
        inside = table.row_of >= 0
        counted = np.bincount(table.row_of[inside], weights=people[inside], minlength=len(table.low))
        return counted.astype(np.int32)

    def consistent(self, database: Ints) -> bool:
        """Whether the database (slots, cells) agrees with every printed count and known fact."""
        return bool((database >= 0).all()) and all(
            ((s := self.sums(t, database)) >= t.low).all() and (s <= t.high).all() for t in self.tables
        )


def build_model(release: Release, earlier: Sequence[Release], *, exact_population: bool = True) -> Model:
    """Put the new release and all earlier ones together.

    ``exact_population`` False takes each population as a bound, not as the number of recipients.

    Raises
    ------
    ReleaseError: they count differently, or the cross has too many cells.
    """
    every = [*earlier, release]
    if different := next((r.spec for r in every if r.spec.counts != release.spec.counts), None):
        raise ReleaseError(
            f"{different.id!r} counts by {different.counts}, this release by {release.spec.counts}: what the two say "
            "together cannot be proved.", where=different.id, next_step="Count all releases of a programme one way.",
        )  # fmt: skip
    cumulative = release.spec.counts == "cumulative"
    if not cumulative:  # periods do not bound each other; what matters is what else was said of this one
        every = [r for r in every if r.spec.period == release.spec.period]
    slots = tuple(dict.fromkeys(r.spec.period for r in every))
    if slots[-1] != release.spec.period:
        raise ReleaseError(
            f"The period {release.spec.period!r} lies before {slots[-1]!r}, which is out already.",
            where=release.spec.id, next_step="Publish in the order of time.",
        )  # fmt: skip
    dimensions = _together(every)
    cells = len(slots) * int(np.prod([len(v) for v in dimensions.values()], dtype=float))
    if cells > MOST_CELLS:
        raise ReleaseError(
            f"The full cross has {cells:,} cells (" + " x ".join(f"{d}: {len(v)}" for d, v in dimensions.items())
            + f" x releases: {len(slots)}); the gate proves at most {MOST_CELLS:,}.", where=release.spec.id,
            next_step="Leave a dimension out, or put its categories into groups first.",
        )  # fmt: skip
    maker = _Maker(dimensions, slots, cumulative)
    tables = [sums for r in every for sums in maker.of_release(r, exact_population)]
    return Model(dimensions, slots, tuple(tables), release.spec.k, cumulative)


def used_dimensions(spec: Spec) -> set[str]:
    """Those that a table or a known fact speaks of; the others may be spread over people in any way."""
    shown = {d for of in spec.tables.values() for d in of} | {d for fact in spec.known for d in fact.where}
    return shown or {next(iter(spec.dimensions))}


def _together(every: Iterable[Release]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    every = list(every)
    for dimension in dict.fromkeys(d for r in every for d in r.spec.dimensions):
        if any(dimension in used_dimensions(r.spec) for r in every):
            found[dimension] = {v: None for r in every for v in r.spec.dimensions.get(dimension, ())}
    return {dimension: tuple(values) for dimension, values in found.items()}


class _Maker:
    def __init__(self, dimensions: dict[str, tuple[str, ...]], slots: tuple[str, ...], cumulative: bool) -> None:
        self.dimensions, self.slots, self.cumulative = dimensions, slots, cumulative
        self.names = list(dimensions)
        self.grid = np.indices([len(v) for v in dimensions.values()]).reshape(len(dimensions), -1)

    def of_release(self, release: Release, exact_population: bool) -> list[Sums]:
        spec = release.spec
        at = self.slots.index(spec.period)
        made = [self._table(release, name, at) for name in release.tables]
        made.append(self._unheard(spec, at))
        if spec.population is not None:
            total = exact_population and spec.population_is != "at most"
            made.append(self._one(spec, {}, spec.population if total else 0, spec.population, at, "population"))
        for fact in spec.known:
            made.append(self._fact(spec, fact.where, fact.low, fact.high, fact.at, fact.since))
        return [sums for sums in made if (sums.low > 0).any() or (sums.high < FREE).any()]

    def _span(self, at: int, since: int = -1) -> tuple[int, int]:
        return (since + 1 if self.cumulative else at), at

    def _mask(self, where: dict[str, tuple[str, ...]]) -> NDArray[np.bool_]:
        chosen = np.ones(self.grid.shape[1], bool)
        for dimension, values in where.items():
            if dimension in self.dimensions:
                chosen &= np.isin(self.grid[self.names.index(dimension)],
                                  [self.dimensions[dimension].index(v) for v in values])  # fmt: skip
        return chosen

    def _one(self, spec: Spec, where: dict[str, tuple[str, ...]], low: int, high: int, at: int, name: str,
             since: int = -1) -> Sums:  # fmt: skip
        row_of = np.where(self._mask(where), 0, -1).astype(np.int32)
        first, last = self._span(at, since)
        return Sums(row_of, np.array([low], np.int32), np.array([high], np.int32), first, last, spec.id, name)

    def _fact(self, spec: Spec, where: dict[str, tuple[str, ...]], low: int, high: int | None, at: str,
              since: str) -> Sums:  # fmt: skip
        for name in (at, since):
            if name and name not in self.slots:
                raise ReleaseError(f"A known fact speaks of {name!r}, which is no period of these releases.",
                                   where=spec.id, next_step="Use one of: " + ", ".join(self.slots))  # fmt: skip
        moment = self.slots.index(at or spec.period)
        return self._one(spec, where, low, FREE if high is None else high, moment, "known",
                         self.slots.index(since) if since else -1)  # fmt: skip

    def _unheard(self, spec: Spec, at: int) -> Sums:
        """Nobody was in a category that the release did not have: it would have been refused."""
        new = np.zeros(self.grid.shape[1], bool)
        for dimension, values in spec.dimensions.items():
            if dimension in self.dimensions:
                further = [i for i, v in enumerate(self.dimensions[dimension]) if v not in values]
                new |= np.isin(self.grid[self.names.index(dimension)], further)
        first, last = self._span(at)
        high = 0 if new.any() else FREE
        return Sums(np.where(new, 0, -1).astype(np.int32), np.zeros(1, np.int32), np.array([high], np.int32), first,
                    last, spec.id, "categories")  # fmt: skip

    def _table(self, release: Release, name: str, at: int) -> Sums:
        spec, cells = release.spec, release.tables[name]
        row_of = np.full(self.grid.shape[1], -1, np.int32)
        places = [
            {label: [self.dimensions[d].index(v) for v in values] for label, values in spec.categories(name, d).items()}
            for d in spec.tables[name]
        ]
        axes = [self.names.index(d) for d in spec.tables[name]]
        number = {key: i for i, cell in enumerate(cells) for key in
                  itertools.product(*(places[j][label] for j, label in enumerate(cell.row)))}  # fmt: skip
        for cell, key in enumerate(zip(*(self.grid[axis] for axis in axes), strict=True)) if axes else ():
            row_of[cell] = number.get(tuple(int(i) for i in key), -1)
        if not axes:
            row_of[:] = 0
        first, last = self._span(at)
        high = [FREE if cell.high is None else cell.high for cell in cells]
        return Sums(row_of, np.array([cell.low for cell in cells], np.int32), np.array(high, np.int32), first, last,
                    spec.id, name)  # fmt: skip
