"""Which of the numbers that were left empty could be printed after all.

Of the databases drawn without a number, those that agree with it are the ones drawn with it: what printing it would do
to every target is read off them, without another walk.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from clarion.release.folder import Release
from clarion.release.model import Ints, Model
from clarion.release.repair import Floats, Row, numbers
from clarion.release.targets import SOME

_FEWEST = 250  # databases that a share is read off
_STEEP, _STEEP_SOME = 0.04, 0.01  # how far above its floor a share begins to count as scarce
Agreement = dict[Row, NDArray[np.bool_]]
"""For each number which databases agree with it, (databases,)."""


def to_put_back(
    agree: Agreement, good: NDArray[np.float32], floor: Floats, bars: Floats
) -> tuple[list[Row], NDArray[np.bool_]]:
    """Numbers to print after all, those that cost least first, and which databases agree with all of them.

    ``good`` (databases, targets): where each target is absent or large; ``floor``, ``bars`` (targets,): the share that
    each must keep, and its bar. A number costs what it says (how few databases agree with it), and over all targets a
    penalty that grows as a share nears its floor: what is scarce is not spent on one number where it pays for two.
    """
    steep = np.where(bars > SOME, _STEEP, _STEEP_SOME)
    agree = dict(agree)
    chosen: list[Row] = []
    kept = np.ones(len(good), bool)
    while agree:
        keys = sorted(agree)
        fits = np.array([agree[key] for key in keys])[:, kept]
        count = np.maximum(fits.sum(axis=1), 1)
        room = (fits.astype(np.float32) @ good[kept] / count[:, None] - floor) / steep
        cost = np.exp(-np.clip(room, 0.0, 30.0)).sum(axis=1) - np.log(count / kept.sum())
        cost[(count < _FEWEST) | (room < 0).any(axis=1)] = np.inf
        best = int(np.argmin(cost))
        if not np.isfinite(cost[best]):
            break
        chosen.append(keys[best])
        kept &= agree.pop(keys[best])
    return chosen, kept


def agreement(whole: Release, complete: Model, held: Collection[Row], databases: list[Ints]) -> Agreement:
    """Which databases agree with each number of ``held``. ``whole``, ``complete``: the release with every number, and
    its model."""
    people = np.array(databases)
    found: Agreement = {}
    for table, i, key in numbers(complete, whole):
        if key and key in held:
            sums = people[:, table.first : table.last + 1, table.row_of == i].sum(axis=(1, 2))
            found[key] = (sums >= table.low[i]) & (sums <= table.high[i])
    return found
