"""The end of a month: who goes without, what is left, and what one staple does for another. Compiled."""

from __future__ import annotations

from clarion.compute.kernel import kernel
from clarion.spillover.engine.monthly.trade_kernel import of_exports, short_of


@kernel()
def close_month(m, month, pace, priority, limit, year, now, end, moved, extra, stock, used, gone, spare):  # type: ignore[no-untyped-def]
    """Fills ``used``, ``stock``, ``spare`` (what stock may still go) and ``gone`` = (use of the baseline that is
    missing, and of that what is missing at this price)."""
    exports, use, carry = year
    have, planned = now
    wanted, shipped, arrived = moved
    cut, short = gone
    for i in range(len(use)):
        there = have[i] + arrived[i]
        both = planned[i] + wanted[i]
        turnover = use[i] / 12.0 + exports[i] * pace[m, i, month]
        room = end[i] - carry[i] + turnover
        missed = short_of(end[i], there - extra[i], both, limit[i], room, turnover, both)
        less = missed - of_exports(missed, planned[i], wanted[i], priority)
        leaving = shipped[i] + extra[i]
        used[i] = min(planned[i] - less, max(0.0, there - leaving))
        stock[i] = max(0.0, there - leaving - used[i])
        cut[i] = max(0.0, use[i] / 12.0 - used[i])
        short[i] = planned[i] - used[i]
        spare[i] = min(stock[i], max(0.0, limit[i] - (end[i] - stock[i])))


@kernel()
def substitute(kcal, share, used, cut, short, spare, stock, swapped):  # type: ignore[no-untyped-def]
    """Within each country, stock of one staple that may go stands in for another that is short, energy for energy, up
    to ``share`` of what is short. ``cut`` falls by what is made up. ``swapped`` is what was eaten in place of others
    or, negative, what others made up for.
    """
    items, n = cut.shape
    for i in range(n):
        lack = 0.0
        offer = 0.0
        for m in range(items):
            if kcal[m] > 0.0:
                if short[m, i] > 0.0:
                    lack += share * short[m, i] * kcal[m]
                else:
                    offer += spare[m, i] * kcal[m]
        if lack <= 0.0 or offer <= 0.0:
            continue
        met = min(lack, offer)
        for m in range(items):
            if kcal[m] <= 0.0:
                continue
            if short[m, i] > 0.0:
                swapped[m, i] = -short[m, i] * share * met / lack
                cut[m, i] += swapped[m, i]
            else:
                swapped[m, i] = spare[m, i] * met / offer
                used[m, i] += swapped[m, i]
                stock[m, i] = max(0.0, stock[m, i] - swapped[m, i])


@kernel()
def missing(m, start, duration, world, draw, year, lost_harvest, out):  # type: ignore[no-untyped-def]
    """Supply that the shock takes each month before anybody responds: fills ``out`` (months, N), tonnes.

    What no longer leaves is missing where it was bought. A lost harvest is missing over the twelve months after it, in
    proportion at home and with every buyer (Croft, West and Green 2018), as in the yearly model.
    """
    first, exporter, importer, pace = world
    flows, keep, share = draw
    harvest, exports, imports, use, _ = year
    for t in range(len(out)):
        month = (start + t) % 12
        active = min(1.0, max(0.0, duration - t))
        for i in range(len(use)):
            share[i] = 0.0
            for s in range(max(0, t - 11), t + 1):
                share[i] += lost_harvest[s, i]
            if share[i] > 0.0:
                share[i] = min(1.0, share[i] / max(harvest[i] + imports[i], exports[i]))
            out[t, i] = share[i] * use[i] / 12.0
        for k in range(first[m], first[m + 1]):
            i = exporter[k]
            passing = (1.0 - active * (1.0 - keep[k])) * (1.0 - share[i])
            out[t, importer[k]] += flows[k] * pace[m, i, month] * (1.0 - passing)
