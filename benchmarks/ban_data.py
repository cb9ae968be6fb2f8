"""Evaluation data of the benchmark of export bans: harvests, exports by year, and traded calories of all foods."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import polars as pl
from scipy.io import mmread

from clarion.sources.formats.areas import fao_area
from clarion.sources.warehouse import LoadedTable
from clarion.vocab import COMMODITIES, Provenance

IDS = {c.facts_name: c.id for c in COMMODITIES.values() if c.facts_name}
# Kilocalories a kilogram: FAO food composition (supply utilization accounts), rounded; flour, cakes and feed left out.
KCAL = {
    "Wheat and products": 3270, "Maize and products": 3480, "Rice (Milled Equivalent)": 3490,
    "Barley and products": 2820,
    "Sorghum and products": 3300, "Oats": 3850, "Rye and products": 3190, "Millet and products": 3400,
    "Soyabeans": 4060, "Rape and Mustardseed": 4940, "Sunflower seed": 4620, "Groundnuts (Shelled Eq)": 5670,
    "Palm Oil": 8980, "Soyabean Oil": 8840, "Sunflowerseed Oil": 9000, "Rape and Mustard Oil": 8840,
    "Palmkernel Oil": 8840, "Coconut Oil": 8840, "Olive Oil": 8840, "Cottonseed Oil": 8840, "Groundnut Oil": 8840,
    "Maize Germ Oil": 8840, "Oilcrops Oil": 8840, "Sugar": 3870, "Sweeteners": 3100, "Pulses": 3420, "Peas": 3460,
    "Beans": 3410, "Cassava and products": 1090, "Potatoes and products": 670, "Bananas": 600, "Oranges": 340,
    "Apples and products": 480, "Fruits": 450, "Vegetables": 220, "Tomatoes and products": 170, "Onions": 310,
    "Milk - Excluding Butter": 610, "Butter": 7170, "Bovine Meat": 1500, "Pigmeat": 2200, "Poultry Meat": 1220,
    "Eggs": 1390, "Fish": 700, "Fats": 8000, "Nuts and products": 5000, "Cocoa Beans and products": 4140,
    "Beer": 490, "Wine": 680, "Pineapples and products": 260, "Dates": 1560, "Sesame seed": 5730,
}  # fmt: skip
# Products of the list, to the foods of the two balances below.
FOODS = {
    "wheat": ("Wheat and products",), "maize": ("Maize and products",), "barley": ("Barley and products",),
    "rice": ("Rice (Milled Equivalent)",), "soybeans": ("Soyabeans",), "sunflower oil": ("Sunflowerseed Oil",),
    "sunflower seed": ("Sunflower seed",), "palm oil": ("Palm Oil",), "soybean oil": ("Soyabean Oil",),
    "rapeseed": ("Rape and Mustardseed",), "olive oil": ("Olive Oil",),
    "other edible oil": ("Soyabean Oil", "Sunflowerseed Oil", "Rape and Mustard Oil", "Palm Oil", "Maize Germ Oil"),
}  # fmt: skip
Exports = dict[tuple[str, str], float]
"""Food and exporter to kcal a year."""


def table(name: str, frame: pl.DataFrame, source: str) -> LoadedTable:
    return LoadedTable(name, source, frame, Provenance(source, "evaluation", name))


def harvests(data: Path) -> pl.DataFrame:
    """Production by single year, 2005 to 2022: the trade pack's years, and FAO's production file for 2010 to 2012."""
    flat = pl.read_csv(data / "spillover/fao_production.csv.gz", infer_schema_length=None).select(
        pl.col("item").replace_strict(IDS), "iso3", pl.col("year").cast(pl.String).alias("period"), "tonnes"
    )
    wide = pl.read_csv(data / "spillover/gcamfaostat/ProdPrice_2010_2022.csv.gz", infer_schema_length=None)
    names = {"Wheat": "wheat", "Maize (corn)": "maize", "Rice": "rice", "Soya beans": "soya"}
    more = (
        wide.filter((pl.col("element") == "Production") & pl.col("item").is_in(list(names)))
        .with_columns(pl.col("area_code").cast(pl.String).map_elements(_iso3, pl.String).alias("iso3"))
        .drop_nulls("iso3")
        .unpivot(on=["2010", "2011", "2012"], index=["item", "iso3"], variable_name="period", value_name="tonnes")
        .with_columns(pl.col("item").replace_strict(names), pl.col("tonnes").cast(pl.Float64))
        .filter(pl.col("tonnes") > 0)
    )
    return pl.concat([flat, more.select(flat.columns)])


def exports(data: Path) -> dict[tuple[int, str, str], float]:
    """Year, item and exporter to tonnes, as exporters reported."""
    frame = pl.read_csv(data / "spillover/fao_bilateral_trade.csv.gz", infer_schema_length=None)
    frame = frame.filter(pl.col("exporter_iso3") != pl.col("importer_iso3"))
    sums = frame.group_by("year", "item", "exporter_iso3").agg(pl.col("tonnes").sum())
    return {(year, IDS[item], iso3): tonnes for year, item, iso3, tonnes in sums.iter_rows()}


def fabio_2013(data: Path) -> Exports:
    """Exports of 2013 by food, from the inputs of Laber et al. 2023 (FABIO): supply times the share exported."""
    folder = data / "spillover/laber2023_input_fabio2013"
    foods = [row[0] for row in csv.reader((folder / "item-index.csv").open(encoding="utf-8"))]
    areas = [row[0] for row in csv.reader((folder / "country-index.csv").open(encoding="utf-8"))]
    codes = {r["area"]: r["code"] for r in csv.DictReader((folder / "country-information.csv").open(encoding="utf-8"))}
    supply, share = (_vector(folder / f"sparse_{name}.mtx.gz") for name in ("x0", "eta_exp"))
    tonnes = (supply * share).reshape(len(areas), len(foods))
    return {
        (food, codes[area]): float(tonnes[i, j]) * 1000 * KCAL[food]
        for j, food in enumerate(foods) if food in KCAL for i, area in enumerate(areas)
    }  # fmt: skip


def balances(data: Path, years: tuple[str, ...]) -> Exports:
    """Mean exports of ``years`` by food, from FAO's food balances of 2000 to 2009."""
    names = {"Rice and products": "Rice (Milled Equivalent)", "Sunflowerseed Oil": "Sunflowerseed Oil",
             "Sugar (Raw Equivalent)": "Sugar"}  # fmt: skip
    out: Exports = {}
    with gzip.open(data / "spillover/gcamfaostat/FBSH_CB_2000_2009_staples.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            food, iso3 = names.get(row["item"], row["item"]), _iso3(row["area_code"])
            if row["element"] != "Export" or food not in KCAL or iso3 is None:
                continue
            found = [float(row[y]) for y in years if row[y]]
            milled = 0.667 if food.startswith("Rice") else 1.0
            if found:
                out[food, iso3] = float(np.mean(found)) * 1e6 * milled * KCAL[food]
    return out


def _vector(path: Path) -> np.ndarray:
    with gzip.open(path) as file:
        return mmread(file).toarray().ravel()


def _iso3(code: str) -> str | None:
    return fao_area(str(code), "")[0] or None
