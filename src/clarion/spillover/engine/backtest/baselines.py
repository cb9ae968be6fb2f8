"""Plain ways to say next year's imports, which a model must beat. Each returns tonnes by importer."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from clarion.spillover.engine.backtest.past import Array, Past
from clarion.spillover.engine.backtest.terms import Situation


def baselines(past: Past, at: Situation, totals: Mapping[str, float]) -> Mapping[str, Array | None]:
    """``persistence``: as in the base year. ``static_cut``: every flow from the exporters scaled with their totals, no
    other flow changed. ``blend``: three quarters of the base year, a quarter of the mean of the last two years, and a
    fifth of the cut; None where the year before the base year is not known.
    """
    row = {place: i for i, place in enumerate(past.places)}
    chosen = [row[code] for code in at.importers]
    cut = np.zeros(len(chosen))
    for exporter, ahead in totals.items():
        flows = past.now[row[exporter]]
        cut += flows[chosen] * (ahead / flows.sum() - 1)
    blend = None
    if past.base_year - 1 in past.flows:
        two_years = (at.imports + past.imports(past.base_year - 1)[chosen]) / 2
        blend = 0.75 * at.imports + 0.25 * two_years + 0.2 * cut
    return {"persistence": at.imports, "static_cut": at.imports + cut, "blend": blend}
