"""FAOSTAT's detailed trade matrix: who sends what to whom, as each side reported it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl

COLUMNS = (
    "Reporter Country Code", "Reporter Country Code (M49)", "Reporter Countries", "Partner Country Code",
    "Partner Country Code (M49)", "Partner Countries", "Item Code", "Item Code (CPC)", "Item", "Element Code",
    "Element", "Year Code", "Year", "Unit", "Value",
)  # fmt: skip
READ = (
    "Reporter Country Code", "Reporter Country Code (M49)", "Partner Country Code", "Partner Country Code (M49)",
    "Item Code", "Element Code", "Element", "Year", "Unit", "Value",
)  # fmt: skip
TWIN_KEY = ("Item Code", "reporter", "partner", "Element Code", "Year")


@source(
    id="faostat-trade",
    title="Detailed trade matrix",
    publisher="FAO",
    url="https://www.fao.org/faostat/en/#data/TM",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    cadence="yearly",
    tables=("trade_flows",),
    rows=(300_000, 6_000_000),
    file_format="zip of one CSV, normalised: reporter, partner, item, element, year, unit, value, with codes",
    download="https://bulks-faostat.fao.org/production/Trade_DetailedTradeMatrix_E_All_Data_(Normalized).zip",
    file_name="Trade_DetailedTradeMatrix_E_All_Data_(Normalized).zip",
    notes="Both sides' reports are kept apart. Wheat flour is counted as wheat; rice is in milled equivalent. The "
    "latest year is incomplete; Russia has not published its customs data since 2022.",
)
def faostat_trade(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """Quantities (5610, 5910) in tonnes and values (5622, 5922) in dollars; flour is added to wheat.

    The file is read in batches, so that memory holds the commodities asked for and no more.
    """
    import polars as pl

    from clarion.sources.formats.areas import fao_area, historic_rows, to_iso3
    from clarion.sources.formats.faostat import TONNES, Element, normalised, select
    from clarion.vocab import COMMODITIES

    dollars = frozenset({"1000 USD", "1000 US$"})
    elements = {
        "5610": Element("imports", "import quantity", TONNES),
        "5910": Element("exports", "export quantity", TONNES),
        "5622": Element("import_value", "import value", dollars),
        "5922": Element("export_value", "export value", dollars),
    }
    items = {str(code): (c.id, factor) for c in COMMODITIES.values() for code, factor in c.fao_items}
    parts = []
    with normalised(raw, COLUMNS, READ) as (batches, faults):
        for batch in batches:
            rows = select(batch, items, elements, raw, faults)
            for side, name in (("Reporter", "reporter"), ("Partner", "partner")):
                codes = (f"{side} Country Code", f"{side} Country Code (M49)")
                rows = to_iso3(rows, codes, name, fao_area, raw, faults)
            own = pl.col("reporter") == pl.col("partner")
            raw.count("trade of a country with itself", rows.filter(own).height)
            parts.append(rows.filter(~own).select(_compact()))
        rows = pl.concat(parts)
        faults.twins(rows, TWIN_KEY)
    historic_rows(rows, ("reporter", "partner"), raw)
    return {"trade_flows": _flows(rows, items, raw)}


def _compact() -> list[pl.Expr]:
    """The columns worth keeping, as numbers: text would hold on to the whole batch that it was cut from."""
    import polars as pl

    from clarion.vocab import places

    area = pl.Enum(list(places()))
    return [
        *(pl.col(name).cast(pl.Int32) for name in ("Item Code", "Element Code", "Year")),
        *(pl.col(name).cast(area) for name in ("reporter", "partner")),
        pl.col("Value"),
        pl.col("source_row"),
    ]


def _flows(rows: pl.DataFrame, items: Mapping[str, tuple[str, float]], raw: Raw) -> pl.DataFrame:
    import polars as pl

    from clarion.sources.formats.flows import sum_flows
    from clarion.vocab import COMMODITIES

    exporter = pl.col("Element Code").is_in([5910, 5922])
    quantity = pl.col("Element Code").is_in([5610, 5910])
    factor = pl.col("Item Code").replace_strict({int(k): v[1] for k, v in items.items()}, return_dtype=pl.Float64)
    names = {int(k): v[0] for k, v in items.items()}
    side = pl.Enum(["exporter", "importer"])
    single = rows.select(
        pl.col("Item Code").replace_strict(names, return_dtype=pl.Enum(list(COMMODITIES))).alias("item"),
        pl.when(exporter).then("reporter").otherwise("partner").alias("exporter_iso3"),
        pl.when(exporter).then("partner").otherwise("reporter").alias("importer_iso3"),
        pl.col("Year").alias("period"),
        pl.when(exporter).then(pl.lit("exporter", side)).otherwise(pl.lit("importer", side)).alias("reported_by"),
        pl.when(quantity).then(pl.col("Value") * factor).alias("tonnes"),
        pl.when(~quantity).then(pl.col("Value") * 1000).alias("usd"),
        "source_row",
    )
    return sum_flows(single, raw)
