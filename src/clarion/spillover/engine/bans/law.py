"""The fitted hazard of a restriction, with its covariance, and draws of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from clarion.spillover.engine.bans.fit import Fitted
from clarion.vocab import Phrase

Floats = NDArray[np.float64]
Uniform = Callable[[str], Floats]
"""Random numbers by name, shape (draws,), 0 to 1: ``Streams.uniform`` or one made of ``clarion.compute.stream``."""


@dataclass(frozen=True, slots=True)
class BanLaw:
    """Coefficients of ``engine.market.monthly_hazard``: constant, price rise, own shortfall, past user.

    ``covariance`` has the shape (4, 4), as nested tuples.
    """

    coefficients: tuple[float, float, float, float]
    covariance: tuple[tuple[float, float, float, float], ...]
    method: Phrase

    @classmethod
    def of(cls, found: Fitted, method: Phrase) -> BanLaw:
        """A law out of a fit."""
        a, b, c, d = (float(x) for x in found.coefficients)
        rows = tuple((float(r[0]), float(r[1]), float(r[2]), float(r[3])) for r in found.covariance)
        return cls((a, b, c, d), rows, method)

    def draw(self, uniform: Uniform) -> Floats:
        """Coefficients, shape (draws, 4), as certain as the fit is.

        Those of a price rise and of a shortfall at home are not drawn below 0: neither opens a closing door.
        """
        names = ("constant", "rise", "shortfall", "past user")
        z = np.column_stack([ndtri(np.clip(uniform(f"hazard {name}"), 1e-9, 1 - 1e-9)) for name in names])
        found: Floats = np.asarray(self.coefficients) + z @ np.linalg.cholesky(np.asarray(self.covariance)).T
        found[:, 1:3] = np.maximum(found[:, 1:3], 0.0)
        return found


FITTED = BanLaw(
    (-6.4105, 2.2443, 0.0560, 2.1889),
    (
        (0.09330, -0.09864, -0.02731, -0.04699),
        (-0.09864, 0.18803, -0.03938, 0.00893),
        (-0.02731, -0.03938, 1.07759, 0.06150),
        (-0.04699, 0.00893, 0.06150, 0.14074),
    ),
    Phrase(
        "penalised logistic hazard of a ban, licence or quota a month: 65 events in 15,654 months of exporters of "
        "wheat, maize, rice and soya beans, 2007-08, 2010-11, 2020-21 and 2022-23"
    ),
)
"""The hazard of all four episodes, as ``benchmarks/bans.py`` fits it."""

BEFORE_2022 = BanLaw(
    (-6.3358, 1.1328, 1.0844, 2.0667),
    (
        (0.17459, -0.24881, 0.04228, -0.06222),
        (-0.24881, 0.54930, -0.25823, 0.01705),
        (0.04228, -0.25823, 1.47913, 0.00078),
        (-0.06222, 0.01705, 0.00078, 0.24318),
    ),
    Phrase("as the hazard of all episodes, fitted without 2022-23: 38 events in 11,882 months"),
)
"""What could be known before 2022, for looking back at that year."""
