"""Models that the error model of exposure is measured against: a naive floor, and one that looks at size alone."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from math import inf, log

import numpy as np
import polars as pl

from clarion.spillover.engine.exposure.calibrate import LAPSED, fates, spread, totals, windows
from clarion.spillover.engine.exposure.error_model import ErrorModel, by_size
from clarion.spillover.engine.exposure.traits import Array, FlowTraits, ImporterTraits, Traits

SIZES = (1e2, 1e3, 1e4, 1e5, 1e6)
ENDS = (0.533, 0.312, 0.313, 0.266, 0.093, 0.012)
SPREADS = (1.958, 1.422, 1.272, 1.017, 0.804, 0.478)
TOTALS = (5e3, 5e4, 5e5, 5e6)
TOTAL_SPREADS = (2.957, 1.257, 0.613, 0.359, 0.173)


@dataclass(frozen=True)
class BySize(ErrorModel):
    """What becomes of a flow, or of total imports, by its own size class alone (fitted to the same years)."""

    def lapse(self, of: FlowTraits) -> Array:
        return by_size(of.tonnes, SIZES, ENDS)

    def flow(self, of: FlowTraits) -> Array:
        return by_size(of.tonnes, SIZES, SPREADS)

    def total(self, of: ImporterTraits) -> Array:
        return by_size(of.tonnes, TOTALS, TOTAL_SPREADS)


def size_alone(fitted: ErrorModel) -> BySize:
    """``fitted`` in all but what it says of flows and of total imports."""
    kept = {field.name: getattr(fitted, field.name) for field in dataclasses.fields(fitted)}
    return BySize(**kept | {"total_rise": inf})


def pooled(fitted: ErrorModel, flows: pl.DataFrame, harvest: pl.DataFrame, next_years: tuple[int, ...]) -> ErrorModel:
    """The naive floor: one chance to lapse and one spread for every flow, one spread for all imports."""
    _, change = fates(windows(flows, ["item", "exporter_iso3", "importer_iso3"], next_years))
    gone = float((change < LAPSED).mean())
    odds, width = log(gone / (1 - gone)), log(spread(np.log(change[change >= LAPSED])))
    imports = windows(flows, ["item", "importer_iso3"], next_years)
    _, change = totals(imports, windows(harvest, ["item", "iso3"], next_years))
    total = log(spread(np.log(np.maximum(change, 1e-3))))
    return dataclasses.replace(
        fitted, lapse_by_mean=(odds, 0.0, 0.0), lapse_by_years=(odds, 0.0, 0.0, 0.0), flow_by_mean=(width, 0.0),
        flow_by_years=(width, 0.0, 0.0), total_by_mean=(total, 0.0, 0.0), total_by_years=(total, 0.0, 0.0, 0.0),
        total_rise=inf,
    )  # fmt: skip


def without_years(of: Traits) -> Traits:
    """Traits as where only the mean of the years is loaded."""
    return Traits(
        dataclasses.replace(of.flows, unsteadiness=np.full_like(of.flows.tonnes, np.nan)),
        dataclasses.replace(of.importers, unsteadiness=np.full_like(of.importers.tonnes, np.nan)),
    )
