"""A support plan: where the money goes, what it avoids, what more would buy, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clarion.spillover.engine.support.measures import Measure
from clarion.vocab import Estimate, Phrase


@dataclass(frozen=True, slots=True)
class Funded:
    """Money for one measure in one country, USD; ``funded`` is how often it gets any when the draws are taken anew."""

    country: str
    measure: str
    money: Estimate
    funded: Estimate
    earmarks: tuple[tuple[str, float], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "country": self.country, "measure": self.measure, "money": self.money.to_dict(),
            "funded": self.funded.to_dict(), "earmarks": [{"name": n, "usd": usd} for n, usd in self.earmarks],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class CountryOutcome:
    """One country: USD, harm expected without support, avoided and left, each with the central interval of the
    draws."""

    country: str
    money: float
    harm: Estimate
    avoided: Estimate
    left: Estimate

    def to_dict(self) -> dict[str, Any]:
        figures = {name: getattr(self, name).to_dict() for name in ("harm", "avoided", "left")}
        return {"country": self.country, "money": self.money} | figures


@dataclass(frozen=True, slots=True)
class More:
    """What ``step`` USD more avoid, and who gets them: (country, measure, USD); less than nothing where money moves
    away."""

    step: float
    expected: Estimate
    goes_to: tuple[tuple[str, str, float], ...]

    def to_dict(self) -> dict[str, Any]:
        to = [{"country": c, "measure": m, "usd": usd} for c, m, usd in self.goes_to]
        return {"step": self.step, "expected": self.expected.to_dict(), "goes_to": to}


@dataclass(frozen=True, slots=True)
class Compared:
    """A simpler rule with the same money under the same draws, and how much more the plan avoids, draw by draw."""

    rule: str
    title: Phrase
    avoided: Estimate
    plan_avoids_more: Estimate
    draws: Estimate
    better_in: float

    def to_dict(self) -> dict[str, Any]:
        figures = {name: getattr(self, name).to_dict() for name in ("avoided", "plan_avoids_more", "draws")}
        return {"rule": self.rule, "title": self.title, "better_in": self.better_in} | figures


@dataclass(frozen=True, slots=True)
class Carried:
    """The measure behind the largest ``share`` (0 to 1) of what the plan avoids, and what the best plan of the same
    budget avoids ``without`` it; None where that was not worked or no plan keeps the limits."""

    measure: str
    share: float
    without: Estimate | None

    def to_dict(self) -> dict[str, Any]:
        without = self.without.to_dict() if self.without else None
        return {"measure": self.measure, "share": self.share, "without": without}


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A budget in USD, what the best plan of it avoids, and the value that the plan maximises."""

    budget: float
    avoided: Estimate
    objective: float

    def to_dict(self) -> dict[str, Any]:
        return {"budget": self.budget, "avoided": self.avoided.to_dict(), "objective": self.objective}


@dataclass(frozen=True)
class SupportPlan:
    """A proposal for people to decide on. Money is USD, harm person-years under the dietary requirement.

    ``expected`` is the mean harm avoided with its sampling error over the draws, ``avoided`` the draws themselves;
    ``worst_left`` the mean harm left in the worst draws. ``objective`` is what was maximised, ``gap`` how far from the
    best it can be, as a share. ``prices`` is what one USD more adds to the objective in each limit that binds.
    """

    statement: Phrase
    budget: float
    spent: float
    expected: Estimate
    avoided: Estimate
    without: Estimate
    worst_left: Estimate
    objective: float
    gap: float
    funded: tuple[Funded, ...]
    countries: tuple[CountryOutcome, ...]
    prices: tuple[tuple[Phrase, float], ...]
    more: More
    compared: tuple[Compared, ...]
    curve: tuple[CurvePoint, ...]
    unspent: tuple[tuple[str, float], ...]
    unknown: dict[str, Phrase]
    measures: tuple[Measure, ...]
    methods: tuple[Phrase, ...]
    notes: tuple[Phrase, ...] = ()
    carried: Carried | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        figures = {name: getattr(self, name).to_dict() for name in ("expected", "avoided", "without", "worst_left")}
        lists = {name: [part.to_dict() for part in getattr(self, name)]
                 for name in ("funded", "countries", "compared", "curve", "measures")}  # fmt: skip
        return {
            "statement": self.statement, "budget": self.budget, "spent": self.spent, "objective": self.objective,
            "gap": self.gap, "prices": [{"limit": label, "a_usd": price} for label, price in self.prices],
            "more": self.more.to_dict(), "unspent": [{"name": n, "usd": usd} for n, usd in self.unspent],
            "unknown": dict(self.unknown), "methods": list(self.methods),
            "notes": list(self.notes), "carried": self.carried.to_dict() if self.carried else None,
        } | figures | lists  # fmt: skip
