"""A walk through the databases that agree with all releases (Metropolis-Hastings; Diaconis and Sturmfels 1998, Annals
of Statistics 26, 363-397, for the idea of walking over tables with given sums).

A step moves one person, or all of one cell, to another slot or category, lets two cells exchange a category or the time
of coming, or lets one person come or go. While the state disagrees with a printed count, steps that lower the sum of
all disagreements are preferred: so a walk that starts anywhere finds its way in, by whole numbers only.
"""

from __future__ import annotations

import numpy as np

from clarion.compute.kernel import kernel


@kernel()
def apart(value, low, high, weight):  # type: ignore[no-untyped-def]
    """How far a sum is from its bounds; or, with a weight, that weight wherever it is outside."""
    if low <= value <= high:
        return 0
    if weight > 0:
        return weight
    return low - value if value < low else value - high


@kernel()
def change(variables, by, used, sums, rows, spans, low, high, weight, allowed, clean, order, touched):  # type: ignore[no-untyped-def]
    """Add ``by`` people to each of the first ``used`` ``variables``, in ``sums`` only, if that adds at most ``allowed``
    to the disagreement. Return whether it was done, and the change of the disagreement.

    ``clean``: there is no disagreement now, so that one table that adds more than ``allowed`` ends it at once. The
    tables are looked at in ``order``, and one that ends it moves forward there.
    """
    cells = rows.shape[1]
    worse = 0
    n = 0
    for place in range(len(order)):
        t = order[place]
        first, last = spans[t, 0] * cells, (spans[t, 1] + 1) * cells
        began = n
        for i in range(used):
            if first <= variables[i] < last:
                row = rows[t, variables[i] % cells]
                if row >= 0:
                    for j in range(began, n):
                        if touched[j, 0] == row:
                            touched[j, 1] += by[i]
                            break
                    else:
                        touched[n, 0] = row
                        touched[n, 1] = by[i]
                        n += 1
        for j in range(began, n):
            if touched[j, 1] != 0:
                row = touched[j, 0]
                before = apart(sums[row], low[row], high[row], weight[row])
                worse += apart(sums[row] + touched[j, 1], low[row], high[row], weight[row]) - before
        if clean and worse > allowed:
            if place > 0:
                order[place], order[place - 1] = order[place - 1], t
            return False, 0
    if worse > allowed:
        return False, 0
    for j in range(n):
        sums[touched[j, 0]] += touched[j, 1]
    return True, worse


@kernel()
def put(variable, by, counts, support, position, m):  # type: ignore[no-untyped-def]
    """Add people to a variable and keep the list of those that are not empty; return how many there are."""
    before = counts[variable]
    counts[variable] = before + by
    if before == 0 and by > 0:
        support[m] = variable
        position[variable] = m
        m += 1
    elif before > 0 and before + by == 0:
        m -= 1
        other = support[m]
        support[position[variable]] = other
        position[other] = position[variable]
        position[variable] = -1
    return m


