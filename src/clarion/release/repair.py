"""Find which numbers must stay in so that nobody can be singled out by the rest.

What an attacker would think without one of the numbers is read off one walk: through all databases that agree with
everything but at most one number of this release (the leave-one-out of cross-validation, done by importance).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clarion.release.folder import Release
from clarion.release.model import FREE, Ints, Model, Sums
from clarion.release.published import Cell
from clarion.release.sample import Walk, together
from clarion.release.targets import SOME, Targets

AIM, LEAST = 0.06, 0.03
"""What is asked beyond the bar for people who are told of for the first time, while searching and in the end; half of
it at each later release: what is told later tells more about them, and a share is known to two or three points only."""
_BEYOND = 0.05  # a share above what is asked by less than this still counts as lacking
_ALONE = 1_000_000
Floats = NDArray[np.float64]
Row = tuple[str, tuple[str, ...]]
"""A number of a release: its table and the labels of its row."""


@dataclass(frozen=True)
class Needed:
    """How large a share each span's targets need; ``aim`` while searching, ``least`` in the end; (spans, 1)."""

    aim: Floats
    least: Floats


def needed(found: Targets, model: Model) -> Needed:
    """The bars, by how many releases ago a span ended."""
    ago = np.array([[len(model.slots) - 1 - last] for _, last in found.spans])
    strict = found.bars > SOME
    aim, least = np.where(strict, 0.01 + AIM / 2.0**ago, SOME), np.where(strict, LEAST / 2.0**ago, SOME / 2)
    return Needed(found.bars + aim, found.bars + least)


def numbers(model: Model, release: Release) -> Iterator[tuple[Sums, int, Row | None]]:
    """Every row of the model, in order: its table, its place in it, and the number of this release that it comes from,
    if it does."""
    for table in model.tables:
        mine = table.release == release.spec.id and table.name in release.tables
        cells = release.tables[table.name] if mine else []
        for i in range(len(table.low)):
            yield table, i, (table.name, cells[i].row) if mine else None


def without(release: Release, rows: Collection[Row]) -> Release:
    """The release with these numbers left empty."""
    tables = {
        name: [Cell(c.row, 0, None, "") if (name, c.row) in rows else c for c in cells]
        for name, cells in release.tables.items()
    }
    return replace(release, tables=tables)


def to_hold(model: Model, release: Release, found: Targets, walks: list[Walk], share: Floats, aim: Floats,
            databases: int, steps: int, seed: int) -> set[Row]:  # fmt: skip
    """The numbers whose leaving out helps the targets below ``aim`` most, a few at a time; none if none helps.

    ``share`` (spans, groups): as it is with all of them.
    """
    keys = [key for *_, key in numbers(model, release)]
    failing = share < aim
    weight = np.array([1 if key else _ALONE for key in keys], np.int32)

    def look(walk: Walk) -> dict[int, tuple[int, Ints]]:
        loose = Walk(model, walk.seed + seed)
        loose.start_at(walk.database)
        loose.weight[:], loose.limit = weight, 1
        seen: dict[int, tuple[int, Ints]] = {}
        for _ in range(databases):
            loose.go(steps // databases)
            out = loose.outside
            row = int(out[0]) if len(out) else -1
            number, good = seen.get(row, (0, np.zeros(failing.shape, np.int32)))
            seen[row] = number + 1, good + found.unharmed(loose.database)
        return seen

    seen = together(walks, look)
    inside = max(sum(s.get(-1, (0, None))[0] for s in seen), 1)
    moves: dict[int, Floats] = {}
    for row in {row for s in seen for row in s if row >= 0}:
        parts = [s[row] for s in seen if row in s]
        number, good = sum(n for n, _ in parts), np.sum([g for _, g in parts], axis=0)
        moves[row] = (inside * share + good) / (inside + number) - share
    best = _best(moves, share, aim + _BEYOND, max(1, int(failing.sum()) // 5))
    return {key for row in best if (key := keys[row])}


def _best(moves: dict[int, Floats], share: Floats, wanted: Floats, most: int) -> list[int]:
    """Greedily those that leave least lacking over all targets at once, since a number left out harms some of them."""
    chosen: list[int] = []
    for _ in range(most):
        lacking = np.maximum(wanted - share, 0.0).sum()
        worth = {row: float(lacking - np.maximum(wanted - share - moves[row], 0.0).sum()) for row in sorted(moves)}
        row = max(worth, key=lambda r: worth[r], default=-1)
        if row < 0 or worth[row] < 0.01:
            break
        chosen.append(row)
        share = share + moves.pop(row)
    return chosen


def tightest(
    model: Model, release: Release, found: Targets, failing: NDArray[np.bool_], held: Collection[Row]
) -> Row | None:
    """Where leaving out one number shows no gain: the narrowest one that speaks of most failing targets."""
    wanted = found.masks[failing.any(axis=0)] > 0
    best, worth = None, 0.0
    for table, i, key in numbers(model, release):
        if key and key not in held and table.high[i] < FREE:
            inside = table.row_of == i
            touched = float((wanted & inside).any(axis=1).sum()) / float(inside.sum())
            if touched > worth:
                best, worth = key, touched
    return best
