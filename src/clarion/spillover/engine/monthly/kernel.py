"""The months of each draw, one after another. Compiled; import only where draws are run.

Every sum runs over countries and links in their order and no draw reads another, so that the bytes of an answer do not
depend on how draws are divided. Module ``arrays`` explains the arrays, docs/methods/monthly.md the equations.

numba's cache notices a change of the file that holds a kernel, not of one that it calls: after an edit of a kernel,
remove the ``__pycache__`` of this folder.
"""

from __future__ import annotations

import math

import numpy as np

from clarion.compute.kernel import kernel
from clarion.spillover.engine.monthly.baseline_kernel import baseline
from clarion.spillover.engine.monthly.close_kernel import close_month, missing, substitute
from clarion.spillover.engine.monthly.fill_kernel import fill, needs
from clarion.spillover.engine.monthly.market_kernel import price_and_bans
from clarion.spillover.engine.monthly.season_kernel import fertilised_short
from clarion.spillover.engine.monthly.trade_kernel import ship


@kernel()
def run_draws(world, switches, inputs, out):  # type: ignore[no-untyped-def]
    """Run every draw of ``inputs``; fills the arrays of ``out``."""
    for d in range(len(inputs.flows)):
        _run_draw(d, world, switches, inputs, out)


@kernel()
def _run_draw(d, w, switch, inputs, out):  # type: ignore[no-untyped-def]
    items, months, n = out.lost.shape[1:]
    flows, keep, duration = inputs.flows[d], inputs.keep[d], inputs.duration[d]
    lasting, priority, surge, theta, habit, substituted = inputs.policy[d]
    links = (w.first, w.exporter, w.importer)
    year = np.zeros((items, 5, n))
    path = np.empty((items, 13, n))
    usable, stock = np.empty((items, n)), np.empty((items, n))
    for m in range(items):
        season = (w.first, w.exporter, w.importer, w.season, w.pace)
        baseline(m, switch.start, season, flows, inputs.harvest[d, m], inputs.carry[d, m], keep, year[m], path[m])
        for i in range(n):
            floor = inputs.floor_days[d, i] * year[m, 3, i] / 365.0
            usable[m, i] = max(0.0, inputs.carry[d, m, i] - floor)
            stock[m, i] = path[m, 0, i]
    weight = np.exp(-theta * w.c_cost) * (1.0 + habit * w.c_share)
    ends, levels = np.zeros((items, n)), np.zeros((items, months))
    failed = np.zeros((items, months, n))
    limit, used, spare = np.empty((items, n)), np.empty((items, n)), np.empty((items, n))
    cut, short = np.empty((items, n)), np.empty((items, n))
    stopped, planned, have, wanted = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    shipped, share, arrived, extra = np.empty(n), np.empty(n), np.empty(n), np.zeros(n)
    need, offer, opening, scratch = np.empty(n), np.empty(n), np.empty(n), np.zeros((4, n))
    link, more = np.zeros(len(flows)), np.zeros(len(weight))
    there, worst, settled = np.zeros(items), 0.0, True
    for t in range(months):
        month, at = (switch.start + t) % 12, t % 12
        active = min(1.0, max(0.0, duration - t))
        hungry = fertilised_short(t, inputs.lead[d], inputs.scarce[d])
        for m in range(items):
            harvest, exports, _, use, held = year[m]
            carry, before, end = inputs.carry[d, m], path[m, at], path[m, at + 1]
            _, done = price_and_bans(
                m, t, (switch.price, switch.bans, switch.most_rounds),
                (switch.start, duration, inputs.lead[d], inputs.scarce[d]),
                (w.season, w.pace, w.large, w.past[m]),
                (inputs.loss[d, m], inputs.later[d, m], inputs.elastic[d, m], inputs.cover[d, m], inputs.hazard[d]),
                (inputs.ban_draw[d, m], inputs.ban_strength[d, m], inputs.ban_length[d, m], ends[m], stopped),
                year[m], (before, stock[m]), levels,
            )  # fmt: skip
            settled = settled and done
            out.price[d, m, t] = levels[m, t]
            dear = inputs.elastic[d, m, 1] * max(levels[m, t], 0.0)
            for i in range(n):
                opening[i] = stock[m, i]
                ripe = harvest[i] * w.season[m, i, month]
                failed[m, t, i] = ripe * inputs.loss[d, m, i] * active
                failed[m, t, i] += (ripe - failed[m, t, i]) * inputs.later[d, m, i] * hungry
                have[i] = stock[m, i] + ripe - failed[m, t, i]
                planned[i] = use[i] / 12.0
                if dear > 0.0:
                    planned[i] *= math.exp(-dear * inputs.passed[d, i])
                # Of reserves that may go, a share a month: what the country lacks already is gone.
                behind = max(0.0, before[i] - stock[m, i])
                limit[m, i] = usable[m, i]
                if behind < usable[m, i]:
                    limit[m, i] = behind + lasting * (usable[m, i] - behind)
                if stopped[i] > 0.0:
                    out.banned[d, m, t, i] = 1
            now = (have, planned)
            ship(
                m, month, active, (*links, w.row, w.pace), (flows, keep, priority, carry),
                (stopped, limit[m], switch.rounds), (exports, use), now, end, link, arrived, (wanted, shipped, share),
            )  # fmt: skip
            extra[:] = 0.0
            if switch.links:
                needs(
                    m, month, active, w.large, (surge, priority), (stopped, limit[m], usable[m]),
                    (exports, use, held, w.pace, carry), now, (before, end, opening), (wanted, shipped, arrived),
                    need, offer,
                )  # fmt: skip
                fill(
                    m, (w.c_first, w.c_row, w.c_importer), weight, inputs.bids[d], need, offer, arrived, extra,
                    more, scratch,
                )  # fmt: skip
            close_month(
                m, month, w.pace, priority, limit[m], (exports, use, carry), now, end, (wanted, shipped, arrived),
                extra, stock[m], used[m], (cut[m], short[m]), spare[m],
            )  # fmt: skip
            there[m] = have.sum()
            if len(out.sent):
                out.sent[d, t, w.first[m] : w.first[m + 1]] = link[w.first[m] : w.first[m + 1]]
                out.bought[d, t, w.c_first[m] : w.c_first[m + 1]] = more[w.c_first[m] : w.c_first[m + 1]]
        substitute(w.kcal, substituted, used, cut, short, spare, stock, out.swapped[d, t])
        for m in range(items):
            # Opening stock + harvest - use - closing stock, over the world.
            error = abs(there[m] - used[m].sum() - stock[m].sum())
            worst = max(worst, error / there[m] if there[m] > 0.0 else 0.0)
            for i in range(n):
                out.lost[d, m, t, i] = cut[m, i]
                out.stocks[d, m, t, i] = stock[m, i]
    for m in range(items):
        missing(
            m, switch.start, duration, (*links, w.pace), (flows, keep, stopped), year[m], failed[m], out.supply[d, m]
        )
        out.harvest_lost[d, m] = failed[m].sum()
        out.use[d, m] = year[m, 3]
    out.mass_error[d] = worst
    out.settled[d] = settled
