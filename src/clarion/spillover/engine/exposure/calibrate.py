"""Fits the error model to yearly trade and to pairs of reports. Run by ``benchmarks/reconcile.py``; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import polars as pl

from clarion.spillover.engine.exposure.error_model import Array, ErrorModel

WINDOW = 3
LAPSED = 0.05
Z90 = 1.6449

REPORT_BOUNDS = (1e2, 1e3, 1e4, 1e5)
FLOW_BOUNDS = (1e2, 1e3, 1e4, 1e5, 1e6)
TOTAL_BOUNDS = (5e3, 5e4, 5e5, 5e6)
HARVEST_BOUNDS = (5e4, 5e5, 5e6)
USD_PER_TONNE = 250.0
"""Rough value of a tonne of cereal in the years of the fit; it only picks a size class."""


def windows(yearly: pl.DataFrame, key: Sequence[str], next_years: Iterable[int]) -> pl.DataFrame:
    """Each ``key``'s mean over three years and its figure in the year after: columns key, year, mean, after.

    ``yearly`` has key, year and tonnes; a year without a row counts as nothing.
    """
    parts = []
    for year in next_years:
        mean = (
            yearly.filter(pl.col("year").is_between(year - WINDOW, year - 1))
            .group_by(key)
            .agg((pl.col("tonnes").sum() / WINDOW).alias("mean"))
        )
        after = yearly.filter(pl.col("year") == year).group_by(key).agg(pl.col("tonnes").sum().alias("after"))
        parts.append(mean.join(after, on=list(key), how="full", coalesce=True).with_columns(pl.lit(year).alias("year")))
    return pl.concat(parts).with_columns(pl.col("mean", "after").fill_null(0.0)).sort([*key, "year"])


def fit(flows: pl.DataFrame, harvest: pl.DataFrame, reports: pl.DataFrame, next_years: Sequence[int]) -> ErrorModel:
    """Fit the model.

    ``flows``: year, item, exporter_iso3, importer_iso3, tonnes, one side's reports. ``harvest``: year, item, iso3,
    tonnes. ``reports``: thousand USD of the same flow and year by both sides, columns exporter and importer.
    ``next_years``: the years after the windows used.
    """
    pairs = windows(flows, ["item", "exporter_iso3", "importer_iso3"], next_years)
    seen = pairs.filter(pl.col("mean") > 0)
    totals = windows(flows, ["item", "importer_iso3"], next_years)
    return ErrorModel(
        report_bounds=REPORT_BOUNDS,
        report_spread=_report_spread(reports),
        usd_per_tonne=USD_PER_TONNE,
        flow_bounds=FLOW_BOUNDS,
        flow_lapse=_per_class(seen, FLOW_BOUNDS, lambda mean, after: float((after < LAPSED * mean).mean())),
        flow_spread=_per_class(seen, FLOW_BOUNDS, _survivors),
        exporter_part=_exporter_part(seen),
        total_bounds=TOTAL_BOUNDS,
        total_spread=_per_class(totals.filter(pl.col("mean") > 0), TOTAL_BOUNDS, _central),
        harvest_bounds=HARVEST_BOUNDS,
        harvest_spread=_per_class(
            windows(harvest, ["item", "iso3"], next_years).filter(pl.col("mean") > 1000), HARVEST_BOUNDS, _central
        ),
        new_supplier=_new_supplier(pairs),
    )


def _per_class(
    rows: pl.DataFrame, bounds: tuple[float, ...], statistic: Callable[[Array, Array], float]
) -> tuple[float, ...]:
    mean, after = rows["mean"].to_numpy(), rows["after"].to_numpy()
    group = np.digitize(mean, bounds)
    return tuple(round(statistic(mean[group == k], after[group == k]), 3) for k in range(len(bounds) + 1))


def spread(logs: Array) -> float:
    """Standard deviation of the normal that has the same central 90 %."""
    low, high = np.quantile(logs, [0.05, 0.95])
    return float(high - low) / (2 * Z90)


def _survivors(mean: Array, after: Array) -> float:
    alive = after >= LAPSED * mean
    return spread(np.log(after[alive] / mean[alive]))


def _central(mean: Array, after: Array) -> float:
    # A total that falls to nothing counts as far out as the quantile needs, without an infinite log.
    return spread(np.log(np.maximum(after, 1e-3 * mean) / mean))


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
