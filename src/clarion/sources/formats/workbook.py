"""Excel workbooks from elsewhere: values only, no formulas run, no XML entities, bounded size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

from clarion.errors import SourceError
from clarion.sources.formats.archive import open_archive
from clarion.sources.formats.fault import Faults

MAX_BYTES = 64 << 20  # the largest official one has about 10
MAX_ROWS, MAX_COLUMNS = 5_000, 500  # the largest official sheet has about 850 rows, or 220 columns
UNREADABLE = (LookupError, ValueError, TypeError, AttributeError, OverflowError, SyntaxError)
"""What openpyxl raises for a damaged workbook, beside errors of its archive; XML faults are SyntaxErrors."""


class _Begun(Exception):
    """The root element has begun: no document type can follow."""


@contextmanager
def open_workbook(path: Path) -> Iterator[Any]:
    """An openpyxl workbook, read-only; cells hold values as last calculated.

    Raises
    ------
    SourceError: it is not a workbook, declares XML entities, is damaged, or unpacks beyond the bounds.
    """
    with open_archive(path) as archive:
        if sum(info.file_size for info in archive.infolist()) > MAX_BYTES:
            raise SourceError("The workbook is too large.", where=str(path), next_step="Check the file.")
        if "[Content_Types].xml" not in archive.namelist():
            raise SourceError(
                "The file is a zip archive, not an Excel workbook.", where=str(path), next_step="Check the file."
            )
        no_entities(archive, path)
        import openpyxl

        try:
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            try:
                yield book
            finally:
                book.close()
        except UNREADABLE as error:
            raise SourceError(
                f"The workbook cannot be read: {str(error)[:120]}.", where=str(path), next_step="Download it again."
            ) from error


def no_entities(archive: ZipFile, path: Path) -> None:
    """Excel never writes a document type; one that is there can only be an attempt to make the parser swell or leak."""

    def refuse(*_: object) -> None:
        raise SourceError(
            "The workbook declares an XML document type, which no Excel file does.",
            where=str(path),
            next_step="Do not use this file; download it from the publisher.",
        )

    def begun(*_: object) -> None:
        raise _Begun

    for name in archive.namelist():
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler = begun
        with archive.open(name) as member:
            try:
                parser.ParseFile(member)
            except _Begun:
                continue
            except expat.ExpatError as error:
                # A picture, say; a sheet may have any name, and one with a document type was refused before this.
                if not name.lower().endswith((".xml", ".rels", ".vml")):
                    continue
                raise SourceError(
                    f"{name} in the workbook is not XML: {error}.", where=str(path), next_step="Download it again."
                ) from error


def sheet(book: Any, name: str, faults: Faults) -> Any:
    """A sheet by name, blanks around it set aside (KNOMAD's name ends in one)."""
    for title in book.sheetnames:
        if title.strip().lower() == name.lower():
            return book[title]
    raise faults(f"The workbook has no sheet {name!r}. It has: {', '.join(map(repr, book.sheetnames))}.")


def rows_of(sheet: Any, faults: Faults) -> list[tuple[Any, ...]]:
    """The rows of a sheet as values, within bounds: one cell in a far corner would otherwise fill the memory.

    Raises
    ------
    SourceError: more rows than any official sheet has.
    """
    sheet.reset_dimensions()  # what the file says of its own size cannot be trusted
    rows = list(islice(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), MAX_ROWS + 1))
    if len(rows) > MAX_ROWS:
        raise faults(f"The sheet has more than {MAX_ROWS} rows.", line=MAX_ROWS)
    return rows
