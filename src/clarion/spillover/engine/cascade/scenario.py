"""Cascades for scenario runs: the published rules with their known faults mended. Compiled; import only where run.

Same equations as ``reference`` (Marchand et al. 2016), with these differences:

- Thresholds are relative, so the unit of the data does not matter, and a shortage or surplus that is only rounding
  counts as none: nobody turns from frozen to willing, or asks for grain, because of a last bit, and the reserves-first
  rule never ends in a negative shortage.
- Flows may be restricted. What an exporter withholds stays at home: it meets the exporter's own shortage first, can be
  exported over its links that are not restricted, and what is left raises supply at home. A restricted link is never
  raised again; it may be cut further.
- A country that exports more than it makes and imports has stocks that nobody recorded; its production is topped up to
  a consumption of 0, and consumption never falls below 0, without an equilibrium either. Without reserves a small state
  at the end of a chain of re-exporters may still lose nearly all: that is what the equations say.
- Any number of countries may hold reserves, one included, where the published code stops.

What stays: no price, no policy response, no new suppliers, and a single period; production and reserves are as given
(the published inputs add harvested area and yield to tonnes, and reserves of later years).

Burkholz and Schweitzer 2019 (Environ. Res. Lett. 14, 114013) is the special case without reserves, raises and cuts of
consumption: a deficit is met by cutting all exports alike, and the deficits this makes are met in the same way.

``shape`` is as in ``reference``. ``keep`` gives for each link the share of its flow that may still move.
"""

from __future__ import annotations

import numpy as np

from clarion.spillover.engine.cascade.balance import balance_error
from clarion.spillover.engine.cascade.kernel import kernel

PROPORTIONAL, RESERVES_FIRST, EXPORTS_ONLY = 0, 1, 2

TINY = 1e-5  # share of consumption below which a shortage is absorbed, as published
_NOISE = 1e-12  # relative to the quantity at hand: what rounding may leave behind
STILL = 2.0**-26  # share of all trade below which what moves counts as an equilibrium, as published
_LAST_BITS = 4e-15  # relative: sums of a few hundred numbers are no surer than this
_OFFER = 0.2  # share of its stocks that an exporter offers in one iteration of the reserves-first rule, as published
_ROUNDS = 1000
_REFRESH = 8  # iterations after which sums kept up to date by differences are added up anew


@kernel()
def trade_sums(flows, shape, imports, exports):  # type: ignore[no-untyped-def]
    """Imports and exports of each country."""
    row_start, _, column, _, _ = shape
    imports[:] = 0.0
    for i in range(len(exports)):
        total = 0.0
        for k in range(row_start[i], row_start[i + 1]):
            total += flows[k]
            imports[column[k]] += flows[k]
        exports[i] = total


@kernel()
def meet_at_home(state, trade, shortage, cut, tiny):  # type: ignore[no-untyped-def]
    """Shortage left to trade after withheld grain, reserves, the cut of consumption and what is tiny."""
    production, consumption, reserves, drawn, withheld = state
    imports, exports = trade
    for i in range(len(shortage)):
        volume = production[i] + imports[i] + exports[i] + consumption[i]
        short = consumption[i] - (production[i] + imports[i] - exports[i] - drawn[i] - withheld[i])
        if short > _NOISE * volume:
            use = min(short, withheld[i])
            withheld[i] -= use
            short -= use
            use = min(short, reserves[i])
            reserves[i] -= use
            drawn[i] -= use
            short -= use
            use = min(cut * short, consumption[i])
            consumption[i] -= use
            short -= use
        if short <= max(tiny * consumption[i], _NOISE * volume):
            consumption[i] = max(consumption[i] - short, 0.0)
            short = 0.0
        shortage[i] = short


