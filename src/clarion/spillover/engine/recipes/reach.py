"""Which amounts a set of shocks can change at all: what must be followed, and what can be read off the baseline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from clarion.spillover.engine.recipes.shocks import Shocks
from clarion.spillover.engine.recipes.world import Integers, Matrix, Recipes

Marks: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Reach:
    """What shocks lead to: amounts (``rows``) and processes, those that lead on to others first.

    What is shocked but leads on to nothing is left out: in its own shock it keeps what the baseline receives.
    ``row_place`` and ``process_place`` give an amount's or process's position here, or -1. ``hit`` lists, row by row
    from ``hit_start``, the shocks in which nothing is made of a row.
    """

    rows: Integers
    feeding_rows: int
    row_place: Integers
    processes: Integers
    feeding_processes: int
    process_place: Integers
    hit_start: Integers
    hit: Integers


def reach(world: Recipes, shocks: Shocks) -> Reach:
    """Follow recipes and trade from what is shocked, as far as they go."""
    n = len(world.start)
    found = _closure(world.leads, _sources(world, shocks))
    rows, feeding = _feeding_first(found, np.diff(world.leads.indptr) > 0)
    row_place = _places(rows, n)
    fed = (world.nu @ (world.used * found)) > 0  # shares are never negative: above zero is "has such an input"
    feeds = np.zeros(n, np.bool_)
    feeds[rows[:feeding]] = True
    processes, feeding_processes = _feeding_first(fed, (world.alpha.T @ feeds) > 0)
    inside = row_place[shocks.row] >= 0
    at = row_place[shocks.row[inside]]
    hit = shocks.column[inside][np.argsort(at, kind="stable")]
    hit_start = np.concatenate([[0], np.cumsum(np.bincount(at, minlength=len(rows)))])
    return Reach(
        rows, feeding, row_place, processes, feeding_processes, _places(processes, len(fed)), hit_start, hit
    )  # fmt: skip


def _sources(world: Recipes, shocks: Shocks) -> Integers:
    """What is shocked and leads on: by trade, or by a recipe to what is not lost in the same shock."""
    lost = np.zeros(len(world.start) * len(shocks), np.bool_)  # (row, shock) pairs
    lost[shocks.row * len(shocks) + shocks.column] = True
    made = sparse.csc_array(world.per_input)
    count = np.diff(made.indptr)[shocks.row]
    target, shock = _targets(made, shocks.row), np.repeat(shocks.column, count)
    by_recipe = np.repeat(shocks.row, count)[~lost[target * len(shocks) + shock]]
    by_trade = shocks.row[np.diff(sparse.csc_array(world.per_export).indptr)[shocks.row] > 0]
    return np.unique(np.concatenate([by_recipe, by_trade]))


def _closure(leads: Matrix, front: Integers) -> Marks:
    found = np.zeros(leads.shape[0], np.bool_)
    while len(front):
        found[front] = True
        onward = _targets(leads, front)
        front = np.unique(onward[~found[onward]])
    return found


def _targets(columns: Matrix, sources: Integers) -> Integers:
    """The rows of all entries in some columns, column by column."""
    count = np.diff(columns.indptr)[sources]
    skipped = columns.indptr[sources] - np.concatenate([[0], np.cumsum(count)[:-1]])
    at: Integers = np.repeat(skipped, count) + np.arange(count.sum())
    return np.asarray(columns.indices[at], dtype=np.int64)


def _feeding_first(found: Marks, leads: Marks) -> tuple[Integers, int]:
    feeding = np.flatnonzero(found & leads)
    return np.concatenate([feeding, np.flatnonzero(found & ~leads)]), len(feeding)


def _places(chosen: Integers, size: int) -> Integers:
    place = np.full(size, -1, np.int64)
    place[chosen] = np.arange(len(chosen))
    return place
