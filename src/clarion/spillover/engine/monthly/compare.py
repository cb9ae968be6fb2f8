"""Two runs by month on one baseline, draw by draw: what differs is the scenario, not the luck of the draw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clarion.errors import InputError
from clarion.spillover.engine.market import ELASTICITIES
from clarion.spillover.engine.monthly.answer import MonthlyDraws
from clarion.spillover.engine.simulation.estimates import estimate
from clarion.vocab import Estimate, Phrase

Floats = NDArray[np.float64]

FIGURES = {"kcal_before_mean": "kcal/person/day", "kcal_lost_mean": "kcal/person/day", "person_days": "person-days"}
"""What is compared of each country, with its unit."""


@dataclass(frozen=True)
class ComparedRun:
    """One side: its scenario's name, the fingerprint of all but its shocks, the level of intervals, its draws."""

    name: str
    baseline: str
    level: float
    draws: MonthlyDraws


@dataclass(frozen=True)
class MonthlyComparison:
    """``second`` less ``first``: a positive difference is a heavier loss, or a higher price, under the second.

    ``countries`` by code and figure; ``prices`` the mean change of each world price over the months, where both runs
    have the commodity and it has a price; ``person_days`` over all countries.
    """

    first: str
    second: str
    countries: dict[str, dict[str, Estimate]]
    prices: dict[str, Estimate]
    person_days: Estimate

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""

        def plain(figures: dict[str, Estimate]) -> dict[str, Any]:
            return {name: figure.to_dict() for name, figure in figures.items()}

        return {
            "kind": "monthly comparison", "first": self.first, "second": self.second,
            "countries": [{"iso3": iso3} | plain(figures) for iso3, figures in self.countries.items()],
            "prices": plain(self.prices), "person_days": self.person_days.to_dict(),
        }  # fmt: skip


def refuse_unlike(names: tuple[str, str], baselines: tuple[str, str]) -> None:
    """Go on only with two runs that differ in their shocks alone; their baselines are known before they are worked.

    Raises
    ------
    InputError: they differ in seed, draws, trade, months, assumptions or tables.
    """
    if baselines[0] != baselines[1]:
        raise InputError(
            Phrase("These two runs by month cannot be compared: they differ in more than their shocks."),
            where=", ".join(names),
            next_step=Phrase(
                "Run one of them again with the other's seed, draws, trade, start, months and the same loaded tables."
            ),
        )


def compare_months(first: ComparedRun, second: ComparedRun) -> MonthlyComparison:
    """Differences of two runs with common random numbers. A country that a scenario does not reach is unharmed by it.

    Raises
    ------
    InputError: the runs differ in seed, draws, trade, months, assumptions or tables.
    """
    refuse_unlike((first.name, second.name), (first.baseline, second.baseline))
    one, other = first.draws, second.draws
    countries = tuple(sorted({*one.countries, *other.countries}))
    size = len(next(iter(other.totals.values())))
    method = Phrase("median and interval of {size} paired differences with common random numbers", size=size)

    def difference(get: Callable[[MonthlyDraws], Floats]) -> Floats:
        return get(other) - get(one)

    def of(values: Floats, unit: str) -> Estimate:
        if np.isnan(values).any():
            return Estimate.not_known(unit, Phrase("An input of this figure is not known."))
        return estimate(values, unit, second.level, method)

    wide = {name: difference(lambda d, name=name: _wide(d, name, countries)) for name in FIGURES}  # type: ignore[misc]
    both = [item for item in other.items if item in one.items and item in ELASTICITIES]
    prices = {
        item: of(difference(lambda d, item=item: _price(d, item)), "ratio")  # type: ignore[misc]
        for item in both
    }
    return MonthlyComparison(
        first.name, second.name,
        {
            iso3: {name: of(wide[name][:, i], unit) for name, unit in FIGURES.items()}
            for i, iso3 in enumerate(countries)
        },
        prices, of(np.nansum(wide["person_days"], axis=1), "person-days"),
    )  # fmt: skip


def _wide(draws: MonthlyDraws, name: str, countries: tuple[str, ...]) -> Floats:
    values = draws.totals[name].astype(np.float64)
    found = np.zeros((len(values), len(countries)))
    found[:, np.searchsorted(countries, draws.countries)] = values
    return found


def _price(draws: MonthlyDraws, item: str) -> Floats:
    """Mean change of a world price over the months, 0.1 for a tenth, (draws,)."""
    found: Floats = np.expm1(draws.totals["price"][:, draws.items.index(item)].astype(np.float64)).mean(axis=1)
    return found
