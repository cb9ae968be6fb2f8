"""What all releases together say, as bounds on sums: the databases that an attacker must think possible.

A database has, for each slot (a moment that releases speak of) and each cell of the full cross of the dimensions, the
whole number of people who came in that slot. A printed count bounds the sum over some cells and over the slots from
``first`` to ``last``: from the beginning where counts are cumulative, of one slot where they are of a period.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clarion.release.errors import ReleaseError
from clarion.release.folder import Release
from clarion.release.spec import LARGEST_COUNT, Known, Spec
from clarion.release.timeline import Timeline, timeline
from clarion.vocab import Phrase

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
    ReleaseError: as ``within_reach``.
    """
    every = [*earlier, release]
    time, dimensions = within_reach([r.spec for r in every])
    slots, windows = time.slots, list(time.windows.values())
    every = [every[i] for i in time.windows]
    maker = _Maker(dimensions, time)
    tables = [
        sums for r, window in zip(every, windows, strict=True) for sums in maker.of_release(r, window, exact_population)
    ]
    tables = without_insiders(tables, maker.insiders(every), release.spec.id)
    cumulative = release.spec.counts == "cumulative" or len(slots) > 1
    return Model(dimensions, slots, tuple(tables), release.spec.k, cumulative)


def within_reach(specs: Sequence[Spec]) -> tuple[Timeline, dict[str, tuple[str, ...]]]:
    """The timeline and the dimensions of releases, of which the last is the new one; asked before any work on them.

    Raises
    ------
    ReleaseError: as ``timeline``, or the cross has too many cells.
    """
    time = timeline(specs)
    dimensions = _together([specs[i] for i in time.windows])
    cells = len(time.slots) * int(np.prod([len(v) for v in dimensions.values()], dtype=float))
    if cells > MOST_CELLS:
        raise ReleaseError(
            Phrase(
                "The full cross has {cells:,} cells ({cross} x releases: {slots}); the gate proves at most {most:,}.",
                cells=cells, cross=" x ".join(f"{d}: {len(v)}" for d, v in dimensions.items()),
                slots=len(time.slots), most=MOST_CELLS,
            ),
            where=specs[-1].id,
            next_step="Leave a dimension out, or put its categories into groups first.",
        )  # fmt: skip
    return time, dimensions


def used_dimensions(spec: Spec) -> set[str]:
    """Those that a table or a known fact speaks of; the others may be spread over people in any way."""
    shown = {d for of in spec.tables.values() for d in of} | {d for fact in spec.known for d in fact.where}
    shown |= {d for of in (spec.amounts.tables if spec.amounts else {}).values() for d in of}
    shown |= {place.dimension for place in spec.place}
    return shown or {next(iter(spec.dimensions))}


