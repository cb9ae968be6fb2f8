"""How many countries lie above a threshold, with the interval of that count over the draws."""

from __future__ import annotations

import numpy as np

from clarion.spillover.engine.exposure.interval import central, estimate
from clarion.spillover.engine.exposure.question import ExposureQuestion, ExposureTables
from clarion.spillover.engine.exposure.study import Worker, study
from clarion.vocab import Estimate

METHOD = "Count of countries by their reported figures; interval of the count over draws of the error model."
THRESHOLDS = (0.3, 0.5)
"""Shares that FAO and the United Nations counted countries by in 2022."""


def counts(
    question: ExposureQuestion, tables: ExposureTables, seed: int, work: Worker = study
) -> dict[float, Estimate]:  # fmt: skip
    """For each of ``THRESHOLDS``, how many of the question's countries buy at least that share from the origins.

    Countries are counted together in each draw, so that their errors offset one another: the interval is far narrower
    than counting every country at its own worst or best.
    """
    worked = work(question, tables, seed)
    position = worked.picture.flows.position
    rows = np.array([position[iso3] for iso3 in worked.asked() if iso3 in position], dtype=np.int64)
    cited = (tables.trade_flows.provenance,)
    found: dict[float, Estimate] = {}
    for threshold in THRESHOLDS:
        count = float((worked.point.share[rows] >= threshold).sum())
        drawn = (worked.drawn.origins[rows] >= threshold).sum(axis=0, keepdims=True).astype(np.float64)
        low, _, high = central(drawn)
        found[threshold] = estimate(count, float(low[0]), float(high[0]), "countries", METHOD, cited)
    return found
