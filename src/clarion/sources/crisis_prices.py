"""World market prices of staples by month in the food crises of 2007-08 and 2010-11; rice and soya also since 2019."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="crisis-prices",
    title="Monthly prices of six staples in earlier food crises",
    publisher="World Bank",
    url="https://www.worldbank.org/en/research/commodity-markets",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    cadence="monthly",
    tables=("prices",),
    rows=(500, 510),
    file_format="CSV: month,commodity,usd_per_tonne",
    release="Pink Sheet, edition of April 2023",
    embedded="crisis_prices.csv",
    notes="July 2006 to January 2012; rice and soya beans also 2019 to March 2023. Wheat is US hard red winter.",
)
def crisis_prices(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """World Bank commodity price data (the Pink Sheet), six series."""
    from clarion.sources.embedded import price_rows

    return {"prices": price_rows(raw.path)}
