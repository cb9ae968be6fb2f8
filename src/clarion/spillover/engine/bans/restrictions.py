"""The list of export restrictions as dated measures, with what it leaves open kept open."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from clarion.errors import TableError
from clarion.sources.warehouse import LoadedTable
from clarion.vocab import Phrase

# Months in which each crisis is told of: a measure with open ends is not thought to reach beyond its own.
EPISODES = {
    "2007-08": (date(2007, 7, 1), date(2008, 12, 31)),
    "2010-11": (date(2010, 7, 1), date(2011, 12, 31)),
    "2020": (date(2020, 1, 1), date(2020, 12, 31)),
    "2021": (date(2021, 1, 1), date(2021, 12, 31)),
    "2022-23": (date(2022, 1, 1), date(2023, 12, 31)),
}
MEASURES = ("ban", "licence", "quota", "minimum_price", "tax")
QUANTITY = ("ban", "licence", "quota")
"""Measures that hold tonnes back whatever the price; the hazard is that of these."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """One measure on one product. ``start`` and ``end`` are the first and last day, None where not found."""

    iso3: str
    product: str
    item: str | None
    measure: str
    start: date | None
    end: date | None
    episode: str
    confidence: str
    row: int

    def listed(self, day: date) -> bool:
        """In force on ``day`` as the list has it: begun, and not ended as far as is known within its episode."""
        if self.start is None or self.start > day:
            return False
        return day <= (self.end or EPISODES[self.episode][1])


def restrictions(table: LoadedTable) -> tuple[Restriction, ...]:
    """Every row of a ``restrictions`` table.

    Raises
    ------
    TableError: a date that is none.
    """
    return tuple(
        Restriction(
            row["iso3"], row["product"], row["item"], row["measure"], _day(row, "start", last=False),
            _day(row, "end", last=True), row["episode"], row["confidence"], row["source_row"],
        )
        for row in table.frame.iter_rows(named=True)
    )  # fmt: skip


def _day(row: dict[str, str], column: str, *, last: bool) -> date | None:
    text = row[column]
    if not text:
        return None
    try:
        year, month, *rest = map(int, text.split("-"))
        day = rest[0] if rest else monthrange(year, month)[1] if last else 1
        return date(year, month, day)
    except ValueError:
        raise TableError(
            Phrase("{text!r} is not a day or month.", text=text),
            where=Phrase("restrictions, line {line}, column {column}", line=row["source_row"], column=column),
            next_step="Write it as 2022-03-15 or 2022-03, or leave it empty.",
        ) from None
