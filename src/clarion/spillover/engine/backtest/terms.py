"""What may move a country's imports away from the base year's, each as a part of these imports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from clarion.spillover.engine.backtest.past import Array, Past

LEAST_TONNES = 1e5  # importers of more than this in the base year are predicted
LEANING = 0.3  # of the imports of the base year come from the exporters: a country that leans on them
_MEMORY = 0.6  # weight of a year against the next one in the level of imports
_SUPPLY_YEARS = 3  # behind the usual supply
_STEADY_YEARS = 5  # behind the unsteadiness of imports
_MOST_GROWTH = 3.0  # of an exporter from one year to the next
_MOST_SURPLUS = 0.7
_MOST_CUT = 1.0  # upwards: nobody is sold more than twice the imports of the base year


@dataclass(frozen=True, slots=True)
class Situation:
    """Every importer of more than ``LEAST_TONNES`` as it stands at the end of the base year.

    All arrays run over ``importers``: ``imports`` in tonnes, ``share`` of them from the exporters, ``terms`` by name,
    ``unsteady`` the mean change from year to year as a part of mean imports (0 where no year before is known).
    """

    importers: tuple[str, ...]
    imports: Array
    share: Array
    terms: Mapping[str, Array]
    unsteady: Array
    history: bool

    @property
    def leaning(self) -> np.typing.NDArray[np.bool_]:
        """Who takes more than ``LEANING`` of its imports from the exporters."""
        return self.share > LEANING


def situation(past: Past, totals: Mapping[str, float]) -> Situation:
    """Importers and their terms, from the past and the exporters' totals of the year ahead, tonnes.

    ``level``: a mean of past imports with weights falling by 0.6 a year, against the base year's imports.
    ``surplus``: supply of the base year (harvest and imports less exports) above the mean of the three years before.
    ``cut``: what each exporter sends if every customer keeps its part of what that exporter sells.
    ``captive``: the cut times the concentration (Hirschman-Herfindahl) of suppliers.
    ``market``: the exporters' joint growth times the square root of the share that a country takes from them: nearly
    the same for all who buy there at all, for grain that one customer loses is bid away from others.

    Raises
    ------
    InputError: an exporter that sold nothing in the base year.
    """
    rows = past.rows_of(list(totals))
    everyone = past.imports(past.base_year)
    chosen = np.flatnonzero(everyone > LEAST_TONNES)
    imports = everyone[chosen]
    bought = past.now[rows][:, chosen]
    sold, ahead = past.now[rows].sum(axis=1), np.array(list(totals.values()))
    growth = np.minimum(ahead / sold - 1, _MOST_GROWTH)
    share = bought.sum(axis=0) / imports
    cut = np.minimum((bought * growth[:, None]).sum(axis=0) / imports, _MOST_CUT)
    concentration = (past.now[:, chosen] ** 2).sum(axis=0) / imports**2
    series = np.array([past.imports(year)[chosen] for year in (*past.history, past.base_year)])
    terms = {
        "level": np.clip(_level(past, series) / imports - 1, -1, 1),
        "surplus": np.clip(_surplus(past, chosen) / imports, -_MOST_SURPLUS, _MOST_SURPLUS),
        "cut": cut,
        "captive": cut * concentration,
        "market": np.sqrt(share) * min(float(ahead.sum() / sold.sum()) - 1, _MOST_GROWTH),
    }
    names = tuple(past.places[i] for i in chosen)
    return Situation(names, imports, share, terms, _unsteady(series), bool(past.history))


def _level(past: Past, series: Array) -> Array:
    age = past.base_year - np.array([*past.history, past.base_year])
    level: Array = np.average(series, axis=0, weights=_MEMORY**age)
    return level


def _surplus(past: Past, chosen: np.typing.NDArray[np.intp]) -> Array:
    before = [year for year in past.history if year in past.harvests][-_SUPPLY_YEARS:]
    if not before:
        return np.zeros(len(chosen))
    usual = np.mean([past.supply(year) for year in before], axis=0)
    above: Array = (past.supply(past.base_year) - usual)[chosen]
    return above


def _unsteady(series: Array) -> Array:
    recent = series[-_STEADY_YEARS:]
    if len(recent) < 2:
        return np.zeros(series.shape[1])
    moved: Array = np.abs(np.diff(recent, axis=0)).mean(axis=0) / recent.mean(axis=0)
    return np.minimum(moved, 1.0)