@kernel()
def _reallocate(flows, keep, state, trade, shortage, held, raising, shape):  # type: ignore[no-untyped-def]
    """Cut the exports and raise the imports of short countries, on all their links alike; the amount moved.

    A short country has used up what it holds, so none both cuts its exports and is willing to raise them: the links of
    an exporter are all cut alike, or raised, or left alone.
    """
    row_start, _, column, _, _ = shape
    _, _, reserves, _, withheld = state
    imports, exports = trade
    n = len(shortage)
    share = np.zeros(n)
    available = exports.copy()
    willing = np.zeros(n, np.bool_)
    for i in range(n):
        willing[i] = raising and reserves[i] + withheld[i] > _NOISE * held[i]
        if willing[i]:
            for k in range(row_start[i], row_start[i + 1]):
                available[column[k]] += flows[k] if keep[k] == 1.0 else 0.0
    for j in range(n):
        if shortage[j] > 0.0 and available[j] > 0.0:
            share[j] = min(shortage[j] / available[j], 1.0)
    moved = 0.0
    for i in range(n):
        if share[i] > 0.0:
            moved += exports[i] * share[i]
            exports[i] *= 1.0 - share[i]
            for k in range(row_start[i], row_start[i + 1]):
                less = flows[k] * share[i]
                flows[k] *= 1.0 - share[i]
                imports[column[k]] -= less
        elif willing[i]:
            raised = 0.0
            for k in range(row_start[i], row_start[i + 1]):
                more = flows[k] * share[column[k]] if keep[k] == 1.0 else 0.0
                flows[k] += more
                imports[column[k]] += more
                raised += more
            exports[i] += raised
            moved += raised
    return moved


@kernel()
def _raise_imports(flows, keep, state, shortage, shape):  # type: ignore[no-untyped-def]
    """Share out what exporters offer among short importers, along open links; the amount moved."""
    row_start, _, column, _, _ = shape
    _, _, reserves, _, withheld = state
    n = len(shortage)
    need = shortage.copy()
    enough = _NOISE * shortage
    available = _OFFER * (reserves + withheld)
    spare = _NOISE * available
    raised = np.zeros(len(flows))
    grain = np.zeros(len(flows))
    offered = np.zeros(n)
    total = 0.0
    for _ in range(_ROUNDS):
        offered[:] = 0.0
        for i in range(n):
            asked = 0.0
            if available[i] > spare[i]:
                for k in range(row_start[i], row_start[i + 1]):
                    if need[column[k]] > enough[column[k]] and keep[k] == 1.0:
                        asked += flows[k]
            for k in range(row_start[i], row_start[i + 1]):
                grain[k] = 0.0
                if asked > 0.0 and need[column[k]] > enough[column[k]] and keep[k] == 1.0:
                    grain[k] = flows[k] * (available[i] / asked)
                    offered[column[k]] += grain[k]
        moved = 0.0
        accepted = np.zeros(n)
        for j in range(n):
            if offered[j] > 0.0:
                accepted[j] = min(need[j] / offered[j], 1.0)
                need[j] = need[j] - offered[j] if offered[j] < need[j] else 0.0
        for i in range(n):
            for k in range(row_start[i], row_start[i + 1]):
                if grain[k] > 0.0:
                    taken = grain[k] * accepted[column[k]]
                    raised[k] += taken
                    available[i] -= taken
                    moved += taken
        total += moved
        if moved <= _NOISE * total:
            break
    for k in range(len(flows)):
        flows[k] += raised[k]
    return total


@kernel()
def _leave_none_negative(flows, state, trade, shape):  # type: ignore[no-untyped-def]
    """Cut exports that a country cannot fill, so that supply is 0 or more everywhere.

    Without an equilibrium that may be much; with one it is what was too little to pass on while iterating.
    """
    row_start, _, _, _, _ = shape
    production, _, _, drawn, _ = state
    imports, exports = trade
    for _ in range(_ROUNDS):
        done = True
        for i in range(len(exports)):
            inflow = production[i] + imports[i] - drawn[i]
            lacking = exports[i] - inflow
            if lacking > _LAST_BITS * inflow:
                done = False
                for k in range(row_start[i], row_start[i + 1]):
                    flows[k] *= max(1.0 - lacking / exports[i], 0.0)
        if done:
            break
        trade_sums(flows, shape, imports, exports)


