"""Nobody exports more than they have: exports scaled down to production plus imports."""

from __future__ import annotations

import numpy as np

from clarion.spillover.engine.trade.flows import Floats, Flows

_SLACK = 1e-12  # also keeps the system solvable where two countries trade all they have back and forth


def prebalance(flows: Flows, production: Floats) -> Flows:
    """Scale a country's exports so that they do not exceed its production (n,) plus its imports.

    Cutting one country's exports cuts another's imports, and theirs in turn. The factors are the largest s in [0, 1]
    with s_i = min(1, (P_i + sum_j s_j T_ji) / E_i): found by solving for the countries that are bound, adding those
    that the cuts bind, until none is added (at most n rounds). Stocks are not counted: an exporter that sells from
    stock is cut too.
    """
    trade, exports = flows.dense(), flows.exports
    factor = np.ones(len(flows.countries))
    bound = np.zeros(len(factor), dtype=bool)
    while True:
        have = production + factor @ trade
        more = ~bound & (exports > have * (1 + _SLACK))
        if not more.any():
            return flows.replaced(flows.tonnes * factor[flows.exporter])
        bound |= more
        inside = trade[np.ix_(bound, bound)].T / exports[bound, None]
        given = (production[bound] + trade[~bound][:, bound].sum(axis=0)) / exports[bound]
        factor[bound] = np.clip(np.linalg.solve((1 + _SLACK) * np.eye(len(given)) - inside, given), 0.0, 1.0)
