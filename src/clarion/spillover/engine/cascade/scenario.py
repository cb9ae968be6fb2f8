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

from clarion.compute.kernel import kernel
from clarion.spillover.engine.cascade.balance import balance_error
from clarion.spillover.engine.cascade.scenario_steps import (
    leave_none_negative,
    meet_at_home,
    raise_imports,
    reallocate,
    trade_sums,
)

PROPORTIONAL, RESERVES_FIRST, EXPORTS_ONLY = 0, 1, 2

TINY = 1e-5  # share of consumption below which a shortage is absorbed, as published
STILL = 2.0**-26  # share of all trade below which what moves counts as an equilibrium, as published
_REFRESH = 8  # iterations after which sums kept up to date by differences are added up anew


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
            moved = reallocate(flows, keep, state, trade, shortage, held, False, shape)
            meet_at_home(state, trade, shortage, cut, tiny)
            moved += raise_imports(flows, keep, state, shortage, shape)
            trade_sums(flows, shape, imports, exports)
        else:
            moved = reallocate(flows, keep, state, trade, shortage, held, rule == PROPORTIONAL, shape)
            if iteration % _REFRESH == 0:
                trade_sums(flows, shape, imports, exports)
        settled = moved <= still * exports.sum()
    trade_sums(flows, shape, imports, exports)
    leave_none_negative(flows, state, trade, shape)
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