def _together(specs: Sequence[Spec]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for dimension in dict.fromkeys(d for spec in specs for d in spec.dimensions):
        if any(dimension in used_dimensions(spec) for spec in specs):
            found[dimension] = {v: None for spec in specs for v in spec.dimensions.get(dimension, ())}
    return {dimension: tuple(values) for dimension, values in found.items()}


class _Maker:
    def __init__(self, dimensions: dict[str, tuple[str, ...]], time: Timeline) -> None:
        self.dimensions, self.time = dimensions, time
        self.names = list(dimensions)
        self.grid = np.indices([len(v) for v in dimensions.values()]).reshape(len(dimensions), -1)

    def of_release(self, release: Release, window: tuple[int, int], exact_population: bool) -> list[Sums]:
        spec = release.spec
        made = [self._table(release, name, window) for name in release.tables]
        made += [self._contributors(release, name, window) for name in release.sums]
        made.append(self._unheard(spec, window))
        if spec.population is not None:
            total = exact_population and spec.population_is != "at most"
            made.append(self._one(spec, {}, spec.population if total else 0, spec.population, window, "population"))
        for fact in spec.known:
            if not fact.person:
                made.append(self._fact(spec, fact, window))
        return [sums for sums in made if (sums.low > 0).any() or (sums.high < FREE).any()]

    def insiders(self, every: Sequence[Release]) -> set[tuple[str, int, int]]:
        """Those who attack and are in the counts themselves: what they are, their cell and their slot."""
        found = set()
        for release in every:
            for fact in release.spec.known:
                if fact.person:
                    mask = self._mask(fact.where)
                    if mask.sum() != 1:
                        raise ReleaseError(
                            Phrase("The record of {what!r} lacks a category.", what=fact.what),
                            where=f"{release.spec.id}, known",
                            next_step=Phrase(
                                "Give one for each of: {names}; or declare a fact.", names=tuple(self.names)
                            ),
                        )
                    slot = self.time.slot(fact.at or release.spec.period, release.spec.id)
                    found.add((fact.what, int(mask.argmax()), slot))
        return found

    def _mask(self, where: Mapping[str, Collection[str]]) -> NDArray[np.bool_]:
        chosen = np.ones(self.grid.shape[1], bool)
        for dimension, values in where.items():
            if dimension in self.dimensions:
                chosen &= np.isin(self.grid[self.names.index(dimension)],
                                  [self.dimensions[dimension].index(v) for v in values])  # fmt: skip
        return chosen

    def _one(self, spec: Spec, where: dict[str, tuple[str, ...]], low: int, high: int, window: tuple[int, int],
             name: str) -> Sums:  # fmt: skip
        row_of = np.where(self._mask(where), 0, -1).astype(np.int32)
        return Sums(row_of, np.array([low], np.int32), np.array([high], np.int32), *window, spec.id, name)

    def _fact(self, spec: Spec, fact: Known, window: tuple[int, int]) -> Sums:
        last = self.time.slot(fact.at, spec.id) if fact.at else window[1]
        first = self.time.slot(fact.since, spec.id) + 1 if fact.since else 0 if window[0] == 0 else last
        return self._one(spec, fact.where, fact.low, FREE if fact.high is None else fact.high, (first, last), "known")

    def _unheard(self, spec: Spec, window: tuple[int, int]) -> Sums:
        """Nobody was in a category that the release did not have: it would have been refused."""
        new = np.zeros(self.grid.shape[1], bool)
        for dimension, values in spec.dimensions.items():
            if dimension in self.dimensions:
                further = [i for i, v in enumerate(self.dimensions[dimension]) if v not in values]
                new |= np.isin(self.grid[self.names.index(dimension)], further)
        high = 0 if new.any() else FREE
        return Sums(np.where(new, 0, -1).astype(np.int32), np.zeros(1, np.int32), np.array([high], np.int32), *window,
                    spec.id, "categories")  # fmt: skip

    def _rows(self, spec: Spec, name: str, of: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Ints:
        """The row of a table that each cell counts in."""
        row_of = np.full(self.grid.shape[1], -1, np.int32)
        places = [
            {label: [self.dimensions[d].index(v) for v in values] for label, values in spec.categories(name, d).items()}
            for d in of
        ]
        axes = [self.names.index(d) for d in of]
        number = {key: i for i, row in enumerate(rows) for key in
                  itertools.product(*(places[j][label] for j, label in enumerate(row)))}  # fmt: skip
        for cell, key in enumerate(zip(*(self.grid[axis] for axis in axes), strict=True)) if axes else ():
            row_of[cell] = number.get(tuple(int(i) for i in key), -1)
        if not axes:
            row_of[:] = 0
        if name in spec.outside:
            row_of[~self._mask({d: spec.counted(name, d) for d in spec.dimensions})] = -1
        return row_of

    def _table(self, release: Release, name: str, window: tuple[int, int]) -> Sums:
        spec, cells = release.spec, release.tables[name]
        row_of = self._rows(spec, name, spec.tables[name], [cell.row for cell in cells])
        high = [FREE if cell.high is None else cell.high for cell in cells]
        return Sums(row_of, np.array([cell.low for cell in cells], np.int32), np.array(high, np.int32), *window,
                    spec.id, name)  # fmt: skip

    def _contributors(self, release: Release, name: str, window: tuple[int, int]) -> Sums:
        """A sum that is printed says that it has k contributors at least."""
        spec, sums = release.spec, release.sums[name]
        assert spec.amounts is not None
        row_of = self._rows(spec, name, spec.amounts.tables[name], [s.row for s in sums])
        low = [spec.k if s.text else 0 for s in sums]
        return Sums(row_of, np.array(low, np.int32), np.full(len(sums), FREE, np.int32), *window, spec.id, name)


def without_insiders(tables: list[Sums], insiders: set[tuple[str, int, int]], release: str) -> list[Sums]:
    """What the numbers say of the others: each insider is taken out of every sum that counts him or her, and so out of
    every group: the others must be absent or k.

    Raises
    ------
    ReleaseError: a number has no room for them.
    """
    for what, cell, slot in sorted(insiders):
        for i, table in enumerate(tables):
            row = int(table.row_of[cell])
            if row >= 0 and table.first <= slot <= table.last:
                low, high = table.low.copy(), table.high.copy()
                low[row] = max(0, low[row] - 1)
                high[row] -= high[row] < FREE
                if high[row] < 0:
                    raise ReleaseError(
                        Phrase("The printed numbers have no room for {what!r}.", what=what), where=f"{release}, known",
                        next_step="Correct the record, or the period of 'at' by which the person came.",
                    )  # fmt: skip
                tables[i] = replace(table, low=low, high=high)
    return tables
