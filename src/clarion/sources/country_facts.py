"""Remittances, energy and staple dependence on Russia and Ukraine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="country-facts",
    title="Remittances, energy and staple dependence on Russia and Ukraine",
    publisher="World Bank, KNOMAD, UN Comtrade, CEPII, central banks",
    url="https://www.worldbank.org/en/topic/migrationremittancesdiasporaissues",
    licence="CC BY 4.0; each row names its own source",
    cadence="yearly",
    tables=("indicators",),
    rows=(1200, 1400),
    file_format="CSV: iso3,indicator,value,unit,year,source,note",
    release="2016-2024, by row",
    embedded="country_facts.csv",
    notes="Remittances by pair of countries are modelled, not measured; conflicts are flagged row by row.",
)
def country_facts(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """Figures as published, one a row; rows of the European Union as one block are left out and counted."""
    import polars as pl

    from clarion.sources.embedded import indicator_rows
    from clarion.vocab import places

    frame = indicator_rows(raw.path, note=pl.col("note"))
    known = pl.col("iso3").is_in(list(places()))
    raw.count("areas that are not a country", frame.filter(~known).height)
    return {"indicators": frame.filter(known)}
