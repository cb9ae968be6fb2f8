"""Trade as reported: what the exporter said, and where it said nothing, what the importer said."""

from __future__ import annotations

import polars as pl

PAIR = ["exporter_iso3", "importer_iso3"]
_ORDER = {"exporter": 0, "importer": 1, "reconciled": 2}


def as_reported(rows: pl.DataFrame, measure: str, periods: int) -> pl.DataFrame:
    """One figure a pair: the mean over ``periods``, a year without a report counting as none.

    ``rows`` are those of one item and the chosen periods; ``measure`` is ``tonnes`` or ``usd``. Returns exporter_iso3,
    importer_iso3, amount, reported_by (``exporter``, ``importer``, ``reconciled``, or both names where years differ)
    and rows.
    """
    chosen = (
        rows.filter(pl.col(measure).is_not_null())
        .with_columns(pl.col("reported_by").replace_strict(_ORDER, return_dtype=pl.Int8).alias("order"))
        .sort("order")
        .unique([*PAIR, "period"], keep="first", maintain_order=True)
    )
    return chosen.group_by(PAIR).agg(
        (pl.col(measure).sum() / periods).alias("amount"),
        pl.col("reported_by").unique().sort().str.join(" and ").alias("reported_by"),
        pl.col("source_row").alias("rows"),
    )
