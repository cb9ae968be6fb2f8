"""UN Comtrade again: fertiliser and fuels, a question of its own, for one answer holds 100,000 records at most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source
from clarion.sources.comtrade import asking_for

if TYPE_CHECKING:
    import polars as pl


@source(
    id="comtrade-inputs",
    title="UN Comtrade, fertiliser and fuels by year",
    publisher="United Nations Statistics Division",
    url="https://comtradeplus.un.org/",
    licence="UN Comtrade terms: free use with citation, bulk redistribution restricted",
    licence_url="https://uncomtrade.org/docs/policy-on-use-and-re-dissemination/",
    cadence="continuous, by reporter",
    tables=("trade_flows",),
    rows=(1_000, 300_000),
    file_format="API JSON (C/A/HS): a list of records under data",
    needs_key="CLARION_COMTRADE_KEY",
    download=asking_for("fertiliser", "fuel"),
    file_name="comtrade_inputs.json",
    notes="Fertiliser is counted in tonnes of nutrient, by the usual grade of each product; mixtures without a usual "
    "grade are left out. Gas by pipe is often reported by value or in cubic metres only.",
)
def comtrade_inputs(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """Imports (M) and exports (X) in tonnes and dollars, read as the foods are."""
    from clarion.sources.comtrade import comtrade as foods

    return foods.load(raw)
