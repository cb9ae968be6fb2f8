"""Everything a chunk of draws needs, made once and handed to every worker."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from clarion.errors import InputError
from clarion.spillover.engine.market import ELASTICITIES
from clarion.spillover.engine.monthly.arrays import Switches
from clarion.spillover.engine.monthly.laws import reaching_home
from clarion.spillover.engine.monthly.money import Purse, purse
from clarion.spillover.engine.monthly.next_harvest import Soil, soil
from clarion.spillover.engine.monthly.question import MonthlyQuestion, MonthlyTables, baseline_id
from clarion.spillover.engine.monthly.world import World, world
from clarion.spillover.engine.scenario import Range
from clarion.spillover.engine.simulation.plan import Plan
from clarion.spillover.engine.simulation.plan import prepare as prepare_year
from clarion.vocab import Phrase, Provenance

Floats = NDArray[np.float64]
_ROUNDS = 12  # of rationing along old links: chains of re-exporters are short
_MOST_ROUNDS = 20  # of price and bans within a month


@dataclass(frozen=True)
class MonthlyPlan:
    """The question with its figures read. ``year`` is the yearly model's plan of the same question; ``income`` a head
    against that of the middle country and ``passing``, how far the world price reaches home, follow the countries.
    ``soil`` is what the scenario's fertiliser meets, None where it has none; ``purse`` what money rests on;
    ``laws_cited`` are the tables behind bans and pass-through."""

    question: MonthlyQuestion
    seed: int
    baseline: str
    year: Plan
    world: World
    income: Floats
    passing: tuple[Range, ...]
    soil: Soil | None
    purse: Purse
    laws_cited: tuple[Provenance, ...]

    @property
    def countries(self) -> tuple[str, ...]:
        """All countries, in the order of every array."""
        return self.year.countries

    @property
    def items(self) -> tuple[str, ...]:
        """Commodities, in the order of every array."""
        return tuple(layer.item for layer in self.year.layers)

    @cached_property
    def priced(self) -> tuple[int, ...]:
        """Where in ``items`` those stand whose supply and demand have published elasticities; others have no price."""
        return tuple(m for m, item in enumerate(self.items) if item in ELASTICITIES)

    @property
    def steps(self) -> tuple[str, ...]:
        """Calendar month of each step, ``01`` to ``12``; ``year`` for the one step of a published rule."""
        if self.question.behaviour.rule != "monthly":
            return ("year",)
        return tuple(f"{month:02d}" for month in self.question.calendar)

    @property
    def cited(self) -> tuple[Provenance, ...]:
        """The tables behind what moves prices, bans, later harvests and money."""
        ground = () if self.soil is None else tuple(p for rows in self.soil.use.rows.values() for p in rows)
        economy = self.purse.economy.cited if self.purse.economy else ()
        moved = self.laws_cited if self.question.behaviour.rule == "monthly" else ()
        return (*moved, *ground, *(self.soil.rows if self.soil else ()), *self.purse.cited, *economy)

    @cached_property
    def switches(self) -> Switches:
        """How the compiled months are to run."""
        asked = self.question
        conduct = asked.behaviour
        return Switches(
            asked.scenario.time.start - 1, _ROUNDS, _MOST_ROUNDS, conduct.prices, conduct.bans, conduct.new_links
        )


def prepare(question: MonthlyQuestion, tables: MonthlyTables, seed: int) -> MonthlyPlan:
    """Read the figures that a question needs.

    Raises
    ------
    InputError: the tables have no trade of an item, or none in the scenario's period; no income of any country.
    ModelError: corrected trade of an item without production figures.
    ModelError: the scenario shakes Russia's economy, and too few past shocks are known.
    ScenarioError: the shock leaves nothing of an item anywhere; a shortage of fertiliser of which no trade is known.
    """
    year = prepare_year(question.yearly, tables.yearly, seed)
    income = _income(year, tables)
    middle = float(np.nanmedian(income))
    passing = reaching_home(
        question.laws, tables.pass_through, dict(zip(year.countries, income.tolist(), strict=True)), year.countries
    )
    return MonthlyPlan(
        question, seed, baseline_id(question, tables, seed), year,
        world(question, year.layers, year.countries, tables), income / middle, passing,
        soil(question, year.countries, tables), purse(question, year.countries, tables),
        (tables.restrictions.cite(), tables.pass_through.cite()),
    )  # fmt: skip


def _income(year: Plan, tables: MonthlyTables) -> Floats:
    """Income a head, (N,), USD a year; NaN where it is not known."""
    gdp: dict[str, tuple[str, float]] = {}
    for table in tables.yearly.indicators:
        for row in table.frame.filter(indicator="gdp").iter_rows(named=True):
            if row["iso3"] not in gdp or gdp[row["iso3"]][0] < row["period"]:
                gdp[row["iso3"]] = (row["period"], row["value"])
    population = [year.nutrition[c].get("population") or np.nan for c in year.countries]
    money = np.array([gdp[c][1] if c in gdp and gdp[c][1] > 0 else np.nan for c in year.countries])
    each: Floats = 1e6 * money / np.array(population)
    if not np.isfinite(each).any():
        raise InputError(
            Phrase("The indicators give no country's GDP and population."), where="indicators",
            next_step=Phrase("Load the figures with: {command}", command="clarion sources fetch wb-gdp"),
        )  # fmt: skip
    return each
