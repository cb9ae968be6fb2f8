"""Months of planting and harvest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl

# The file names crops; the house names what is traded of them.
ITEMS = {
    "wheat": "wheat", "maize": "maize", "rice": "rice", "barley": "barley", "soya": "soya",
    "sunflower": "sunflower-oil",
}  # fmt: skip


@source(
    id="crop-calendar",
    title="Months of planting and harvest",
    publisher="Center for Sustainability and the Global Environment, University of Wisconsin-Madison",
    url="https://doi.org/10.1111/j.1466-8238.2010.00551.x",
    licence="Academic use with citation (Sacks et al. 2010); no open licence found",
    cadence="once",
    tables=("crop_calendar",),
    rows=(680, 720),
    file_format="CSV: iso3,crop,season,plant_start_month, ... ,harvest_end_month,source,level,region, ... ,notes",
    release="1980s-2000s",
    embedded="crop_calendar.csv",
    notes="Observations of the 1980s to 2000s. Large countries are given by province. A window may wrap the year's end.",
)
def crop_calendar(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """Sacks et al. 2010, Global Ecology and Biogeography 19, 607-620."""
    import polars as pl

    from clarion.sources.embedded import read_facts

    months = ("plant_start_month", "plant_end_month", "harvest_start_month", "harvest_end_month")
    frame = read_facts(raw.path).select(
        pl.col("crop").replace_strict(ITEMS).alias("item"),
        "iso3",
        "region",
        "season",
        pl.col("original_crop_name").alias("crop_name"),
        *(pl.col(name).cast(pl.Int64) for name in months),
        "level",
        "source",
        pl.col("source_row").cast(pl.Int64),
    )
    once = frame.unique([name for name in frame.columns if name != "source_row"], keep="first", maintain_order=True)
    raw.count("windows given twice", frame.height - once.height)
    return {"crop_calendar": once}
