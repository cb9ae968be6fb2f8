"""Published totals of food export restrictions: countries, measures, share of traded calories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="restriction-totals",
    title="Published totals of food export restrictions",
    publisher="IFPRI and others, named row by row",
    url="https://www.foodsecurityportal.org/tools/COVID-19-food-trade-policy-tracker",
    licence="Facts, with the source of each row",
    cadence="irregular",
    tables=("restriction_totals",),
    rows=(30, 40),
    file_format="CSV: date,metric,value,unit,source,source_url",
    release="2008-2023",
    embedded="restriction_totals.csv",
    notes="The published share for 2008 differs between editions: 17.2 and 19 percent.",
)
def restriction_totals(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """One published figure a row."""
    import polars as pl

    from clarion.sources.embedded import read_facts

    frame = read_facts(raw.path).select(
        "date",
        "metric",
        pl.col("value").cast(pl.Float64),
        "unit",
        "source",
        pl.col("source_url").alias("url"),
        pl.col("source_row").cast(pl.Int64),
    )
    return {"restriction_totals": frame}
