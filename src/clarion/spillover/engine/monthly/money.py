"""Money in a run by month: what dearer imports cost a country, and what it receives from Russia."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.bans.inputs import prices
from clarion.spillover.engine.bans.months import read_month
from clarion.spillover.engine.exposure.indicators import Indicators
from clarion.spillover.engine.macro import Basis, CountryMacro, MacroDraws, MacroQuestion, basis, draw_macro
from clarion.spillover.engine.macro.country import country as country_macro
from clarion.spillover.engine.market import ELASTICITIES
from clarion.spillover.engine.monthly.numbers import Numbers
from clarion.spillover.engine.monthly.question import MonthlyQuestion, MonthlyTables
from clarion.spillover.engine.people import groups
from clarion.spillover.engine.people.import_bill import MILLION, NAMES, ImportBill, extra_bill, import_bill
from clarion.spillover.engine.simulation.layer import Layer
from clarion.vocab import Estimate, Phrase, Provenance

Floats = NDArray[np.float64]
REMITTANCES = ("received", "change", "share_of_gdp", "increase")
_NO_ECONOMY = Phrase("The scenario says nothing of Russia's economy.")
_NO_PRICES = Phrase("This run has no prices.")


@dataclass(frozen=True)
class Purse:
    """What money rests on: indicators of reserves, GDP and shares of the population; ``before`` the world price of each
    item over the scenario's period, USD a tonne, with the tables ``cited``; ``economy`` and its ``macro`` question
    where the scenario has one."""

    indicators: Indicators
    before: dict[str, float]
    cited: tuple[Provenance, ...]
    macro: MacroQuestion | None
    economy: Basis | None


@dataclass(frozen=True)
class CountryMoney:
    """``remittances`` are figures of money from Russia over a year: ``received`` before, its ``change`` in USD million,
    the change as a ``share_of_gdp``, and the chance of an ``increase``, for the sign may be either."""

    remittances: dict[str, Estimate]
    import_bill: ImportBill
    unpriced: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; the provenance is told once."""
        bill = self.import_bill
        figures = {name: getattr(bill, name) for name in ("extra", "share_of_gdp", "reserves", "months_used")}
        cited = {p: None for e in (*self.remittances.values(), *figures.values()) for p in e.provenance}
        return {
            "remittances": {name: _bare(e) for name, e in self.remittances.items()},
            "import_bill": {name: _bare(e) for name, e in figures.items()}
            | {"flags": list(bill.flags), "without_a_price": list(self.unpriced)},
            "provenance": [p.to_dict() for p in cited],
        }


def _bare(estimate: Estimate) -> dict[str, Any]:
    return replace(estimate, provenance=()).to_dict()


def purse(question: MonthlyQuestion, countries: tuple[str, ...], tables: MonthlyTables) -> Purse:
    """Read what the money of a run rests on.

    Raises
    ------
    ModelError: the scenario shakes Russia's economy, and too few past shocks are known up to its base year.
    """
    read = tables.yearly.indicators
    indicators = Indicators(read, (*NAMES, *groups.GROUPS.values()))
    before = {
        item: usd for item in question.scenario.items
        if item in ELASTICITIES and (usd := _usual(item, question, tables)) is not None
    }  # fmt: skip
    cited = tuple(table.cite() for table in tables.prices) if before else ()
    scene, asked = question.scenario.economy, None
    if scene is not None:
        year = scene.base_year or question.scenario.period.last
        asked = MacroQuestion(
            countries, scene.growth, scene.rouble, scene.rupture, year, max(question.draws, 100), question.level
        )  # fmt: skip
    return Purse(indicators, before, cited, asked, basis(asked, read) if asked else None)


def _usual(item: str, question: MonthlyQuestion, tables: MonthlyTables) -> float | None:
    """Mean price over the scenario's period, None where no month of it is loaded."""
    months, period = prices(tables.prices).get(item, {}), question.scenario.period
    first, last = read_month(f"{period.first}-01"), read_month(f"{period.last}-12")
    found = [usd for month, usd in sorted(months.items()) if first <= month <= last]
    return float(np.mean(found)) if found else None


@dataclass(frozen=True)
class Ledger:
    """The draws behind a run's money: ``ratio`` (D, K) of each item's price, a mean over all steps; ``macro`` where the
    scenario shakes Russia's economy."""

    purse: Purse
    question: MonthlyQuestion
    numbers: Numbers
    layers: tuple[Layer, ...]
    ratio: Floats
    macro: MacroDraws | None

    def country(self, iso3: str, lost: Floats) -> CountryMoney:
        """One country; ``lost`` (D, K) is use lost, tonnes a year, which is not bought either where it was imported."""
        bill, unpriced = self._bill(iso3, lost)
        return CountryMoney(self._remittances(iso3), bill, unpriced)

    def _remittances(self, iso3: str) -> dict[str, Estimate]:
        if self.macro is None or self.purse.macro is None or self.purse.economy is None:
            units = (MILLION, MILLION, "share of GDP", "probability")
            return {n: Estimate.not_known(u, _NO_ECONOMY) for n, u in zip(REMITTANCES, units, strict=True)}
        i = self.macro.countries.index(iso3)
        found: CountryMacro = country_macro(self.purse.macro, self.purse.economy, self.macro, i)
        return {name: getattr(found, name) for name in REMITTANCES}

    def _bill(self, iso3: str, lost: Floats) -> tuple[ImportBill, tuple[str, ...]]:
        bought, rows = {}, list(self.purse.cited)
        for layer in self.layers:
            if iso3 in layer.countries:
                i = layer.countries.index(iso3)
                bought[layer.item] = float(layer.tonnes[layer.importer == i].sum())
                rows += [p for p in layer.rows[i] if p.table == "trade_flows"]
        items = [layer.item for layer in self.layers]
        ratio = {item: self.ratio[:, m] for m, item in enumerate(items)}
        kept = {
            item: np.maximum(0.0, 1.0 - lost[:, m] / bought[item]) for m, item in enumerate(items)
            if bought.get(item, 0.0) > 0.0
        }  # fmt: skip
        priced = [item for item in kept if item in self.purse.before]
        extra = extra_bill(bought, self.purse.before, ratio, kept) if priced and self.has_prices else None
        level, uniform = self.question.level, self.numbers.uniform
        bill = import_bill(iso3, extra, self.purse.indicators, uniform, level, tuple(rows))
        if not self.has_prices:
            off = [Estimate.not_known(unit, _NO_PRICES) for unit in (MILLION, "share", "months")]
            bill = replace(bill, extra=off[0], share_of_gdp=off[1], months_used=off[2])
        return bill, tuple(item for item in kept if item not in self.purse.before)

    @property
    def has_prices(self) -> bool:
        """Whether the run has prices at all."""
        return self.question.behaviour.rule == "monthly" and self.question.behaviour.prices


def ledger(
    purse: Purse, question: MonthlyQuestion, seed: int, layers: tuple[Layer, ...], price: NDArray[np.floating]
) -> Ledger:
    """Draw what the money of a run needs; ``price`` (D, K, T) is the change of the logarithm of world prices.

    The streams are those of the trade's draws, by other names, so that two scenarios share them.
    """
    numbers = Numbers(lambda _: seed, 0, question.draws)
    drawn = draw_macro(purse.macro, purse.economy, numbers) if purse.macro and purse.economy else None
    return Ledger(purse, question, numbers, layers, np.exp(price.astype(np.float64)).mean(axis=2), drawn)
