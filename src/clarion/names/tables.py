"""The tables of this package: small CSV files of our own, each with its source, read once.

A line that begins with ``#`` says where a table comes from and is not a row.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``names/data/<name>``, by the column names of its first line; a missing cell is empty."""
    text = files("clarion.names").joinpath("data", name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(
        {column: value or "" for column, value in row.items() if column is not None}
        for row in csv.DictReader(lines, restval="")
    )
