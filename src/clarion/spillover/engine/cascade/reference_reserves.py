"""The published reserves-first rule, step by step and to the last bit. Compiled; import only where cascades run.

Method and faults as in ``reference``: countries first cut exports, then raise imports from what exporters hold.
"""

from __future__ import annotations

import numpy as np

from clarion.compute.kernel import kernel
from clarion.spillover.engine.cascade.reference import (
    CONVERGED,
    NEGATIVE_SHORTAGE,
    UNSETTLED,
    exports_of,
    imports_of,
    meet_at_home,
    same,
    update_shortage,
)

_OFFER = 0.2  # share of its usable reserves that an exporter offers in one iteration
_ENOUGH = 1.0  # in the unit of the data: once less than this is accepted in a round, offering ends


@kernel()
def _raise_imports(flows, need, available, shape):  # type: ignore[no-untyped-def]
    """Hand what exporters have ``available`` to importers in ``need``, along existing links, until little moves."""
    _, row, column, _, _ = shape
    n = len(need)
    one = np.ones(n)
    needing = np.zeros(n)
    of_rows = np.zeros(n)
    of_columns = np.zeros(n)
    offered = np.zeros(n)
    accepted = np.zeros(n)
    grain = np.zeros(len(flows))
    raised = np.zeros(len(flows))
    while available.any():
        for j in range(n):
            needing[j] = 1.0 if need[j] > 0.0 else 0.0
        if not needing.any():
            break
        exports_of(flows, shape, available != 0.0, needing, of_rows)
        for i in range(n):
            offered[i] = 0.0 if available[i] == 0.0 or of_rows[i] == 0.0 else available[i] / of_rows[i]
        for k in range(len(flows)):
            grain[k] = flows[k] * needing[column[k]] * offered[row[k]]
        imports_of(grain, shape, needing != 0.0, one, of_columns)
        for j in range(n):
            accepted[j] = 0.0 if needing[j] == 0.0 or of_columns[j] == 0.0 else min(need[j] / of_columns[j], 1.0)
        moved = 0.0
        for k in range(len(flows)):
            grain[k] *= accepted[column[k]]
            moved += grain[k]
        if moved < _ENOUGH:
            break
        imports_of(grain, shape, needing != 0.0, one, of_columns)
        exports_of(grain, shape, offered != 0.0, one, of_rows)
        for i in range(n):
            if needing[i] != 0.0:
                need[i] -= of_columns[i]
            if offered[i] != 0.0:
                available[i] -= of_rows[i]
        for k in range(len(flows)):
            raised[k] += grain[k]
    for k in range(len(flows)):
        flows[k] += raised[k]


@kernel()
def reserves_first(flows, state, shortage, consumption_fraction, most, shape):  # type: ignore[no-untyped-def]
    """Reserves-based trade allocation. Arguments and result as for ``reference.proportional``."""
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
    share = np.zeros(n)
    column_moved = np.zeros(n, np.bool_)
    for iteration in range(1, most + 1):
        before = flows.copy()
        if not meet_at_home(state, trade, shortage, consumption_fraction):
            return NEGATIVE_SHORTAGE, iteration
        for i in range(n):
            share[i] = 0.0 if shortage[i] == 0.0 or exports[i] == 0.0 else min(shortage[i] / exports[i], 1.0)
        column_moved[:] = False
        for i in range(n):
            if share[i] != 0.0:
                for k in range(row_start[i], row_start[i + 1]):
                    flows[k] *= 1.0 - share[i]
                    column_moved[column[k]] = True
        exports_of(flows, shape, share != 0.0, one, exports)
        imports_of(flows, shape, column_moved, one, imports)
        if not update_shortage(state, trade, shortage):
            return NEGATIVE_SHORTAGE, iteration
        if not meet_at_home(state, trade, shortage, consumption_fraction):
            return NEGATIVE_SHORTAGE, iteration
        if reserves.any():
            _raise_imports(flows, shortage.copy(), _OFFER * reserves, shape)
            exports_of(flows, shape, every, one, exports)
            imports_of(flows, shape, every, one, imports)
        if not update_shortage(state, trade, shortage):
            return NEGATIVE_SHORTAGE, iteration
        moved = 0.0
        size = 0.0
        count = 0
        for k in range(len(flows)):
            if flows[k] != before[k]:
                moved += abs(before[k] - flows[k])
                size += abs(before[k])
                count += 1
        if same(moved, size, count):
            return CONVERGED, iteration
    return UNSETTLED, most
