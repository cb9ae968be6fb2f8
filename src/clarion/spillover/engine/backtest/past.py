"""What was known at the end of a year, and the little that a backtest adds to it. Nothing later can get in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from clarion.errors import InputError
from clarion.vocab import Phrase

Array = npt.NDArray[np.float64]

DEPTH = 6  # years before the base year that are looked at


@dataclass(frozen=True, slots=True)
class Past:
    """Trade and harvests of one commodity up to the base year; a later year cannot be put in.

    ``flows`` maps a year to tonnes, exporters in rows and importers in columns, both in the order of ``places``;
    ``harvests`` a year to tonnes by place.

    Raises
    ------
    ValueError: a year after ``base_year``, or no trade of that year.
    """

    places: tuple[str, ...]
    base_year: int
    flows: Mapping[int, Array]
    harvests: Mapping[int, Array]
    history: tuple[int, ...] = field(init=False)
    """Years of trade before the base year, oldest first, ``DEPTH`` at most back."""

    def __post_init__(self) -> None:
        later = [year for year in (*self.flows, *self.harvests) if year > self.base_year]
        if later or self.base_year not in self.flows:
            raise ValueError(
                f"not a past of {self.base_year}: trade of {[*self.flows]}, harvests of {[*self.harvests]}"
            )
        before = sorted(y for y in self.flows if self.base_year - DEPTH <= y < self.base_year)
        object.__setattr__(self, "history", tuple(before))

    @property
    def now(self) -> Array:
        """Flows of the base year."""
        return self.flows[self.base_year]

    def imports(self, year: int) -> Array:
        """Tonnes that each place bought in a year."""
        total: Array = self.flows[year].sum(axis=0)
        return total

    def supply(self, year: int) -> Array:
        """Tonnes that each place had in a year: harvest and imports less exports."""
        had: Array = self.harvests[year] + self.imports(year) - self.flows[year].sum(axis=1)
        return had

    def rows_of(self, exporters: Sequence[str]) -> list[int]:
        """Where the exporters stand in ``places``.

        Raises
        ------
        InputError: one of them sold nothing in the base year, so that no total of the next year can be shared out.
        """
        at = {place: row for row, place in enumerate(self.places)}
        rows = [at.get(code, -1) for code in exporters]
        idle = [code for code, row in zip(exporters, rows, strict=True) if row < 0 or not self.now[row].sum()]
        if idle:
            raise InputError(
                Phrase("{code} sold none in {year}.", code=idle[0], year=str(self.base_year)), where="exporters",
                next_step=Phrase("Name exporters that the trade file has in that year."), exporters=idle,
            )  # fmt: skip
        return rows


def past(trade: pl.DataFrame, harvest: pl.DataFrame, base_year: int, depth: int = DEPTH) -> Past:
    """The past of ``base_year`` from a table year, exporter_iso3, importer_iso3, tonnes and one year, iso3, tonnes.

    Rows of later years are cut off before anything else is looked at, the list of places included, and so are those of
    more than ``depth`` years before. A country's sales to itself are no trade.

    Raises
    ------
    InputError: the base year is missing from one of the tables.
    """
    known = (pl.col("year") <= base_year) & (pl.col("year") >= base_year - depth)
    trade = trade.filter(known & (pl.col("exporter_iso3") != pl.col("importer_iso3")))
    harvest = harvest.filter(known)
    for name, table in (("trade", trade), ("production", harvest)):
        need_year(table, base_year, name)
    codes = pl.concat([trade["exporter_iso3"], trade["importer_iso3"].rename("exporter_iso3"),
                       harvest["iso3"].rename("exporter_iso3")])  # fmt: skip
    places = tuple(sorted(codes.unique()))
    at = {place: row for row, place in enumerate(places)}
    flows: dict[int, Array] = {}
    for (year,), rows in trade.group_by("year"):
        flows[int(str(year))] = grid = np.zeros((len(places), len(places)))
        for exporter, importer, tonnes in rows.select("exporter_iso3", "importer_iso3", "tonnes").iter_rows():
            grid[at[exporter], at[importer]] += tonnes
    harvests: dict[int, Array] = {}
    for (year,), rows in harvest.group_by("year"):
        harvests[int(str(year))] = line = np.zeros(len(places))
        for place, tonnes in rows.select("iso3", "tonnes").iter_rows():
            line[at[place]] += tonnes
    return Past(places, base_year, flows, harvests)


def need_year(table: pl.DataFrame, year: int, name: str) -> None:
    """Go on only with a table that has the year.

    Raises
    ------
    InputError: it has not; the error says which years there are.
    """
    if table.filter(pl.col("year") == year).is_empty():
        there = tuple(str(y) for y in sorted(table["year"].unique()))
        raise InputError(
            Phrase("The {table} file has no rows of {year}.", table=name, year=str(year)), where=name,
            next_step=Phrase("Give a file with that year, or another base year. Nearby it has: {years}.", years=there)
            if there else Phrase("Give a file with that year, or another base year."),
            year=year,
        )  # fmt: skip


def exports_of(trade: pl.DataFrame, year: int, exporters: Sequence[str]) -> dict[str, float]:
    """What each exporter sold abroad in a year, tonnes: all that a prediction may know of the year ahead."""
    abroad = trade.filter((pl.col("year") == year) & (pl.col("exporter_iso3") != pl.col("importer_iso3")))
    sold = dict(abroad.group_by("exporter_iso3").agg(pl.col("tonnes").sum()).iter_rows())
    return {code: float(sold.get(code, 0.0)) for code in exporters}


def imports_of(trade: pl.DataFrame, year: int) -> dict[str, float]:
    """What each country bought in a year, tonnes: what predictions are scored by."""
    abroad = trade.filter((pl.col("year") == year) & (pl.col("exporter_iso3") != pl.col("importer_iso3")))
    bought = abroad.group_by("importer_iso3").agg(pl.col("tonnes").sum()).iter_rows()
    return {str(code): float(tonnes) for code, tonnes in bought}
