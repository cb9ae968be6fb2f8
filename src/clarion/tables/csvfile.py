"""A strict CSV reader for files of any size: batches of text, exact line numbers, nothing filled in or skipped.

pyarrow does the parsing. The header line is read first, so that a changed header is caught before any row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any

from clarion.errors import ClarionError

if TYPE_CHECKING:
    import polars as pl

BLOCK = 2 << 20
BOM = b"\xef\xbb\xbf"

Fault = Callable[..., ClarionError]
"""Makes the error to raise: ``fault(what, line=..., next_step=...)``."""


def read_header(stream: IO[bytes], fault: Fault, limit: int = 1 << 20) -> list[str]:
    """The names of the first line; ``stream`` is left at the second. A UTF-8 mark at the start is passed over."""
    line = stream.readline(limit).removeprefix(BOM)
    if not line.strip():
        raise fault("The file has no header line.", line=1, next_step="Check that the file is complete.")
    if not line.endswith((b"\n", b"\r")) and len(line) >= limit - len(BOM):
        raise fault("The first line is too long to be a header.", line=1, next_step="Check that this is a CSV file.")
    try:
        text = line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise fault(
            "The header is not UTF-8 text.", line=1, next_step="Save the file as CSV in UTF-8 encoding."
        ) from None
    for separator, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")):
        if separator in text and "," not in text:
            raise fault(
                f"The columns are separated by {name}, not commas.",
                line=1,
                value=text[:80],
                next_step="Save the file as CSV with commas between columns and a point in decimals.",
            )
    try:
        return next(csv.reader([text]))
    except csv.Error as error:
        raise fault(f"The header is not CSV: {error}.", line=1, next_step="Check that this is a CSV file.") from None


def read_batches(
    stream: IO[bytes],
    header: Sequence[str],
    keep: Sequence[str],
    fault: Fault,
    *,
    first_line: int = 2,
    lines: str = "source_row",
    block: int = BLOCK,
) -> Iterator[pl.DataFrame]:
    """Rows after the header as frames of text, columns ``keep`` and the line in the file under ``lines``.

    Memory stays within a few ``block`` of bytes. Every row must have as many fields as the header, and no value may
    hold a line break, because line numbers are what a reader of a figure is sent to.
    """
    import polars as pl
    import pyarrow as pa
    from pyarrow import csv as arrow

    counted = _Counted(stream)
    bad: list[Any] = []

    def on_bad_row(row: Any) -> str:
        bad.append(row)
        return "error"

    line = first_line
    try:
        reader = arrow.open_csv(
            counted,
            read_options=arrow.ReadOptions(column_names=list(header), block_size=block, use_threads=False),
            parse_options=arrow.ParseOptions(ignore_empty_lines=False, invalid_row_handler=on_bad_row),
            convert_options=arrow.ConvertOptions(
                check_utf8=True,
                include_columns=list(keep),
                column_types=dict.fromkeys(header, pa.string()),
                strings_can_be_null=False,
            ),
        )
        for batch in reader:
            frame = pl.DataFrame(pl.from_arrow(batch))
            yield frame.with_columns(pl.int_range(line, line + frame.height, dtype=pl.Int64).alias(lines))
            line += frame.height
    except pa.ArrowInvalid as error:
        raise _explain(str(error), bad, first_line, line, len(header), fault) from error
    if counted.lines != line - first_line:
        raise fault(
            "A value holds a line break, or a quotation mark is not closed, so that rows and lines do not agree.",
            next_step="Download the file again; remove line breaks inside values.",
            rows=line - first_line,
            lines=counted.lines,
        )


def _explain(message: str, bad: list[Any], first: int, line: int, width: int, fault: Fault) -> ClarionError:
    if "Empty CSV file" in message:
        return fault("The file has a header and no rows.", line=line, next_step="Check that the file is complete.")
    if bad:
        row = bad[0]
        at = first + row.number - 1 if row.number else line
        return fault(
            f"A row has {row.actual_columns} fields where the header has {width}.",
            line=at,
            value=str(row.text)[:120],
            next_step="Check that the file was not cut short and that commas inside values are quoted.",
        )
    if "UTF8" in message or "utf8" in message:
        return fault(
            "A value at or after this line is not UTF-8 text.",
            line=line,
            next_step="Save the file as CSV in UTF-8 encoding.",
        )
    if wide := re.search(r"Row #(\d+): Expected \d+ columns", message):
        # A row of a wrong width reaches ``bad``, unless pyarrow could not decode it.
        return fault(
            "The line is not UTF-8 text.",
            line=first + int(wide[1]) - 1,
            next_step="Save the file as CSV in UTF-8 encoding.",
        )
    return fault(f"The file is not CSV as expected: {message[:200]}", line=line, next_step="Check the file.")


class _Counted:
    """A binary stream that counts the lines which pass through it. pyarrow asks only for these members."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._newlines = 0
        self._last = b"\n"
        self.closed = False

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        if data:
            self._newlines += data.count(b"\n")
            self._last = data[-1:]
        return data

    @property
    def lines(self) -> int:
        return self._newlines + (self._last != b"\n")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def writable(self) -> bool:
        return False

    def close(self) -> None:
        self.closed = True
