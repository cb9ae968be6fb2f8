"""Who restricted which food and fertiliser exports, from when to when, in the food crises since 2007."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl

# Products of the list that are commodities of the house; the others keep their name alone.
ITEMS = {
    "wheat": "wheat", "maize": "maize", "barley": "barley", "rice": "rice", "soybeans": "soya",
    "sunflower oil": "sunflower-oil", "palm oil": "palm-oil",
}  # fmt: skip


@source(
    id="export-restrictions",
    title="Bans, quotas, licences and taxes on exports of food and fertiliser since 2007",
    publisher="Compiled from FAO, OECD, IFPRI and press reports, named row by row",
    url="https://www.foodsecurityportal.org/tools/COVID-19-food-trade-policy-tracker",
    licence="Facts, with the source of each row",
    cadence="irregular",
    tables=("restrictions",),
    rows=(300, 330),
    file_format="CSV: iso3,product,hs_hint,measure,detail,start_date,end_date,window,source,source_url,confidence",
    release="2007-08, 2010-11, 2020-21, 2022-23",
    embedded="export_restrictions.csv",
    notes="Not complete. A blank date was not found; a blank end may hide a long measure.",
)
def export_restrictions(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """One measure on one product a row."""
    import polars as pl

    from clarion.sources.embedded import read_facts
    from clarion.sources.formats.fault import Faults

    day = r"^\d{4}-\d{2}(-\d{2})?$"
    facts = read_facts(raw.path)
    faults = Faults(raw.path)
    for column in ("start_date", "end_date"):
        faults.rows(facts.filter(~pl.col(column).str.contains(day)), column, "is not a day or month")
    raw.count("measures without a known start", facts["start_date"].null_count())
    raw.count("measures without a known end", facts["end_date"].null_count())
    frame = facts.select(
        "iso3",
        "product",
        pl.col("product").replace_strict(ITEMS, default=None, return_dtype=pl.String).alias("item"),
        "measure",
        "detail",
        pl.col("start_date").alias("start"),
        pl.col("end_date").alias("end"),
        pl.col("window").alias("episode"),
        "source",
        pl.col("source_url").alias("url"),
        "confidence",
        pl.col("source_row").cast(pl.Int64),
    )
    return {"restrictions": frame}
