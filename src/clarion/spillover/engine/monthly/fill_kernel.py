"""New links: who has to spare sells to who falls short. Compiled; import only where draws are run."""

from __future__ import annotations

from clarion.compute.kernel import kernel
from clarion.spillover.engine.monthly.trade_kernel import of_exports, short_of

_ROUNDS = 3


@kernel()
def needs(m, month, active, big, conduct, shares, year, now, ends, moved, need, spare):  # type: ignore[no-untyped-def]
    """What each country wants to buy beyond its old links, and what each large seller could send beyond them.

    A seller offers what it holds above its policy, as far as its ports are open and at most ``surge`` of its usual
    trade. A buyer asks before it draws on its reserves; a large seller draws on its own first.
    """
    surge, priority = conduct
    stopped, limit, usable = shares
    exports, use, held, pace, carry = year
    have, planned = now
    before, end, opening = ends
    wanted, shipped, arrived = moved
    for i in range(len(use)):
        need[i] = 0.0
        spare[i] = 0.0
        there = have[i] + arrived[i]
        usual = exports[i] * pace[m, i, month]
        allowed = min(max(0.0, before[i] - opening[i]), usable[i])
        if big[m, i]:
            allowed = limit[i]
            room = limit[i] - (end[i] - (there - planned[i] - shipped[i]))
            if room > 0.0:
                free = (1.0 - stopped[i]) * (1.0 - active * held[i] / exports[i])
                spare[i] = min(room, surge * exports[i] / 12.0 * free)
                continue
        both = planned[i] + wanted[i]
        turnover = use[i] / 12.0 + usual
        cut = short_of(end[i], there, both, allowed, end[i] - carry[i] + turnover, turnover, both)
        need[i] = cut - of_exports(cut, planned[i], wanted[i], priority)


@kernel()
def fill(m, candidates, weight, bids, need, spare, arrived, extra, more, scratch):  # type: ignore[no-untyped-def]
    """Each buyer spreads its need over sellers by the odds spare x weight; a seller asked for more than it can spare
    serves by request x what the buyer can pay, so that the poor go short first.

    Fills ``more`` (tonnes on each candidate link) and ``extra`` (new exports), adds to ``arrived``; ``need`` and
    ``spare`` are worked down.
    """
    first, row, importer = candidates
    odds, asked, weighed, bought, sold = scratch
    n = len(need)
    more[first[m] : first[m + 1]] = 0.0
    for _ in range(_ROUNDS):
        for part in scratch:
            part[:] = 0.0
        for i in range(n):
            for k in range(row[m, i], row[m, i + 1] if spare[i] > 0.0 else row[m, i]):
                odds[importer[k]] += spare[i] * weight[k]
        for i in range(n):
            for k in range(row[m, i], row[m, i + 1] if spare[i] > 0.0 else row[m, i]):
                j = importer[k]
                if need[j] > 0.0 and odds[j] > 0.0:
                    bid = need[j] * spare[i] * weight[k] / odds[j]
                    asked[i] += bid
                    weighed[i] += bid * bids[j]
        any_sold = False
        for i in range(n):
            for k in range(row[m, i], row[m, i + 1] if asked[i] > 0.0 else row[m, i]):
                j = importer[k]
                if need[j] > 0.0 and odds[j] > 0.0:
                    got = need[j] * spare[i] * weight[k] / odds[j]
                    if asked[i] > spare[i]:
                        got = min(got, spare[i] * got * bids[j] / weighed[i])
                    more[k] += got
                    bought[j] += got
                    sold[i] += got
                    any_sold = any_sold or got > 0.0
        if not any_sold:
            return
        for i in range(n):
            need[i] = max(0.0, need[i] - bought[i])
            spare[i] = max(0.0, spare[i] - sold[i])
            arrived[i] += bought[i]
            extra[i] += sold[i]
