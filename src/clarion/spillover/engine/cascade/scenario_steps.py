"""The steps of one iteration of a scenario's cascade, by the equations that ``scenario`` tells. Compiled.

``shape`` is as in ``reference``, ``keep`` as in ``scenario``. ``state`` holds production, consumption, reserves, what
was drawn of them, and what exporters withhold; ``trade`` imports and exports. Kernels change the arrays that they are
given.
"""

from __future__ import annotations

import numpy as np

from clarion.compute.kernel import kernel

_NOISE = 1e-12  # relative to the quantity at hand: what rounding may leave behind
_LAST_BITS = 4e-15  # relative: sums of a few hundred numbers are no surer than this
_OFFER = 0.2  # share of its stocks that an exporter offers in one iteration of the reserves-first rule, as published
_ROUNDS = 1000


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
def reallocate(flows, keep, state, trade, shortage, held, raising, shape):  # type: ignore[no-untyped-def]
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
def raise_imports(flows, keep, state, shortage, shape):  # type: ignore[no-untyped-def]
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
def leave_none_negative(flows, state, trade, shape):  # type: ignore[no-untyped-def]
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
