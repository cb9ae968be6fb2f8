"""Checks of the tables that a network and a shock are made from; every complaint names table, row and column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

import polars as pl

from clarion.errors import InputError

CODE = r"^[A-Z][A-Z0-9]{2}$"
LARGEST = 1e100  # quantities beyond this are slips, and their sums could overflow


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a table came from: its name or path, and the line of each row if it was a file."""

    name: str
    lines: Sequence[int] | None = None

    def at(self, row: int, column: str) -> str:
        """The place of a cell, in words; ``row`` counts from 0."""
        place = f"row {row + 1}" if self.lines is None else f"line {self.lines[row]}"
        return f"{self.name}, {place}, column {column}"

    def refuse(self, what: str, row: int, column: str, next_step: str) -> NoReturn:
        """Raise the error for a cell."""
        line = row + 1 if self.lines is None else self.lines[row]
        raise InputError(
            what, where=self.at(row, column), next_step=next_step, table=self.name, row=line, column=column
        )


def checked(
    frame: pl.DataFrame, codes: tuple[str, ...], amount: str, origin: Origin, most: float = LARGEST
) -> pl.DataFrame:
    """``frame`` with exactly the columns ``codes`` and ``amount``, each cell valid and no key twice.

    Raises
    ------
    InputError: a missing or unknown column, an empty cell, a malformed country code, a quantity that is not a finite
        number from 0 to ``most``, or two rows for one key.
    """
    wanted = [*codes, amount]
    if sorted(frame.columns) != sorted(wanted):
        missing = [c for c in wanted if c not in frame.columns]
        unknown = [c for c in frame.columns if c not in wanted]
        raise InputError(
            f"The columns are not {', '.join(wanted)}: missing {missing or 'none'}, unknown {unknown or 'none'}.",
            where=f"{origin.name}, header",
            next_step=f"Name the columns {','.join(wanted)}.",
            missing=missing,
            unknown=unknown,
        )
    for code in codes:
        _check_codes(frame[code], code, origin)
    frame = frame.select(*codes, _numbers(frame[amount], amount, origin, most))
    twice = frame.select(pl.struct(codes).is_first_distinct()).to_series()
    if not twice.all():
        row = int(twice.arg_min() or 0)
        key = " to ".join(str(frame[c][row]) for c in codes)
        origin.refuse(f"There is a second row for {key}.", row, codes[0], "Keep one row for each, or add them up.")
    return frame


def _check_codes(column: pl.Series, name: str, origin: Origin) -> None:
    if column.dtype != pl.String:
        origin.refuse(f"{name} holds {column.dtype}, not country codes.", 0, name, "Use ISO 3166 alpha-3 codes.")
    fits = column.str.contains(CODE).fill_null(False)
    if not fits.all():
        row = int(fits.arg_min() or 0)
        origin.refuse(
            f"{column[row]!r} is not a country code.",
            row,
            name,
            "Use ISO 3166 alpha-3 codes, in capitals, such as EGY.",
        )


def _numbers(column: pl.Series, name: str, origin: Origin, most: float) -> pl.Series:
    if not column.dtype.is_numeric():
        origin.refuse(f"{name} holds {column.dtype}, not numbers.", 0, name, "Give plain numbers.")
    values = column.cast(pl.Float64)
    fits = (values.is_finite() & (values >= 0) & (values <= most)).fill_null(False)
    if not fits.all():
        row = int(fits.arg_min() or 0)
        step = "Correct the value, or leave the row out."
        if most == 1:
            step = "Give what is lost, such as 0.2; a gain is no shock: leave the row out, or add it to the reserves."
        origin.refuse(f"{column[row]} is not a number from 0 to {most:g}.", row, name, step)
    return values
