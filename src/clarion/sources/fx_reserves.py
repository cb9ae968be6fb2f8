"""Foreign reserves in months of imports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="fx-reserves",
    title="Foreign reserves in months of imports",
    publisher="World Bank",
    url="https://data.worldbank.org/indicator/FI.RES.TOTL.MO",
    licence="CC BY 4.0",
    cadence="yearly",
    tables=("indicators",),
    rows=(120, 160),
    file_format="CSV: iso3,indicator,value,unit,year,source,source_url,note",
    release="2021 and latest",
    embedded="fx_reserves.csv",
    notes="Gross reserves, gold included: more than can be used.",
)
def fx_reserves(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """World Development Indicators, series FI.RES.TOTL.MO."""
    import polars as pl

    from clarion.sources.embedded import indicator_rows

    return {"indicators": indicator_rows(raw.path, note=pl.col("note"))}
