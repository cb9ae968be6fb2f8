"""Russia's growth and the rouble, and what wages sent home did in the shocks of 2009 and 2014-2016."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="russia-shock",
    title="Growth and rouble of Russia, and wages sent home in past shocks",
    publisher="World Bank, Bank of Russia, Rosstat, press",
    url="https://data.worldbank.org/country/russian-federation",
    licence="CC BY 4.0 (World Bank); others as each row names",
    cadence="irregular",
    tables=("indicators",),
    rows=(45, 90),
    file_format="CSV: iso3,indicator,value,unit,year,source,source_url,note",
    release="2008-2023, by row",
    embedded="russia_shock.csv",
    notes="Forecasts are marked FORECAST and kept beside what came. Figures of transfer systems are not all that is "
    "sent. Press rows quote central banks.",
)
def russia_shock(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """One figure a row."""
    import polars as pl

    from clarion.sources.embedded import indicator_rows

    return {"indicators": indicator_rows(raw.path, note=pl.col("note"))}
