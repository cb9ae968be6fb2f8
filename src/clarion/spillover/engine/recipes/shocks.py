"""What is lost: all that a country makes, or one item of it, in every step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from clarion.spillover.engine.recipes.world import Integers, Recipes


@dataclass(frozen=True, eq=False)
class Shocks:
    """Many shocks at once: in shock ``column[k]`` nothing is made of amount ``row[k]``; ``country`` of each shock.

    Rows are sorted by shock. A shock without rows changes nothing.
    """

    row: Integers
    column: Integers
    country: Integers

    def __len__(self) -> int:
        return len(self.country)


def country_shocks(world: Recipes, countries: Sequence[int] | None = None, spare_last: bool = False) -> Shocks:
    """A country makes nothing any more, for each of ``countries`` (places; all of them by default).

    A country that makes nothing in the first place is left as it is, as published. ``spare_last`` repeats a slip of
    the published program: its range ends before the last item, which is therefore never lost.
    """
    n = len(world.items)
    makes = np.asarray(world.producers.reshape(-1, n).any(axis=1))
    chosen = range(len(world.countries)) if countries is None else countries
    hit = n - 1 if spare_last else n
    return _shocks([(c, range(c * n, c * n + hit) if makes[c] else ()) for c in chosen])


def item_shocks(world: Recipes, item: int, countries: Sequence[int] | None = None) -> Shocks:
    """A country makes no more of one item (a place), for each of ``countries``; those that never did are left."""
    n = len(world.items)
    chosen = range(len(world.countries)) if countries is None else countries
    return _shocks([(c, (c * n + item,) if world.producers[c * n + item] else ()) for c in chosen])


def _shocks(each: Iterable[tuple[int, Sequence[int]]]) -> Shocks:
    found = list(each)
    rows = [np.asarray(rows, dtype=np.int64) for _, rows in found]
    column = np.repeat(np.arange(len(found)), [len(r) for r in rows])
    return Shocks(
        np.concatenate(rows) if rows else np.empty(0, np.int64), column, np.array([c for c, _ in found], np.int64)
    )
