"""Energy supply, undernourishment and variation of intake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="nutrition",
    title="Energy supply, undernourishment and variation of intake",
    publisher="FAO, World Bank",
    url="https://www.fao.org/faostat/en/#data/FS",
    licence="CC BY 4.0 (older editions CC BY-NC-SA 3.0 IGO)",
    cadence="yearly",
    tables=("indicators",),
    rows=(1700, 2000),
    file_format="CSV: iso3,indicator,value,unit,year,source,source_url",
    release="2011-2022, by row",
    embedded="nutrition.csv",
    notes="Prevalence of undernourishment of 2.5 stands for less than 2.5 (censored).",
)
def nutrition(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """FAOSTAT food balances and food security indicators, one figure a row."""
    import polars as pl

    from clarion.sources.embedded import indicator_rows

    censored = pl.col("value").str.starts_with("<")
    frame = indicator_rows(
        raw.path,
        value=pl.col("value").str.strip_prefix("<").cast(pl.Float64),
        note=pl.when(censored).then(pl.lit("CENSORED: less than this value")),
    )
    return {"indicators": frame}