@kernel()
def other_place(variable, cells, slots, shape, stride):  # type: ignore[no-untyped-def]
    """Another slot, or the cell with another category in one dimension; sometimes the same."""
    d = np.random.randint(len(shape) + (1 if slots > 1 else 0))
    if d == len(shape):
        return np.random.randint(slots) * cells + variable % cells
    here = (variable % cells // stride[d]) % shape[d]
    return variable + (np.random.randint(shape[d]) - here) * stride[d]


@kernel()
def walk(  # type: ignore[no-untyped-def]
    n, m, counts, support, position, sums, rows, spans, low, high, weight, shape, slots, fixed, prior, most, heat,
    limit, steps, seed, violation,
):  # fmt: skip
    """Walk ``steps`` steps in place; return people, occupied variables and the disagreement at the end, and
    how many steps were taken up.

    ``counts`` (slots * cells,), variable = slot * cells + cell; ``support`` (slots * cells,): the ``m`` that are not
    empty, ``position`` their places in it; ``sums`` (rows,); ``rows`` (tables, cells): row of each cell or -1;
    ``spans`` (tables, 2): first and last slot; ``shape`` (dimensions,); ``fixed``: how many come in each slot is known,
    so that no step is tried that changes it; ``prior``: shape of the Gamma-Poisson prior of each variable; ``heat``:
    how gladly a step that disagrees more is taken, 0 for never; ``weight`` (rows,) and
    ``limit``: a row with a weight counts with it when it is out of bounds, and ``limit`` in all may be.
    """
    np.random.seed(seed)
    cells = rows.shape[1]
    variables = cells * slots
    stride = np.ones(len(shape), np.int64)
    for d in range(len(shape) - 2, -1, -1):
        stride[d] = stride[d + 1] * shape[d + 1]
    touched = np.zeros((4 * rows.shape[0] + 4, 2), np.int64)
    order = np.arange(rows.shape[0])
    at = np.zeros(4, np.int64)
    by = np.zeros(4, np.int64)
    accepted = 0
    for _ in range(steps):
        kind = np.random.random() if not fixed else 0.15 + 0.85 * np.random.random()
        ratio = 1.0
        used = 2
        if kind < 0.15 or m == 0:
            used = 1
            if np.random.random() < 0.5:  # one comes
                if n >= most:
                    continue
                v = np.random.randint(variables)
                after = m + (1 if counts[v] == 0 else 0)
                at[0], by[0] = v, 1
                ratio = (counts[v] + prior) / (counts[v] + 1) * variables / after
            else:
                if m == 0:
                    continue
                u = support[np.random.randint(m)]
                at[0], by[0] = u, -1
                ratio = counts[u] / (counts[u] - 1 + prior) * m / variables
        elif kind < 0.4:  # one moves
            u = support[np.random.randint(m)]
            v = other_place(u, cells, 1 if fixed else slots, shape, stride)
            if v == u:
                continue
            after = m + (1 if counts[v] == 0 else 0) - (1 if counts[u] == 1 else 0)
            at[0], by[0], at[1], by[1] = u, -1, v, 1
            ratio = (counts[v] + prior) / (counts[v] + 1) * counts[u] / (counts[u] - 1 + prior) * m / after
        elif kind < 0.55:  # two cells exchange all their people
            u = support[np.random.randint(m)]
            v = other_place(u, cells, 1 if fixed else slots, shape, stride)
            by[0] = counts[v] - counts[u]
            if by[0] == 0:
                continue
            at[0], at[1], by[1] = u, v, -by[0]
        else:  # one of each of two cells, or all of them, exchange a category or the time of their coming
            u1, u2 = support[np.random.randint(m)], support[np.random.randint(m)]
            d = np.random.randint(len(shape) + (1 if slots > 1 else 0))
            if d == len(shape):
                v1 = u2 // cells * cells + u1 % cells
                v2 = u1 // cells * cells + u2 % cells
            else:
                here = (u1 % cells // stride[d]) % shape[d]
                there = (u2 % cells // stride[d]) % shape[d]
                v1 = u1 + (there - here) * stride[d]
                v2 = u2 + (here - there) * stride[d]
            if v1 in (u1, u2):  # nothing changes, or they only change places
                continue
            used = 4
            at[0], at[1], at[2], at[3] = u1, v1, u2, v2
            if kind < 0.75:
                if counts[v1] > 0 or counts[v2] > 0:  # only into empty cells can the way back be told
                    continue
                by[0], by[1], by[2], by[3] = -counts[u1], counts[u1], -counts[u2], counts[u2]
            else:
                by[0], by[1], by[2], by[3] = -1, 1, -1, 1
                after = m
                for i in range(4):
                    c = counts[at[i]]
                    if by[i] > 0:
                        ratio *= (c + prior) / (c + 1)
                        after += 1 if c == 0 else 0
                    else:
                        ratio *= c / (c - 1 + prior)
                        after -= 1 if c == 1 else 0
                ratio *= (m / after) ** 2
        if ratio < 1.0 and np.random.random() >= ratio:
            continue
        allowed = max(limit - violation, 0)
        if heat > 0.0:
            allowed = int(-heat * np.log(1.0 - np.random.random()))
        taken, worse = change(
            at, by, used, sums, rows, spans, low, high, weight, allowed, violation == 0, order, touched
        )
        if not taken:
            continue
        accepted += 1
        violation += worse
        for i in range(used):
            n += by[i]
            m = put(at[i], by[i], counts, support, position, m)
    return n, m, violation, accepted
