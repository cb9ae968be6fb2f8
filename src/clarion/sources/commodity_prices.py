"""World market prices of four staples by month, 2018 to 2024."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="commodity-prices",
    title="Monthly prices of wheat, maize, sunflower oil and palm oil, 2018-2024",
    publisher="World Bank",
    url="https://www.worldbank.org/en/research/commodity-markets",
    licence="CC BY 4.0",
    cadence="monthly",
    tables=("prices",),
    rows=(330, 340),
    file_format="CSV: month,commodity,usd_per_tonne",
    release="Pink Sheet, 2018-2024",
    embedded="commodity_prices_monthly.csv",
)
def commodity_prices(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """World Bank commodity price data (the Pink Sheet), four series."""
    from clarion.sources.embedded import price_rows

    return {"prices": price_rows(raw.path)}
