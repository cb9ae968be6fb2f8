"""Fits the hazard of a restriction.

Events are few, so maximum likelihood would exaggerate: the likelihood is penalised by Jeffreys' prior (Firth 1993,
Biometrika 80, 27-38; Heinze and Schemper 2002, Statistics in Medicine 21, 2409-2419), which stays finite and takes the
first-order bias away. An exporter tends to restrict several items on one day, so the covariance is that of a sandwich
clustered by exporter (Liang and Zeger 1986, Biometrika 73, 13-22).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clarion.errors import ModelError
from clarion.spillover.engine.bans.panel import Panel
from clarion.vocab import Phrase

Floats = NDArray[np.float64]
_STEPS, _TOLERANCE, _LONGEST = 200, 1e-10, 3.0


@dataclass(frozen=True, slots=True)
class Fitted:
    """Coefficients, shape (k,), and their covariance, shape (k, k), of a logistic hazard a month."""

    coefficients: Floats
    covariance: Floats
    rows: int
    events: int


def probability(design: Floats, coefficients: Floats) -> Floats:
    """Hazard of each row."""
    result: Floats = 1.0 / (1.0 + np.exp(-(design @ coefficients)))
    return result


def fit(panel: Panel) -> Fitted:
    """Coefficients of the panel's covariates.

    Raises
    ------
    ModelError: a panel without an event or without a row that has none, or covariates that cannot be told apart.
    """
    x, y = panel.design, panel.began
    if not 0 < y.sum() < len(y):
        raise ModelError(
            Phrase("A hazard needs months with and without an event; of {rows} all are alike.", rows=len(y)),
            where="panel", next_step="Give more months or exporters.",
        )  # fmt: skip
    b = np.zeros(x.shape[1])
    b[0] = np.log(y.mean() / (1.0 - y.mean()))
    for _ in range(_STEPS):
        p, bread = _bread(x, b)
        leverage = np.einsum("ij,jk,ik->i", x, bread, x) * p * (1.0 - p)
        step = bread @ (x.T @ (y - p + leverage * (0.5 - p)))
        step *= min(1.0, _LONGEST / max(float(np.abs(step).max()), 1e-300))
        b = b + step
        if float(np.abs(step).max()) < _TOLERANCE:
            break
    else:
        raise ModelError(
            "The hazard does not settle.", where="panel", next_step="Leave out a covariate that hardly varies."
        )
    p, bread = _bread(x, b)
    names, groups = np.unique(panel.exporter, return_inverse=True)
    scores = np.zeros((len(names), x.shape[1]))
    np.add.at(scores, groups, x * (y - p)[:, None])
    meat = scores.T @ scores * (len(names) / max(len(names) - 1, 1))
    return Fitted(b, bread @ meat @ bread, len(y), int(y.sum()))


def _bread(x: Floats, b: Floats) -> tuple[Floats, Floats]:
    p = probability(x, b)
    try:
        inverse: Floats = np.linalg.inv((x * (p * (1.0 - p))[:, None]).T @ x)
    except np.linalg.LinAlgError:
        raise ModelError(
            "Covariates of the hazard cannot be told apart.", where="panel",
            next_step="Leave out a covariate that is a sum of others.",
        ) from None  # fmt: skip
    return p, inverse


def log_score(panel: Panel, hazard: Floats | float) -> float:
    """Mean log probability of what happened; higher is better. ``hazard`` is one number or one a row."""
    p = np.broadcast_to(np.asarray(hazard, dtype=np.float64), panel.began.shape)
    return float(np.mean(panel.began * np.log(p) + (1.0 - panel.began) * np.log1p(-p)))
