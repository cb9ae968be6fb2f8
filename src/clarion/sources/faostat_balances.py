"""FAOSTAT's food balances: what each country makes, moves, keeps and eats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl

# code: our name, FAO's label (small letters), may be negative
QUANTITIES = {
    "5511": ("production", "production", False),
    "5611": ("imports", "import quantity", False),
    "5911": ("exports", "export quantity", False),
    "5072": ("stock_variation", "stock variation", True),
    "5301": ("domestic_supply", "domestic supply quantity", True),
    "5521": ("feed", "feed", False),
    "5527": ("seed", "seed", False),
    "5123": ("losses", "losses", False),
    "5131": ("processing", "processing", False),
    "5154": ("other_uses", "other uses (non-food)", False),
    "5142": ("food", "food", False),
    "5171": ("tourist", "tourist consumption", True),
    "5170": ("residuals", "residuals", True),
}
UNITS = {"kg_per_person_year": "kg/person/year", "kcal_per_person_day": "kcal/person/day"}


@source(
    id="faostat-balances",
    title="Food balances, 2010 and after",
    publisher="FAO",
    url="https://www.fao.org/faostat/en/#data/FBS",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    cadence="yearly",
    tables=("food_balance",),
    rows=(60_000, 600_000),
    file_format="zip of one CSV, normalised: area, item, element, year, unit, value, with codes",
    download="https://bulks-faostat.fao.org/production/FoodBalanceSheets_E_All_Data_(Normalized).zip",
    file_name="FoodBalanceSheets_E_All_Data_(Normalized).zip",
    notes="Quantities are in tonnes of the primary product. A positive stock variation is a build-up, the reverse of "
    "the balances before 2010. Rice is turned from paddy into milled rice with FAO's rate of 0.667.",
)
def faostat_balances(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """Thirteen quantities in tonnes, food in kg and kcal per person."""
    import polars as pl

    from clarion.sources.formats.faostat import THOUSAND_TONNES, Element, by_area
    from clarion.vocab import COMMODITIES

    kg = frozenset({"kg", "kg/cap", "kg/capita/yr"})
    kcal = frozenset({"kcal/cap/d", "kcal/capita/day"})
    elements = {c: Element(n, label, THOUSAND_TONNES, 1000.0, s) for c, (n, label, s) in QUANTITIES.items()} | {
        "645": Element("kg_per_person_year", "food supply quantity (kg/capita/yr)", kg),
        "664": Element("kcal_per_person_day", "food supply (kcal/capita/day)", kcal),
    }
    items = {str(c.fao_balance): c for c in COMMODITIES.values() if c.fao_balance}
    rows = by_area(raw, "Item Code (FBS)", items, elements)
    milled = pl.col("Item Code").replace_strict(
        {k: c.fao_balance_factor for k, c in items.items()}, return_dtype=pl.Float64
    )
    factor = pl.col("Element Code").replace_strict({k: e.factor for k, e in elements.items()}, return_dtype=pl.Float64)
    energy = pl.col("element") == "kcal_per_person_day"
    frame = rows.select(
        pl.col("Item Code").replace_strict({k: c.id for k, c in items.items()}, return_dtype=pl.String).alias("item"),
        "iso3",
        pl.col("Year").alias("period"),
        "element",
        (pl.col("Value") * factor * pl.when(energy).then(1.0).otherwise(milled)).alias("value"),
        pl.col("element").replace_strict(UNITS, default="t").alias("unit"),
        "source_row",
    )
    return {"food_balance": frame}
