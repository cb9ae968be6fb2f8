"""New links: who has to spare sells to who falls short. Compiled; import only where draws are run."""

from __future__ import annotations

import math

from clarion.compute.kernel import kernel
from clarion.spillover.engine.monthly.trade_kernel import of_exports, short_of

_ROUNDS = 3
_NOTHING = 1e-12


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
    odds, rate, bought, sold = scratch
    n = len(need)
    more[first[m] : first[m + 1]] = 0.0
    for _ in range(_ROUNDS):
        odds[:] = 0.0
        bought[:] = 0.0
        sold[:] = 0.0
        for i in range(n):
            if spare[i] > 0.0:
                for k in range(row[m, i], row[m, i + 1]):
                    odds[importer[k]] += spare[i] * weight[k]
        for j in range(n):
            rate[j] = need[j] / odds[j] if odds[j] > 0.0 else 0.0
        total = 0.0
        for i in range(n):
            if spare[i] <= 0.0:
                continue
            asked = 0.0
            weighed = 0.0
            for k in range(row[m, i], row[m, i + 1]):
                bid = rate[importer[k]] * spare[i] * weight[k]
                asked += bid
                weighed += bid * bids[importer[k]]
            ration = spare[i] / weighed if asked > spare[i] else math.inf
            for k in range(row[m, i], row[m, i + 1]):
                j = importer[k]
                if rate[j] > 0.0:
                    got = rate[j] * spare[i] * weight[k] * min(1.0, ration * bids[j])
                    more[k] += got
                    bought[j] += got
                    sold[i] += got
            total += sold[i]
        if total <= 0.0:
            return
        for i in range(n):
            # What is only rounding is nothing: else everybody would be asked again for it.
            need[i] = need[i] - bought[i] if need[i] - bought[i] > _NOTHING * bought[i] else 0.0
            spare[i] = spare[i] - sold[i] if spare[i] - sold[i] > _NOTHING * sold[i] else 0.0
            arrived[i] += bought[i]
            extra[i] += sold[i]
