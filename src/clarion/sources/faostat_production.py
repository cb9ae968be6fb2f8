"""FAOSTAT's production of crops and livestock products."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="faostat-production",
    title="Production of crops and livestock products",
    publisher="FAO",
    url="https://www.fao.org/faostat/en/#data/QCL",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    cadence="yearly",
    tables=("production",),
    rows=(20_000, 200_000),
    file_format="zip of one CSV, normalised: area, item, element, year, unit, value, with codes",
    download="https://bulks-faostat.fao.org/production/Production_Crops_Livestock_E_All_Data_(Normalized).zip",
    file_name="Production_Crops_Livestock_E_All_Data_(Normalized).zip",
    notes="Only element 5510 (production): the file also holds areas and yields. Rice is turned from paddy into "
    "milled rice with FAO's rate of 0.667.",
)
def faostat_production(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """Production (5510) in tonnes a year."""
    import polars as pl

    from clarion.sources.formats.faostat import TONNES, Element, by_area
    from clarion.vocab import COMMODITIES

    items = {str(code): (c.id, f) for c in COMMODITIES.values() for code, f in c.fao_crops or c.fao_items}
    elements = {"5510": Element("production", "production", TONNES)}
    rows = by_area(raw, "Item Code (CPC)", items, elements)
    factor = pl.col("Item Code").replace_strict({k: v[1] for k, v in items.items()}, return_dtype=pl.Float64)
    frame = rows.select(
        pl.col("Item Code").replace_strict({k: v[0] for k, v in items.items()}, return_dtype=pl.String).alias("item"),
        "iso3",
        pl.col("Year").alias("period"),
        (pl.col("Value") * factor).alias("tonnes"),
        "source_row",
    )
    return {"production": frame}
