"""World Bank indicators: one series a source, from the API (JSON) or the site's download (zip of CSVs)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from clarion.sources.base import Raw, Source, source
from clarion.sources.formats.fault import Faults

if TYPE_CHECKING:
    import polars as pl

API = "https://api.worldbank.org/v2/country/all/indicator/{series}?format=json&per_page=32500"
RECORD = {"indicator", "country", "countryiso3code", "date", "value", "unit", "obs_status", "decimal"}
HEADER = ("Country Name", "Country Code", "Indicator Name", "Indicator Code")
MAX_JSON = 256 << 20
MAX_LINE = 1 << 20  # characters
SCHEMA = ("code", "date", "value", "source_row")
Row = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Series:
    """One World Bank series and what the house calls it."""

    code: str
    indicator: str
    unit: str
    factor: float = 1.0


REMITTANCES = Series("BX.TRF.PWKR.DT.GD.ZS", "remittances_pct_gdp", "% GDP")
POPULATION = Series("SP.POP.TOTL", "population", "persons")
GDP = Series("NY.GDP.MKTP.CD", "gdp", "USD m", 1e-6)
RESERVES = Series("FI.RES.TOTL.MO", "reserves_months_of_imports", "months")
IMPORTS = Series("NE.IMP.GNFS.CD", "imports_goods_services_usd_m", "USD m", 1e-6)
CHILDREN = Series("SP.POP.0014.TO.ZS", "children_0_14_pct", "% of population")
WOMEN = Series("SP.POP.TOTL.FE.ZS", "women_pct", "% of population")


def _declare(id: str, title: str, series: Series, notes: str = "") -> Source:
    def load(raw: Raw) -> Mapping[str, pl.DataFrame]:
        return {"indicators": _load(raw, series)}

    return source(
        id=id,
        title=title,
        publisher="World Bank",
        url=f"https://data.worldbank.org/indicator/{series.code}",
        licence="CC BY 4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        cadence="yearly",
        tables=("indicators",),
        rows=(1_000, 20_000),
        file_format=f"API version 2 JSON, or zip of CSVs with four lines above the header; series {series.code}",
        download=API.format(series=series.code),
        file_name=f"{series.code}.json",
        notes=notes,
    )(load)


wb_remittances = _declare(
    "wb-remittances", "Personal remittances received, % of GDP", REMITTANCES, "Only what passes recorded channels."
)
wb_population = _declare("wb-population", "Population, total", POPULATION)
wb_gdp = _declare("wb-gdp", "GDP, current US dollars", GDP)
wb_reserves = _declare(
    "wb-reserves",
    "Total reserves in months of imports",
    RESERVES,
    "Gross reserves, gold included: more than can be used.",
)
wb_imports = _declare("wb-imports", "Imports of goods and services, current US dollars", IMPORTS)
wb_children = _declare("wb-children", "Population aged 0 to 14, % of total", CHILDREN)
wb_women = _declare("wb-women", "Population, female, % of total", WOMEN)


def _load(raw: Raw, series: Series) -> pl.DataFrame:
    """Countries only; groups of countries, and years without a figure, are counted.

    In JSON, ``source_row`` is the number of the record in the answer, the first being 1.
    """
    import polars as pl

    from clarion.sources.formats.archive import open_csv, source_kind
    from clarion.sources.formats.areas import historic_rows, to_iso3
    from clarion.sources.formats.world_bank import coded_area

    if source_kind(raw.path) == "json":
        faults = Faults(raw.path)
        rows = list(_records(raw, series, faults))
    else:
        with open_csv(raw.path, lambda n: n.startswith("API_") and n.endswith(".csv"), "a World Bank series") as (
            stream,
            faults,
        ):
            rows = list(_cells(stream, series, faults))
    frame = pl.DataFrame(rows, schema=dict.fromkeys(SCHEMA[:3], pl.String) | {"source_row": pl.Int64}, orient="row")
    faults.years(frame, "date")
    frame = faults.numbers(frame, "value")
    frame = to_iso3(frame, ("code",), "iso3", coded_area, raw, faults)
    raw.count("no value given", frame["value"].null_count())
    frame = frame.filter(pl.col("value").is_not_null())
    faults.twins(frame, ("iso3", "date"))
    historic_rows(frame, ("iso3",), raw)
    return frame.select(
        "iso3",
        pl.lit(series.indicator).alias("indicator"),
        pl.col("value") * series.factor,
        pl.lit(series.unit).alias("unit"),
        pl.col("date").alias("period"),
        pl.lit(f"World Bank WDI {series.code}").alias("source"),
        pl.lit(None, pl.String).alias("note"),
        "source_row",
    )


def _records(raw: Raw, series: Series, faults: Faults) -> Iterator[Row]:
    if raw.path.stat().st_size > MAX_JSON:
        raise faults("The answer is too large.", next_step="Ask for fewer years.")
    try:
        answer: Any = json.loads(raw.path.read_bytes(), parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise faults(f"The answer is not whole JSON: {error}", next_step="Download it again.") from error
    if isinstance(answer, list) and len(answer) == 1:
        message = json.dumps(answer[0])[:200]
        raise faults(f"The World Bank answered with an error: {message}", next_step="Check the address and the years.")
    if not (isinstance(answer, list) and len(answer) == 2 and isinstance(answer[0], dict)):
        raise faults("The answer is not a pair of a heading and a list of records.")
    pages, total = answer[0].get("pages"), answer[0].get("total")
    records = answer[1]
    if not isinstance(records, list) or pages != 1 or total != len(records):
        raise faults(
            f"The answer is one page of {pages}, {total} records in all.",
            next_step="Ask for all records at once, with per_page=32500.",
        )
    for at, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            raise faults("A record is not an object.", line=at)
        faults.columns(list(record), sorted(RECORD), ("scale",))
        indicator, country = record["indicator"], record["country"]
        if not isinstance(indicator, dict) or indicator.get("id") != series.code:
            raise faults(f"The record is not of the series {series.code}.", line=at, column="indicator")
        # Groups of countries have an empty iso3 and a two-letter id of their own.
        code = record["countryiso3code"] or (country.get("id") if isinstance(country, dict) else "")
        value = record["value"]
        if isinstance(value, bool) or not isinstance(value, (int, float, str, type(None))):
            raise faults(f"{value!r} is not a number.", line=at, column="value")
        yield str(code), str(record["date"]), "" if value is None else str(value), at


def _cells(stream: IO[bytes], series: Series, faults: Faults) -> Iterator[Row]:
    """The site's CSV: four lines of heading, then one row a country and one column a year, the last one empty."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        rows = csv.reader(_lines(text, faults), strict=True)
        header: list[str] = []
        for row in rows:
            line = rows.line_num
            if not header:
                if row[:4] == list(HEADER):
                    header = row
                    unknown = next((name for name in header[4:] if name and not name.isdigit()), None)
                    if unknown:
                        raise faults(f"The column {unknown!r} is new to this loader.", line=line, column=unknown)
                elif line > 6:
                    break
                continue
            yield from _row(row, line, header, series, faults)
    except UnicodeDecodeError as error:
        raise faults("The file is not UTF-8 text.", next_step="Download it again.") from error
    except csv.Error as error:
        raise faults(f"The file is not CSV: {error}", next_step="Download it again.") from error
    if not header:
        raise faults(f"No header {', '.join(HEADER)} stands in the first lines.", line=1, column=HEADER[0])


def _lines(text: io.TextIOWrapper, faults: Faults) -> Iterator[str]:
    """Line after line; an archive of some megabytes can hold one of some gigabytes."""
    while line := text.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise faults("A line is far too long.", next_step="Download it again.")
        yield line


def _row(row: list[str], line: int, header: list[str], series: Series, faults: Faults) -> Iterator[Row]:
    if len(row) != len(header):
        raise faults(f"The row has {len(row)} fields where the header has {len(header)}.", line=line)
    if row[3] != series.code:
        raise faults(f"The row is of {row[3]!r}, not of the series {series.code}.", line=line, column=HEADER[3])
    for name, value in zip(header[4:], row[4:], strict=True):
        if name:
            yield row[1], name, value, line
        elif value:
            raise faults(f"The value {value!r} stands under no year.", line=line)
