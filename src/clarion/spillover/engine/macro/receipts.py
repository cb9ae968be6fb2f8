"""What a country receives from Russia in a year: measured where it is, else modelled, with its error."""

from __future__ import annotations

from dataclasses import dataclass

from clarion.spillover.engine.exposure.indicators import Figure, Indicators
from clarion.spillover.engine.exposure.wider import MODELLED_HALF_WIDTH
from clarion.spillover.engine.macro.evidence import MEASURED, SYSTEMS
from clarion.spillover.engine.macro.laws import MEASURED_HALF_WIDTH, SYSTEMS_HALF_WIDTH
from clarion.vocab import Phrase, Provenance

MODELLED = "remittances_from_russia_usd_m"
FRESH = 1
"""A measured figure older than this many years before the base year gives way to a modelled one."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money from Russia: USD million a year, half of the 90 % interval of its log, the year and what it is."""

    usd_m: float
    half_width: float
    year: int
    kind: Phrase
    provenance: Provenance


def receipt(iso3: str, indicators: Indicators, base_year: int) -> Receipt | None:
    """The best figure of the base year or shortly before; None where there is none."""
    for name, width, age in (
        (MEASURED, MEASURED_HALF_WIDTH, FRESH),
        (SYSTEMS, SYSTEMS_HALF_WIDTH, FRESH),
        (MODELLED, MODELLED_HALF_WIDTH, base_year),
    ):
        found = _latest(indicators.all(iso3, name), base_year, age)
        if found is not None and found.value > 0.0:
            return Receipt(found.value, width, found.year, _kind(name, found.year), found.provenance)
    return None


def _latest(figures: list[Figure], base_year: int, age: int) -> Figure | None:
    return next((figure for figure in figures if base_year - age <= figure.year <= base_year), None)


def _kind(name: str, year: int) -> Phrase:
    if name == MEASURED:
        return Phrase("measured transfers, {year}", year=year)
    if name == SYSTEMS:
        return Phrase("money transfer systems, {year}", year=year)
    return Phrase("modelled from migrant stocks and incomes (KNOMAD), {year}", year=year)
