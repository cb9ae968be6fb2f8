"""Rows of an Excel workbook: of its one visible sheet that holds anything, as last calculated, in bounded memory.

What a workbook says of its own size is not believed, and no row or cell is passed over in silence: one that was left
out would be a payee whom nobody screened.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

from clarion.errors import InputError, SourceError
from clarion.screening.service.batch.row import MOST_COLUMNS, Row, as_wide, no_list

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

MOST_BYTES = 64 << 20  # a workbook is read in memory
MOST_ROWS = 1 << 20  # as Excel has it
MOST_RATIO, RATIO_FROM = 100, 1 << 20  # a sheet that says the same in every row unpacks some thirtyfold
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_NOT_CALCULATED = "f"
_FAULTS = {
    _NOT_CALCULATED: "a formula whose result is not in the file: open it in Excel and save it",
    "e": "a cell that shows an error",
}
Cells = list[dict[str, Any]]
One = TypeVar("One")


def rows(stream: IO[bytes], size: int) -> tuple[list[str], Iterator[Row]]:
    """The headings of a workbook of ``size`` bytes, and its rows.

    Raises
    ------
    InputError: it is too large, damaged, encrypted or a bomb; it has several sheets that could be meant, or no heading.
    """
    if size > MOST_BYTES:
        raise InputError("The workbook is too large.", where="file", next_step="Save it as CSV in UTF-8 encoding.")
    found = _whole(_sheets(io.BytesIO(stream.read())))
    visible = [sheet for sheet in (_begun(_whole(one)) for one in found) if sheet is not None]
    if len(visible) > 1:
        raise InputError(
            "Several sheets of the workbook hold something, and one alone can be read.", where="file",
            next_step="Save the sheet of payees alone, as .xlsx or as CSV in UTF-8 encoding, and send it again.",
        )  # fmt: skip
    lines = visible[0] if visible else iter(())
    number, cells = next(lines, (1, []))
    headings = [text for text, _ in _texts(cells)] if number == 1 else []
    while headings and not headings[-1]:
        headings.pop()
    return headings, _rows(lines, len(headings))


def _sheets(data: IO[bytes]) -> Iterator[Iterator[tuple[int, Cells]]]:
    """The rows of each visible sheet, with their numbers."""
    import openpyxl

    from clarion.sources.formats.archive import bounded
    from clarion.sources.formats.workbook import no_entities

    # A warning quotes the cell that it is about, and would be written into the server's log.
    warnings.filterwarnings("ignore", module=r"openpyxl\.")
    name = Path("file")
    with zipfile.ZipFile(data) as archive:
        for info in archive.infolist():
            bounded(info, name)
            if info.file_size > max(RATIO_FROM, MOST_RATIO * info.compress_size):
                raise no_list()
        no_entities(archive, name)
    book = openpyxl.load_workbook(data, read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            yield _numbered(sheet)


def _numbered(sheet: Any) -> Iterator[tuple[int, Cells]]:
    """Rows as they come: by ``iter_rows``, a row of number 99,999,999,999 would be that many empty ones, and one that
    stands out of order would be left out."""
    from openpyxl.worksheet._reader import WorkSheetParser

    book, before = sheet.parent, 0
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source, sheet._shared_strings, data_only=True, epoch=book.epoch,
            date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,
        )  # fmt: skip
        parser.parse_cell = _told(parser.parse_cell)
        for number, cells in parser.parse():
            if not before < number <= MOST_ROWS:
                raise no_list()
            before = number
            yield number, [cell for cell in cells if cell["value"] is not None or cell["data_type"] in _FAULTS]


def _told(parse: Callable[[Element], dict[str, Any]]) -> Callable[[Element], dict[str, Any]]:
    """As openpyxl reads a cell, but for formulas without a result, which it takes for nothing."""

    def cell(element: Element) -> dict[str, Any]:
        found = parse(element)
        if found["value"] is None and element.find(_MAIN + "f") is not None:
            empty = element.get("t") == "str" and element.find(_MAIN + "v") is not None
            found["data_type"] = "s" if empty else _NOT_CALCULATED
        return found

    return cell


def _begun(lines: Iterator[tuple[int, Cells]]) -> Iterator[tuple[int, Cells]] | None:
    """The same rows, from the first that holds anything; None where none does."""
    for number, cells in lines:
        if cells:
            return chain([(number, cells)], lines)
    return None


def _rows(lines: Iterator[tuple[int, Cells]], width: int) -> Iterator[Row]:
    for number, cells in lines:
        texts = _texts(cells)
        fault = next((fault for _, fault in texts if fault), "")
        plain = [text for text, _ in texts]
        if fault or any(plain):
            while len(plain) > width and not plain[-1]:
                plain.pop()
            plain += [""] * (width - len(plain))
            yield Row(number, tuple(plain), fault) if fault else as_wide(number, plain, width)


def _texts(cells: Cells) -> list[tuple[str, str]]:
    """The text of each cell from the first column on, and why it cannot be used; those far out stand in one more."""
    found: dict[int, tuple[str, str]] = {}
    for cell in cells:
        at = min(max(cell["column"], 1), MOST_COLUMNS + 1)
        found[at] = _text(cell["value"]), _FAULTS.get(cell["data_type"], "")
    return [found.get(at, ("", "")) for at in range(1, max(found, default=0) + 1)]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # a tax number that was typed as a number
    return str(cell).strip()


def _whole(parts: Iterator[One]) -> Iterator[One]:
    """What is read as it is asked for: it may be damaged further down."""
    from clarion.sources.formats.archive import DAMAGED
    from clarion.sources.formats.workbook import UNREADABLE

    try:
        yield from parts
    except (*DAMAGED, *UNREADABLE, SourceError) as error:
        raise no_list() from error
