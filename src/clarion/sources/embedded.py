"""Shared by the sources that ship with the package: where their files lie, and how a row keeps its line number."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def facts_path(name: str) -> Path:
    """The path of a shipped file of ``sources/facts``."""
    return Path(str(files("clarion.sources").joinpath("facts", name)))


def read_facts(path: Path) -> pl.DataFrame:
    """Read a shipped CSV as text, with ``source_row``: the line in the file, the header being line 1."""
    import polars as pl

    return pl.read_csv(path, infer_schema=False).with_row_index("source_row", offset=2)


def commodity_ids() -> dict[str, str]:
    """The fact tables' item names, to commodity ids."""
    from clarion.vocab import COMMODITIES

    return {c.facts_name: c.id for c in COMMODITIES.values() if c.facts_name}


def indicator_rows(path: Path, value: pl.Expr | None = None, note: pl.Expr | None = None) -> pl.DataFrame:
    """A shipped file of one figure a row, as an ``indicators`` table; ``value`` and ``note`` replace the defaults."""
    import polars as pl

    return read_facts(path).select(
        "iso3",
        "indicator",
        value if value is not None else pl.col("value").cast(pl.Float64),
        "unit",
        pl.col("year").alias("period"),
        "source",
        (note if note is not None else pl.lit(None, pl.String)).alias("note"),
        pl.col("source_row").cast(pl.Int64),
    )


def price_rows(path: Path) -> pl.DataFrame:
    """A shipped file of month, commodity and dollars a tonne, as a ``prices`` table."""
    import polars as pl

    return read_facts(path).select(
        pl.col("commodity").alias("series"),
        "month",
        pl.col("usd_per_tonne").cast(pl.Float64),
        pl.col("source_row").cast(pl.Int64),
    )
