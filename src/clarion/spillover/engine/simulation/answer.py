"""The answer to a scenario question: estimates with intervals, and the draws behind them for comparison."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.scenario import to_toml
from clarion.spillover.engine.simulation.question import ScenarioQuestion
from clarion.vocab import Estimate, Provenance
from clarion.vocab.phrase import phrases

Floats = NDArray[np.float64]


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
    """One country and item, tonnes a year and shares of its use before.

    ``supply_lost`` is missing before anybody responds; ``use_lost`` at the end, after stocks (``reserves_drawn``),
    other suppliers and own exports gave what the rule lets them give. A negative ``use_lost`` is a surplus that cannot
    be sold. Stocks may also be drawn to help others.
    """

    supply_lost: Estimate
    share_of_use: Estimate
    reserves_drawn: Estimate
    use_lost: Estimate
    use_share: Estimate
    partners: tuple[Partner, ...]

    def to_dict(self) -> dict[str, Any]:
        names = ("supply_lost", "share_of_use", "reserves_drawn", "use_lost", "use_share")
        return _cited_once({name: getattr(self, name) for name in names}) | {
            "partners": [p.to_dict() for p in self.partners]
        }


@dataclass(frozen=True, slots=True)
class CountryResult:
    """One country: each item, energy lost (kcal a person a day), people pushed under the requirement.

    ``*_before_response`` follow from ``supply_lost``: what would be missing if nobody stepped in. The other two follow
    from ``use_lost``. What happens lies between: stocks and other suppliers step in, but at a price.
    """

    iso3: str
    items: dict[str, ItemResult]
    kcal_before_response: Estimate
    people_before_response: Estimate
    kcal_lost: Estimate
    people: Estimate

    def to_dict(self) -> dict[str, Any]:
        names = ("kcal_before_response", "people_before_response", "kcal_lost", "people")
        return {
            "iso3": self.iso3,
            "items": {item: result.to_dict() for item, result in self.items.items()},
        } | _cited_once({name: getattr(self, name) for name in names})


def _cited_once(estimates: dict[str, Estimate]) -> dict[str, Any]:
    """Estimates that share their sources, with the sources listed once beside them."""
    cited = {p: None for e in estimates.values() for p in e.provenance}
    figures = {name: replace(e, provenance=()).to_dict() for name, e in estimates.items()}
    return figures | {"provenance": [p.to_dict() for p in cited]}


@dataclass(frozen=True)
class Draws:
    """Every draw: ``items[item][figure]`` and ``people[figure]`` are (draws, countries), NaN where not known."""

    countries: tuple[str, ...]
    items: dict[str, dict[str, Floats]]
    people: dict[str, Floats]


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
        data = {
            "kind": "scenario",
            "statement": self.statement,
            "scenario": {
                "name": asked.scenario.name,
                "title": asked.scenario.title,
                "summary": asked.scenario.summary,
                "items": list(asked.scenario.items),
                "period": str(asked.scenario.period),
                "toml": to_toml(asked.scenario),
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
        # Kept answers are read in other languages later.
        return data | {"phrases": phrases(data)}
