"""What sellers and buyers say of the same flows, side by side."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from clarion.spillover.engine.trade.period import choose_periods
from clarion.spillover.engine.trade.reported import PAIR
from clarion.vocab import Period


def both_reports(
    trade_flows: pl.DataFrame, item: str, sellers: Sequence[str], period: Period | None
) -> dict[str, tuple[float, float]]:
    """By buyer, tonnes a year that ``sellers`` say they sold and that the buyer says it bought from them.

    Only what both reported, pair by pair and year by year, is counted; a buyer without any is not in the answer. The
    periods are those of ``picture``.
    """
    rows = trade_flows.filter((pl.col("item") == item) & pl.col("tonnes").is_not_null())
    labels = choose_periods(rows, period)

    def told(side: str) -> pl.DataFrame:
        mine = (pl.col("reported_by") == side) & pl.col("exporter_iso3").is_in(sellers)
        return rows.filter(mine & pl.col("period").is_in(labels)).select(*PAIR, "period", pl.col("tonnes").alias(side))

    pairs = told("exporter").join(told("importer"), on=[*PAIR, "period"])
    sums = pairs.group_by("importer_iso3").agg(pl.col("exporter", "importer").sum() / len(labels))
    return {buyer: (sold, bought) for buyer, sold, bought in sums.iter_rows()}
