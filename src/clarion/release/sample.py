"""Draw databases that agree with all releases: what an attacker who knows nothing more must think possible.

Before anything is published the size of a group of two categories after eight releases has the Gamma-Poisson prior of
shape one half (Jeffreys 1946, Proceedings of the Royal Society A 186, 453-461), split over the releases and cells of
such a group: small and large are thought possible, and people to come in clumps. A release that says nothing changes
nothing of what was thought of those before it. The walks start apart.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from clarion.release.model import FREE, Ints, Model, Sums
from clarion.release.walk import walk

T = TypeVar("T")
WALKS = 4
PRIOR = 0.5
RELEASES = 8


@dataclass
class Walk:
    """One walk and where it stands: ``counts`` (slots * cells,) and ``sums`` (rows of all tables,).

    ``weight`` (rows,) and ``limit`` let rows be out of bounds, see ``walk.walk``; by default none may.
    """

    model: Model
    seed: int
    n: int = field(init=False, default=0)
    occupied: int = field(init=False, default=0)
    violation: int = field(init=False, default=0)
    limit: int = field(init=False, default=0)
    pace: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        model = self.model
        self.slots = len(model.slots)
        offsets = np.cumsum([0, *(len(t.low) for t in model.tables)])
        self.rows = np.full((len(model.tables), model.cells), -1, np.int32)
        for i, table in enumerate(model.tables):
            inside = table.row_of >= 0
            inside[inside] = _says(table)[table.row_of[inside]]
            self.rows[i, inside] = table.row_of[inside] + offsets[i]
        self.spans = np.array([(t.first, t.last) for t in model.tables], np.int32).reshape(-1, 2)
        self.low = _joined([t.low for t in model.tables])
        self.high = _joined([t.high for t in model.tables])
        self.shape = np.array(model.shape, np.int64)
        self.prior = PRIOR / (cells_of_a_pair(model) * RELEASES)
        self.most = most_people(model)
        self.fixed = all_known(model)
        self.counts = np.zeros(self.slots * model.cells, np.int32)
        self.support = np.zeros(len(self.counts) + 1, np.int32)
        self.position = np.full(len(self.counts), -1, np.int32)
        self.sums = np.zeros(len(self.low), np.int32)
        self.weight = np.zeros(len(self.low), np.int32)
        self.violation = int(np.maximum(self.low, 0).sum())
        self.turn = 0

    @property
    def database(self) -> Ints:
        """The state as (slots, cells)."""
        return self.counts.reshape(self.slots, -1).copy()

    @property
    def outside(self) -> NDArray[np.intp]:
        """The rows that are out of bounds."""
        return np.flatnonzero((self.sums < self.low) | (self.sums > self.high))

    def go(self, steps: int, heat: float = 0.0) -> None:
        """Walk on."""
        self.turn += 1
        seed = int(np.random.SeedSequence([self.seed, self.turn]).generate_state(1)[0])
        self.n, self.occupied, self.violation, accepted = walk(
            self.n, self.occupied, self.counts, self.support, self.position, self.sums, self.rows, self.spans, self.low,
            self.high, self.weight, self.shape, self.slots, self.fixed and self.violation == 0,
            self.prior, self.most, heat, self.limit, steps, seed, self.violation,
        )  # fmt: skip
        self.pace = accepted / max(steps, 1)

    def arrive(self, rounds: int = 4) -> bool:
        """Cool down until the state agrees with everything (simulated annealing, Kirkpatrick, Gelatt and Vecchi 1983,
        Science 220, 671-680); False if it did not get there."""
        steps = 60 * (len(self.counts) + self.n + 200)
        for _ in range(rounds):
            for heat in np.geomspace(2.0, 0.1, 25):
                if self.violation == 0:
                    return True
                self.go(steps, float(heat))
            steps *= 3
        return self.violation == 0

    def start_at(self, database: Ints) -> None:
        """Take up a database (slots, cells)."""
        flat = database.reshape(-1)
        self.n = int(flat.sum())
        self.counts[:] = flat
        occupied = np.flatnonzero(flat)
        self.occupied = len(occupied)
        self.support[: self.occupied] = occupied
        self.position[:] = -1
        self.position[occupied] = np.arange(self.occupied)
        self.sums[:] = _joined([self.model.sums(t, database) for t in self.model.tables])
        self.violation = int((np.maximum(self.low - self.sums, 0) + np.maximum(self.sums - self.high, 0)).sum())


def together(walks: list[Walk], do: Callable[[Walk], T]) -> list[T]:
    """Let all walks do something at once; the compiled steps need no interpreter."""
    with ThreadPoolExecutor(len(walks)) as pool:
        return list(pool.map(do, walks))


def draw(walk: Walk, databases: int, steps: int) -> list[Ints]:
    """Walk on and keep so many databases, evenly spaced over ``steps`` steps; a tenth of them is walked before."""
    walk.go(steps // 10)
    kept = []
    for _ in range(databases):
        walk.go(steps // databases)
        kept.append(walk.database)
    return kept


def cells_of_a_pair(model: Model) -> float:
    """How many cells of the full cross a group of two categories has, in the (geometric) mean."""
    shape = np.array(model.shape, float)
    if len(shape) <= 2:
        return 1.0
    return float(np.prod(shape) ** (1 - 2 / len(shape)))


def all_known(model: Model) -> bool:
    """Whether the number of those who came is known exactly, for every slot."""
    slots = range(len(model.slots))
    exact = [
        [t.first <= s <= t.last for s in slots]
        for t in model.tables
        if (t.row_of == 0).all() and (t.low == t.high).all()
    ]
    return bool(exact) and int(np.linalg.matrix_rank(np.array(exact, float))) == len(slots)


def most_people(model: Model) -> int:
    """No database that agrees has more people; or, where nothing bounds them, several times what was printed."""
    bounds = [
        int(t.high.sum())
        for t in model.tables
        if t.last == len(model.slots) - 1 and t.first == 0 and (t.row_of >= 0).all() and (t.high < FREE).all()
    ]
    printed = max((int(t.low.sum()) for t in model.tables), default=0)
    return min(bounds, default=3 * printed + 20 * model.k)


def _says(table: Sums) -> NDArray[np.bool_]:
    """Which rows bound anything."""
    return (table.low > 0) | (table.high < FREE)


def _joined(parts: list[Ints]) -> Ints:
    """One after the other; none where every number was left empty."""
    return np.concatenate([np.zeros(0, np.int32), *parts])
