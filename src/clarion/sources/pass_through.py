"""How much of a change of world food prices reached prices at home, as studies found it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="pass-through",
    title="Pass-through of world food prices to prices at home",
    publisher="Studies named row by row",
    url="https://hdl.handle.net/10986/12021",
    licence="Facts, with the source of each row",
    cadence="once",
    tables=("pass_through",),
    rows=(15, 20),
    file_format="CSV: iso3_or_region,commodity,from_price,to_price,estimate,unit,horizon,period,source,source_url,note",
    release="2008-2017, by study",
    embedded="pass_through.csv",
    notes="Figures of abstracts; tables by country of the same studies are not among them.",
)
def pass_through(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """One estimate a row; ``0.13-0.16`` is a range, ``>=0.30`` a least value."""
    import polars as pl

    from clarion.sources.embedded import read_facts
    from clarion.sources.formats.fault import Faults

    figure = pl.col("estimate").str.extract_groups(
        r"^(?<least>>=)?(?<low>-?\d+(?:\.\d+)?)(?:-(?<high>\d+(?:\.\d+)?))?$"
    )
    facts = read_facts(raw.path).with_columns(figure.alias("figure")).unnest("figure")
    Faults(raw.path).rows(facts.filter(pl.col("low").is_null()), "estimate", "is not a figure")
    low = pl.col("low").cast(pl.Float64)
    frame = facts.select(
        pl.col("iso3_or_region").alias("place"),
        "commodity",
        "from_price",
        "to_price",
        low.alias("low"),
        pl.when(pl.col("least").is_null()).then(pl.col("high").cast(pl.Float64).fill_null(low)).alias("high"),
        "unit",
        "horizon",
        "period",
        "source",
        pl.col("source_url").alias("url"),
        "note",
        pl.col("source_row").cast(pl.Int64),
    )
    return {"pass_through": frame}
