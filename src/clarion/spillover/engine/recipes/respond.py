"""Many shocks answered at once, each to the last bit as a plain loop over the equations would."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from clarion.spillover.engine.recipes.baseline import Baseline
from clarion.spillover.engine.recipes.kernel import left_over
from clarion.spillover.engine.recipes.reach import Reach, reach
from clarion.spillover.engine.recipes.shocks import Shocks
from clarion.spillover.engine.recipes.world import Floats, Integers, Matrix, Recipes

BLOCK = 96
"""Shocks side by side: their amounts stay in a core's own cache."""


@dataclass(frozen=True, eq=False)
class Response:
    """What shocks leave after the last step. Only ``rows`` and what is shocked itself differ from the baseline.

    ``left`` (rows, shocks) are the amounts of those rows.
    """

    base: Baseline
    shocks: Shocks
    rows: Integers
    left: Floats

    @cached_property
    def _first(self) -> Integers:
        return np.searchsorted(self.shocks.column, np.arange(len(self.shocks) + 1))

    def after(self, shock: int) -> Floats:
        """All amounts after the last step of one shock (c * i)."""
        hit = self.shocks.row[self._first[shock] : self._first[shock + 1]]
        x = self.base.after.copy()
        x[hit] = self.base.received[-1][hit]
        x[self.rows] = self.left[:, shock]
        return x


def respond(
    world: Recipes, base: Baseline, shocks: Shocks, *, found: Reach | None = None, threads: int = 1
) -> Response:
    """Answer ``shocks``; the bytes are the same for any number of ``threads``.

    Only what a shock can reach is worked out, for a block of shocks side by side; the rest is the baseline. ``found``
    is ``reach(world, shocks)`` if it is at hand.
    """
    found = reach(world, shocks) if found is None else found
    left = np.empty((len(found.rows), len(shocks)))

    def block(first: int) -> None:
        part = np.empty((len(left), min(BLOCK, len(shocks) - first)))
        left_over(
            (_parts(world.alpha), _parts(world.nu), _parts(world.trade)),
            (world.used, world.exported, world.beta, world.stock),
            (base.held, base.fed, base.made, base.received),
            (found.rows, found.feeding_rows, found.row_place),
            (found.processes, found.feeding_processes, found.process_place),
            (found.hit_start, found.hit), first, part,
        )  # fmt: skip
        left[:, first : first + BLOCK] = part

    firsts = range(0, len(shocks), BLOCK)
    if threads > 1:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(block, firsts))
    else:
        for first in firsts:
            block(first)
    return Response(base, shocks, found.rows, left)


def _parts(matrix: Matrix) -> tuple[Integers, Integers, Floats]:
    return matrix.indptr, matrix.indices, matrix.data
