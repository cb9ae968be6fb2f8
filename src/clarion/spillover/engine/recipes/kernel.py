"""The compiled loop: the recurrence for a block of shocks side by side, only where they can differ from the baseline.

Sums run in the order of a plain loop over the matrices, so that every amount comes out equal to the last bit.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from clarion.compute.kernel import kernel
from clarion.spillover.engine.recipes.world import Floats, Integers

Sparse: TypeAlias = tuple[Integers, Integers, Floats]
Marks: TypeAlias = NDArray[np.bool_]


@kernel()
def add_up(
    entries: Sparse, row: int, places: Integers, moving: Marks, now: Floats, steady: Floats, out: Floats, at: int
) -> bool:
    """Fill row ``at`` of ``out`` with a row of a matrix times amounts: ``now`` where they move, else ``steady``.

    Gives False, and leaves ``out`` alone, if nothing in the row moves. What has no place in ``now`` leads nowhere: a
    recipe may name it, but none of it is used.
    """
    start, source, share = entries
    width = out.shape[1]
    begun = False
    total = 0.0
    for k in range(start[row], start[row + 1]):
        place = places[source[k]]
        weight = share[k]
        if 0 <= place < len(now) and moving[place]:
            if begun:
                for c in range(width):
                    out[at, c] += weight * now[place, c]
            else:
                for c in range(width):
                    out[at, c] = total + weight * now[place, c]
                begun = True
        else:
            same = weight * steady[source[k]]
            if not begun:
                total += same
            elif same != 0.0:
                for c in range(width):
                    out[at, c] += same
    return begun


@kernel()
def left_over(
    recipe: tuple[Sparse, Sparse, Sparse],
    shares: tuple[Floats, Floats, Floats, Floats],
    base: tuple[Floats, Floats, Floats, Floats],
    rows: tuple[Integers, int, Integers],
    processes: tuple[Integers, int, Integers],
    hits: tuple[Integers, Integers],
    first: int,
    out: Floats,
) -> None:
    """Fill ``out`` (rows, shocks of the block) with the amounts after the last step.

    ``recipe`` is alpha, nu and trade; ``shares`` used, exported, beta and stock; ``base`` held, fed, made and received
    of the baseline; ``rows`` and ``processes`` those of Reach with the number that feeds others and their places;
    ``first`` is the block's first shock.
    """
    alpha, nu, trade = recipe
    used, exported, beta, stock = shares
    held, base_fed, base_made, base_received = base
    row_of, feeding, row_place = rows
    process_of, feeding_processes, process_place = processes
    hit_start, hit = hits
    count, width = out.shape
    steps = len(base_made)
    going_in, going_out = np.empty((feeding, width)), np.empty((feeding, width))
    fed = np.empty((len(process_of), width))
    row_moves, process_moves = np.zeros(feeding, np.bool_), np.zeros(len(process_of), np.bool_)
    moved = np.zeros(count, np.bool_)
    made, received = np.empty((1, width)), np.empty((1, width))
    for t in range(steps):
        last = t == steps - 1
        steady_in, steady_out = used * held[t], exported * held[t]
        for p in range(len(process_of) if last else feeding_processes):
            process_moves[p] = add_up(nu, process_of[p], row_place, row_moves, going_in, steady_in, fed, p)
        for r in range(count if last else feeding):
            row = row_of[r]
            hit_here = False
            makes = add_up(alpha, row, process_place, process_moves, fed, base_fed[t], made, 0)
            if makes:
                for c in range(width):
                    made[0, c] += beta[row]
                if t == 0:
                    for c in range(width):
                        made[0, c] += stock[row]
            else:
                made[:] = base_made[t, row]
            for k in range(hit_start[r], hit_start[r + 1]):
                if 0 <= hit[k] - first < width:
                    hit_here = True
                    made[0, hit[k] - first] = 0.0
            gets = add_up(trade, row, row_place, row_moves, going_out, steady_out, received, 0)
            if not gets:
                received[:] = base_received[t, row]
            for c in range(width):
                out[r, c] = made[0, c] + received[0, c]
            moved[r] = makes or gets or hit_here
        for r in range(feeding):
            row = row_of[r]
            row_moves[r] = moved[r]
            if moved[r]:
                for c in range(width):
                    going_in[r, c] = used[row] * out[r, c]
                    going_out[r, c] = exported[row] * out[r, c]
