"""Nobody exports more than they have: exports scaled down to production plus imports."""

from __future__ import annotations

import numpy as np

from clarion.errors import ModelError
from clarion.spillover.engine.trade.flows import Floats, Flows

_ROUNDS = 10_000
_SLACK = 1e-12


def prebalance(flows: Flows, production: Floats) -> Flows:
    """Scale a country's exports so that they do not exceed its production (n,) plus its imports.

    Cutting one country's exports cuts another's imports, so the rule is applied until it holds everywhere; amounts only
    fall, so it ends. Stocks are not counted: an exporter that sells from stock is cut too.

    Raises
    ------
    ModelError: no end after 10,000 rounds.
    """
    tonnes = flows.tonnes.copy()
    size = len(flows.countries)
    for _ in range(_ROUNDS):
        have = production + np.bincount(flows.importer, tonnes, size)
        sold = np.bincount(flows.exporter, tonnes, size)
        over = sold > have * (1 + _SLACK)
        if not over.any():
            return flows.replaced(tonnes)
        factor = np.ones(size)
        factor[over] = have[over] / sold[over]
        tonnes *= factor[flows.exporter]
        tonnes[tonnes < 1e-12] = 0.0
    raise ModelError("Exports could not be brought below production plus imports.", where="prebalance",
                     next_step="Check the trade and production tables for this item.")  # fmt: skip
