"""One country's figures from the draws."""

from __future__ import annotations

import numpy as np

from clarion.spillover.engine.macro.answer import CountryMacro
from clarion.spillover.engine.macro.basis import BELLIGERENTS, Basis
from clarion.spillover.engine.macro.draws import MacroDraws, boom_chance
from clarion.spillover.engine.macro.laws import INTERMEDIATED
from clarion.spillover.engine.macro.question import MacroQuestion
from clarion.spillover.engine.simulation.estimates import estimate
from clarion.vocab import Estimate, Interval, Phrase

MILLION, SHARE, RATIO, CHANCE, OF_TRADE = "USD million a year", "share of GDP", "ratio", "probability", "share of trade"
NO_RECEIPT = Phrase("No figure for money from Russia is loaded for this country.")
AT_WAR = Phrase("No past shock to a neighbour speaks for a country at war with or within it.")
UNITS = (MILLION, RATIO, MILLION, SHARE, CHANCE, RATIO, RATIO, RATIO, MILLION, OF_TRADE, SHARE)
NO_GDP = Phrase("No figure for GDP is loaded for this country.")
NO_EXPORTS = Phrase("The value of all exports to Russia is not among the tables loaded for this country.")
NO_TRADE = Phrase("Russia's share of all trade is not among the tables loaded for this country.")
NOT_MEASURED = Phrase("Measured in Armenia and Kyrgyzstan only (EBRD 2023).")


def country(question: MacroQuestion, found: Basis, draws: MacroDraws, i: int) -> CountryMacro:
    """The figures of country number ``i`` of the draws."""
    iso3, level, ratio = draws.countries[i], question.level, draws.ratio[:, i]
    was, gdp, sold = found.receipts.get(iso3), found.gdp.get(iso3), found.exports.get(iso3)
    law = Phrase(
        "(1 + growth)^a (1 + rouble)^psi B - 1, psi from {count} country-years up to {year}, B calm or boom",
        count=found.fit.episodes, year=question.base_year,
    )  # fmt: skip
    of_exports = Phrase("elasticities of exports to Russia, 2016-2020; goods passed on are not in it")
    share = Estimate.not_known(SHARE, NO_GDP if was else NO_RECEIPT)
    received = change = Estimate.not_known(MILLION, NO_RECEIPT)
    if iso3 in BELLIGERENTS:
        return CountryMacro(iso3, *(Estimate.not_known(unit, AT_WAR) for unit in UNITS))
    if was is not None:
        before = draws.received[:, i]
        change_usd = before * (ratio - 1.0)
        received = estimate(before, MILLION, level, was.kind, (was.provenance,))
        change = estimate(change_usd, MILLION, level, law, (was.provenance,))
        if gdp is not None and gdp.value > 0.0:
            both = (was.provenance, gdp.provenance)
            share = estimate(change_usd / gdp.value, SHARE, level, Phrase("of GDP {year}", year=gdp.period), both)
    exports_change = Estimate.not_known(MILLION, NO_EXPORTS)
    if sold is not None:
        moved = sold.value * (draws.exports[:, i] - 1.0)
        exports_change = estimate(moved, MILLION, level, of_exports, (sold.provenance,))
    trade_change = Estimate.not_known(OF_TRADE, NO_TRADE)
    if iso3 in found.trade:
        tied = found.trade[iso3]
        moved = tied.value / 100.0 * draws.about * (draws.exports[:, i] - 1.0)
        trade_change = estimate(moved, OF_TRADE, level, Phrase("Russia's share, {year}, times the ratio of exports",
                                year=tied.period), (tied.provenance,))  # fmt: skip
    passed_on = Estimate.not_known(SHARE, NOT_MEASURED)
    if iso3 in INTERMEDIATED:
        passed_on = estimate(draws.passed_on[:, i], SHARE, level, Phrase("none when calm; EBRD 2023 in a boom"))
    return CountryMacro(
        iso3, received, estimate(ratio, RATIO, level, law, found.cited), change, share,
        _increase(question, draws, i),
        estimate(draws.calm[:, i], RATIO, level), estimate(draws.boom[:, i], RATIO, level),
        estimate(draws.exports[:, i], RATIO, level, of_exports), exports_change, trade_change, passed_on,
    )  # fmt: skip


def _increase(question: MacroQuestion, draws: MacroDraws, i: int) -> Estimate:
    """The chance of more money than before; as uncertain as the odds of a boom are."""
    calm, boom = float((draws.calm[:, i] > 1.0).mean()), float((draws.boom[:, i] > 1.0).mean())
    tail = (1.0 - question.level) / 2.0
    odds = boom_chance(np.array([tail, 1.0 - tail]), question.rupture)
    mean = float(draws.chance.mean())
    low, value, high = (calm + c * (boom - calm) for c in (float(odds[0]), mean, float(odds[1])))
    return Estimate(value, CHANCE, Interval(low, high, question.level),
                    Phrase("share of the draws; interval from the odds of a boom"))  # fmt: skip
