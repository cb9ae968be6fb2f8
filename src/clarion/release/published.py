"""A published table: what each of its rows says of the number of people behind it."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clarion.release.errors import ReleaseError
from clarion.release.spec import LARGEST_COUNT, Spec

BASE = 5
"""Counts are rounded to the nearest multiple of this, zero included."""
HIDDEN = frozenset({"", "*", "-", "..", ":", "c", "x"})
"""How statistical offices mark a number that they do not give."""
_BELOW = re.compile(r"<\s*([0-9]{1,4})")
_WHOLE = re.compile(r"[0-9]{1,8}")


@dataclass(frozen=True)
class Cell:
    """One row: for each dimension of the table the row's label, and bounds of the count; ``high`` None: no bound."""

    row: tuple[str, ...]
    low: int
    high: int | None
    text: str


def rounded(count: int) -> int:
    """To the nearest multiple of five; no whole number lies half-way between two."""
    return (count + BASE // 2) // BASE * BASE


def rows(spec: Spec, table: str) -> Iterator[tuple[str, ...]]:
    """The labels of the rows that the table has, in order."""
    return itertools.product(*(spec.categories(table, d) for d in spec.tables[table]))


def bounds(text: str, spec: Spec, zero_shown: bool) -> tuple[int, int | None] | None:
    """What one printed count says, by the release's rule; None where it says nothing that can be read.

    A number that is not given says nothing where counts are exact or rounded, and "fewer than k" where the small ones
    are suppressed: one at least, if zeros are printed, since then it is no zero.
    """
    if text in HIDDEN:
        return (int(zero_shown), spec.k - 1) if spec.rule == "suppress" else (0, None)
    if below := _BELOW.fullmatch(text):
        return (int(zero_shown), int(below[1]) - 1) if int(below[1]) > int(zero_shown) else None
    if not _WHOLE.fullmatch(text) or int(text) > LARGEST_COUNT:
        return None
    count = int(text)
    if spec.rule != "round5":
        return count, count
    return (max(0, count - BASE // 2), count + BASE // 2) if count % BASE == 0 else None


def rows_of(
    spec: Spec, table: str, dimensions: tuple[str, ...], header: list[str], text: str, where: str
) -> list[tuple[tuple[str, ...], str]]:
    """The rows of a table and the text of each one's number, the last column of ``header``.

    Raises
    ------
    ReleaseError: its columns or rows are not those that the specification says; with the line.
    """
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True)) if text.strip() else []
    except csv.Error as error:
        raise ReleaseError(f"This is no CSV file: {error}.", where=where, next_step="Save it anew.") from error
    if not lines or sorted(lines[0]) != sorted(header):
        raise ReleaseError(
            "The columns are not those of the specification.", where=f"{where}, line 1",
            next_step="The first line must be: " + ",".join(header),
        )  # fmt: skip
    order = [lines[0].index(column) for column in header]
    expected = set(itertools.product(*(spec.categories(table, d) for d in dimensions)))
    printed: dict[tuple[str, ...], str] = {}
    for number, line in enumerate(lines[1:], start=2):
        place = f"{where}, line {number}"
        if len(line) != len(header):
            raise ReleaseError(f"The line has {len(line)} columns, not {len(header)}.", where=place,
                               next_step="Correct the line.")  # fmt: skip
        *labels, count = (line[i].strip() for i in order)
        row = tuple(labels)
        if row not in expected or row in printed:
            fault = "stands in the table twice" if row in printed else "is no row of this table"
            raise ReleaseError(f"{', '.join(row)!r} {fault}.", where=place, next_step="Correct or remove the line.")
        printed[row] = count
    if missing := expected - set(printed):
        raise ReleaseError(
            f"{len(missing)} rows are missing, such as {', '.join(min(missing))!r}: whether that means zero or "
            "'not given' cannot be told.", where=where,
            next_step="Give every combination a row: 0 where nobody is, an empty number where it is not given.",
        )  # fmt: skip
    return list(printed.items())


def read_table(spec: Spec, table: str, text: str, where: str) -> list[Cell]:
    """Parse one table of a release.

    Raises
    ------
    ReleaseError: its columns, rows or counts are not those that the specification says; with the line.
    """
    dimensions = spec.tables[table]
    printed = rows_of(spec, table, dimensions, [*dimensions, "count"], text, where)
    zero_shown = spec.rule == "suppress" and any(count == "0" for _, count in printed)
    cells = []
    for row, count in printed:
        found = bounds(count, spec, zero_shown)
        if found is None:
            raise ReleaseError(
                f"The count {count[:20]!r} of {', '.join(row)!r} is none that the rule {spec.rule} prints.",
                where=where,
                next_step="Print whole numbers (multiples of five where they are rounded), or nothing.",
            )  # fmt: skip
        cells.append(Cell(row, *found, count))
    return cells


def write_table(spec: Spec, table: str, cells: list[Cell]) -> str:
    """The table as CSV, a row a combination."""
    return as_csv([*spec.tables[table], "count"], ([*cell.row, cell.text] for cell in cells))


def as_csv(header: list[str], rows: Iterable[list[str]]) -> str:
    """Rows under a header as the text of a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
