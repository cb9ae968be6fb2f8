"""Tables in and out of files: CSV or Parquet in, CSV, Parquet or Excel out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from clarion.errors import TableError
from clarion.files import replacing, storage_errors
from clarion.tables.check import check
from clarion.tables.contract import Table
from clarion.tables.csvfile import read_batches, read_header
from clarion.tables.parquet import write_parquet
from clarion.tables.sniff import describe, first_bytes, kind_of

if TYPE_CHECKING:
    import polars as pl

READ = (".csv", ".parquet")
WRITE = (".csv", ".parquet", ".xlsx")
EXCEL_ROWS = 1_048_575
PARQUET_ROWS = 20_000_000


def read_table(path: Path, table: Table) -> pl.DataFrame:
    """Read a CSV or Parquet file that is in the table's own contract, and check it.

    ``source_row`` is filled with the line of the file where the file does not give it.

    Raises
    ------
    TableError: the file is not what its name says, cannot be read, or breaks the contract.
    StorageError: the disk cannot be read.
    """
    import polars as pl

    suffix = path.suffix.lower()
    if suffix not in READ:
        _wrong(path, f"{path.name} is not a CSV or Parquet file.", "Save it as .csv or .parquet.")
    kind = kind_of(first_bytes(path))
    if kind != ("text" if suffix == ".csv" else "parquet"):
        _wrong(path, f"The file is named {suffix} but is {describe(kind)}.", _WAYS.get(kind, "Check the file."))
    frame = _read_csv(path, table) if suffix == ".csv" else _read_parquet(path, table)
    if "source_row" in table.names and "source_row" not in frame.columns:
        frame = frame.with_columns(pl.int_range(2, pl.len() + 2, dtype=pl.Int64).alias("source_row"))
    return check(frame, table, file=str(path))


_WAYS = {
    "zip": "Unpack the archive, or save the workbook as CSV, and load the file inside.",
    "gzip": "Unpack it first (gunzip).",
    "html": "The address answered with a web page; download the data file itself.",
    "UTF-16 text": "Save the file as CSV in UTF-8 encoding.",
    "old Excel or Word": "Save the workbook as CSV (UTF-8).",
    "empty": "Download or write the file again.",
    "parquet": "Rename it to .parquet.",
    "text": "Rename it to .csv if it holds comma-separated values.",
}


def _wrong(path: Path, what: str, step: str, **details: Any) -> NoReturn:
    raise TableError(what, where=str(path), next_step=step, file=str(path), **details)


def _read_csv(path: Path, table: Table) -> pl.DataFrame:
    import polars as pl

    def fault(what: str, *, line: int | None = None, next_step: str = "", **details: Any) -> TableError:
        where = f"{path}, line {line}" if line else str(path)
        return TableError(what, where=where, next_step=next_step, file=str(path), line=line, **details)

    with storage_errors(path), path.open("rb") as stream:
        header = read_header(stream, fault)
        repeated = sorted({name for name in header if header.count(name) > 1})
        if repeated:
            raise fault(f"The column {repeated[0]!r} appears twice.", line=1, next_step="Remove one of them.")
        # The contract speaks first: a column it does not know says more than a fault in some row below.
        check(pl.DataFrame({name: pl.Series([], dtype=pl.String) for name in header}), table, file=str(path))
        batches = list(read_batches(stream, header, header, fault, lines="__line"))
    return pl.concat(batches).drop("__line")


def _read_parquet(path: Path, table: Table) -> pl.DataFrame:
    import polars as pl

    try:
        with storage_errors(path):
            # Some kilobytes of Parquet can hold a thousand million equal rows: ask before reading.
            rows = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
            check(pl.DataFrame(schema=pl.read_parquet_schema(path)), table, file=str(path))
            if rows > PARQUET_ROWS:
                _wrong(
                    path, f"The file holds {rows:,} rows; at most {PARQUET_ROWS:,} are read.", "Load a part of it.",
                    rows=rows,
                )  # fmt: skip
            return pl.read_parquet(path, glob=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:  # the second is no Exception
        _wrong(path, f"The Parquet file is damaged or cut short: {str(error)[:120]}", "Write or download it again.")


def write_file(frame: pl.DataFrame, path: Path) -> Path:
    """Write a frame whole or not at all, in the format that the name's ending asks for.

    Text that a spreadsheet would run as a formula (it begins with ``=``, ``+``, ``-`` or ``@``, also in their wide
    East Asian forms and after blanks) gets an apostrophe before it in CSV and Excel, also after a semicolon: where the
    comma is the sign of decimals, a spreadsheet begins a new cell there. Parquet keeps it as it is.

    Raises
    ------
    TableError: another ending, or more rows than a sheet can hold.
    StorageError: the disk is full or closed to us; an earlier file at ``path`` is untouched.
    """
    suffix = path.suffix.lower()
    if suffix not in WRITE:
        _wrong(
            path, f"Clarion does not write {suffix or 'files without an ending'}.", f"Use one of: {', '.join(WRITE)}."
        )
    if suffix == ".xlsx" and frame.height > EXCEL_ROWS:
        _wrong(path, f"A sheet holds {EXCEL_ROWS} rows; the table has {frame.height}.", "Write .csv or .parquet.")
    with replacing(path) as temporary:
        if suffix == ".parquet":
            write_parquet(frame, temporary)
        elif suffix == ".csv":
            with temporary.open("xb") as file:
                harmless(frame).write_csv(file)
        else:
            _write_xlsx(harmless(frame), temporary)
    return path


_BLANK = r"[ \x{a0}\x{3000}\x{200b}\x{feff}]"
_FORMULA = rf"""(^{_BLANK}*|;(?:{_BLANK}|")*)([=+\-@\t\r\n\x00\x{{ff1d}}\x{{ff0b}}\x{{ff0d}}\x{{ff20}}])"""


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with no text that a spreadsheet would run."""
    import polars as pl

    texts = [name for name, kind in frame.schema.items() if kind in (pl.String, pl.Categorical, pl.Enum)]
    return frame.with_columns(pl.col(texts).cast(pl.String).str.replace_all(_FORMULA, "$1'$2"))


def _write_xlsx(frame: pl.DataFrame, path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(
        str(path),
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True},
    )
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, frame.columns, bold)
    sheet.freeze_panes(1, 0)
    rows: Iterable[tuple[Any, ...]] = frame.iter_rows()
    for at, row in enumerate(rows, start=1):
        sheet.write_row(at, 0, row)
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(*getattr(error.args[0], "args", error.args)) from error
