"""Fits the error model to yearly trade and to pairs of reports. Run by ``benchmarks/reconcile.py``; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl

from clarion.spillover.engine.exposure.error_model import Array, ErrorModel, flow_terms, lapse_terms, total_terms
from clarion.spillover.engine.exposure.interval import LEVEL
from clarion.spillover.engine.exposure.regression import logistic, quantile_line
from clarion.spillover.engine.exposure.traits import FlowTraits, ImporterTraits, need, unsteadiness

WINDOW = 3
LAPSED = 0.05
Z90 = 1.6449

REPORT_BOUNDS = (1e2, 1e3, 1e4, 1e5)
HARVEST_BOUNDS = (5e4, 5e5, 5e6)
USD_PER_TONNE = 250.0
"""Rough value of a tonne of cereal in the years of the fit; it only picks a size class."""

SMALLEST_IMPORTS = 1000.0
SMALLEST_SHARE = 0.01
"""Flows of less, or into smaller importers, are most of all flows and decide no figure: they are kept out of the fit of
what happens to a flow."""


def windows(yearly: pl.DataFrame, key: Sequence[str], next_years: Iterable[int]) -> pl.DataFrame:
    """Each ``key``'s mean over three years and its figure in the year after: columns key, year, mean, squares (the sum
    over the three years), after.

    ``yearly`` has key, year and tonnes; rows of one key and year are summed, a year without a row counts as nothing.
    """
    yearly = yearly.group_by(*key, "year").agg(pl.col("tonnes").sum())
    parts = []
    for year in next_years:
        mean = (
            yearly.filter(pl.col("year").is_between(year - WINDOW, year - 1))
            .group_by(key)
            .agg((pl.col("tonnes").sum() / WINDOW).alias("mean"), (pl.col("tonnes") ** 2).sum().alias("squares"))
        )
        after = yearly.filter(pl.col("year") == year).select(*key, after="tonnes")
        parts.append(mean.join(after, on=list(key), how="full", coalesce=True).with_columns(pl.lit(year).alias("year")))
    return pl.concat(parts).with_columns(pl.col("mean", "squares", "after").fill_null(0.0)).sort([*key, "year"])


def fit(flows: pl.DataFrame, harvest: pl.DataFrame, reports: pl.DataFrame, next_years: Sequence[int]) -> ErrorModel:
    """Fit the model.

    ``flows``: year, item, exporter_iso3, importer_iso3, tonnes, one side's reports. ``harvest``: year, item, iso3,
    tonnes. ``reports``: thousand USD of the same flow and year by both sides, columns exporter and importer.
    ``next_years``: the years after the windows used.
    """
    pairs = windows(flows, ["item", "exporter_iso3", "importer_iso3"], next_years)
    harvests = windows(harvest, ["item", "iso3"], next_years)
    of, change = fates(pairs)
    lapsed = change < LAPSED
    steadiness, alive = of.unsteadiness[:, None], ~lapsed
    lapsing, moving, moved = lapse_terms(of), flow_terms(of)[alive], distance(change[alive])
    buyers, change = totals(windows(flows, ["item", "importer_iso3"], next_years), harvests)
    buying, bought = total_terms(buyers), distance(change)
    buying_steady = np.hstack([buying, buyers.unsteadiness[:, None]])
    total_by_years = quantile_line(buying_steady, bought, LEVEL)
    return ErrorModel(
        report_bounds=REPORT_BOUNDS,
        report_spread=_report_spread(reports),
        usd_per_tonne=USD_PER_TONNE,
        lapse_by_mean=logistic(lapsing, lapsed),
        lapse_by_years=logistic(np.hstack([lapsing, steadiness]), lapsed),
        flow_by_mean=quantile_line(moving, moved, LEVEL),
        flow_by_years=quantile_line(np.hstack([moving, steadiness[alive]]), moved, LEVEL),
        exporter_part=_exporter_part(pairs.filter(pl.col("mean") > 0)),
        total_by_mean=quantile_line(buying, bought, LEVEL),
        total_by_years=total_by_years,
        total_rise=_rise(np.log(np.maximum(change, 1e-3)[buying_steady @ np.array(total_by_years) > 0])),
        harvest_bounds=HARVEST_BOUNDS,
        harvest_spread=_per_class(harvests.filter(pl.col("mean") > 1000), HARVEST_BOUNDS),
        new_supplier=_new_supplier(pairs),
    )


def distance(change: Array) -> Array:
    """The log of the spread for which a change lies at the end of the central 90 %, change being the next year's
    figure over the mean. A fall to nothing counts as one to a thousandth."""
    return np.log(np.maximum(np.abs(np.log(np.maximum(change, 1e-3))), 1e-6) / Z90)


def fates(pairs: pl.DataFrame) -> tuple[FlowTraits, Array]:
    """The traits of the flows that decide figures, and what became of each: the next year's tonnes over the mean."""
    imports = pl.col("mean").sum().over("item", "importer_iso3", "year")
    rows = pairs.with_columns(imports.alias("imports"), (pl.col("mean") / imports).alias("share")).filter(
        (pl.col("mean") > 0) & (pl.col("share") >= SMALLEST_SHARE) & (pl.col("imports") >= SMALLEST_IMPORTS)
    )
    mean = rows["mean"].to_numpy()
    return FlowTraits(mean, rows["share"].to_numpy(), _unsteadiness(rows)), rows["after"].to_numpy() / mean


