"""CSV files in and out, with every complaint naming file, line and column."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

from clarion.errors import InputError
from clarion.files import replacing
from clarion.spillover.engine.cascade.inputs import Origin

PRINTED = 15  # digits that R prints
_WITHOUT_DECIMALS = 1e14
_OTHER = re.compile(r"\D")


def read_table(
    path: Path, columns: tuple[str, ...], renamed: Mapping[str, str] | None = None
) -> tuple[pl.DataFrame, Origin]:
    """A CSV file as a table, the last of ``columns`` as numbers; every row keeps its line.

    ``renamed`` maps other headers that are understood to the names used here.

    Raises
    ------
    InputError: a file that cannot be read, is empty or cut short, or a cell that should be a number and is none.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            rows = [(reader.line_num, row) for row in reader if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error
        raise InputError(
            f"The file cannot be read: {reason}.", where=str(path), next_step="Give a CSV file in UTF-8."
        ) from error
    if not rows:
        raise InputError("The file is empty.", where=str(path), next_step=f"Give a CSV file: {','.join(columns)}.")
    (_, names), *rows = rows
    header = [(renamed or {}).get(name.strip(), name.strip()) for name in names]
    lines = [line for line, _ in rows]
    origin = Origin(str(path), lines)
    for line, row in rows:
        if len(row) != len(header):
            raise InputError(
                f"The row has {len(row)} cells, the header {len(header)}.",
                where=f"{path}, line {line}",
                next_step="The file may be cut short; fetch it again or mend the row.",
                line=line,
            )
    if len(set(header)) != len(header):
        raise InputError("A column name comes twice.", where=f"{path}, header", next_step="Name each column once.")
    cells = {name: [row[i].strip() for _, row in rows] for i, name in enumerate(header)}
    amount = columns[-1]
    data: dict[str, list[str] | list[float]] = dict(cells)
    if amount in cells:
        data[amount] = [_number(text, row, amount, origin) for row, text in enumerate(cells[amount])]
    schema = {name: pl.Float64 if name == amount else pl.String for name in header}
    return pl.DataFrame(data, schema=schema), origin


def _number(text: str, row: int, column: str, origin: Origin) -> float:
    try:
        if "_" in text:
            raise ValueError(text)
        return _unprinted(text)
    except ValueError:
        origin.refuse(f"{text!r} is not a number.", row, column, "Give a plain number, such as 1250.5.")


def _unprinted(text: str) -> float:
    """The number of a cell; a third that lost its last digits to printing comes back as a third.

    The published inputs are means over three years, and R prints 15 digits of the 17 that a number has. The published
    rules branch on single rounding errors, so the two digits lost can move reserves between countries: with them
    restored the published outputs come out to the last bit. Only text of just 15 digits is taken so, and no value
    changes by more than its printing had changed it; a number that is written out in full stays as it is.
    """
    value = float(text)
    triple = value * 3
    if len(significant(text)) != PRINTED or not math.isfinite(triple):
        return value
    # From 1e14 on print leaves no decimals to know a third by; there the sum of three years must be a round number.
    third = (round(triple) if abs(value) < _WITHOUT_DECIMALS else float(f"{triple:.11e}")) / 3
    return third if f"{third:.15g}" == f"{value:.15g}" else value


def significant(text: str) -> str:
    """The digits of a number that count: without zeros before them, or after them behind the point."""
    whole, _, decimals = text.lower().partition("e")[0].partition(".")
    return _OTHER.sub("", whole + decimals.rstrip("0")).lstrip("0")


def write_table(path: Path, header: tuple[str, ...], rows: Iterable[Iterable[str | float]]) -> None:
    """Write a table to ``path`` whole or not at all; numbers in the shortest form that reads back to the last bit.

    Raises
    ------
    StorageError: the disk is full, or the folder cannot be written.
    """
    with replacing(path) as part, part.open("x", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
