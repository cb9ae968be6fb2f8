"""Two scenarios on one baseline, draw by draw: what differs is the scenario, not the luck of the draw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clarion.errors import InputError
from clarion.spillover.engine.simulation.answer import Draws, ScenarioAnswer
from clarion.spillover.engine.simulation.chunk import PEOPLE
from clarion.spillover.engine.simulation.estimates import estimate
from clarion.vocab import Estimate, Phrase

Floats = NDArray[np.float64]

FIGURES = ("supply_lost", "reserves_drawn", "use_lost")


@dataclass(frozen=True, slots=True)
class CountryDifference:
    """The second scenario less the first: by item and figure, and by figure of energy and people."""

    iso3: str
    items: dict[str, dict[str, Estimate]]
    people: dict[str, Estimate]

    def to_dict(self) -> dict[str, Any]:
        return {"iso3": self.iso3, "items": {item: _plain(found) for item, found in self.items.items()}} | _plain(
            self.people
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """``second`` less ``first``: a positive difference is a heavier loss under the second."""

    first: str
    second: str
    countries: dict[str, CountryDifference]
    world: dict[str, Estimate]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "kind": "comparison",
            "first": self.first,
            "second": self.second,
            "countries": [c.to_dict() for c in self.countries.values()],
            "world": _plain(self.world),
        }


def _plain(estimates: dict[str, Estimate]) -> dict[str, Any]:
    return {name: estimate.to_dict() for name, estimate in estimates.items()}


def compare(first: ScenarioAnswer, second: ScenarioAnswer) -> Comparison:
    """Differences of two runs with common random numbers.

    An item that only one scenario shocks is unharmed in the other: its loss there is nothing.

    Raises
    ------
    InputError: the runs differ in seed, draws, rule, trade, period, assumptions or tables.
    """
    _refuse_unlike(first, second)
    level, size = second.question.level, second.question.draws
    countries = tuple(sorted({*first.draws.countries, *second.draws.countries}))
    items = tuple(dict.fromkeys((*first.draws.items, *second.draws.items)))
    method = Phrase("median and interval of {size} paired differences with common random numbers", size=size)

    def difference(get: Callable[[Draws], Floats | None]) -> Floats:
        return _wide(get(second.draws), second.draws, countries, size) - _wide(
            get(first.draws), first.draws, countries, size
        )

    def of(draws: Floats, unit: str) -> Estimate:
        if np.isnan(draws).any():
            return Estimate.not_known(unit, Phrase("An input of this figure is not known."))
        return estimate(draws, unit, level, method)

    tonnes = {
        (item, figure): difference(lambda d, item=item, figure=figure: d.items.get(item, {}).get(figure))  # type: ignore[misc]
        for item in items
        for figure in FIGURES
    }
    people = {figure: difference(lambda d, figure=figure: d.people[figure]) for figure in PEOPLE}  # type: ignore[misc]
    units = {figure: "persons" if figure.startswith("people") else "kcal/person/day" for figure in PEOPLE}
    found = {
        iso3: CountryDifference(
            iso3,
            {item: {figure: of(tonnes[item, figure][:, i], "t/year") for figure in FIGURES} for item in items},
            {figure: of(people[figure][:, i], units[figure]) for figure in PEOPLE},
        )
        for i, iso3 in enumerate(countries)
    }
    world = {
        figure: of(np.nansum(people[figure], axis=1), "persons") for figure in PEOPLE if units[figure] == "persons"
    }
    return Comparison(first.question.scenario.name, second.question.scenario.name, found, world)


def _refuse_unlike(first: ScenarioAnswer, second: ScenarioAnswer) -> None:
    if first.baseline == second.baseline:
        return
    one, other = first.question, second.question
    pairs = {
        Phrase("seed"): (first.seed, second.seed),
        Phrase("draws"): (one.draws, other.draws),
        Phrase("chunk"): (one.chunk, other.chunk),
        Phrase("trade"): (one.trade, other.trade),
        Phrase("rule"): (one.rule, other.rule),
        Phrase("assumptions"): (one.assumptions, other.assumptions),
        Phrase("period"): (str(one.scenario.period), str(other.scenario.period)),
    }
    unlike = [name for name, (a, b) in pairs.items() if a != b] or [Phrase("tables")]
    raise InputError(
        Phrase("These two runs cannot be compared. They differ in: {what}.", what=tuple(unlike)),
        where=f"{first.question.scenario.name}, {second.question.scenario.name}",
        next_step=Phrase("Run one of them again with the other's settings and the same loaded tables."),
        unlike=unlike,
    )


def _wide(values: Floats | None, draws: Draws, countries: tuple[str, ...], size: int) -> Floats:
    """Values by the joint list of countries; a country or item that a scenario does not reach is unharmed by it."""
    wide = np.zeros((size, len(countries)))
    if values is not None:
        wide[:, np.searchsorted(countries, draws.countries)] = values
    return wide
