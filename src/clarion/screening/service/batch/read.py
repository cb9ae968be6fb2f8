"""Rows of a file of payees, CSV or Excel, one after another; a broken row is told with its reason, and the next one
comes all the same.

A CSV file is UTF-8, UTF-16 with its mark, or Windows-1251; commas, semicolons or tabs stand between its columns. For
an Excel workbook see ``workbook``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from clarion.errors import InputError
from clarion.files import storage_errors
from clarion.screening.service.batch import workbook
from clarion.screening.service.batch.encoding import russian
from clarion.screening.service.batch.row import MOST_COLUMNS, Row, as_wide, no_list
from clarion.tables.sniff import OLD_OFFICE, kind_of

HEAD = 1 << 20  # bytes by which the encoding is told
LONGEST_LINE = 100_000  # letters: no row of a payee has more
MOST_LINES = 20  # that one quoted row may go over


@contextmanager
def open_path(path: Path) -> Iterator[tuple[list[str], Iterator[Row]]]:
    """The headings of a file on the disk, and its rows.

    Raises
    ------
    InputError: there is no such file, it is neither CSV nor Excel, its encoding cannot be told, or it has no headings.
    """
    exists(path)
    with storage_errors(path), path.open("rb") as stream:
        yield read(stream, path.stat().st_size)


def exists(path: Path) -> None:
    """Raises InputError where there is no such file."""
    if not path.is_file():
        raise InputError("There is no such file.", where=str(path), next_step="Check the path.")


def read(stream: IO[bytes], size: int) -> tuple[list[str], Iterator[Row]]:
    """The headings and rows of a binary stream of ``size`` bytes; raises as ``open_path``."""
    head = stream.read(HEAD)
    stream.seek(0)
    kind = kind_of(head[:1024])
    if not size:
        raise InputError("The file is empty.", where="file", next_step="Check the file.")
    if kind == "zip":
        headings, rows = workbook.rows(stream, size)
        _check(headings)
        return headings, rows
    if kind == OLD_OFFICE:
        raise InputError("This is a workbook with a password, or of an Excel before 2007.", where="file",
                         next_step="Open it, save it as .xlsx without a password, and send it again.")  # fmt: skip
    if kind not in ("text", "json", "UTF-16 text"):
        raise no_list()
    return _csv(io.TextIOWrapper(stream, _encoding(head), errors="surrogateescape", newline=""))


def _encoding(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        # A letter that the end of the head cuts in two is no fault.
        head[: head.rfind(b"\n") + 1 or None].decode("utf-8")
    except UnicodeDecodeError:
        if not russian(head.decode("cp1251", "replace")):
            raise InputError(
                "The encoding of this file cannot be told.", where="file",
                next_step="Save it as CSV in UTF-8 encoding, or as .xlsx, and send it again.",
            ) from None  # fmt: skip
        return "cp1251"
    return "utf-8-sig"


def _csv(text: io.TextIOWrapper) -> tuple[list[str], Iterator[Row]]:
    lines = _lines(text)
    first = next(lines, "")
    mark = max(",;\t", key=first.count)
    headings = [cell.strip() for cell in _cells(first, mark) or []]
    _check(headings)
    return headings, _csv_rows(lines, mark, len(headings))


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines with their end; one without end is cut, and the rest of it is passed over."""
    while line := text.readline(LONGEST_LINE):
        yield line
        while len(line) >= LONGEST_LINE and not line.endswith(("\n", "\r")):
            line = text.readline(LONGEST_LINE)


def _csv_rows(lines: Iterator[str], mark: str, width: int) -> Iterator[Row]:
    number = 1
    waiting: list[str] = []  # looked at for the end of a quotation; rows of their own where it does not end
    while line := (waiting.pop(0) if waiting else next(lines, "")):
        number += 1
        if not line.strip():
            continue
        cells, joined, taken = _cells(line, mark), line, 0
        while cells is None and taken < MOST_LINES and len(joined) < LONGEST_LINE:
            if taken >= len(waiting):
                more = next(lines, "")
                if not more:
                    break
                waiting.append(more)
            joined += waiting[taken]
            taken += 1
            cells = _cells(joined, mark)
        if cells is None:
            yield Row(number, (), "a quotation mark is not closed, or stands inside a value")
            continue
        yield as_wide(number, cells, width)
        del waiting[:taken]
        number += taken


def _cells(line: str, mark: str) -> list[str] | None:
    """The cells of a line, or None where its quotation marks do not go up."""
    try:
        return next(csv.reader(line.splitlines(keepends=True), delimiter=mark, strict=True), [])
    except csv.Error:
        return None


def _check(headings: list[str]) -> None:
    if not 0 < len(headings) <= MOST_COLUMNS or not any(headings):
        raise InputError("The file has no headings in its first line.", where="file",
                         next_step="Put the names of the columns into the first line.")  # fmt: skip
