"""Published figures about a country: the latest of each, with its rivals beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from clarion.vocab import Provenance

if TYPE_CHECKING:
    from clarion.sources.warehouse import LoadedTable


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure, as the source gives it; its note may warn (MODELLED, CONFLICTS, CENSORED)."""

    indicator: str
    value: float
    unit: str
    period: str
    source: str
    note: str
    provenance: Provenance

    @property
    def modelled(self) -> bool:
        return "MODELLED" in self.note or "KNOMAD" in self.source

    @property
    def year(self) -> int:
        """The latest year that the period names, 0 where it names none."""
        return max(_years(self.period), default=0)

    @property
    def first_year(self) -> int:
        """The first year that the period names: of a ratio over two years, such as 2021/2019, the numerator's."""
        return next(iter(_years(self.period)), 0)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, with the row that it came from."""
        return {
            "indicator": self.indicator, "value": self.value, "unit": self.unit, "period": self.period,
            "source": self.source, "note": self.note, "provenance": self.provenance.to_dict(),
        }  # fmt: skip


class Indicators:
    """Figures by country and name, over all tables, latest first; at equal year the earlier table comes first."""

    def __init__(self, tables: Iterable[LoadedTable], names: tuple[str, ...]) -> None:
        """Read the indicators whose name is in ``names`` or starts with one of them that ends in ``_``."""
        prefixes = tuple(name for name in names if name.endswith("_"))
        wanted = pl.col("indicator").is_in([name for name in names if name not in prefixes])
        for prefix in prefixes:
            wanted |= pl.col("indicator").str.starts_with(prefix)
        self._figures: dict[str, list[Figure]] = {}
        for table in tables:
            for row in table.frame.filter(wanted & pl.col("value").is_not_null()).iter_rows(named=True):
                rows = () if row["source_row"] is None else (row["source_row"],)
                self._figures.setdefault(row["iso3"], []).append(
                    Figure(row["indicator"], row["value"], row["unit"], row["period"], row["source"],
                           row["note"] or "", table.cite(rows))
                )  # fmt: skip
        for figures in self._figures.values():
            figures.sort(key=lambda figure: -figure.year)

    def countries(self) -> tuple[str, ...]:
        """Countries with any figure, by code."""
        return tuple(sorted(self._figures))

    def all(self, iso3: str, *names: str) -> list[Figure]:
        """Every figure of a country under ``names`` (a name ending in ``_`` is a prefix), latest first."""
        prefixes = tuple(name for name in names if name.endswith("_"))
        return [
            figure for figure in self._figures.get(iso3, ())
            if figure.indicator in names or (prefixes and figure.indicator.startswith(prefixes))
        ]  # fmt: skip

    def latest(self, iso3: str, *names: str) -> Figure | None:
        """The latest figure under any of ``names``."""
        return next(iter(self.all(iso3, *names)), None)

    def nearest(self, iso3: str, period: str, *names: str) -> Figure | None:
        """The figure under any of ``names`` whose year lies nearest to the middle of ``period``, the later of two: a
        period's trade belongs to the people of that time, whatever later census is loaded."""
        years = _years(period)
        if not years:
            return self.latest(iso3, *names)
        middle = sum(years) / len(years)
        return min(self.all(iso3, *names), key=lambda figure: abs(figure.year - middle), default=None)


def _years(period: str) -> list[int]:
    return [int(year) for year in re.findall(r"\d{4}", period)]
