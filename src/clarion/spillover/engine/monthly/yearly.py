"""The published yearly cascades as a special case: one step of a year, neither price nor bans nor new links.

The work is that of the yearly model itself, draw for draw and bit for bit, so that runs by month stay comparable with
what was published (Marchand et al. 2016; Burkholz and Schweitzer 2019).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.monthly.chunk import MonthlyChunk, Numbers32
from clarion.spillover.engine.monthly.plan import MonthlyPlan
from clarion.spillover.engine.simulation.chunk import Chunk
from clarion.spillover.engine.simulation.chunk import run_chunk as run_year

Floats = NDArray[np.float64]
_DAYS = 365.0


def run_yearly(plan: MonthlyPlan, index: int) -> MonthlyChunk:
    """One chunk of the yearly model in the form of a chunk of months, in double precision.

    Raises
    ------
    ModelError: a cascade broke the law of mass.
    """
    year = run_year(plan.year, index)
    supply, lost, drawn, use = (
        _wide(plan, year, name) for name in ("supply_lost", "use_lost", "reserves_drawn", "use")
    )
    kept = min(len(use), max(0, plan.question.paths - index * plan.question.chunk))
    people = year.people
    paths: dict[str, Numbers32] = {
        "supply": supply[:, :, None],
        "lost": lost[:, :, None],
        "stocks": -drawn[:, :, None],  # against the stock before: a yearly run knows only what was drawn
        "kcal_before": people["kcal_before_response"][:, None],
        "kcal_lost": people["kcal_lost"][:, None],
        "people_before": people["people_before_response"][:, None],
        "people": people["people"][:, None],
    }
    outcomes = [year.outcomes[item] for item in plan.items]
    draws, n = len(use), len(plan.countries)
    totals: dict[str, Numbers32] = {
        "price": np.zeros((draws, len(plan.items), 1)),
        "passed": np.zeros((draws, n)),
        "supply_total": supply,
        "lost_total": lost,
        "swapped_total": np.zeros(supply.shape),
        "stock_end": -drawn,
        "use": use,
        "harvest_lost": np.stack([o.production_lost for o in outcomes], axis=1),
        "kcal_before_mean": people["kcal_before_response"],
        "kcal_lost_mean": people["kcal_lost"],
        "kcal_lost_worst": people["kcal_lost"],
        "person_days_before": people["people_before_response"] * _DAYS,
        "person_days": people["people"] * _DAYS,
    }
    none = np.zeros((len(plan.items), 1, n), np.int64)
    return MonthlyChunk(
        index, {name: values[:kept] for name, values in paths.items()}, totals, none, none[:, 0],
        max(o.mass_error for o in outcomes), sum(o.unsettled for o in outcomes),
    )  # fmt: skip


def _wide(plan: MonthlyPlan, year: Chunk, name: str) -> Floats:
    """A figure of every item, (D, K, all countries)."""
    return np.stack(
        [plan.year.spread_out(layer, getattr(year.outcomes[layer.item], name)) for layer in plan.year.layers], axis=1
    )
