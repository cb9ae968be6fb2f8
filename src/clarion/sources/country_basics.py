"""Population 2020 and GDP 2019."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="country-basics",
    title="Population 2020 and GDP 2019",
    publisher="World Bank",
    url="https://data.worldbank.org/",
    licence="CC BY 4.0",
    cadence="yearly",
    tables=("indicators",),
    rows=(380, 480),
    file_format="CSV: iso3,iso2,m49,fao_code,region,subregion,population_2020,gdp_2019_usd_m,income_group",
    release="2019-2020",
    embedded="country_basics.csv",
    notes="",
)
def country_basics(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """World Development Indicators, two figures a country."""
    import polars as pl

    from clarion.sources.embedded import read_facts
    from clarion.vocab import places

    wide = read_facts(raw.path)
    known = pl.col("iso3").is_in(list(places()))
    raw.count("codes that are not a place", wide.filter(~known).height)
    parts = [
        wide.filter(known & (pl.col(column) != "")).select(
            "iso3",
            pl.lit(indicator).alias("indicator"),
            pl.col(column).cast(pl.Float64).alias("value"),
            pl.lit(unit).alias("unit"),
            pl.lit(year).alias("period"),
            pl.lit(f"World Bank WDI {series}").alias("source"),
            pl.lit(None, pl.String).alias("note"),
            pl.col("source_row").cast(pl.Int64),
        )
        for column, indicator, unit, year, series in (
            ("population_2020", "population", "persons", "2020", "SP.POP.TOTL"),
            ("gdp_2019_usd_m", "gdp", "USD m", "2019", "NY.GDP.MKTP.CD"),
        )
    ]
    return {"indicators": pl.concat(parts)}
