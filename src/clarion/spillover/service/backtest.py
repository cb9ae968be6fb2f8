"""A backtest asked with two files: next year's imports said from the years before, and scored."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from clarion.errors import InputError, TableError, UnknownName
from clarion.tables.contract import Column, Table
from clarion.vocab import COMMODITIES, Phrase, Provenance, commodity

if TYPE_CHECKING:
    import polars as pl

    from clarion.spillover.engine.backtest import Backtest

_YEAR = Column("year", "integer", "Calendar year.", low=1900, high=2200)
_ITEM = Column("item", "text", "Commodity, by its FAOSTAT name or its id.")
_TONNES = Column("tonnes", "number", "Mass a year.", unit="t/year", low=0, high=1e10)
TRADE = Table(
    "trade by year", "Flows as exporters reported them.",
    (_YEAR, _ITEM, Column("exporter_iso3", "text", "Exporter."), Column("importer_iso3", "text", "Importer."), _TONNES),
    ("year", "item", "exporter_iso3", "importer_iso3"),
)  # fmt: skip
PRODUCTION = Table(
    "production by year", "Harvests.", (_YEAR, _ITEM, Column("iso3", "text", "Country."), _TONNES),
    ("year", "item", "iso3"),
)  # fmt: skip
_CODE = r"^[A-Z]{3}$"  # states that are gone (SUN, SCG) are in older years: no list of codes is held against these


def backtest_files(
    trade: Path, production: Path, item: str, base_year: int, exporters: Sequence[str]
) -> Backtest:  # fmt: skip
    """Score what the years up to ``base_year`` and the exporters' totals say of every importer's next year.

    ``trade`` is a CSV file (gzip if its name ends in .gz) year,item,exporter_iso3,importer_iso3,tonnes; ``production``
    one year,item,iso3,tonnes.

    Raises
    ------
    UnknownName: no such commodity.
    InputError: a file that is not such a table, lacks the item or a year that is needed; an exporter without exports.
    """
    from clarion.spillover.engine.backtest import backtest

    wanted = commodity(item).id
    codes = [code.strip().upper() for code in exporters]
    if not codes or len(set(codes)) != len(codes) or not all(codes):
        raise InputError(
            Phrase("Name each exporter once, and at least one."), where="--exporters",
            next_step=Phrase("Give codes with commas between them, such as RUS,UKR."),
        )  # fmt: skip
    flows, harvest = (_read(path, table, wanted) for path, table in ((trade, TRADE), (production, PRODUCTION)))
    sellers = set(flows["exporter_iso3"].unique())
    unknown = [code for code in codes if code not in sellers]
    if unknown:
        raise UnknownName(
            Phrase("{code} exports no {item} in the trade file.", code=unknown[0], item=commodity(wanted).name.lower()),
            where="--exporters", next_step=Phrase("Give three-letter codes of exporters, such as RUS,UKR."),
            unknown=unknown,
        )  # fmt: skip
    made_of = tuple(_provenance(path, table) for path, table in ((trade, TRADE), (production, PRODUCTION)))
    return backtest(flows, harvest, wanted, base_year, codes, made_of)


def _read(path: Path, table: Table, item: str) -> pl.DataFrame:
    """The rows of one commodity, checked."""
    import polars as pl

    from clarion.tables.check import check
    from clarion.tables.csvfile import read_batches, read_header

    def fault(what: str, *, line: int | None = None, next_step: str = "", **details: Any) -> TableError:
        where = f"{path}, line {line}" if line else str(path)
        return TableError(what, where=where, next_step=next_step, file=str(path), line=line, **details)

    try:
        with _opened(path) as stream:
            header = read_header(stream, fault)
            check(pl.DataFrame({name: pl.Series([], dtype=pl.String) for name in header}), table, file=str(path))
            rows = pl.concat(list(read_batches(stream, header, header, fault, lines="line")))
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(
            Phrase("The file cannot be read: {error}.", error=str(error)), where=str(path),
            next_step=Phrase("Give a CSV file, packed with gzip if its name ends in .gz."),
        ) from error  # fmt: skip
    frame = check(rows.drop("line"), table, file=str(path))
    for name in frame.columns:
        if name.endswith("iso3"):
            odd = frame.filter(~pl.col(name).str.contains(_CODE))
            if odd.height:
                raise fault(
                    Phrase("{value!r} is no three-letter code.", value=odd[name][0]), column=name,
                    next_step=Phrase("Write countries as ISO 3166 alpha-3 codes, such as EGY."),
                )  # fmt: skip
    return _of_item(frame, item, path)


def _opened(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _of_item(frame: pl.DataFrame, item: str, path: Path) -> pl.DataFrame:
    import polars as pl

    names = {item, COMMODITIES[item].name.lower(), COMMODITIES[item].facts_name.lower()}
    found = frame.filter(pl.col("item").str.to_lowercase().is_in(sorted(names)))
    if found.is_empty():
        there = tuple(sorted(frame["item"].unique())[:20])
        raise InputError(
            Phrase("The file has no rows of {item}.", item=item), where=str(path),
            next_step=Phrase("It has: {items}. Choose one of them with --item.", items=there),
        )  # fmt: skip
    return found.drop("item")


def _provenance(path: Path, table: Table) -> Provenance:
    """The file as the user gave it."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Provenance(f"file {path.name}", "", table.name, sha256=digest)
