"""How far a recorded figure may lie from the true one of an ordinary year near it: the error model of every interval.

Two sources of error, both multiplicative, each with a spread by size class:

* reporting: exporter and importer report the same shipment differently. A report is the truth times a lognormal.
* year to year: the mean of three years speaks of the year after. Total imports move by a lognormal; their split among
  suppliers moves on its own, because buyers replace one supplier by another: each flow may lapse, or is multiplied by
  a lognormal of which a part is common to all flows of the exporter (its harvest, its export rules); and suppliers not
  seen before take a share drawn from a beta distribution. Domestic harvest moves by a lognormal.

Total imports move less where they are large and where little is grown at home, more where they were unsteady. Whether a
flow lapses depends on its traits by a logistic regression, its spread by a line in the log: small flows move
more; a large supplier that is most of what its buyer buys seldom lapses; and where the years of the mean are loaded, a
flow that was not there in each of them, or unevenly, lapses far more often. Where only the mean is loaded, the model
says less, and its intervals are wider.

Spreads are matched to the central 90 % of the observed log ratios, not to their variance: tails are heavier than
lognormal, and the intervals shown are 90 %. Blockades, bans and wars are outside an ordinary year; the scenarios are
for them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from clarion.spillover.engine.exposure.traits import FlowTraits, ImporterTraits

Array = npt.NDArray[np.float64]

WIDEST = 3.0
"""The widest log spread: the smallest trade may be anything, and a fitted line must not run off with it."""


@dataclass(frozen=True, slots=True)
class ErrorModel:
    """Fitted constants. A class holds sizes from one bound to below the next; there is one more class than bounds.

    ``report_bounds`` are in thousand USD, the others in tonnes a year; ``usd_per_tonne`` links them. ``*_spread`` are
    standard deviations of a log. The log odds that a flow all but ends (under 5 % of its mean) are ``lapse_by_mean`` .
    (1, size, hold), or ``lapse_by_years`` . (1, size, hold, unsteadiness); the log of the spread of one that does not
    is ``flow_by_mean`` . (1, size), or ``flow_by_years`` . (1, size, unsteadiness); the log of the spread of total
    imports is ``total_by_mean`` . (1, size, need), or ``total_by_years`` . (1, size, need, unsteadiness): all in the
    terms of ``traits``, by years where the years of the mean are loaded. Upwards, the spread of imports is at most
    ``total_rise``: they may fall to nothing, and seldom rise to many times a mean that holds their best years.
    ``exporter_part`` is the part of a flow's log variance that its exporter's other flows share, ``new_supplier`` the
    two parameters of the beta distribution of the share of imports that comes from suppliers not seen before.
    """

    report_bounds: tuple[float, ...]
    report_spread: tuple[float, ...]
    usd_per_tonne: float
    lapse_by_mean: tuple[float, float, float]
    lapse_by_years: tuple[float, float, float, float]
    flow_by_mean: tuple[float, float]
    flow_by_years: tuple[float, float, float]
    exporter_part: float
    total_by_mean: tuple[float, float, float]
    total_by_years: tuple[float, float, float, float]
    total_rise: float
    harvest_bounds: tuple[float, ...]
    harvest_spread: tuple[float, ...]
    new_supplier: tuple[float, float]

    def report(self, tonnes: Array, both: npt.NDArray[np.bool_]) -> Array:
        """Log spread of one flow's report; where both sides reported, their mean is closer by the root of two."""
        spread = by_size(tonnes * self.usd_per_tonne / 1000, self.report_bounds, self.report_spread)
        return np.where(both, spread / np.sqrt(2), spread)

    def lapse(self, of: FlowTraits) -> Array:
        """Chance that each flow lapses in the next year."""
        odds = np.exp(_line(lapse_terms(of), of.unsteadiness, self.lapse_by_mean, self.lapse_by_years))
        return np.asarray(odds / (1 + odds), dtype=np.float64)

    def flow(self, of: FlowTraits) -> Array:
        """Log spread of each flow that does not lapse."""
        logs = _line(flow_terms(of), of.unsteadiness, self.flow_by_mean, self.flow_by_years)
        return np.minimum(np.exp(logs), WIDEST)

    def total(self, of: ImporterTraits) -> Array:
        """Log spread of each country's total imports, downwards; upwards it is at most ``total_rise``."""
        logs = _line(total_terms(of), of.unsteadiness, self.total_by_mean, self.total_by_years)
        return np.minimum(np.exp(logs), WIDEST)

    def harvest(self, tonnes: Array) -> Array:
        """Log spread of a country's harvest, or of its supply where exports outweigh imports."""
        return by_size(tonnes, self.harvest_bounds, self.harvest_spread)


