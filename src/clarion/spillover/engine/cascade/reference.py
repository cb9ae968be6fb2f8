"""The published cascade, step by step and to the last bit. Compiled; import only where cascades run.

Method: Marchand et al. 2016, Environ. Res. Lett. 11, 095009, and Heslin et al. 2020, Front. Sustain. Food Syst. 4, 26.
Flows run from exporter i to importer j. Supply is S = P + imports - exports - dR; the shortage of a country is C - S.

Its known faults are kept here on purpose, since this is the yardstick, and are mended in ``scenario``: thresholds of
1 and -1 in whatever unit the data come in; a reserve of 0 told from one rounding error, so that a country whose need
trade has just met is frozen or willing by chance; offers of grain to importers whose need is a rounding error, so that
chance decides who draws on reserves, and can drive the reserves-first rule into a negative shortage. Where it comes to
that, the last digits of the inputs decide; tests hold these kernels to an 80-bit transcription bit by bit.

Every kernel takes ``shape``, the tuple (row_start, row, column, column_start, column_links) of a network: ``row`` and
``column`` give exporter and importer of each link, links lie row by row, and ``column_links`` lists them column by
column. Kernels change the arrays that they are given.
"""

from __future__ import annotations

import numpy as np

from clarion.compute.kernel import kernel
from clarion.spillover.engine.cascade.extended import sum_links, sum_range

CONVERGED, UNSETTLED, NEGATIVE_SHORTAGE = 0, 1, 2

_SAME = 2.0**-26  # tolerance of R's all.equal.numeric: the square root of the double epsilon
_TINY = 1e-5  # share of consumption below which a shortage is absorbed rather than passed on


@kernel()
def exports_of(values, shape, wanted, weight, out):  # type: ignore[no-untyped-def]
    """Exports of each country that is ``wanted``, each importer counted with its ``weight``, into ``out``."""
    row_start, _, column, _, _ = shape
    for i in range(len(out)):
        if wanted[i]:
            out[i] = sum_range(values, row_start[i], row_start[i + 1], column, weight)


@kernel()
def imports_of(values, shape, wanted, weight, out):  # type: ignore[no-untyped-def]
    """Imports of each country that is ``wanted``, each exporter counted with its ``weight``, into ``out``."""
    _, row, _, column_start, column_links = shape
    for j in range(len(out)):
        if wanted[j]:
            out[j] = sum_links(values, column_links[column_start[j] : column_start[j + 1]], row, weight)


@kernel()
def supply(flows, production, drawn, shape):  # type: ignore[no-untyped-def]
    """Production + imports - exports - dR of each country."""
    n = len(production)
    every = np.ones(n, np.bool_)
    one = np.ones(n)
    imports = np.empty(n)
    exports = np.empty(n)
    exports_of(flows, shape, every, one, exports)
    imports_of(flows, shape, every, one, imports)
    return production + imports - exports - drawn


@kernel()
def update_shortage(state, trade, shortage):  # type: ignore[no-untyped-def]
    """Shortage of each country; False where one lies under -1, at which the reference gives up."""
    production, consumption, _, drawn = state
    imports, exports = trade
    fine = True
    for i in range(len(shortage)):
        shortage[i] = consumption[i] - (production[i] + imports[i] - exports[i] - drawn[i])
        if shortage[i] < -1.0:
            fine = False
    return fine


@kernel()
def meet_at_home(state, trade, shortage, consumption_fraction):  # type: ignore[no-untyped-def]
    """Draw reserves, cut consumption a little, absorb what is tiny; False as in ``update_shortage``."""
    _, consumption, reserves, drawn = state
    for i in range(len(shortage)):
        draw = min(shortage[i], reserves[i])
        drawn[i] -= draw
        reserves[i] -= draw
    if not update_shortage(state, trade, shortage):
        return False
    for i in range(len(shortage)):
        consumption[i] -= consumption_fraction * shortage[i]
    if not update_shortage(state, trade, shortage):
        return False
    for i in range(len(shortage)):
        if shortage[i] < _TINY * consumption[i]:
            consumption[i] -= shortage[i]
    return update_shortage(state, trade, shortage)


@kernel()
def same(moved, size, count):  # type: ignore[no-untyped-def]
    """R's all.equal: mean difference relative to the mean of the old values, both over the unequal elements."""
    if count == 0:
        return True
    difference = moved / count
    scale = size / count
    if np.isfinite(scale) and scale > _SAME:
        difference /= scale
    return difference <= _SAME


@kernel()
def proportional(flows, state, shortage, consumption_fraction, most, shape):  # type: ignore[no-untyped-def]
    """Proportional trade allocation: a short country cuts exports and raises imports on all its links alike.

    An exporter without reserves is frozen: it refuses to export more, and its links do not count as trade that an
    importer can raise.

    Returns (status, iterations).
    """
    row_start, _, column, _, _ = shape
    n = len(shortage)
    reserves = state[2]
    every = np.ones(n, np.bool_)
    one = np.ones(n)
    imports = np.empty(n)
    exports = np.empty(n)
    trade = (imports, exports)
    exports_of(flows, shape, every, one, exports)
    imports_of(flows, shape, every, one, imports)
    raisable = np.zeros(n)
    share = np.zeros(n)
    willing = np.zeros(n)
    row_moved = np.zeros(n, np.bool_)
    column_moved = np.zeros(n, np.bool_)
    for iteration in range(1, most + 1):
        if not meet_at_home(state, trade, shortage, consumption_fraction):
            return NEGATIVE_SHORTAGE, iteration
        for i in range(n):
            willing[i] = 0.0 if reserves[i] == 0.0 else 1.0
        if willing.any():
            imports_of(flows, shape, shortage != 0.0, willing, raisable)
        else:
            raisable[:] = 0.0
        for j in range(n):
            available = exports[j] + raisable[j]
            share[j] = 0.0 if shortage[j] == 0.0 or available == 0.0 else min(shortage[j] / available, 1.0)
        row_moved[:] = False
        column_moved[:] = False
        moved = 0.0
        size = 0.0
        count = 0
        for i in range(n):
            if share[i] == 0.0 and willing[i] == 0.0:
                continue
            for k in range(row_start[i], row_start[i + 1]):
                j = column[k]
                before = flows[k]
                after = (1.0 + (willing[i] * share[j] - share[i])) * before
                if after != before:
                    flows[k] = after
                    moved += abs(before - after)
                    size += abs(before)
                    count += 1
                    row_moved[i] = True
                    column_moved[j] = True
        exports_of(flows, shape, row_moved, one, exports)
        imports_of(flows, shape, column_moved, one, imports)
        if not update_shortage(state, trade, shortage):
            return NEGATIVE_SHORTAGE, iteration
        if same(moved, size, count):
            return CONVERGED, iteration
    return UNSETTLED, most
