"""How strongly money from Russia follows the rouble, and how much is left unexplained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from clarion.errors import ModelError
from clarion.spillover.engine.macro.evidence import Episode
from clarion.spillover.engine.macro.laws import FLOOR, INCOME, TAIL
from clarion.spillover.engine.macro.pooling import Own, Pool, pool

Floats = NDArray[np.float64]
FEWEST = 4


@dataclass(frozen=True, slots=True)
class Fit:
    """``rouble`` is the elasticity and ``error`` its standard error. What is left has Student's t distribution with
    ``TAIL`` degrees of freedom and a scale that grows with the shock: ``scale``. ``widest`` is the largest of it on
    record, in scales; ``pool`` how the countries differ."""

    rouble: float
    error: float
    growing: float
    episodes: int
    widest: float
    pool: Pool

    def of(self, iso3: str) -> Own:
        """What a country's own past makes of the common law."""
        return self.pool.of(iso3)

    def scale(self, moved: Floats | float) -> Floats:
        """Scale of what is left of the log, where the log of the rouble's value moves by ``moved``."""
        return scale_of(self.growing, np.asarray(moved, dtype=np.float64))


def scale_of(growing: float, moved: Floats) -> Floats:
    """A floor, and a part that grows with the shock."""
    found: Floats = np.hypot(FLOOR, growing * moved)
    return found


def fit(found: Sequence[Episode]) -> Fit:
    """Regress the log change of transfers, less 1.5 times that of output, on that of the rouble, through the origin.

    Maximum likelihood under Student's t (Lange, Little and Taylor 1989, Journal of the American Statistical Association
    84, 881-896), so that one wild year of one country does not decide. The standard error is the larger of that of the
    information and of the one that lets the countries of a year err together (Liang and Zeger 1986).

    Raises
    ------
    ModelError: fewer than four episodes, or a rouble that never moved.
    """
    x = np.array([e.rouble for e in found])
    y = np.array([e.transfers - INCOME.mode * e.growth for e in found])
    if len(found) < FEWEST or not np.any(x):
        raise ModelError("There are too few past shocks to learn from.", where="base year",
                         next_step="Choose a later base year, or load transfers of more years.")  # fmt: skip

    def unlikely(at: Floats) -> float:
        scale = scale_of(float(np.exp(at[1])), x)
        rest = (y - at[0] * x) / scale
        return float(np.sum(np.log(scale) + (TAIL + 1.0) / 2.0 * np.log1p(rest * rest / TAIL)))

    start = [float(x @ y / (x @ x)), -1.0]
    best = minimize(unlikely, start, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 5000})
    slope, growing = float(best.x[0]), float(np.exp(best.x[1]))
    scale = scale_of(growing, x)
    rest = (y - slope * x) / scale
    information = float(np.sum((TAIL + 1.0) / (TAIL + 3.0) * np.square(x / scale)))
    score = (TAIL + 1.0) * rest / (TAIL + rest * rest) * x / scale
    years = np.array([e.year for e in found])
    together = sum(float(score[years == year].sum()) ** 2 for year in sorted(set(years.tolist())))
    error = max(1.0 / np.sqrt(information), np.sqrt(together) / information)
    widest = float(np.abs(rest).max())
    return Fit(slope, float(error), growing, len(found), widest, pool(found, slope, scale))
