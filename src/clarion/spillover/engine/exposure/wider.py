"""Beyond food: remittances, energy and fertiliser from the origins, from published indicators.

These speak of Russia only; asked about origins without it, the answer is "not known".
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from clarion.spillover.engine.exposure.indicators import Figure, Indicators
from clarion.spillover.engine.exposure.interval import estimate
from clarion.vocab import Estimate, Period, Phrase, Provenance

if TYPE_CHECKING:
    from clarion.sources.warehouse import LoadedTable

REMITTANCES = "remittances_from_russia_pct_gdp2019"
REMITTANCE_RIVALS = (
    "remittances_share_from_russia", "remittances_share_from_russia_reported", "transfers_share_from_russia_reported",
    "transfers_in_share_russia_", "transfers_in_from_russia_usd_m_", "remittances_pct_gdp",
)  # fmt: skip
ENERGY = "energy_from_russia_"
ENERGY_SHARE = "energy_from_russia_share_domestic_use"
POTASH = ("share_of_potash_imports_from_RUS_plus_UKR", "baci_share_rus_ukr_potash")
FERTILISER = ("share_of_fertiliser_imports_from_RUS", *POTASH)
NAMES = ("gdp", REMITTANCES, *REMITTANCE_RIVALS, ENERGY, *FERTILISER)

GIGAJOULES_PER_TONNE = {
    "oil": 42.3, "oil_products": 43.0, "natural_gas": 48.0, "lng": 48.0, "coal": 25.8, "coke": 28.2, "tar": 40.2,
}  # fmt: skip
"""Net calorific values, IPCC 2006 Guidelines, volume 2, table 1.2 (products as gas and diesel oil)."""

MODELLED_HALF_WIDTH = 0.79
"""Half of the 90 % interval of a log, for modelled remittances. Shares of Russia that were both modelled and measured:
Armenia 2017 63.6 and 60.6, Armenia 2021 61.5 and 41.0, Uzbekistan 2021 100 and 54, Kyrgyzstan 2021 72 and 80 or more;
root mean square of the log ratio 0.37, times Student's t of 4 cases. Four cases calibrate little; the year 2022, when
flows to Armenia rose fourfold, lies outside."""

ENERGY_HALF_WIDTH = 1.645 * 0.42
"""From the change of energy bought from Russia between full years, 73 changes of 2019-2021 (none held apart)."""

FERTILISER_HALF_WIDTH = 1.645 * math.hypot(0.946, 0.28)
"""Of the log odds: spread of a flow of 32 kt, in the middle of 10 to 100 kt, under the trade error model, for want
of a series."""


@dataclass(frozen=True, slots=True)
class Wider:
    """Dependence beyond food, and published figures that say something else, kept beside it."""

    remittances_pct_gdp: Estimate
    energy_gj_per_person: Estimate
    fertiliser_share: Estimate
    remittance_rivals: tuple[Figure, ...]
    energy_by_fuel: tuple[Figure, ...]
    energy_share_of_use: tuple[Figure, ...]

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """Our own figures."""
        return self.remittances_pct_gdp, self.energy_gj_per_person, self.fertiliser_share

    @property
    def published(self) -> tuple[Figure, ...]:
        """Others' figures, as published."""
        return *self.remittance_rivals, *self.energy_by_fuel, *self.energy_share_of_use

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            name: value.to_dict() if isinstance(value, Estimate) else [figure.to_dict() for figure in value]
            for name, value in ((slot, getattr(self, slot)) for slot in self.__slots__)
        }


def wider(iso3: str, origins: tuple[str, ...], indicators: Indicators, remittances: LoadedTable | None) -> Wider:
    """A country's dependence beyond food."""
    if "RUS" not in origins:
        only = Phrase("Published figures of this kind speak of Russia only, which is not among the origins.")
        blank = [Estimate.not_known(unit, only) for unit in ("% of GDP", "GJ/person/year", "share")]
        return Wider(blank[0], blank[1], blank[2], (), (), ())
    fuels = _latest_of_each(indicators.all(iso3, ENERGY))
    return Wider(
        _remittances(iso3, origins, indicators, remittances),
        _energy(iso3, fuels, indicators),
        _fertiliser(iso3, indicators),
        tuple(indicators.all(iso3, *REMITTANCE_RIVALS)),
        tuple(fuels),
        tuple(indicators.all(iso3, ENERGY_SHARE)),
    )


