"""Which of the numbers that were left empty could be printed after all.

Of the databases drawn without a number, those that agree with it are the ones drawn with it: what printing it would do
to every target is read off them, without another walk.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from clarion.release.folder import Release
from clarion.release.judge import Judgement
from clarion.release.model import Ints, Model
from clarion.release.repair import Row, needed, numbers

_FEWEST = 40  # databases that a share is read off


def to_put_back(
    whole: Release, complete: Model, held: Collection[Row], judged: Judgement, walks: int
) -> tuple[set[Row], list[Ints]]:
    """Numbers to print after all, and for each walk a database that agrees with them to go on from.

    ``whole``, ``complete``: the release with every number, and its model; ``judged``: without those in ``held``.
    """
    good = np.array([judged.targets.unharmed(database) for database in judged.databases])
    aim = needed(judged.targets, judged.model).aim
    agree = _agreement(whole, complete, held, judged.databases)
    chosen: set[Row] = set()
    kept = np.ones(len(good), bool)
    while agree:
        slack: dict[Row, float] = {}
        for row, fits in sorted(agree.items()):
            left = kept & fits
            if left.sum() >= _FEWEST:
                slack[row] = float((good[left].mean(axis=0) - aim).min())
        best = max(slack, key=lambda row: slack[row], default=None)
        if best is None or slack[best] < 0:
            break
        chosen.add(best)
        kept &= agree.pop(best)
    states = [database for database, stays in zip(judged.databases, kept, strict=True) if stays]
    return chosen, [states[i * (len(states) - 1) // max(walks - 1, 1)] for i in range(walks)]


def _agreement(
    whole: Release, complete: Model, held: Collection[Row], databases: list[Ints]
) -> dict[Row, NDArray[np.bool_]]:
    """For each number of ``held`` which databases agree with it."""
    people = np.array(databases)
    found: dict[Row, NDArray[np.bool_]] = {}
    for table, i, key in numbers(complete, whole):
        if key and key in held:
            sums = people[:, table.first : table.last + 1, table.row_of == i].sum(axis=(1, 2))
            found[key] = (sums >= table.low[i]) & (sums <= table.high[i])
    return found
