"""A table as a file to keep: the forms that every page and route offers."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from clarion.errors import UnknownName
from clarion.vocab import Phrase

if TYPE_CHECKING:
    import polars as pl

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def known_form(form: str) -> None:
    """Refuse a form that no table has, before the table is worked.

    Raises
    ------
    UnknownName: it is none of csv, parquet or xlsx.
    """
    if form not in TYPES:
        raise UnknownName(
            Phrase("There is no table as {form!r}.", form=form), where="form", next_step="Use csv, parquet or xlsx."
        )


def table_bytes(frame: pl.DataFrame, form: str) -> bytes:
    """A frame as a file of the form csv, parquet or xlsx.

    Raises
    ------
    UnknownName: another form.
    """
    from clarion.tables.files import write_file

    known_form(form)
    with tempfile.TemporaryDirectory() as folder:
        return write_file(frame, Path(folder) / f"table.{form}").read_bytes()
