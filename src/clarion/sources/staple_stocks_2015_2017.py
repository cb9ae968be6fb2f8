"""Mean ending stocks of three staples, 2015 to 2017."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl

# The file gives energy; these are the factors it was made with (kcal per kg), so that tonnes come back exact.
KCAL_PER_KG = {"Wheat": 3340.0, "Maize": 3560.0, "Rice": 3600.0}


@source(
    id="staple-stocks",
    title="Ending stocks of wheat, maize and rice, mean of 2015-2017",
    publisher="USDA Foreign Agricultural Service",
    url="https://apps.fas.usda.gov/psdonline/",
    licence="Public domain (United States government)",
    cadence="monthly",
    tables=("stocks",),
    rows=(300, 320),
    file_format="CSV: item,iso3,kcal",
    release="2015-2017 mean",
    embedded="staple_reserves_2015_2017.csv",
    notes="Stocks of the European Union are split among its members by production.",
)
def staple_stocks(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """USDA production, supply and distribution, ending stocks."""
    import polars as pl

    from clarion.sources.embedded import commodity_ids, read_facts

    per_tonne = pl.col("item").replace_strict(KCAL_PER_KG, return_dtype=pl.Float64) * 1000
    frame = read_facts(raw.path).select(
        pl.col("item").replace_strict(commodity_ids()),
        "iso3",
        pl.lit("2015-2017").alias("period"),
        (pl.col("kcal").cast(pl.Float64) / per_tonne).alias("tonnes"),
        pl.col("source_row").cast(pl.Int64),
    )
    return {"stocks": frame}