def by_size(sizes: Array, bounds: tuple[float, ...], values: tuple[float, ...]) -> Array:
    """The value of each size's class."""
    return np.asarray(values)[np.digitize(sizes, bounds)]


def lapse_terms(of: FlowTraits) -> Array:
    """What the log odds of a lapse are linear in, besides unsteadiness: 1, size and hold, (m, 3)."""
    return np.stack([np.ones_like(of.size), of.size, of.hold], axis=1)


def flow_terms(of: FlowTraits) -> Array:
    """What the log spread of a flow is linear in, besides unsteadiness: 1 and size, (m, 2)."""
    return np.stack([np.ones_like(of.size), of.size], axis=1)


def total_terms(of: ImporterTraits) -> Array:
    """What the log spread of total imports is linear in, besides unsteadiness: 1, size and need, (n, 3)."""
    return np.stack([np.ones_like(of.size), of.size, of.need], axis=1)


def _line(terms: Array, unsteadiness: Array, by_mean: tuple[float, ...], by_years: tuple[float, ...]) -> Array:
    yearly = terms @ np.array(by_years[:-1]) + by_years[-1] * np.nan_to_num(unsteadiness)
    return np.asarray(np.where(np.isnan(unsteadiness), terms @ np.array(by_mean), yearly), dtype=np.float64)


FITTED = ErrorModel(
    report_bounds=(1e2, 1e3, 1e4, 1e5),
    report_spread=(1.19, 0.755, 0.501, 0.28, 0.169),
    usd_per_tonne=250.0,
    lapse_by_mean=(-1.028, -0.161, -2.845),
    lapse_by_years=(-4.176, -0.031, -1.265, 5.458),
    flow_by_mean=(0.04, -0.191),
    flow_by_years=(-0.755, -0.092, 1.491),
    exporter_part=0.072,
    total_by_mean=(0.57, -0.582, -0.75),
    total_by_years=(-1.078, -0.249, -0.36, 3.374),
    total_rise=1.202,
    harvest_bounds=(5e4, 5e5, 5e6),
    harvest_spread=(0.547, 0.306, 0.229, 0.157),
    new_supplier=(0.0528, 1.4111),
)
"""Fitted on 2026-11-23 by ``benchmarks/reconcile.py``, to years up to 2018 only.

Year to year: FAOSTAT trade matrix (export quantity) and production of wheat, maize, rice and soya beans; means of
2005-07, 2013-15, 2014-16 and 2015-17 against the year after. Reports: 3,062 pairs of import and export values of 12
crops, 2014-2018 (partners of 5 % and more of a reporter's trade).

Flows of 1 % and more of the imports of importers of 1 kt and more. Coverage of the 90 % intervals on 2019-2021, which
the fit never saw (wheat and maize, three sets of origins each, importers of 5 kt and more), with only the mean loaded
and with its years: share of imports .903 and .907 (1,455 cases; .872 to .973 by class of predicted share), total
imports .902 and .895, share of supply .896 and .894, through suppliers .891 and .899, grown there .854 and .871. Mean
interval score of shares predicted at 1 % and more: .644 and .597, where size classes alone give .682 and one pooled
spread .728; of those predicted above .8, .797 and .683 against .931 and .990; of those from .5 to .8, .957 and .862
against .904 and .956. Pairs of reports .893. In 2022, a year of war, coverage falls to .85 and .80 for shares, .83 for
totals and .63 and .65 through suppliers: the model speaks of ordinary years.
"""
