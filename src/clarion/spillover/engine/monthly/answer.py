"""The answer by month: estimates with intervals, and the draws behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.monthly.money import CountryMoney
from clarion.spillover.engine.monthly.question import MonthlyQuestion
from clarion.spillover.engine.monthly.waterfall import Waterfall
from clarion.spillover.engine.scenario import to_toml
from clarion.vocab import Estimate, Interval, Provenance
from clarion.vocab.phrase import phrases


@dataclass(frozen=True, slots=True)
class Path:
    """A figure step by step: quantiles of the draws, one entry a step. ``low`` and ``high`` bound the central
    interval at ``level``."""

    unit: str
    low: tuple[float, ...]
    p10: tuple[float, ...]
    p50: tuple[float, ...]
    p90: tuple[float, ...]
    high: tuple[float, ...]
    level: float
    method: str = ""
    provenance: tuple[Provenance, ...] = ()

    def at(self, step: int) -> Estimate:
        """The estimate of one step, counted from 0."""
        interval = Interval(self.low[step], self.high[step], self.level)
        return Estimate(self.p50[step], self.unit, interval, self.method, self.provenance)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; the provenance is told once beside the figures."""
        data = {name: list(getattr(self, name)) for name in ("low", "p10", "p50", "p90", "high")}
        return {"unit": self.unit, "level": self.level} | data | ({"method": self.method} if self.method else {})


@dataclass(frozen=True, slots=True)
class ItemPaths:
    """One country and item. Amounts are tonnes a step, stocks tonnes at its end; totals are of all steps.

    ``bans`` is the probability that the country's own ban holds, by step, and ``any_ban`` that it bans at all; both
    None for a country that sells too little. ``notes`` say what was assumed for want of a figure.
    """

    supply_lost: Path
    use_lost: Path
    stocks: Path
    supply_lost_total: Estimate
    use_lost_total: Estimate
    bans: tuple[Estimate, ...] | None
    any_ban: Estimate | None
    waterfall: Waterfall
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            name: getattr(self, name).to_dict() for name in ("supply_lost", "use_lost", "stocks", "waterfall")
        }
        data |= {name: _bare(getattr(self, name)) for name in ("supply_lost_total", "use_lost_total")}
        if self.bans is not None and self.any_ban is not None:
            data |= {"bans": [_bare(e) for e in self.bans], "any_ban": _bare(self.any_ban)}
        return data | {
            "notes": list(self.notes), "provenance": [p.to_dict() for p in self.supply_lost_total.provenance]
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class CountryPaths:
    """One country. Energy is kcal a person a day; people are those pushed under the requirement, person-days their
    number summed over the days of all steps. ``missing`` names layers of which nothing is known there: not zero.

    ``groups`` are children's and women's part of the person-days. ``next_harvest`` is the relative change, by item, of
    harvests whose fertiliser was short; empty where the scenario has no fertiliser.

    ``kcal_before_mean`` and ``kcal_lost_mean`` are means over all steps, before anybody responds and in the end, kcal a
    person a day; ``kcal_lost_worst`` is that of the worst step of each draw, and ``kcal_lost_total`` the sum over all
    days, kcal a person.

    ``rank`` is the place by energy lost among all countries, 1 the worst; ``worst_ten`` the probability of being
    among ten.
    """

    iso3: str
    items: dict[str, ItemPaths]
    missing: tuple[str, ...]
    kcal_before: Path | Estimate
    kcal_lost: Path | Estimate
    kcal_before_mean: Estimate
    kcal_lost_mean: Estimate
    kcal_lost_worst: Estimate
    kcal_lost_total: Estimate
    people: Path | Estimate
    person_days_before: Estimate
    person_days: Estimate
    rank: Estimate
    worst_ten: Estimate
    groups: dict[str, Estimate]
    next_harvest: dict[str, Estimate]
    money: CountryMoney

    def to_dict(self) -> dict[str, Any]:
        paths = {name: getattr(self, name).to_dict() for name in ("kcal_before", "kcal_lost", "people")}
        single = (
            "kcal_before_mean", "kcal_lost_mean", "kcal_lost_worst", "kcal_lost_total", "person_days_before",
            "person_days", "rank", "worst_ten",
        )  # fmt: skip
        several = ("groups", "next_harvest")
        return (
            {"iso3": self.iso3, "items": {item: found.to_dict() for item, found in self.items.items()}}
            | {"missing": list(self.missing)}
            | paths
            | {name: _bare(getattr(self, name)) for name in single}
            | {name: {key: _bare(e) for key, e in getattr(self, name).items()} for name in several}
            | {"money": self.money.to_dict()}
            | {"provenance": [p.to_dict() for p in self.person_days.provenance]}
        )


def _bare(estimate: Estimate) -> dict[str, Any]:
    return replace(estimate, provenance=()).to_dict()


@dataclass(frozen=True)
class MonthlyDraws:
    """What is kept of every draw; the arrays are those of ``MonthlyChunk``, chunk after chunk: all ``totals``, and of
    the ``paths`` energy lost and people."""

    countries: tuple[str, ...]
    items: tuple[str, ...]
    paths: dict[str, NDArray[np.floating]]
    totals: dict[str, NDArray[np.floating]]

    @property
    def nbytes(self) -> int:
        """Memory that they take."""
        return sum(a.nbytes for arrays in (self.paths, self.totals) for a in arrays.values())


@dataclass(frozen=True)
class MonthlyAnswer:
    """What the scenario does, step by step. ``steps`` names them: calendar months, or ``year`` for a published rule.

    ``prices`` are changes of world prices, 0.1 for a tenth, "not known" for an item without elasticities; ``world``
    totals over all countries. ``mass_error`` is the worst relative breach of the law of mass, ``unsettled`` counts
    draws in which price and bans met the limit of rounds. ``baseline`` is equal for runs that may be compared draw by
    draw.
    """

    question: MonthlyQuestion
    seed: int
    baseline: str
    statement: str
    steps: tuple[str, ...]
    prices: dict[str, Path | Estimate]
    countries: dict[str, CountryPaths]
    world: dict[str, Path | Estimate]
    mass_error: float
    unsettled: int
    methods: tuple[str, ...]
    provenance: tuple[Provenance, ...]
    draws: MonthlyDraws

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; the draws themselves are left out."""
        asked = self.question
        scene = asked.scenario
        data = {
            "kind": "monthly",
            "statement": self.statement,
            "scenario": {
                "name": scene.name, "title": scene.title, "summary": scene.summary, "items": list(scene.items),
                "period": str(scene.period), "toml": to_toml(scene),
            },
            "trade": asked.trade,
            "rule": asked.behaviour.rule,
            "draws": asked.draws,
            "level": asked.level,
            "seed": self.seed,
            "baseline": self.baseline,
            "steps": list(self.steps),
            "prices": {item: path.to_dict() for item, path in self.prices.items()},
            "countries": [country.to_dict() for country in self.countries.values()],
            "world": {name: figure.to_dict() for name, figure in self.world.items()},
            "mass_error": self.mass_error,
            "unsettled": self.unsettled,
            "methods": list(self.methods),
            "provenance": [p.to_dict() for p in self.provenance],
        }  # fmt: skip
        return data | {"phrases": phrases(data)}
