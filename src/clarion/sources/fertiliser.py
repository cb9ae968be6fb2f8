"""Fertiliser by nutrient: use, use a hectare and imports, and what is known of who sells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="fertiliser",
    title="Fertiliser by nutrient: use, imports and dependence",
    publisher="FAO, CEPII, IFPRI",
    url="https://www.fao.org/faostat/en/#data/RFN",
    licence="CC BY 4.0 (FAOSTAT); Etalab Open Licence 2.0 (CEPII)",
    cadence="yearly",
    tables=("indicators",),
    rows=(2200, 2600),
    file_format="CSV: iso3,indicator,value,unit,year,source,source_url",
    release="2018-2023, by row",
    embedded="fertiliser.csv",
    notes="Nitrogen (N), phosphate (P2O5) and potash (K2O) in tonnes of nutrient. Shares from Russia are known for "
    "potash in Africa and little else. A country may import more than it uses: it stores or sells it on.",
)
def fertiliser(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """FAOSTAT Fertilizers by Nutrient, latest year of each country; rows of the world as a whole are counted."""
    import polars as pl

    from clarion.sources.embedded import indicator_rows
    from clarion.vocab import places

    frame = indicator_rows(raw.path)
    known = pl.col("iso3").is_in(list(places()))
    raw.count("figures of the world as a whole", frame.filter(~known).height)
    return {"indicators": frame.filter(known)}
