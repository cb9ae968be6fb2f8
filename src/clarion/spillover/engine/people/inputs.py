"""What is known of a country's people and their food, with the source row of each figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from clarion.sources.warehouse import LoadedTable
from clarion.vocab import Phrase, Provenance

# Indicator names, and what they are called where one is missing.
_WANTED = {
    "population": Phrase("population"),
    "des_fbs_kcal_cap_day": Phrase("energy supply a person"),
    "pou_3yr_avg": Phrase("published prevalence of undernourishment"),
    "cv_habitual_caloric_consumption": Phrase("variation of intake between people"),
    "wheat_kcal_cap_day": Phrase("energy eaten as wheat"),
    "maize_kcal_cap_day": Phrase("energy eaten as maize"),
}
# The FAO publishes nothing below 2.5 percent; the World Bank's copy writes "<2.5" as 2.5.
_LOWEST_POU = 2.5
_FOR_PEOPLE = ("population", "des_fbs_kcal_cap_day", "pou_3yr_avg", "cv_habitual_caloric_consumption")


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure: its value, the period it speaks of, whether it only bounds, and where it stands."""

    value: float
    period: str
    censored: bool
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Nutrition:
    """One country's figures by indicator: persons, kcal a person a day, percent, ratio."""

    iso3: str
    figures: dict[str, Figure]

    def get(self, indicator: str) -> float | None:
        """The figure's value, or None where it is not known."""
        found = self.figures.get(indicator)
        return found.value if found else None

    @property
    def missing(self) -> tuple[str, ...]:
        """What the count of people lacks, in plain words; empty where it can be made."""
        return tuple(_WANTED[name] for name in _FOR_PEOPLE if name not in self.figures)

    @property
    def provenance(self) -> tuple[Provenance, ...]:
        return tuple(figure.provenance for figure in self.figures.values())


def nutrition(tables: Iterable[LoadedTable]) -> dict[str, Nutrition]:
    """Every country's figures; of several periods of one indicator the newest counts."""
    found: dict[str, dict[str, Figure]] = {}
    for table in tables:
        wanted = table.frame.filter(pl.col("indicator").is_in(list(_WANTED)))
        for row in wanted.iter_rows(named=True):
            lowest = row["indicator"] == "pou_3yr_avg" and row["value"] <= _LOWEST_POU
            censored = lowest or "CENSORED" in (row["note"] or "")
            cited = table.cite((row["source_row"],) if row["source_row"] is not None else (), row["source"])
            figure = Figure(row["value"], row["period"], censored, cited)
            mine = found.setdefault(row["iso3"], {})
            if row["indicator"] not in mine or mine[row["indicator"]].period < figure.period:
                mine[row["indicator"]] = figure
    return {iso3: Nutrition(iso3, found[iso3]) for iso3 in sorted(found)}
