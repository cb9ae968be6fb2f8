"""Fits the parameters of a prediction to pairs of years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from clarion.spillover.engine.backtest.parameters import SPREAD, WITH_HISTORY, WITHOUT, Parameters
from clarion.spillover.engine.backtest.past import Array
from clarion.spillover.engine.backtest.predict import expected, spread, traits
from clarion.spillover.engine.backtest.scores import wape
from clarion.spillover.engine.backtest.terms import Situation

Form = Mapping[bool, tuple[str, ...]]
"""Which terms there are for leaning importers (True) and for the others."""
ROUNDINGS = (0.02, 0.05, 0.1, 0.2)
"""Errors below about this count by their square, larger ones by their size: what a fit chooses from."""
_USUAL = 0.1  # the rounding where there is too little to choose by
_ENOUGH = 3  # pairs to choose the rounding by
_RIDGE = 0.3
_ROUNDS = 40
_SMALLEST = 0.01  # error that still counts when the size of errors is fitted


@dataclass(frozen=True, slots=True)
class Pair:
    """A base year as it stood, and the imports of the year after, tonnes, over the same importers."""

    base_year: int
    at: Situation
    actual: Array


def fit(
    pairs: Sequence[Pair], left_out: int | None = None, form: Form | None = None, rounding: float | None = None
) -> Parameters:
    """The parameters that suit ``pairs``, the one whose base year is ``left_out`` set aside.

    The coefficients minimise the same weighted absolute error that predictions are scored by, mean over pairs, rounded
    off near zero, with a small ridge on standardised terms (iteratively reweighted least squares). Each pair counts the
    same. Unless ``rounding`` is given, it is the one of ``ROUNDINGS`` whose fits err least on pairs that they did not
    see, each of the pairs fitted on set aside in turn: the pair left out has no say in it. The spread is a regression
    of the logarithm of relative errors on ``traits``; its ends are quantiles of errors in its units, each pair counting
    the same.

    Raises
    ------
    ValueError: pairs with history and without it among each other.
    """
    used = [pair for pair in pairs if pair.base_year != left_out]
    if len({pair.at.history for pair in used}) != 1:
        raise ValueError("pairs must all have history or all have none")
    history = used[0].at.history
    form = form or (WITH_HISTORY if history else WITHOUT)
    point = replace(_point(used, form, rounding or _rounding(used, form)), left_out=left_out)
    sized = replace(point, spread=_spread(used, point))
    low, high = _ends(used, sized)
    return replace(sized, low=low, high=high)


def _rounding(pairs: Sequence[Pair], form: Form) -> float:
    if len(pairs) < _ENOUGH:
        return _USUAL

    def unseen(rounding: float) -> float:
        return sum(_scored(one, _point([p for p in pairs if p is not one], form, rounding)) for one in pairs)

    return min(ROUNDINGS, key=unseen)


def _scored(pair: Pair, by: Parameters) -> float:
    """The errors that predictions are scored by, of all importers and of those that lean, added up."""
    groups = (np.ones(len(pair.actual), bool), pair.at.leaning)
    return sum(wape(expected(pair.at, by), pair.actual, group) or 0.0 for group in groups)


def _point(pairs: Sequence[Pair], form: Form, rounding: float) -> Parameters:
    """Coefficients alone: a prediction without an interval."""
    leaning, others = (_coefficients(pairs, form[group], group, rounding) for group in (True, False))
    return Parameters(None, pairs[0].at.history, leaning, others, {}, 0.0, 0.0, rounding)


def _coefficients(pairs: Sequence[Pair], names: tuple[str, ...], leaning: bool, rounding: float) -> dict[str, float]:
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
        each = w / np.sqrt((y - x @ found) ** 2 + rounding**2)
        weighted = x * each[:, None]
        found = np.linalg.solve(weighted.T @ x + _RIDGE * np.eye(len(names)), weighted.T @ y)
    return {name: float(value) for name, value in zip(names, found / scale, strict=True)}


def _errors(pair: Pair, by: Parameters) -> Array:
    error: Array = pair.actual / expected(pair.at, by) - 1
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