@kernel()
def cascade(kernel, flows, keep, state, shape):  # type: ignore[no-untyped-def]
    """Run one cascade on arrays that it changes; (whether it settled, iterations). ``kernel`` is from ``Policy``."""
    rule, cut, tiny, most, still = kernel
    n = len(state[0])
    imports = np.empty(n)
    exports = np.empty(n)
    trade = (imports, exports)
    shortage = np.empty(n)
    held = state[2] + state[4]
    trade_sums(flows, shape, imports, exports)
    settled = False
    iteration = 0
    while not settled and iteration < most:
        iteration += 1
        meet_at_home(state, trade, shortage, cut, tiny)
        if rule == RESERVES_FIRST:
            moved = _reallocate(flows, keep, state, trade, shortage, held, False, shape)
            meet_at_home(state, trade, shortage, cut, tiny)
            moved += _raise_imports(flows, keep, state, shortage, shape)
            trade_sums(flows, shape, imports, exports)
        else:
            moved = _reallocate(flows, keep, state, trade, shortage, held, rule == PROPORTIONAL, shape)
            if iteration % _REFRESH == 0:
                trade_sums(flows, shape, imports, exports)
        settled = moved <= still * exports.sum()
    trade_sums(flows, shape, imports, exports)
    _leave_none_negative(flows, state, trade, shape)
    return settled, iteration


@kernel()
def simulate(kernel, flows, keep, loss, production, reserves, shape, out):  # type: ignore[no-untyped-def]
    """One cascade from its inputs. ``flows`` and ``reserves`` are changed; ``out`` takes dP, dR, dC, C0 and surplus.

    Returns (settled, iterations).
    """
    lost, drawn, change, base, withheld = out
    row_start, _, _, _, _ = shape
    n = len(production)
    imports = np.empty(n)
    exports = np.empty(n)
    trade_sums(flows, shape, imports, exports)
    left = np.empty(n)
    for i in range(n):
        unrecorded = max(exports[i] - production[i] - imports[i], 0.0)
        base[i] = max(production[i] + imports[i] - exports[i], 0.0)
        lost[i] = 0.0 - loss[i] * production[i]
        left[i] = production[i] + unrecorded + lost[i]
        drawn[i] = 0.0
        withheld[i] = 0.0
        for k in range(row_start[i], row_start[i + 1]):
            withheld[i] += flows[k] - flows[k] * keep[k]
            flows[k] *= keep[k]
    state = (left, base.copy(), reserves, drawn, withheld)
    settled, iterations = cascade(kernel, flows, keep, state, shape)
    trade_sums(flows, shape, imports, exports)
    for i in range(n):
        change[i] = max(left[i] + imports[i] - exports[i] - drawn[i], 0.0) - base[i]
    return settled, iterations


@kernel()
def simulate_draws(kernel, network, draws, results, start, stop):  # type: ignore[no-untyped-def]
    """Cascades of the draws ``start`` to ``stop``, each written to its own row of ``results``.

    ``draws`` are five matrices, one row for each draw or one for all: loss, keep, and factors on flows, production
    and reserves.
    """
    flows, production, reserves, shape = network
    loss, keep, flow_factor, production_factor, reserve_factor = draws
    dR, dC, C0, settled, error = results
    n = len(production)
    lost = np.empty(n)
    surplus = np.empty(n)
    for d in range(start, stop):
        kept = keep[d % len(keep)]
        before = flows * flow_factor[d % len(flow_factor)]
        after = before.copy()
        makes = production * production_factor[d % len(production_factor)]
        holds = reserves * reserve_factor[d % len(reserve_factor)]
        out = (lost, dR[d], dC[d], C0[d], surplus)
        settled[d], _ = simulate(kernel, after, kept, loss[d % len(loss)], makes, holds, shape, out)
        held_back = before - before * kept
        error[d] = balance_error(before, after, lost, dR[d], dC[d], held_back, C0[d], shape)
