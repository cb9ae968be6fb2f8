"""The answer to a scenario question: estimates with intervals, and the draws behind them for comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.simulation.question import ScenarioQuestion
from clarion.vocab import Estimate, Provenance

Floats = NDArray[np.float64]

STATEMENT = (
    "Scenario, not a forecast: it says what would follow if this happened to the trade of {period}, by the stated rules,"
    " not how likely it is. No prices, policy reactions or new trade links are modelled."
)


@dataclass(frozen=True, slots=True)
class Partner:
    """One supplier's flow before and after, in the central run, tonnes a year."""

    iso3: str
    before: float
    after: float

    def to_dict(self) -> dict[str, Any]:
        return {"iso3": self.iso3, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One country and item. ``supply_lost`` is what production and imports fall short of before; a part of it is
    covered by ``reserves_drawn``, the rest is ``use_lost``. A negative loss is a surplus that cannot be sold.
    """

    supply_lost: Estimate
    share_of_use: Estimate
    reserves_drawn: Estimate
    use_lost: Estimate
    partners: tuple[Partner, ...]

    def to_dict(self) -> dict[str, Any]:
        figures = {name: getattr(self, name).to_dict() for name in FIGURES}
        return figures | {"partners": [p.to_dict() for p in self.partners]}


FIGURES = ("supply_lost", "share_of_use", "reserves_drawn", "use_lost")


@dataclass(frozen=True, slots=True)
class CountryResult:
    """One country: each item, energy lost a person a day, people pushed under the requirement."""

    iso3: str
    items: dict[str, ItemResult]
    kcal_lost: Estimate
    people: Estimate

    def to_dict(self) -> dict[str, Any]:
        return {
            "iso3": self.iso3,
            "items": {item: result.to_dict() for item, result in self.items.items()},
            "kcal_lost": self.kcal_lost.to_dict(),
            "people": self.people.to_dict(),
        }


@dataclass(frozen=True)
class Draws:
    """Every draw: ``items[item][figure]`` and ``kcal``, ``people`` have shape (draws, countries), NaN where not known."""

    countries: tuple[str, ...]
    items: dict[str, dict[str, Floats]]
    kcal: Floats
    people: Floats


@dataclass(frozen=True)
class ScenarioAnswer:
    """What the scenario does. Estimates are medians of the draws with their central interval.

    ``world`` holds totals; ``mass_error`` is the worst relative breach of the law of mass over all runs and
    ``unsettled`` counts runs that met the limit of iterations. ``baseline`` is equal for runs that may be compared.
    """

    question: ScenarioQuestion
    seed: int
    baseline: str
    statement: str
    countries: dict[str, CountryResult]
    world: dict[str, Estimate]
    mass_error: float
    unsettled: int
    methods: tuple[str, ...]
    provenance: tuple[Provenance, ...]
    draws: Draws

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; the draws themselves are left out."""
        asked = self.question
        return {
            "kind": "scenario",
            "statement": self.statement,
            "scenario": {
                "name": asked.scenario.name,
                "title": asked.scenario.title,
                "summary": asked.scenario.summary,
                "items": list(asked.scenario.items),
                "period": str(asked.scenario.period),
                "toml": asked.scenario.to_toml(),
            },
            "trade": asked.trade,
            "rule": asked.rule,
            "draws": asked.draws,
            "level": asked.level,
            "seed": self.seed,
            "baseline": self.baseline,
            "countries": [country.to_dict() for country in self.countries.values()],
            "world": {name: estimate.to_dict() for name, estimate in self.world.items()},
            "mass_error": self.mass_error,
            "unsettled": self.unsettled,
            "methods": list(self.methods),
            "provenance": [p.to_dict() for p in self.provenance],
        }