def _remittances(iso3: str, origins: tuple[str, ...], indicators: Indicators, pairs: LoadedTable | None) -> Estimate:
    unit = "% of GDP"
    figure, sent = indicators.latest(iso3, REMITTANCES), _sent(iso3, origins, pairs)
    # The ready figure, unless somebody has loaded a later matrix.
    if figure is not None and (sent is None or Period.parse(sent[1]).last <= figure.first_year):
        value, years = figure.value, figure.period
        sources: tuple[Provenance, ...] = (figure.provenance,)
    else:
        gdp = indicators.nearest(iso3, sent[1], "gdp") if sent else None
        if sent is None or gdp is None or gdp.value <= 0:
            return Estimate.not_known(
                unit, Phrase("No figure for remittances from the origins, or none for GDP, is loaded.")
            )
        usd, period, trail = sent
        value, sources = 100 * usd / (gdp.value * 1e6), (trail, gdp.provenance)
        years = f"{period}/{gdp.period}"
    factor = math.exp(MODELLED_HALF_WIDTH)
    method = Phrase(
        "Modelled from migrant stocks and incomes (KNOMAD), {years}; interval from four measured counterparts.",
        years=years,
    )
    return estimate(value, value / factor, value * factor, unit, method, sources)


def _sent(iso3: str, origins: tuple[str, ...], pairs: LoadedTable | None) -> tuple[float, str, Provenance] | None:
    if pairs is None:
        return None
    rows = pairs.frame.filter((pl.col("receiver_iso3") == iso3) & pl.col("sender_iso3").is_in(origins))
    if rows.is_empty():
        return None
    latest = max(rows["period"].to_list(), key=lambda label: Period.parse(label).last)
    rows = rows.filter(pl.col("period") == latest)
    return float(rows["usd"].sum()), latest, pairs.cite(tuple(sorted(rows["source_row"].drop_nulls().to_list())))


def _latest_of_each(figures: list[Figure]) -> list[Figure]:
    latest: dict[str, Figure] = {}
    for figure in figures:
        if figure.unit == "t" and figure.indicator.removeprefix(ENERGY) in GIGAJOULES_PER_TONNE:
            latest.setdefault(figure.indicator, figure)
    return list(latest.values())


def _energy(iso3: str, fuels: list[Figure], indicators: Indicators) -> Estimate:
    unit = "GJ/person/year"
    if not fuels:
        return Estimate.not_known(unit, Phrase("No full year of energy imports from Russia is reported."))
    people = indicators.nearest(iso3, fuels[0].period, "population")
    if people is None or people.value <= 0:
        return Estimate.not_known(unit, Phrase("The population is not known."))
    joules = sum(figure.value * GIGAJOULES_PER_TONNE[figure.indicator.removeprefix(ENERGY)] for figure in fuels)
    value, factor = joules / people.value, math.exp(ENERGY_HALF_WIDTH)
    years = sorted({figure.period for figure in fuels})
    method = Phrase(
        "Fuels bought from Russia, latest full year of each ({years}), at IPCC calorific values.", years=tuple(years)
    )
    sources = (*(figure.provenance for figure in fuels), people.provenance)
    return estimate(value, value / factor, value * factor, unit, method, sources)


def _fertiliser(iso3: str, indicators: Indicators) -> Estimate:
    figure = indicators.latest(iso3, *FERTILISER)
    if figure is None:
        return Estimate.not_known("share", Phrase("No figure for fertiliser from Russia is loaded for this country."))
    value = min(max(figure.value / 100, 0.0), 1.0)
    odds, factor = value / max(1 - value, 1e-9), math.exp(FERTILISER_HALF_WIDTH)
    low, high = (o / (1 + o) for o in (odds / factor, odds * factor))
    told = {"indicator": figure.indicator, "period": figure.period}
    method = Phrase("{indicator}, {period}; interval as of a flow of 10 to 100 kt.", **told)
    if figure.indicator in POTASH:
        method = Phrase(
            "Potash only, from Russia and Ukraine together: {indicator}, {period}; interval as of a flow of 10 to 100"
            " kt.",
            **told,
        )
    return estimate(value, low, high, "share", method, (figure.provenance,))