def totals(imports: pl.DataFrame, harvests: pl.DataFrame) -> tuple[ImporterTraits, Array]:
    """The traits of importers, and the next year's imports over the mean."""
    grown = harvests.select("item", "year", importer_iso3="iso3", grown="mean")
    rows = imports.filter(pl.col("mean") >= SMALLEST_IMPORTS).join(
        grown, on=["item", "importer_iso3", "year"], how="left", maintain_order="left"
    )
    mean, harvest = rows["mean"].to_numpy(), rows["grown"].fill_null(0.0).to_numpy()
    return ImporterTraits(mean, need(mean, harvest), _unsteadiness(rows)), rows["after"].to_numpy() / mean


def _rise(logs: Array) -> float:
    return round(float(np.quantile(logs, 0.95)) / Z90, 3)


def _unsteadiness(rows: pl.DataFrame) -> Array:
    return unsteadiness(WINDOW * rows["mean"].to_numpy(), rows["squares"].to_numpy(), WINDOW)


def _per_class(rows: pl.DataFrame, bounds: tuple[float, ...]) -> tuple[float, ...]:
    mean, after = rows["mean"].to_numpy(), rows["after"].to_numpy()
    # A total that falls to nothing counts as far out as the quantile needs, without an infinite log.
    change = np.log(np.maximum(after, 1e-3 * mean) / mean)
    group = np.digitize(mean, bounds)
    return tuple(round(spread(change[group == k]), 3) for k in range(len(bounds) + 1))


def spread(logs: Array) -> float:
    """Standard deviation of the normal that has the same central 90 %."""
    low, high = np.quantile(logs, [0.05, 0.95])
    return float(high - low) / (2 * Z90)


def _report_spread(reports: pl.DataFrame) -> tuple[float, ...]:
    """One report's spread: that of the log ratio of two, over the root of two, by the size that both suggest."""
    size = (reports["exporter"] * reports["importer"]).sqrt().to_numpy()
    ratio = (reports["importer"] / reports["exporter"]).log().to_numpy()
    group = np.digitize(size, REPORT_BOUNDS)
    found = [spread(ratio[group == k]) / np.sqrt(2) for k in range(len(REPORT_BOUNDS) + 1)]
    return tuple(round(float(value), 3) for value in found)


def _exporter_part(seen: pl.DataFrame) -> float:
    """Correlation of two flows of one exporter, item and year: mean product of standardised logs over its pairs."""
    alive = seen.filter((pl.col("mean") >= 1e4) & (pl.col("after") >= LAPSED * pl.col("mean")))
    logs = np.log((alive["after"] / alive["mean"]).to_numpy())
    scored = alive.with_columns(pl.Series("z", (logs - logs.mean()) / logs.std()))
    groups = scored.group_by("item", "exporter_iso3", "year").agg(
        pl.col("z").sum().alias("sum"), (pl.col("z") ** 2).sum().alias("squares"), pl.len().alias("size")
    )
    size = groups["size"].to_numpy().astype(np.float64)
    products = groups["sum"].to_numpy() ** 2 - groups["squares"].to_numpy()
    return round(max(0.0, float(products.sum() / (size * (size - 1)).sum())), 3)


def _new_supplier(pairs: pl.DataFrame) -> tuple[float, float]:
    """Beta parameters by moments, over importers of 5 kt and more."""
    share = (
        pairs.group_by("item", "importer_iso3", "year")
        .agg(
            pl.col("mean").sum(),
            pl.col("after").sum(),
            pl.col("after").filter(pl.col("mean") == 0).sum().alias("new"),
        )
        .filter((pl.col("mean") >= 5000) & (pl.col("after") > 0))
        .select(pl.col("new") / pl.col("after"))
        .to_series()
        .to_numpy()
    )
    mean, variance = float(share.mean()), float(share.var())
    size = mean * (1 - mean) / variance - 1
    return round(mean * size, 4), round((1 - mean) * size, 4)
