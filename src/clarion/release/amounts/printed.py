"""A published table of sums: what each printed sum says of the money behind it, in cents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clarion.release.amounts.asked import CENTS, Amounts
from clarion.release.errors import ReleaseError

if TYPE_CHECKING:
    from clarion.release.spec import Spec

FREE = 2**62
"""Stands for "no upper bound"."""
_WHOLE = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True)
class Sum:
    """One row: its labels, the text ("" where it is not given), and bounds of the sum in cents, both counted."""

    row: tuple[str, ...]
    text: str
    low: int = 0
    high: int = FREE


Tables = dict[str, list[Sum]] | None
"""The tables of sums of a release, where it has any."""


def bounds(text: str, amounts: Amounts) -> tuple[int, int] | None:
    """The least and the largest sum that a text stands for; None where it is none that the rounding prints."""
    if text == "":
        return 0, FREE
    if amounts.bands:
        for low, high in zip(amounts.bands, (*amounts.bands[1:], None), strict=True):
            if text == _band(low, high):
                return low * CENTS, FREE if high is None else high * CENTS - 1
        return None
    if not _WHOLE.fullmatch(text) or int(text) % amounts.base:
        return None
    middle, half = int(text) * CENTS, amounts.base * CENTS // 2
    return max(0, middle - half), middle + half - 1


def written(cents: int, amounts: Amounts) -> str:
    """The sum rounded half up, or its band."""
    if amounts.bands:
        low = max(edge for edge in amounts.bands if edge * CENTS <= cents)
        return _band(low, next((edge for edge in amounts.bands if edge > low), None))
    base = amounts.base * CENTS
    return str((cents + base // 2) // base * amounts.base)


def _band(low: int, high: int | None) -> str:
    return f"{low}+" if high is None else f"{low}-{high}"


def read_sums(spec: Spec, amounts: Amounts, table: str, text: str, where: str) -> list[Sum]:
    """Parse one table of sums.

    Raises
    ------
    ReleaseError: its columns, rows or sums are not those that the specification says.
    """
    from clarion.release.published import rows_of

    header = [*amounts.tables[table], "amount"]
    found = []
    for row, printed in rows_of(spec, table, amounts.tables[table], header, text, where):
        said = bounds(printed, amounts)
        if said is None:
            raise ReleaseError(
                f"The sum {printed[:20]!r} of {', '.join(row)!r} is none that the rounding prints.", where=where,
                next_step="Print whole sums rounded as 'round' says, or nothing.",
            )  # fmt: skip
        found.append(Sum(row, printed, *said))
    return found


def write_sums(amounts: Amounts, table: str, sums: list[Sum]) -> str:
    """The table as CSV, a row a combination."""
    from clarion.release.published import as_csv

    return as_csv([*amounts.tables[table], "amount"], ([*s.row, s.text] for s in sums))
