"""One item's trade of one month along the links that exist. Compiled; import only where draws are run."""

from __future__ import annotations

from clarion.compute.kernel import kernel

_NOTHING = 1e-12  # of what is there: only rounding
_STILL = 1e-12  # a change of shares shipped that counts as none
_HARD_ROUNDS = 200  # sellers who have not enough hand cuts on around a circle; each round is short


@kernel(inline="always")
def short_of(end, have, out, limit, room, turnover, most):  # type: ignore[no-untyped-def]
    """What a country cuts this month: it falls behind its usual stock ``end`` by more than ``limit``, and spreads that
    over the months for which its working stock was meant (``room``: working stock and this month's ``turnover``)."""
    excess = end - (have - out) - limit
    if excess <= _NOTHING * room or room <= 0.0:
        return 0.0
    return min(most, excess * turnover / room)


@kernel(inline="always")
def of_exports(cut, planned, wanted, priority):  # type: ignore[no-untyped-def]
    """How much of a cut falls on exports; home use bears the rest. ``priority`` 0 cuts both alike, 1 exports first."""
    both = planned + wanted
    if both <= 0.0:
        return 0.0
    return min(wanted, max(cut * (priority + (1.0 - priority) * wanted / both), cut - planned))


@kernel()
def ship(m, month, active, world, draw, shares, year, now, end, link, arrived, out):  # type: ignore[no-untyped-def]
    """Old links: what may pass, cut where the seller is short. Fills ``link`` (tonnes on each), ``arrived`` and ``out``
    = (wanted, shipped, share shipped).

    A seller who sells on what it buys is short when its own sellers are: the shares are worked down from one until they
    stand still. Afterwards nobody ships what is not there.
    """
    first, exporter, importer, row, pace = world
    flows, keep, priority, carry = draw
    stopped, limit, rounds = shares
    exports, use = year
    have, planned = now  # opening stock and harvest; use planned at this price
    wanted, shipped, share = out
    n = len(use)
    for i in range(n):
        wanted[i] = 0.0
        share[i] = 1.0
    for k in range(first[m], first[m + 1]):
        i = exporter[k]
        link[k] = flows[k] * pace[m, i, month] * (1.0 - active * (1.0 - keep[k])) * (1.0 - stopped[i])
        wanted[i] += link[k]
    _arrivals(m, first, exporter, importer, link, share, arrived)
    for _ in range(rounds):
        moved = 0.0
        for i in range(n):
            shipped[i] = share[i]
        for i in range(n):
            if wanted[i] <= 0.0:
                continue
            both = planned[i] + wanted[i]
            turnover = use[i] / 12.0 + exports[i] * pace[m, i, month]
            cut = short_of(end[i], have[i] + arrived[i], both, limit[i], end[i] - carry[i] + turnover, turnover, both)
            left = 1.0 - of_exports(cut, planned[i], wanted[i], priority) / wanted[i]
            moved = max(moved, abs(left - share[i]))
            share[i] = left
        if moved < _STILL:
            break
        for i in range(n):  # few sellers are short: only their buyers get less
            if share[i] != shipped[i]:
                for k in range(row[m, i], row[m, i + 1]):
                    arrived[importer[k]] += link[k] * (share[i] - shipped[i])
    for _ in range(_HARD_ROUNDS):
        _arrivals(m, first, exporter, importer, link, share, arrived)
        over = False
        for i in range(n):
            leaving = wanted[i] * share[i]
            there = have[i] + arrived[i]
            if leaving > there * (1.0 + _STILL):
                share[i] *= there / leaving
                over = True
        if not over:
            break
    for i in range(n):
        shipped[i] = 0.0
    for k in range(first[m], first[m + 1]):
        link[k] *= share[exporter[k]]
        shipped[exporter[k]] += link[k]


@kernel(inline="always")
def _arrivals(m, first, exporter, importer, link, share, arrived):  # type: ignore[no-untyped-def]
    arrived[:] = 0.0
    for k in range(first[m], first[m + 1]):
        arrived[importer[k]] += link[k] * share[exporter[k]]
