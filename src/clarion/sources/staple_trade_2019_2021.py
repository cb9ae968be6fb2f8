"""Mean yearly exports of four staples, 2019 to 2021, flows of 10 tonnes and more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="staple-trade",
    title="Trade in wheat, maize, rice and soya beans, mean of 2019-2021",
    publisher="FAO",
    url="https://www.fao.org/faostat/en/#data/TM",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    cadence="yearly",
    tables=("trade_flows",),
    rows=(7000, 7200),
    file_format="CSV: item,exporter_iso3,importer_iso3,tonnes_per_year",
    release="2019-2021 mean, export-reported",
    embedded="staple_trade_2019_2021.csv",
    notes="As exporters reported it. Flour is not included.",
)
def staple_trade(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """FAOSTAT detailed trade matrix, element 5910, averaged over the three years."""
    import polars as pl

    from clarion.sources.embedded import commodity_ids, read_facts

    frame = read_facts(raw.path).select(
        pl.col("item").replace_strict(commodity_ids()),
        "exporter_iso3",
        "importer_iso3",
        pl.lit("2019-2021").alias("period"),
        pl.lit("exporter").alias("reported_by"),
        pl.col("tonnes_per_year").cast(pl.Float64).alias("tonnes"),
        pl.lit(None, pl.Float64).alias("usd"),
        pl.col("source_row").cast(pl.Int64),
    )
    return {"trade_flows": frame}
