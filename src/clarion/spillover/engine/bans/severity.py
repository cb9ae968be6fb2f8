"""How long a restriction lasts, and how much of the exports it keeps at home.

Both laws are fitted to the list by ``benchmarks/bans.py``: months of the spells whose end is known; and, of measures
that stood for at least 110 days of a year, one minus exports while they stood over the mean of up to three years before
(FAOSTAT, 2007, 2008, 2020 to 2022; exports outside those days taken as usual). The second is cut at 0 and 1: a good
harvest hides a restriction, and many bans leave large doors open (old contracts, neighbours, other qualities).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from clarion.spillover.engine.scenario import Range

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Duration:
    """A lognormal law of months: ``median``, and ``spread``, the standard deviation of the logarithm."""

    median: float
    spread: float

    def quantiles(self, u: ArrayLike) -> Floats:
        """Months that a share ``u`` (0 to 1) of restrictions ends before."""
        result: Floats = self.median * np.exp(self.spread * ndtri(np.clip(u, 1e-9, 1.0 - 1e-9)))
        return result


@dataclass(frozen=True, slots=True)
class Withheld:
    """Share of exports kept at home, by measure, and how often a new restriction is each."""

    ban: Range
    quota: Range
    licence: Range
    tax: Range
    often: tuple[float, float, float]

    def of(self, measure: str) -> Range:
        """The law of a measure; a minimum price counts as a tax."""
        laws = {"ban": self.ban, "quota": self.quota, "licence": self.licence, "tax": self.tax}
        return laws.get(measure, self.tax)

    def quantiles(self, kind: ArrayLike, u: ArrayLike) -> Floats:
        """Share withheld by a restriction whose kind (ban, quota, licence) and strength are given as uniforms."""
        kind = np.asarray(kind, dtype=np.float64)
        ban, quota, _ = np.cumsum(self.often)
        laws = [law.quantiles(u) for law in (self.ban, self.quota, self.licence)]
        result: Floats = np.where(kind < ban, laws[0], np.where(kind < quota, laws[1], laws[2]))
        return result


DURATION = Duration(5.0, 0.67)
# One licence alone could be measured, and held nothing back: its law is an assumption.
WITHHELD = Withheld(
    ban=Range(0.0, 0.2, 1.0), quota=Range(0.0, 0.0, 0.6), licence=Range(0.0, 0.0, 0.3), tax=Range(0.0, 0.0, 0.6),
    often=(0.71, 0.20, 0.09),
)  # fmt: skip
