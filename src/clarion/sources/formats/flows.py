"""Trade rows to flows: quantities and values of one pair, item and year on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.sources.base import Raw

if TYPE_CHECKING:
    import polars as pl

KEY = ("item", "exporter_iso3", "importer_iso3", "period", "reported_by")


def sum_flows(rows: pl.DataFrame, raw: Raw) -> pl.DataFrame:
    """Add up the rows of each flow; ``source_row`` is the first of those that weigh something, else the first, and
    ``more_rows`` names the others (the value's, flour's), so that a sum can be checked against the file.

    A sum over nothing is absent, not zero; so is a weight of zero that has a value, or it would outweigh the partner's
    report. Flows with neither weight nor value are left out and counted.
    """
    import polars as pl

    def total(name: str) -> pl.Expr:
        return pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()).alias(name)

    row = pl.col("source_row")
    weighed = pl.coalesce(row.filter(pl.col("tonnes") > 0).min(), row.min()).alias("source_row")
    flows = rows.group_by(KEY).agg(total("tonnes"), total("usd"), weighed, row.unique().sort().alias("more_rows"))
    others = pl.col("more_rows").list.set_difference(pl.concat_list("source_row")).list.sort()
    named = pl.when(others.list.len() > 0).then(others.cast(pl.List(pl.String)).list.join(", "))
    flows = flows.sort(KEY).with_columns(named.alias("more_rows"))
    some = (pl.col("tonnes").fill_null(0.0) > 0) | (pl.col("usd").fill_null(0.0) > 0)
    raw.count("flows of nothing (weight and value are zero or absent)", flows.filter(~some).height)
    weightless = (pl.col("tonnes") == 0) & (pl.col("usd") > 0)
    raw.count(
        "flows with a value and a weight of zero (the weight is taken as unknown)", flows.filter(weightless).height
    )
    known = pl.when(~weightless.fill_null(value=False)).then("tonnes").alias("tonnes")
    return flows.filter(some).with_columns(known, pl.col(KEY).cast(pl.String))
