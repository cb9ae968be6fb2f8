"""Mean yearly production of four staples, 2019 to 2021."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="staple-production",
    title="Production of wheat, maize, rice and soya beans, mean of 2019-2021",
    publisher="FAO",
    url="https://www.fao.org/faostat/en/#data/QCL",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    cadence="yearly",
    tables=("production",),
    rows=(480, 540),
    file_format="CSV: item,iso3,tonnes_per_year",
    release="2019-2021 mean",
    embedded="staple_production_2019_2021.csv",
    notes="Rice is turned from paddy into milled rice with FAO's rate of 0.667.",
)
def staple_production(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """FAOSTAT crops and livestock, element 5510, averaged over the three years."""
    import polars as pl

    from clarion.sources.embedded import commodity_ids, read_facts
    from clarion.vocab.commodity import MILLED_PER_PADDY

    # The file gives rice as paddy, trade gives it milled: one unit for both.
    tonnes = pl.col("tonnes_per_year").cast(pl.Float64)
    frame = read_facts(raw.path).select(
        pl.col("item").replace_strict(commodity_ids()),
        "iso3",
        pl.lit("2019-2021").alias("period"),
        pl.when(pl.col("item") == "Rice").then(tonnes * MILLED_PER_PADDY).otherwise(tonnes).alias("tonnes"),
        pl.col("source_row").cast(pl.Int64),
    )
    return {"production": frame}
