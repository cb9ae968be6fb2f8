"""Everything a chunk of draws needs, made once and handed to every worker."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.people import (
    Balance,
    FoodShare,
    Nutrition,
    balances,
    food_share,
    kcal_per_person_day,
    nutrition,
)
from clarion.spillover.engine.simulation.layer import Layer, layer
from clarion.spillover.engine.simulation.question import ScenarioQuestion, ScenarioTables, baseline_id
from clarion.vocab import commodity

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Plan:
    """The question with its figures read. ``countries`` are those of any layer; ``burdens`` follow each layer's."""

    question: ScenarioQuestion
    seed: int
    baseline: str
    layers: tuple[Layer, ...]
    burdens: tuple[tuple[FoodShare, ...], ...]
    countries: tuple[str, ...]
    nutrition: dict[str, Nutrition]

    def spread_out(self, layer: Layer, values: Floats) -> Floats:
        """Values (..., layer's countries) as (..., all countries), 0 where the layer has none."""
        wide = np.zeros((*values.shape[:-1], len(self.countries)))
        wide[..., np.searchsorted(self.countries, layer.countries)] = values
        return wide


def prepare(question: ScenarioQuestion, tables: ScenarioTables, seed: int) -> Plan:
    """Read the figures that a question needs.

    Raises
    ------
    InputError: the tables have no trade of an item, or none in the scenario's period.
    ModelError: corrected trade of an item without production figures.
    ScenarioError: the shock leaves nothing of an item anywhere.
    """
    layers = tuple(layer(item, question, tables) for item in question.scenario.items)
    known = nutrition(tables.indicators)
    countries = tuple(sorted({c for found in layers for c in found.countries}))
    nobody = {c: Nutrition(c, {}) for c in countries if c not in known}
    people = {c: known[c] for c in countries if c in known} | nobody
    eaten = balances(tables.balances)
    burdens = tuple(_burdens(found, people, eaten) for found in layers)
    return Plan(question, seed, baseline_id(question, tables, seed), layers, burdens, countries, people)


def _burdens(
    layer: Layer, people: dict[str, Nutrition], known: dict[tuple[str, str], Balance]
) -> tuple[FoodShare, ...]:
    """The share of each country's loss that is food: from its loaded food balance, else from energy eaten among the
    indicators over the use of these figures, else a published share."""
    kcal_per_kg = commodity(layer.item).kcal_per_kg or 0.0
    found = []
    for iso3, tonnes in zip(layer.countries, layer.use, strict=True):
        population, balance = people[iso3].get("population"), known.get((layer.item, iso3))
        eaten = balance.eaten if balance else people[iso3].get(f"{layer.item}_kcal_cap_day")
        use = balance.used if balance else tonnes
        used = float(kcal_per_person_day(np.asarray(use), kcal_per_kg, population)) if population else None
        share = food_share(layer.item, iso3, eaten, used)
        found.append(replace(share, provenance=(balance.provenance,)) if balance and share.own else share)
    return tuple(found)
