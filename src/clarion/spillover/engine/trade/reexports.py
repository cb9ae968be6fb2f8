"""Re-exports traced back to the field: who eats whose harvest.

Croft, West and Green (2018), "Capturing the heterogeneity of sub-national production in global trade flows", as used
by PyTradeShifts. With M the imports (importer in rows) and x = P + imports: A = M diag(1/x), R = (I - A)^-1 diag(P)
is each country's supply by place of harvest, and the share c = (x - exports) / x of it stays for use. Assumes that a
country sells its own harvest and what it bought in the same proportion.
"""

from __future__ import annotations

import numpy as np

from clarion.spillover.engine.trade.flows import Floats

SMALLEST = 0.001
"""Tonnes a year under which a traced flow is dropped."""

# Two countries that pass next to all they have back and forth make the system singular in floating point; losing this
# part at each hand settles them, and moves nothing else.
_LEAK = 1e-11


def trace_to_harvest(trade: Floats, production: Floats) -> Floats:
    """Tonnes used by place of harvest: (n, n), grower in rows, user in columns; the diagonal is own harvest used.

    ``trade`` (n, n) has exporters in rows and must be prebalanced. Each column sums to production + imports - exports
    of that country, each row to its production (before flows under 0.001 t are dropped). Flows that no harvest can
    have fed (a ring of traders none of whom grows or buys) are left out.
    """
    trade = np.where(_fed(trade, production)[:, None], trade, 0.0)
    supply = production + trade.sum(axis=0)
    divisor = np.where(supply > 0, supply, 1.0)
    growers = np.flatnonzero(production > 0)
    harvest = np.zeros((len(production), len(growers)))
    harvest[growers, np.arange(len(growers))] = production[growers]
    by_harvest = np.linalg.solve((1 + _LEAK) * np.eye(len(production)) - trade.T / divisor, harvest)
    kept = np.clip((supply - trade.sum(axis=1)) / divisor, 0.0, 1.0)
    used = np.zeros_like(trade)
    used[growers] = (kept[:, None] * by_harvest).T
    used[used < SMALLEST] = 0.0
    return used


def _fed(trade: Floats, production: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Countries that grow something, or buy from one that does, at any remove."""
    linked = trade > 0
    fed = production > 0
    while True:
        wider = fed | linked[fed].any(axis=0)
        if (wider == fed).all():
            return fed
        fed = wider
