"""USDA's production, supply and distribution: stocks, and balances by marketing year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl

COLUMNS = (
    "Commodity_Code", "Commodity_Description", "Country_Code", "Country_Name", "Market_Year", "Calendar_Year",
    "Month", "Attribute_ID", "Attribute_Description", "Unit_ID", "Unit_Description", "Value",
)  # fmt: skip
READ = (
    "Commodity_Code", "Country_Code", "Market_Year", "Attribute_ID", "Attribute_Description", "Unit_Description",
    "Value",
)  # fmt: skip
# attribute: our name, USDA's label (small letters)
ATTRIBUTES = {
    "028": ("production", "production"),
    "057": ("imports", "imports"),
    "088": ("exports", "exports"),
    "020": ("beginning_stocks", "beginning stocks"),
    "125": ("domestic_supply", "domestic consumption"),
    "130": ("feed", "feed dom. consumption"),
    "176": ("ending_stocks", "ending stocks"),
}
UNIT = "(1000 MT)"


@source(
    id="usda-psd",
    title="Production, supply and distribution",
    publisher="USDA Foreign Agricultural Service",
    url="https://apps.fas.usda.gov/psdonline/",
    licence="Public domain (United States government)",
    cadence="monthly",
    tables=("stocks", "food_balance"),
    rows=(100_000, 1_500_000),
    file_format="zip of one CSV: commodity, country, market year, attribute, unit, value",
    download="https://apps.fas.usda.gov/psdonline/downloads/psd_alldata_csv.zip",
    file_name="psd_alldata_csv.zip",
    notes="Years are marketing years (2021 is 2021/22) and differ by country and crop. Stocks of the European Union "
    "as a block are split among its members by their production of 2019-2021; its other figures are left out. "
    "Domestic consumption stands under domestic_supply.",
)
def usda_psd(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """Ending stocks, and seven attributes of the balance, in tonnes."""
    import polars as pl

    from clarion.sources.formats.archive import open_csv
    from clarion.sources.formats.areas import historic_rows, to_iso3
    from clarion.sources.formats.psd_codes import EU, psd_area
    from clarion.tables.csvfile import read_batches, read_header
    from clarion.vocab import COMMODITIES

    items = {c.psd: c.id for c in COMMODITIES.values() if c.psd}
    parts = []
    with open_csv(raw.path, lambda n: n.lower().endswith(".csv"), "a PSD table") as (stream, faults):
        header = read_header(stream, faults)
        faults.columns(header, COLUMNS)
        for batch in read_batches(stream, header, READ, faults):
            rows = batch.with_columns(
                pl.col("Commodity_Code").str.zfill(7), pl.col("Attribute_ID").str.zfill(3)
            ).filter(pl.col("Commodity_Code").is_in(list(items)))
            raw.count("other commodities", batch.height - rows.height)
            others = rows.filter(~pl.col("Attribute_ID").is_in(list(ATTRIBUTES)))
            raw.count("other attributes", others.height)
            rows = rows.filter(pl.col("Attribute_ID").is_in(list(ATTRIBUTES)))
            for code, (_, label) in ATTRIBUTES.items():
                renamed = rows.filter(
                    (pl.col("Attribute_ID") == code) & (pl.col("Attribute_Description").str.to_lowercase() != label)
                )
                faults.rows(renamed, "Attribute_Description", f"was expected to be {label!r} ({code})")
            wrong = rows.filter(pl.col("Unit_Description").str.strip_chars() != UNIT)
            faults.rows(wrong, "Unit_Description", f"was expected to be {UNIT}")
            faults.years(rows, "Market_Year")
            rows = faults.numbers(rows, "Value")
            raw.count("no value given", rows["Value"].null_count())
            rows = rows.filter(pl.col("Value").is_not_null())
            parts.append(to_iso3(rows, ("Country_Code",), "iso3", psd_area, raw, faults))
        found = pl.concat(parts)
        faults.twins(found, ("Commodity_Code", "iso3", "Market_Year", "Attribute_ID"))
    historic_rows(found, ("iso3",), raw)
    rows = found.select(
        pl.col("Commodity_Code").replace_strict(items, return_dtype=pl.String).alias("item"),
        "iso3",
        pl.col("Market_Year").alias("period"),
        pl.col("Attribute_ID")
        .replace_strict({k: v[0] for k, v in ATTRIBUTES.items()}, return_dtype=pl.String)
        .alias("element"),
        (pl.col("Value") * 1000).alias("value"),
        "source_row",
    )
    block = pl.col("iso3") == EU
    raw.count(
        "figures of the European Union as one block, other than stocks",
        rows.filter(block & (pl.col("element") != "ending_stocks")).height,
    )
    ending = rows.filter(pl.col("element") == "ending_stocks").rename({"value": "tonnes"}).drop("element")
    balance = rows.filter(~block).with_columns(pl.lit("t").alias("unit"))
    return {"stocks": _split_union(ending, raw), "food_balance": balance}


def _split_union(ending: pl.DataFrame, raw: Raw) -> pl.DataFrame:
    """The Union's stock, shared among its members in proportion to their production (embedded FAOSTAT means).

    A commodity whose production is not among the embedded facts cannot be shared out, and is counted. Members that
    PSD lists by themselves in the same year keep their own row.
    """
    import polars as pl

    from clarion.sources.formats.psd_codes import EU, EU_MEMBERS
    from clarion.sources.warehouse import embedded

    columns = ["item", "iso3", "period", "tonnes", "source_row"]
    union, own = ending.filter(pl.col("iso3") == EU), ending.filter(pl.col("iso3") != EU)
    production = embedded("production", "staple-production").frame.filter(pl.col("iso3").is_in(EU_MEMBERS))
    shares = production.select("item", "iso3", (pl.col("tonnes") / pl.col("tonnes").sum().over("item")).alias("share"))
    known = union.join(shares.select("item").unique(), on="item")
    raw.count("European Union stocks without production to share them by", union.height - known.height)
    raw.count("European Union stocks, shared among its members by production", known.height)
    parts = known.drop("iso3").join(shares.filter(pl.col("share") > 0), on="item")
    parts = parts.join(own, on=["item", "iso3", "period"], how="anti").with_columns(pl.col("tonnes") * pl.col("share"))
    return pl.concat([own.select(columns), parts.select(columns)]).sort("item", "period", "iso3")
