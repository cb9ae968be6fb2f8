"""What the hazard is fitted on and asked of, out of the house's tables."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from clarion.sources.warehouse import LoadedTable
from clarion.spillover.engine.bans.months import read_month
from clarion.spillover.engine.bans.panel import shortfall
from clarion.vocab import COMMODITIES

LEAST_TONNES = 10_000.0
"""A year, of an exporter that counts as one."""
# Series of the World Bank's Pink Sheet that stand for a commodity, as the whole sheet names them.
_PINK_SHEET = {
    "Wheat, US HRW": "wheat", "Rice, Thai 5%": "rice", "Soybeans": "soya", "Barley": "barley",
}  # fmt: skip
SERIES = {c.facts_name or c.name: c.id for c in COMMODITIES.values()} | _PINK_SHEET
"""Names of price series, to commodity ids."""


def prices(tables: Iterable[LoadedTable]) -> dict[str, dict[int, float]]:
    """Item to month to dollars a tonne; of several tables the first that has a month counts."""
    found: dict[str, dict[int, float]] = {}
    for table in tables:
        for series, month, usd in table.frame.select("series", "month", "usd_per_tonne").iter_rows():
            if series in SERIES:
                found.setdefault(SERIES[series], {}).setdefault(read_month(month), usd)
    return found


def exporters(trade: LoadedTable, least: float = LEAST_TONNES) -> dict[str, list[str]]:
    """Item to those who export at least ``least`` tonnes of it a year, over the periods of the table."""
    yearly = (
        trade.frame.group_by("item", "exporter_iso3", "period")
        .agg(pl.col("tonnes").sum())
        .group_by("item", "exporter_iso3")
        .agg(pl.col("tonnes").mean())
        .filter(pl.col("tonnes") >= least)
        .sort("item", "exporter_iso3")
    )
    found: dict[str, list[str]] = {}
    for item, iso3 in yearly.select("item", "exporter_iso3").iter_rows():
        found.setdefault(item, []).append(iso3)
    return found


def shortfalls(production: pl.DataFrame) -> dict[tuple[str, str, int], float]:
    """Exporter, item and harvest year to the share missing, from a ``production`` frame of single years."""
    single = production.filter(pl.col("period").str.len_chars() == 4)
    harvests: dict[tuple[str, str], dict[int, float]] = {}
    for item, iso3, period, tonnes in single.select("item", "iso3", "period", "tonnes").iter_rows():
        harvests.setdefault((iso3, item), {})[int(period)] = tonnes
    found = {(iso3, item, y): shortfall(years, y) for (iso3, item), years in harvests.items() for y in years}
    return {key: share for key, share in found.items() if share > 0}
