"""Fits the parameters of a prediction to pairs of years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from clarion.spillover.engine.backtest.parameters import SPREAD, WITH_HISTORY, WITHOUT, Parameters
from clarion.spillover.engine.backtest.past import Array
from clarion.spillover.engine.backtest.predict import change, spread, traits
from clarion.spillover.engine.backtest.terms import Situation

Form = Mapping[bool, tuple[str, ...]]
"""Which terms there are for leaning importers (True) and for the others."""
_ROUNDING = 0.1  # errors below about this count by their square, larger ones by their size
_RIDGE = 0.3
_ROUNDS = 40
_SMALLEST = 0.01  # error that still counts when the size of errors is fitted


@dataclass(frozen=True, slots=True)
class Pair:
    """A base year as it stood, and the imports of the year after, tonnes, over the same importers."""

    base_year: int
    at: Situation
    actual: Array


def fit(pairs: Sequence[Pair], left_out: int | None = None, form: Form | None = None) -> Parameters:
    """The parameters that suit ``pairs``, the one whose base year is ``left_out`` set aside.

    The coefficients minimise the same weighted absolute error that predictions are scored by, mean over pairs, rounded
    off near zero, with a small ridge on standardised terms (iteratively reweighted least squares). Each pair counts the
    same. The spread is a regression of the logarithm of relative errors on ``traits``; its ends are quantiles of errors
    in its units, each pair counting the same.

    Raises
    ------
    ValueError: pairs with history and without it among each other.
    """
    used = [pair for pair in pairs if pair.base_year != left_out]
    if len({pair.at.history for pair in used}) != 1:
        raise ValueError("pairs must all have history or all have none")
    history = used[0].at.history
    form = form or (WITH_HISTORY if history else WITHOUT)
    coefficients = {group: _coefficients(used, form[group], group) for group in (True, False)}
    rough = Parameters(left_out, history, coefficients[True], coefficients[False], {}, 0.0, 0.0)
    sized = _spread(used, rough)
    point = Parameters(left_out, history, rough.leaning, rough.others, sized, 0.0, 0.0)
    low, high = _ends(used, point)
    return Parameters(left_out, history, rough.leaning, rough.others, sized, low, high)


def _coefficients(pairs: Sequence[Pair], names: tuple[str, ...], leaning: bool) -> dict[str, float]:
    terms, moved, weight = [], [], []
    for pair in pairs:
        group = pair.at.leaning == leaning
        if not group.any() or not names:
            continue
        imports, actual = pair.at.imports[group], pair.actual[group]
        terms.append(np.stack([pair.at.terms[name][group] for name in names], axis=1))
        moved.append(actual / imports - 1)
        weight.append(imports / actual.sum() / len(pairs))
    if not terms:
        return dict.fromkeys(names, 0.0)
    x, y, w = np.concatenate(terms), np.concatenate(moved), np.concatenate(weight)
    scale = np.sqrt((w[:, None] * x**2).sum(axis=0) / w.sum()) + 1e-9
    x = x / scale
    found = np.zeros(len(names))
    for _ in range(_ROUNDS):
        each = w / np.sqrt((y - x @ found) ** 2 + _ROUNDING**2)
        weighted = x * each[:, None]
        found = np.linalg.solve(weighted.T @ x + _RIDGE * np.eye(len(names)), weighted.T @ y)
    return {name: float(value) for name, value in zip(names, found / scale, strict=True)}


def _errors(pair: Pair, by: Parameters) -> Array:
    predicted = pair.at.imports * (1 + change(pair.at, by))
    error: Array = pair.actual / predicted - 1
    return error


def _spread(pairs: Sequence[Pair], by: Parameters) -> dict[str, float]:
    x = np.concatenate([traits(pair.at) for pair in pairs])
    y = np.log(np.concatenate([np.abs(_errors(pair, by)) for pair in pairs]) + _SMALLEST)
    found = np.linalg.lstsq(x, y, rcond=None)[0]
    return {name: float(value) for name, value in zip(SPREAD, found, strict=True)}


def _ends(pairs: Sequence[Pair], by: Parameters) -> tuple[float, float]:
    scaled = [_errors(pair, by) / spread(pair.at, by) for pair in pairs]
    weight = np.concatenate([np.full(len(part), 1 / len(part)) for part in scaled])
    values = np.concatenate(scaled)
    order = np.argsort(values)
    passed = np.cumsum(weight[order]) / weight.sum()
    low, high = (float(values[order][np.searchsorted(passed, part)]) for part in (0.05, 0.95))
    return low, high
