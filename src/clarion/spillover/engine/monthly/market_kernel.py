"""World price and export bans of one month, worked until no further country bans. Compiled."""

from __future__ import annotations

from clarion.compute.kernel import kernel
from clarion.spillover.engine.market import log_price, monthly_hazard
from clarion.spillover.engine.monthly.season_kernel import fertilised_short

_NOTHING = 1e-12  # of a year's use: only rounding


@kernel()
def price_and_bans(m, t, switches, clock, world, laws, bans, year, state, levels):  # type: ignore[no-untyped-def]
    """Fills ``levels[m, t]``, the change of the logarithm of the world price against the baseline, and the share of
    exports that each country's own ban stops this month; returns (rounds, settled).

    The market sees what is missing in the twelve months ahead: harvests that will fail, for want of fertiliser too, and
    exports that will be held back, by the scenario for as long as it lasts and by bans for as long as they will last;
    and what stocks lack already. A ban raises the price and the price brings further bans; within a month bans are only
    added, so the rounds come to an end.
    """
    start, duration, lead, scarce = clock
    with_price, with_bans, most_rounds = switches
    season, pace, big, past = world
    loss, later, elastic, cover, hazard = laws
    uniform, strength, length, ends, stopped = bans
    harvest, exports, imports, use, held = year
    before, stock = state
    n = len(use)
    total_use = 0.0
    scenario = 0.0
    for i in range(n):
        total_use += use[i]
        supply = harvest[i] + imports[i]
        if supply <= 0.0:
            continue
        failing = 0.0
        stuck = 0.0
        for s in range(12 if loss[i] > 0.0 or later[i] > 0.0 or held[i] > 0.0 else 0):
            active = min(1.0, max(0.0, duration - t - s))
            month = (start + t + s) % 12
            failing += harvest[i] * loss[i] * active * season[m, i, month]
            hungry = later[i] * fertilised_short(t + s, lead, scarce)
            failing += harvest[i] * season[m, i, month] * (1.0 - loss[i] * active) * hungry
            stuck += held[i] * active * pace[m, i, month]
        behind = before[i] - stock[i]
        if behind < 0.0 and exports[i] > 0.0:  # a surplus counts as far as it may leave
            behind *= 1.0 - min(1.0, max(0.0, duration - t)) * held[i] / exports[i]
        # Of a failed harvest no more can be held back.
        scenario += failing + stuck * (1.0 - min(1.0, failing / supply)) + behind
    if total_use <= 0.0:
        return 0, True
    a_year_ago = levels[m, t - 12] if t >= 12 else 0.0
    rounds = 0
    while True:
        rounds += 1
        gap = scenario
        for i in range(n):
            stopped[i] = 0.0
            if ends[i] > t:
                stopped[i] = strength[i] * min(1.0, ends[i] - t)
                for s in range(12):
                    active = min(1.0, max(0.0, duration - t - s))
                    open_still = min(1.0, max(0.0, ends[i] - t - s))
                    gap += strength[i] * open_still * pace[m, i, (start + t + s) % 12] * (exports[i] - active * held[i])
        levels[m, t] = 0.0
        if with_price and abs(gap) > _NOTHING * total_use:
            levels[m, t] = 0.0 + log_price(gap / total_use, cover, elastic[2], elastic[0], elastic[1])
        if not with_bans:
            return rounds, True
        rise = levels[m, t] - a_year_ago
        fresh = 0
        for i in range(n):
            if not big[m, i] or ends[i] > t:
                continue
            short = max(0.0, before[i] - stock[i])
            for s in range(12 if loss[i] > 0.0 or later[i] > 0.0 else 0):
                active = min(1.0, max(0.0, duration - t - s))
                month = (start + t + s) % 12
                short += harvest[i] * loss[i] * active * season[m, i, month]
                hungry = later[i] * fertilised_short(t + s, lead, scarce)
                short += harvest[i] * season[m, i, month] * (1.0 - loss[i] * active) * hungry
            usual = monthly_hazard(0.0, 0.0, past[i], hazard)
            now = monthly_hazard(rise, min(1.0, short / (harvest[i] + imports[i])), past[i], hazard)
            # Bans of ordinary months belong to the baseline: only those that the scenario brings are counted.
            if uniform[i, t] < (now - usual) / (1.0 - usual):
                ends[i] = t + length[i]
                fresh += 1
        if fresh == 0:
            return rounds, True
        if rounds >= most_rounds:
            return rounds, False
