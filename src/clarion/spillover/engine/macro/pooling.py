"""Each country's own law, as far as its own past tells it from the others': partial pooling.

The elasticities of the countries are normal about the common one with a spread ``tau``; a country's own estimate is
drawn towards the common one by how uncertain it is. With four countries the most likely ``tau`` is often nought, which
would make one law of all; so it is penalised as by Chung, Rabe-Hesketh, Dorie, Gelman and Liu (2013), Psychometrika 78,
685-709: the likelihood times ``tau``. What is left of a country's years spreads as much as theirs did, drawn towards
the common spread, which counts as ``PRIOR_YEARS`` of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from clarion.spillover.engine.macro.evidence import Episode
from clarion.spillover.engine.macro.laws import INCOME, PRIOR_YEARS, TAIL

Floats = NDArray[np.float64]
_WIDEST = 4.0  # an elasticity or a spread between countries that nobody would believe


@dataclass(frozen=True, slots=True)
class Own:
    """A country's law: its elasticity ``rouble``; the part of the common one's error that it shares, ``follows``; the
    standard error of the rest, ``error``; its ``spread`` against the common scale; its years, ``episodes``."""

    rouble: float
    follows: float
    error: float
    spread: float
    episodes: int


@dataclass(frozen=True, slots=True)
class Pool:
    """The common elasticity, the spread ``tau`` of the countries about it, and every country with a past of its own."""

    rouble: float
    tau: float
    countries: Mapping[str, Own]

    def of(self, iso3: str) -> Own:
        """A country's law; of one without a past, that of a country not seen yet."""
        return self.countries.get(iso3, Own(self.rouble, 1.0, self.tau, 1.0, 0))


def pool(found: Sequence[Episode], rouble: float, scales: Floats) -> Pool:
    """Split the common law by country; ``scales`` (episodes,) are those of what is left under ``rouble``."""
    x = np.array([e.rouble for e in found])
    y = np.array([e.transfers - INCOME.mode * e.growth for e in found])
    names = np.array([e.iso3 for e in found])
    own, error, spread = {}, {}, {}
    for iso3 in sorted(set(names.tolist())):
        mine = names == iso3
        slope, information = _slope(x[mine], y[mine], scales[mine])
        rest = np.square((y[mine] - rouble * x[mine]) / scales[mine])
        heavy = float(np.sum((TAIL + 1.0) / (TAIL + rest) * rest))  # its mean is one a year under the common law
        spread[iso3] = float(np.sqrt((PRIOR_YEARS + heavy) / (PRIOR_YEARS + mine.sum())))
        if information > 0.0:
            own[iso3], error[iso3] = slope, information**-0.5
    tau = _between(np.array(list(own.values())), np.array(list(error.values())), rouble)
    countries = {}
    for iso3, wide in spread.items():
        left = 1.0 / (1.0 / tau**2 + (error[iso3] ** -2 if iso3 in error else 0.0))
        follows = left / tau**2
        middle = follows * rouble + (1.0 - follows) * own.get(iso3, rouble)
        countries[iso3] = Own(middle, follows, left**0.5, wide, int((names == iso3).sum()))
    return Pool(rouble, tau, countries)


def _slope(x: Floats, y: Floats, scales: Floats) -> tuple[float, float]:
    """The most likely elasticity of one country under Student's t, and the information in its years."""
    information = float(np.sum((TAIL + 1.0) / (TAIL + 3.0) * np.square(x / scales)))

    def unlikely(slope: float) -> float:
        return float(np.sum(np.log1p(np.square((y - slope * x) / scales) / TAIL)))

    # The likelihood may have several tops: the best of a grid is polished.
    grid = np.linspace(-_WIDEST, _WIDEST, 161)
    best = float(grid[int(np.argmin([unlikely(slope) for slope in grid]))])
    step = float(grid[1] - grid[0])
    found = minimize_scalar(unlikely, bounds=(best - step, best + step), method="bounded")
    return float(found.x), information


def _between(own: Floats, error: Floats, rouble: float) -> float:
    """The spread of the countries' elasticities about the common one."""

    def unlikely(log_tau: float) -> float:
        total = np.square(error) + np.exp(2.0 * log_tau)
        return float(np.sum(np.log(total) + np.square(own - rouble) / total) / 2.0 - log_tau)

    return float(np.exp(minimize_scalar(unlikely, bounds=(np.log(1e-3), np.log(_WIDEST)), method="bounded").x))
