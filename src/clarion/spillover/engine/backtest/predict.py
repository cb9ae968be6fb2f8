"""Next year's imports of every importer, from the past and the exporters' totals alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from clarion.spillover.engine.backtest.parameters import SPREAD, Parameters
from clarion.spillover.engine.backtest.past import Array, Past
from clarion.spillover.engine.backtest.terms import Situation, situation

LEVEL = 0.9
_LEAST = 0.05  # of the base year's imports: below, the linear form says nothing


@dataclass(frozen=True, slots=True)
class Prediction:
    """Predicted imports, tonnes, with the ends of the 90 % interval; arrays run over ``at.importers``."""

    at: Situation
    imports: Array
    low: Array
    high: Array


def predict(past: Past, totals: Mapping[str, float], by: Parameters) -> Prediction:
    """Predict the imports of the year after ``past.base_year``.

    Of the year ahead this is given ``totals`` and nothing else: what each exporter sells abroad in it, tonnes.

    Raises
    ------
    InputError: an exporter that sold nothing in the base year.
    """
    at = situation(past, totals)
    imports = expected(at, by)
    size = imports * spread(at, by)
    return Prediction(at, imports, np.maximum(imports + by.low * size, 0.0), imports + by.high * size)


def expected(at: Situation, by: Parameters) -> Array:
    """Imports of the year ahead, tonnes."""
    leaning = sum((by.leaning[name] * at.terms[name] for name in by.leaning), np.zeros(len(at.imports)))
    others = sum((by.others[name] * at.terms[name] for name in by.others), np.zeros(len(at.imports)))
    change = np.where(at.leaning, leaning, others)
    ahead: Array = at.imports * np.maximum(1 + change, _LEAST)
    return ahead


def spread(at: Situation, by: Parameters) -> Array:
    """The size of an error, as a part of the prediction."""
    size: Array = np.exp(traits(at) @ np.array([by.spread.get(name, 0.0) for name in SPREAD]))
    return size


def traits(at: Situation) -> Array:
    """What the size of an error depends on: one column for each name of ``SPREAD``."""
    return np.stack(
        [np.ones(len(at.imports)), np.log10(at.imports / 1e6), at.unsteady, at.leaning.astype(np.float64)], axis=1
    )
