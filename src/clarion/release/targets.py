"""The groups that nobody may be singled out in, and how many databases have each absent or large.

A group is a combination of up to two categories, at each release and, where counts are cumulative, among those who
came between any two releases.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clarion.release.model import Ints, Model

SHARE, SOME = 0.2, 0.01
"""The share of databases in which each target must be absent or large; ``SOME`` for people who came over several
releases: that they are few must not be proved, how likely it is is asked release by release."""
WIDTH = 2
Group = tuple[tuple[str, str], ...]
"""Pairs of dimension and category, such as (("region", "A"), ("theme", "legal"))."""


@dataclass(frozen=True)
class Targets:
    """``masks`` (groups, cells) says which cells belong to a group; ``spans``: first and last slot of those meant."""

    groups: tuple[Group, ...]
    masks: NDArray[np.float32]
    spans: tuple[tuple[int, int], ...]
    k: int

    @property
    def bars(self) -> NDArray[np.float64]:
        """The share that is asked of each span; shape (spans, 1)."""
        return np.array([[SHARE if first in (0, last) else SOME] for first, last in self.spans])

    def sizes(self, database: Ints) -> Ints:
        """How many people each group has in each span; shape (spans, groups)."""
        per_slot = np.rint(database.astype(np.float32) @ self.masks.T).astype(np.int32)
        so_far = np.vstack([np.zeros((1, len(self.groups)), np.int32), np.cumsum(per_slot, axis=0)])
        return np.array([so_far[last + 1] - so_far[first] for first, last in self.spans], np.int32)

    def unharmed(self, database: Ints) -> NDArray[np.bool_]:
        """Where the group is absent or has k people or more; shape (spans, groups)."""
        sizes = self.sizes(database)
        unharmed: NDArray[np.bool_] = (sizes == 0) | (sizes >= self.k)
        return unharmed

    def share(self, databases: Sequence[Ints]) -> NDArray[np.float64]:
        """The share of the databases in which each is absent or large; shape (spans, groups)."""
        total = np.zeros((len(self.spans), len(self.groups)))
        for database in databases:
            total += self.unharmed(database)
        return total / max(len(databases), 1)


def targets(model: Model) -> Targets:
    """All targets of a model."""
    names = list(model.dimensions)
    grid = np.indices(model.shape).reshape(len(names), -1)
    groups: list[Group] = []
    masks = []
    counted = any(t.name == "population" for t in model.tables)  # then everybody together is no secret
    for width in range(1 if counted else 0, WIDTH + 1):
        for chosen in itertools.combinations(range(len(names)), width):
            for values in itertools.product(*(range(model.shape[d]) for d in chosen)):
                groups.append(
                    tuple((names[d], model.dimensions[names[d]][v]) for d, v in zip(chosen, values, strict=True))
                )
                masks.append(_cells(grid, chosen, values))
    last = len(model.slots)
    if model.cumulative:
        spans = [(first, end) for end in range(last) for first in range(end + 1)]
    else:
        spans = [(last - 1, last - 1)]
    return Targets(tuple(groups), np.array(masks, np.float32), tuple(spans), model.k)


def _cells(grid: NDArray[np.intp], chosen: tuple[int, ...], values: tuple[int, ...]) -> NDArray[np.bool_]:
    inside = np.ones(grid.shape[1], bool)
    for d, v in zip(chosen, values, strict=True):
        inside &= grid[d] == v
    return inside
