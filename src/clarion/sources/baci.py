"""CEPII's BACI: world trade by pair and product, both sides' reports reconciled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from zipfile import ZipFile

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl

    from clarion.sources.formats.fault import Faults

YEAR = re.compile(r"(?:.*/)?BACI_HS\d\d_Y(\d{4})_V\w+\.csv")
COUNTRIES = re.compile(r"(?:.*/)?country_codes_V\w+\.csv")
ROWS = ("t", "i", "j", "k", "v", "q")
YEAR_UNIT = 100_000_000  # no year's file has as many lines
COUNTRY_COLUMNS = ("country_code", "country_name", "country_iso2", "country_iso3")


@source(
    id="baci",
    title="BACI, reconciled trade (HS 2017)",
    publisher="CEPII",
    url="https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37",
    licence="Etalab Open Licence 2.0",
    licence_url="https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    cadence="yearly",
    tables=("trade_flows",),
    rows=(20_000, 2_000_000),
    file_format="zip of CSVs, one a year: t,i,j,k,v,q, with country_codes",
    download="https://www.cepii.fr/DATA_DOWNLOAD/baci/data/BACI_HS17_V202601.zip",
    file_name="BACI_HS17_V202601.zip",
    notes="Values are in thousand dollars free on board, quantities in tonnes; about 2 % of rows have no quantity. "
    "Wheat flour is counted as wheat and paddy as milled rice. A row's number is its year and its line in that year's "
    "file.",
)
def baci(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """Every year of the archive; ``source_row`` is the year and the line in its file, such as 2021 00000002: every year
    has a file with a line 2."""
    import polars as pl

    from clarion.sources.formats.archive import open_archive, open_member
    from clarion.sources.formats.areas import historic_rows
    from clarion.sources.formats.fault import Faults
    from clarion.sources.formats.flows import sum_flows
    from clarion.tables.csvfile import read_batches, read_header

    parts = []
    with open_archive(raw.path) as archive:
        countries = _countries(archive, raw)
        years = {match[1]: name for name in archive.namelist() if (match := YEAR.fullmatch(name))}
        if not years:
            raise Faults(raw.path)("The archive holds no file such as BACI_HS17_Y2021_V202601.csv.")
        for year, name in sorted(years.items()):
            with open_member(archive, name) as stream:
                faults = Faults(raw.path, name)
                header = read_header(stream, faults)
                faults.columns(header, ROWS)
                found = [_known(b, year, countries, raw, faults) for b in read_batches(stream, header, ROWS, faults)]
                rows = pl.concat(found)
                faults.twins(rows, ("exporter_iso3", "importer_iso3", "code"))
                parts.append(rows.drop("code").with_columns(pl.col("source_row") + int(year) * YEAR_UNIT))
    single = pl.concat(parts)
    historic_rows(single, ("exporter_iso3", "importer_iso3"), raw)
    return {"trade_flows": sum_flows(single, raw)}


def _countries(archive: ZipFile, raw: Raw) -> dict[str, str]:
    """BACI's numeric codes, to the ISO code that its own list gives."""
    import polars as pl

    from clarion.sources.formats.archive import open_member
    from clarion.sources.formats.fault import Faults
    from clarion.tables.csvfile import read_batches, read_header

    names = [name for name in archive.namelist() if COUNTRIES.fullmatch(name)]
    if len(names) != 1:
        raise Faults(raw.path)("The archive holds no list of countries such as country_codes_V202601.csv.")
    with open_member(archive, names[0]) as stream:
        faults = Faults(raw.path, names[0])
        header = read_header(stream, faults)
        faults.columns(header, COUNTRY_COLUMNS)
        keep = ("country_code", "country_iso3")  # names are Latin-1 in some releases
        rows = pl.concat(list(read_batches(stream, header, keep, faults)))
    faults.twins(rows, ("country_code",))
    return dict(rows.select(keep).iter_rows())


def _known(batch: pl.DataFrame, year: str, countries: Mapping[str, str], raw: Raw, faults: Faults) -> pl.DataFrame:
    """Rows of commodities we know, between places we know, in tonnes and dollars."""
    import polars as pl

    from clarion.sources.formats.areas import Verdict, comtrade_area, to_iso3
    from clarion.sources.formats.hs import hs_items
    from clarion.vocab import places

    def area(code: str) -> Verdict:
        if code not in countries:
            return "", ""
        iso3, reason = comtrade_area(code)
        listed = countries[code]
        return (iso3, reason) if iso3 or reason or listed not in places() else (listed, "")

    faults.rows(batch.filter(pl.col("t") != year), "t", f"is not the year {year} of the file's name")
    batch = batch.with_columns(pl.col("k").str.strip_chars().str.zfill(6).alias("code"))
    rows = batch.join(hs_items(batch["code"].unique()), on="code", maintain_order="left")
    raw.count("other products", batch.height - rows.height)
    for column, name in (("i", "exporter_iso3"), ("j", "importer_iso3")):
        rows = rows.with_columns(pl.col(column).str.strip_chars())
        rows = to_iso3(rows, (column,), name, area, raw, faults)
    quantity = pl.col("q").str.strip_chars().replace("NA", "")  # R writes an absent number so
    rows = faults.numbers(faults.numbers(rows.with_columns(quantity), "q"), "v")
    raw.count("rows without a quantity (their value is kept)", rows["q"].null_count())
    return rows.select(
        "item",
        "exporter_iso3",
        "importer_iso3",
        pl.col("t").alias("period"),
        pl.lit("reconciled").alias("reported_by"),
        (pl.col("q") * pl.col("factor")).alias("tonnes"),
        (pl.col("v") * 1000).alias("usd"),
        "source_row",
        "code",
    )
