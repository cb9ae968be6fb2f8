"""Ending stocks and use of grains and soya beans, as a monthly report of the USDA had them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl

# The file's crops that the house knows; coarse grains are several of them together.
ITEMS = {"wheat": "wheat", "maize": "maize", "rice (milled)": "rice", "soya": "soya"}
# How the file writes the date of a report, and the one that it gives by month alone.
_REPORT = r"WASDE (\d{4}-\d{2}-\d{2}|June 2026)"


@source(
    id="wasde-stocks",
    title="Ending stocks and use of grains and soya beans by report",
    publisher="USDA World Agricultural Outlook Board",
    url="https://www.usda.gov/oce/commodity/wasde",
    licence="Public domain (United States government)",
    cadence="monthly",
    tables=("stock_reports",),
    rows=(440, 520),
    file_format="CSV: iso3,crop,year,ending_stocks_tonnes,use_tonnes,source,status,exports_tonnes",
    release="reports of 2021-2026",
    embedded="stocks.csv",
    notes="A year's figure is that of one later report, not the one of its time: mind the report when looking back.",
)
def wasde_stocks(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """World Agricultural Supply and Demand Estimates; areas are countries and the world with and without China."""
    import polars as pl

    from clarion.sources.embedded import read_facts

    wide = read_facts(raw.path)
    reported = pl.col("source").str.contains("WASDE")
    raw.count("means of 2015-2017, which another source has", wide.filter(~reported).height)
    known = pl.col("crop").is_in(list(ITEMS))
    raw.count("coarse grains together", wide.filter(reported & ~known).height)
    frame = wide.filter(reported & known).select(
        pl.col("crop").replace_strict(ITEMS).alias("item"),
        pl.col("iso3").alias("area"),
        pl.col("year").alias("marketing_year"),
        pl.col("source").str.extract(_REPORT).replace({"June 2026": "2026-06"}).alias("report"),
        "status",
        *(
            pl.when(pl.col(name) == "").then(None).otherwise(pl.col(name)).cast(pl.Float64).alias(short)
            for name, short in (
                ("ending_stocks_tonnes", "ending_stocks"), ("use_tonnes", "use"), ("exports_tonnes", "exports"),
            )
        ),
        pl.col("source_row").cast(pl.Int64),
    )  # fmt: skip
    return {"stock_reports": frame}
