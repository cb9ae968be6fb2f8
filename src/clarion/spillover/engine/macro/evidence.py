"""Past shocks: what money from Russia did when its output and the rouble moved."""

from __future__ import annotations

import math
from dataclasses import dataclass

from clarion.spillover.engine.exposure.indicators import Indicators
from clarion.vocab import Provenance

ROUBLE, GROWTH = "rouble_per_usd", "gdp_growth"
MEASURED = "transfers_in_from_russia_usd_m_total"
SYSTEMS = "transfer_systems_from_russia_usd_m"
CHANGE = "transfers_change"
NAMES = (ROUBLE, GROWTH, MEASURED, SYSTEMS, CHANGE)
HALF_YEAR_2009 = math.log(0.75)
"""The changes of 2009 are of its first half, over which the rouble lost a quarter (World Bank, People Move)."""


@dataclass(frozen=True, slots=True)
class Episode:
    """One country's year: logs of the change of money from Russia in dollars, of Russia's output, of the rouble."""

    iso3: str
    year: int
    transfers: float
    growth: float
    rouble: float
    provenance: Provenance


def episodes(indicators: Indicators, upto: int) -> tuple[Episode, ...]:
    """Every episode of the indicators, up to and with a year: by country, then year."""
    growth = {figure.year: math.log1p(figure.value / 100.0) for figure in indicators.all("RUS", GROWTH)}
    rate = {figure.year: figure.value for figure in indicators.all("RUS", ROUBLE)}
    fall = {year: math.log(rate[year - 1] / rate[year]) for year in rate if year - 1 in rate}
    found = []
    for iso3 in indicators.countries():
        for name in (MEASURED, SYSTEMS):
            series = {figure.year: figure for figure in indicators.all(iso3, name)}
            for year, figure in series.items():
                if year - 1 in series and year in fall and year in growth:
                    moved = math.log(figure.value / series[year - 1].value)
                    found.append(Episode(iso3, year, moved, growth[year], fall[year], figure.provenance))
        for figure in indicators.all(iso3, CHANGE):
            if figure.year in growth and (figure.year == 2009 or figure.year in fall):
                moved = math.log1p(figure.value / 100.0)
                lost = HALF_YEAR_2009 if figure.year == 2009 else fall[figure.year]
                found.append(Episode(iso3, figure.year, moved, growth[figure.year], lost, figure.provenance))
    return tuple(sorted((e for e in found if e.year <= upto), key=lambda e: (e.iso3, e.year)))
