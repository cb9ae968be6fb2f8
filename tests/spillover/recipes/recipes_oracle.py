"""The recurrence as its equations say it, one shock after another: what the fast way must equal."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from clarion.spillover.engine.recipes import Recipes


def plain_loop(world: Recipes, rows: np.ndarray | list[int], steps: int = 10) -> np.ndarray:
    """Amounts after ``steps`` when nothing is made of ``rows``, with vectors."""
    x = world.start
    for t in range(steps):
        o = world.alpha @ (world.nu @ (world.used * x)) + world.beta
        if t == 0:
            o = o + world.stock
        o[rows] = 0
        h = world.trade @ (world.exported * x)
        x = o + h
    return x


class SparseLoop:
    """The same with sparse vectors, as the authors' own program keeps its state."""

    def __init__(self, world: Recipes) -> None:
        def column(values: np.ndarray) -> sparse.csr_matrix:
            return sparse.csr_matrix(values[:, None])

        self.alpha, self.nu, self.trade = (sparse.csr_matrix(m) for m in (world.alpha, world.nu, world.trade))
        parts = (world.beta, world.used, world.exported, world.start, world.stock)
        self.beta, self.used, self.exported, self.start, self.stock = map(column, parts)

    def run(self, rows: slice, steps: int = 10) -> np.ndarray:
        x = self.start
        for t in range(steps):
            o = self.alpha @ (self.nu @ self.used.multiply(x)) + self.beta
            if t == 0:
                o = o + self.stock
            o[rows] = 0
            x = o + self.trade @ self.exported.multiply(x)
        return x.toarray()[:, 0]
