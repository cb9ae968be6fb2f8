"""Two scenarios on one baseline, draw by draw: what differs is the scenario, not the luck of the draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clarion.errors import InputError
from clarion.spillover.engine.simulation.answer import Draws, ScenarioAnswer
from clarion.spillover.engine.simulation.estimates import estimate
from clarion.vocab import Estimate

Floats = NDArray[np.float64]

FIGURES = ("supply_lost", "use_lost", "reserves_drawn")


@dataclass(frozen=True, slots=True)
class CountryDifference:
    """The second scenario less the first, by item and figure, and for people."""

    iso3: str
    items: dict[str, dict[str, Estimate]]
    kcal_lost: Estimate
    people: Estimate

    def to_dict(self) -> dict[str, Any]:
        return {
            "iso3": self.iso3,
            "items": {i: {name: e.to_dict() for name, e in found.items()} for i, found in self.items.items()},
            "kcal_lost": self.kcal_lost.to_dict(),
            "people": self.people.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """``second`` less ``first``: a positive difference is a heavier loss under the second."""

    first: str
    second: str
    countries: dict[str, CountryDifference]
    people: Estimate

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "kind": "comparison",
            "first": self.first,
            "second": self.second,
            "countries": [c.to_dict() for c in self.countries.values()],
            "people": self.people.to_dict(),
        }


def compare(first: ScenarioAnswer, second: ScenarioAnswer) -> Comparison:
    """Differences of two runs with common random numbers.

    An item that only one scenario shocks is unharmed in the other: its loss there is nothing.

    Raises
    ------
    InputError: the runs differ in seed, draws, rule, trade, period, assumptions or tables.
    """
    _refuse_unlike(first, second)
    level = second.question.level
    countries = tuple(sorted({*first.draws.countries, *second.draws.countries}))
    items = tuple(dict.fromkeys((*first.draws.items, *second.draws.items)))
    size = first.question.draws
    gap = {
        (item, figure): _wide(second.draws, item, figure, countries, size)
        - _wide(first.draws, item, figure, countries, size)
        for item in items
        for figure in FIGURES
    }
    kcal = _people_wide(second.draws.kcal, second.draws, countries) - _people_wide(
        first.draws.kcal, first.draws, countries
    )
    people = _people_wide(second.draws.people, second.draws, countries) - _people_wide(
        first.draws.people, first.draws, countries
    )
    method = f"median and interval of {size} paired differences with common random numbers"

    def of(draws: Floats, unit: str, reason: str) -> Estimate:
        if np.isnan(draws).any():
            return Estimate.not_known(unit, reason)
        return estimate(draws, unit, level, method)

    found = {
        iso3: CountryDifference(
            iso3,
            {item: {f: of(gap[item, f][:, i], "t/year", "") for f in FIGURES} for item in items},
            of(kcal[:, i], "kcal/person/day", "The population is not known."),
            of(people[:, i], "persons", "An input of the count of people is not known."),
        )
        for i, iso3 in enumerate(countries)
    }
    total = of(np.nansum(people, axis=1), "persons", "")
    return Comparison(first.question.scenario.name, second.question.scenario.name, found, total)


def _refuse_unlike(first: ScenarioAnswer, second: ScenarioAnswer) -> None:
    if first.baseline == second.baseline:
        return
    pairs = {
        "seed": (first.seed, second.seed),
        "draws": (first.question.draws, second.question.draws),
        "chunk": (first.question.chunk, second.question.chunk),
        "trade": (first.question.trade, second.question.trade),
        "rule": (first.question.rule, second.question.rule),
        "assumptions": (first.question.assumptions, second.question.assumptions),
        "period": (str(first.question.scenario.period), str(second.question.scenario.period)),
    }
    unlike = [name for name, (a, b) in pairs.items() if a != b] or ["tables"]
    raise InputError(
        f"These two runs cannot be compared: they differ in {', '.join(unlike)}.",
        where=f"{first.question.scenario.name} and {second.question.scenario.name}",
        next_step="Run one of them again with the other's settings and the same loaded tables.",
        unlike=unlike,
    )


def _wide(draws: Draws, item: str, figure: str, countries: tuple[str, ...], size: int) -> Floats:
    wide = np.zeros((size, len(countries)))
    if item in draws.items:
        wide[:, np.searchsorted(countries, draws.countries)] = draws.items[item][figure]
    return wide


def _people_wide(values: Floats, draws: Draws, countries: tuple[str, ...]) -> Floats:
    # A country that a scenario's items do not reach is unharmed by it.
    wide = np.zeros((len(values), len(countries)))
    wide[:, np.searchsorted(countries, draws.countries)] = values
    return wide
