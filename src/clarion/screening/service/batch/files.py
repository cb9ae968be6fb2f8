"""Answers as a file, made in memory: what is locked on the disk is not laid beside it in the clear."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from clarion.tables.download import known_form

if TYPE_CHECKING:
    import polars as pl


def in_memory(frame: pl.DataFrame, form: str) -> bytes:
    """A frame as csv, parquet or xlsx.

    Raises
    ------
    UnknownName: another form.
    """
    from clarion.tables.files import harmless

    known_form(form)
    file = io.BytesIO()
    if form == "parquet":
        frame.write_parquet(file)
    elif form == "csv":
        harmless(frame).write_csv(file)
    else:
        _sheet(harmless(frame), file)
    return file.getvalue()


def _sheet(frame: pl.DataFrame, file: io.BytesIO) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:  # fmt: skip
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, frame.columns, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for at, row in enumerate(frame.iter_rows(), 1):
            sheet.write_row(at, 0, row)
