"""How far a recorded figure may lie from the true one of an ordinary year near it: the error model of every interval.

Two sources of error, both multiplicative, each with a spread by size class:

* reporting: exporter and importer report the same shipment differently. A report is the truth times a lognormal.
* year to year: the mean of three years speaks of the year after. Total imports move by a lognormal; their split among
  suppliers moves on its own, because buyers replace one supplier by another: each flow may lapse, or is multiplied by
  a lognormal of which a part is common to all flows of the exporter (its harvest, its export rules); and suppliers not
  seen before take a share drawn from a beta distribution. Domestic harvest moves by a lognormal.

Spreads are matched to the central 90 % of the observed log ratios, (q95 - q05) / 3.29, not to their variance: tails are
heavier than lognormal, and the intervals shown are 90 %. Blockades, bans and wars are outside an ordinary year; the
scenarios are for them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ErrorModel:
    """Fitted constants. A class holds sizes from one bound to below the next; there is one more class than bounds.

    ``report_bounds`` are in thousand USD, the others in tonnes a year; ``usd_per_tonne`` links them. ``*_spread`` are
    standard deviations of a log, ``flow_lapse`` the chance that a flow all but ends (under 5 % of its mean),
    ``exporter_part`` the part of a flow's log variance that its exporter's other flows share, ``new_supplier`` the two
    parameters of the beta distribution of the share of imports that comes from suppliers not seen before.
    """

    report_bounds: tuple[float, ...]
    report_spread: tuple[float, ...]
    usd_per_tonne: float
    flow_bounds: tuple[float, ...]
    flow_lapse: tuple[float, ...]
    flow_spread: tuple[float, ...]
    exporter_part: float
    total_bounds: tuple[float, ...]
    total_spread: tuple[float, ...]
    harvest_bounds: tuple[float, ...]
    harvest_spread: tuple[float, ...]
    new_supplier: tuple[float, float]

    def report(self, tonnes: Array, both: npt.NDArray[np.bool_]) -> Array:
        """Log spread of one flow's report; where both sides reported, their mean is closer by the root of two."""
        spread = by_size(tonnes * self.usd_per_tonne / 1000, self.report_bounds, self.report_spread)
        return np.where(both, spread / np.sqrt(2), spread)

    def lapse(self, tonnes: Array) -> Array:
        """Chance that a flow of this size lapses in the next year."""
        return by_size(tonnes, self.flow_bounds, self.flow_lapse)

    def flow(self, tonnes: Array) -> Array:
        """Log spread of a flow of this size that does not lapse."""
        return by_size(tonnes, self.flow_bounds, self.flow_spread)

    def total(self, tonnes: Array) -> Array:
        """Log spread of a country's total imports."""
        return by_size(tonnes, self.total_bounds, self.total_spread)

    def harvest(self, tonnes: Array) -> Array:
        """Log spread of a country's harvest, or of its supply where exports outweigh imports."""
        return by_size(tonnes, self.harvest_bounds, self.harvest_spread)


def by_size(sizes: Array, bounds: tuple[float, ...], values: tuple[float, ...]) -> Array:
    """The value of each size's class."""
    return np.asarray(values)[np.digitize(sizes, bounds)]


FITTED = ErrorModel(
    report_bounds=(1e2, 1e3, 1e4, 1e5),
    report_spread=(1.19, 0.755, 0.501, 0.28, 0.169),
    usd_per_tonne=250.0,
    flow_bounds=(1e2, 1e3, 1e4, 1e5, 1e6),
    flow_lapse=(0.533, 0.312, 0.313, 0.266, 0.093, 0.012),
    flow_spread=(1.958, 1.422, 1.272, 1.017, 0.804, 0.478),
    exporter_part=0.072,
    total_bounds=(5e3, 5e4, 5e5, 5e6),
    total_spread=(2.957, 1.257, 0.613, 0.359, 0.173),
    harvest_bounds=(5e4, 5e5, 5e6),
    harvest_spread=(0.547, 0.306, 0.229, 0.157),
    new_supplier=(0.0528, 1.4111),
)
"""Fitted on 2026-11-23 by ``benchmarks/reconcile.py``, to years up to 2018 only.

Year to year: FAOSTAT trade matrix (export quantity) and production of wheat, maize, rice and soya beans; means of
2005-07, 2013-15, 2014-16 and 2015-17 against the year after. Reports: 3,062 pairs of import and export values of 12
crops, 2014-2018 (partners of 5 % and more of a reporter's trade).

Coverage of the 90 % intervals on 2019-2021, which the fit never saw (wheat and maize, three sets of origins each,
importers of 5 kt and more): share of imports .915 (1,455 cases), total imports .904, share of supply .903,
concentration .910, through suppliers .904, grown there .855; pairs of reports .893; both parts together against the
importer's own later value share, .866 wheat and .852 maize. In 2022, a year of war, it falls to .87 for shares, .83 for
totals and .63 through suppliers: the model speaks of ordinary years.
"""
