"""Every table of the house, by name. ``source_row`` is the line in the source file (header is line 1)."""

from __future__ import annotations

from clarion.errors import UnknownName
from clarion.tables.contract import Column, Table
from clarion.tables.listed import listed_tables

_ITEM = Column("item", "commodity", "Commodity, such as wheat.")
_ISO3 = Column("iso3", "iso3", "Country or territory, ISO 3166 alpha-3.")
_PERIOD = Column("period", "period", "Year, or first and last year of a mean, such as 2019-2021.")
_ROW = Column("source_row", "integer", "Line of the source file that the row came from.", low=1, required=False)
# More than the whole world grows, holds or pays in a year: such a figure is in another unit, or a slip.
_MOST_TONNES, _MOST_USD, _MOST_A_TONNE = 1e10, 1e13, 1e7
_TONNES = Column("tonnes", "number", "Mass a year.", unit="t/year", low=0, high=_MOST_TONNES)


def _tables() -> tuple[Table, ...]:
    return (
        Table(
            "trade_flows",
            "Bilateral trade a year, as the exporter or the importer reported it.",
            (
                _ITEM,
                Column("exporter_iso3", "iso3", "Exporter, ISO 3166 alpha-3."),
                Column("importer_iso3", "iso3", "Importer, ISO 3166 alpha-3."),
                _PERIOD,
                Column("reported_by", "text", "Side that reported the flow.",
                       choices=("exporter", "importer", "reconciled")),
                Column("tonnes", "number", "Mass a year.", unit="t/year", low=0, high=_MOST_TONNES, required=False),
                Column("usd", "number", "Value a year.", unit="USD/year", low=0, high=_MOST_USD, required=False),
                _ROW,
                Column("more_rows", "text", "Further lines that went into it, such as those of its value or of flour.",
                       required=False),
            ),
            ("item", "exporter_iso3", "importer_iso3", "period", "reported_by"),
        ),
        Table("production", "Production a year.", (_ITEM, _ISO3, _PERIOD, _TONNES, _ROW), ("item", "iso3", "period")),
        Table("stocks", "Ending stocks.", (_ITEM, _ISO3, _PERIOD, Column("tonnes", "number", "Stock.", unit="t", low=0,
              high=_MOST_TONNES), _ROW), ("item", "iso3", "period")),
        Table(
            "food_balance",
            "Food balance: what a country makes, moves, keeps and eats.",
            (
                _ITEM, _ISO3, _PERIOD,
                Column("element", "text", "Part of the balance.", choices=(
                    "production", "imports", "exports", "stock_variation", "domestic_supply", "feed", "seed", "losses",
                    "processing", "other_uses", "food", "tourist", "residuals", "kg_per_person_year",
                    "kcal_per_person_day", "population", "beginning_stocks", "ending_stocks")),
                Column("value", "number", "Amount in the unit beside it."),
                Column("unit", "text", "Unit.", choices=("t", "kg/person/year", "kcal/person/day", "persons")),
                _ROW,
            ),
            ("item", "iso3", "period", "element"),
        ),
        Table(
            "indicators",
            "Figures about a country, one a row, each with its own unit, year and source.",
            (
                _ISO3,
                Column("indicator", "text", "Name of the figure."),
                Column("value", "number", "Figure in the unit beside it."),
                Column("unit", "text", "Unit."),
                Column("period", "text", "Year or years that it speaks of, as the source gives them."),
                Column("source", "text", "Publisher and release, row by row."),
                Column("note", "text", "What the source warns of, such as MODELLED.", required=False),
                _ROW,
            ),
            ("iso3", "indicator", "period", "source"),
            spread=True,
        ),
        Table(
            "remittances",
            "Money that migrants send, between two countries.",
            (
                Column("sender_iso3", "iso3", "Country the money comes from."),
                Column("receiver_iso3", "iso3", "Country the money goes to."),
                _PERIOD,
                Column("usd", "number", "Amount a year.", unit="USD/year", low=0, high=_MOST_USD),
                _ROW,
            ),
            ("sender_iso3", "receiver_iso3", "period"),
        ),
        Table(
            "prices",
            "World market price of a commodity in a month.",
            (
                Column("series", "text", "Commodity and grade as the source names it."),
                Column("month", "month", "Month, such as 2022-03."),
                Column("usd_per_tonne", "number", "Price.", unit="USD/t", low=0, high=_MOST_A_TONNE),
                _ROW,
            ),
            ("series", "month"),
        ),
        Table(
            "restrictions",
            "Bans, quotas, licences, taxes and minimum prices on exports. An empty date is not known.",
            (
                _ISO3,
                Column("product", "text", "Product as the source names it, such as wheat flour."),
                Column("item", "commodity", "Commodity of the house, where the product is one.", required=False),
                Column("measure", "text", "Kind of measure.",
                       choices=("ban", "quota", "licence", "tax", "minimum_price")),
                Column("detail", "text", "What is covered, for whom, and what the source leaves open.", required=False),
                Column("start", "text", "First day or month, such as 2022-03-15 or 2022-03.", required=False),
                Column("end", "text", "Last day or month.", required=False),
                Column("episode", "text", "Food crisis that it belongs to.",
                       choices=("2007-08", "2010-11", "2020", "2021", "2022-23")),
                Column("source", "text", "Who reported it."),
                Column("url", "text", "Where.", required=False),
                Column("confidence", "text", "How sure.", choices=("high", "medium", "low")),
                _ROW,
            ),
            ("iso3", "product", "measure", "start", "detail", "episode"),
        ),
        Table(
            "restriction_totals",
            "Published totals of export restrictions, to compare with.",
            (
                Column("date", "text", "Day, month, year or years that the figure speaks of."),
                Column("metric", "text", "What is counted."),
                Column("value", "number", "Figure in the unit beside it."),
                Column("unit", "text", "Unit."),
                Column("source", "text", "Who published it."),
                Column("url", "text", "Where."),
                _ROW,
            ),
            ("date", "metric", "source"),
        ),
        Table(
            "stock_reports",
            "Ending stocks and use of a marketing year, as one report had them.",
            (
                Column("item", "commodity", "Commodity."),
                Column("area", "text", "Country code, EU27, EU27_GBR, WLD (the world), or WLD_xCHN (without China)."),
                Column("marketing_year", "text", "Marketing year, such as 2021/22."),
                Column("report", "text", "Day or month of the report, such as 2022-04-08."),
                Column("status", "text", "What the report calls the figure.",
                       choices=("actual", "estimate", "projection")),
                Column("ending_stocks", "number", "Stocks at the end of the year.", unit="t", low=0, high=_MOST_TONNES),
                Column("use", "number", "Use within the year.", unit="t", required=False, low=0, high=_MOST_TONNES),
                Column("exports", "number", "Exports of the year.", unit="t", required=False, low=0,
                       high=_MOST_TONNES),
                _ROW,
            ),
            ("item", "area", "marketing_year", "report"),
        ),
        Table(
            "pass_through",
            "How much of a change of the world price reaches prices in a place, as studies found it.",
            (
                Column("place", "text", "Country code, or the group of countries that the study names."),
                Column("commodity", "text", "Food that it speaks of."),
                Column("from_price", "text", "Price that moves."),
                Column("to_price", "text", "Price that follows."),
                Column("low", "number", "Figure, or the lower end of its range."),
                Column("high", "number", "Upper end of its range; empty where only a least value is given.",
                       required=False),
                Column("unit", "text", "What the figure is."),
                Column("horizon", "text", "After how long."),
                Column("period", "text", "Years studied."),
                Column("source", "text", "Study."),
                Column("url", "text", "Where.", required=False),
                Column("note", "text", "What to keep in mind.", required=False),
                _ROW,
            ),
            ("place", "commodity", "to_price", "unit", "horizon"),
        ),
        Table(
            "crop_calendar",
            "Months of planting and harvest of a crop, by country or by province. A window may wrap the year's end.",
            (
                _ITEM, _ISO3,
                Column("region", "text", "Country or province that the window holds for."),
                Column("season", "text", "Season, such as main, second, winter or spring."),
                Column("crop_name", "text", "Crop as the source names it.", required=False),
                Column("plant_start_month", "integer", "First month of planting.", low=1, high=12, required=False),
                Column("plant_end_month", "integer", "Last month of planting.", low=1, high=12, required=False),
                Column("harvest_start_month", "integer", "First month of harvest.", low=1, high=12),
                Column("harvest_end_month", "integer", "Last month of harvest.", low=1, high=12),
                Column("level", "text", "Whether the row speaks of the whole country.",
                       choices=("national", "subnational")),
                Column("source", "text", "Publisher and release, row by row."),
                _ROW,
            ),
            ("item", "iso3", "region", "season", "crop_name", "plant_start_month", "plant_end_month",
             "harvest_start_month", "harvest_end_month"),
        ),
        *listed_tables(),
    )  # fmt: skip


TABLES: dict[str, Table] = {t.name: t for t in _tables()}


def table(name: str) -> Table:
    """Look a table up by name.

    Raises
    ------
    UnknownName: with the list of those that exist.
    """
    found = TABLES.get(name)
    if found is None:
        raise UnknownName(
            f"There is no table {name!r}.", where="table", next_step="Choose one of: " + ", ".join(TABLES) + "."
        )
    return found
