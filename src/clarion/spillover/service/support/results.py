"""A kept plan read back: estimates instead of plain data, by country, said in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from clarion.spillover.service.results import estimate, said
from clarion.vocab import Estimate, Interval, Phrase, Provenance, place
from clarion.vocab.phrase import read_phrase

MILLION = 1e6
_NOTICED = 1e-3  # of the budget


@dataclass(frozen=True, slots=True)
class Grant:
    """Money for one measure in one country; ``often`` is how often it is funded in plans made anew."""

    iso3: str
    measure: Mapping[str, Any]
    money: Estimate
    often: Estimate
    earmarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Helped:
    """One country: its money in USD, its grants, and its person-years without support, avoided and left."""

    iso3: str
    money: float
    grants: tuple[Grant, ...]
    harm: Estimate
    avoided: Estimate
    left: Estimate


@dataclass(frozen=True, slots=True)
class Carried:
    """The measure that most of the plan hangs on: its share of what the plan avoids, and what a plan without it avoids
    (None where that is not known)."""

    measure: Mapping[str, Any]
    share: float
    without: Estimate | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A simpler rule with the same money, and how much more the plan avoids."""

    id: str
    title: str
    avoided: Estimate
    more: Estimate
    better_in: float


@dataclass(frozen=True, slots=True)
class BudgetPoint:
    """A budget in USD and what the best plan of it avoids."""

    budget: float
    avoided: Estimate


class PlanResult:
    """A support plan as ``work.told`` wrote it."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.phrases = {text: read_phrase(kept) for text, kept in data["phrases"].items()}

    def read(self, name: str) -> Estimate:
        """A figure of the whole plan: ``expected``, ``avoided``, ``without`` or ``worst_left``."""
        return self._estimate(self.data[name])

    @property
    def headline(self) -> Estimate:
        """The mean harm avoided with the interval of the draws: how far a single future may lie from it."""
        mean, spread = self.read("expected"), self.read("avoided")
        if mean.value is None or spread.interval is None:
            return mean
        low, high = min(spread.interval.low, mean.value), max(spread.interval.high, mean.value)
        method = Phrase("mean of the draws; interval: {level:.0%} of the draws", level=spread.interval.level)
        return Estimate(mean.value, mean.unit, Interval(low, high, spread.interval.level), method)

    @property
    def budget(self) -> float:
        return float(self.data["budget"])

    @property
    def spent(self) -> float:
        return float(self.data["spent"])

    @property
    def kept(self) -> float:
        """USD that stay unspent because they would avoid no further harm; nothing below what a reader would notice."""
        left = self.budget - self.spent
        return left if left > _NOTICED * self.budget else 0.0

    @property
    def quick(self) -> bool:
        """Whether it leaves out what takes long."""
        return bool(self.data["quick"])

    @property
    def statement(self) -> str:
        """What the plan is and is not."""
        return said(self.data["statement"], self.phrases)

    @property
    def methods(self) -> list[str]:
        return [said(text, self.phrases) for text in self.data["methods"]]

    @property
    def notes(self) -> list[str]:
        """What is not known or was assumed, for whom."""
        return [said(text, self.phrases) for text in self.data["notes"]]

    @property
    def unknown(self) -> list[tuple[str, str]]:
        """Countries that are left out, with the reason."""
        return [(iso3, said(why, self.phrases)) for iso3, why in sorted(self.data["unknown"].items())]

    @cached_property
    def provenance(self) -> list[Provenance]:
        return [Provenance.from_dict(p) for p in self.data["provenance"]]

    @property
    def measures(self) -> list[dict[str, Any]]:
        """The menu that it was made of."""
        return list(self.data["measures"])

    @cached_property
    def grants(self) -> list[Grant]:
        """Every cell of the plan, the most money first; those with none were funded in plans made anew."""
        menu = {m["id"]: m for m in self.measures}
        return [
            Grant(g["country"], menu[g["measure"]], self._estimate(g["money"]), self._estimate(g["funded"]),
                  tuple(e["name"] for e in g["earmarks"]))
            for g in self.data["funded"]
        ]  # fmt: skip

    @cached_property
    def helped(self) -> list[Helped]:
        """Countries with money, the most first."""
        grants: dict[str, list[Grant]] = {}
        for grant in self.grants:
            grants.setdefault(grant.iso3, []).append(grant)
        found = [
            Helped(c["country"], money, tuple(mine), self._estimate(c["harm"]), self._estimate(c["avoided"]),
                   self._estimate(c["left"]))
            for c in self.data["countries"] if (mine := grants.get(c["country"], []))
            and (money := sum(g.money.value or 0.0 for g in mine)) >= 1.0
        ]  # fmt: skip
        return sorted(found, key=lambda country: (-country.money, country.iso3))

    @cached_property
    def rules(self) -> list[Rule]:
        return [
            Rule(r["rule"], said(r["title"], self.phrases), self._estimate(r["avoided"]),
                 self._estimate(r["plan_avoids_more"]), r["better_in"])
            for r in self.data["compared"]
        ]  # fmt: skip

    @cached_property
    def carried(self) -> Carried | None:
        """The measure that most of it hangs on; None for a menu of one."""
        found = self.data["carried"]
        if found is None:
            return None
        measure = next(m for m in self.measures if m["id"] == found["measure"])
        return Carried(measure, found["share"], self._estimate(found["without"]) if found["without"] else None)

    @cached_property
    def curve(self) -> list[BudgetPoint]:
        return [BudgetPoint(p["budget"], self._estimate(p["avoided"])) for p in self.data["curve"]]

    @property
    def step(self) -> float:
        """How much "more" money is, USD."""
        return float(self.data["more"]["step"])

    @cached_property
    def more(self) -> Estimate:
        """What that much more avoids."""
        return self._estimate(self.data["more"]["expected"])

    @property
    def goes_to(self) -> list[tuple[str, dict[str, Any], float]]:
        """Where more money goes (country, measure, USD), the most first; less than nothing where it moves away."""
        menu = {m["id"]: m for m in self.measures}
        return [(g["country"], menu[g["measure"]], g["usd"]) for g in self.data["more"]["goes_to"]]

    @property
    def prices(self) -> list[tuple[str, float]]:
        """Limits that bind, and what a million USD more in each adds to what is maximised."""
        return [(said(p["limit"], self.phrases), p["a_usd"] * MILLION) for p in self.data["prices"]]

    def sentence(self, language: str) -> str:
        """How much money avoids how much, and where most of it goes."""
        from clarion.locale import gettext, say
        from clarion.pictures.words import listed, number, rounded
        from clarion.spillover.engine.support.rows import usd
        from clarion.spillover.service.words import worded

        words = {
            "budget": say(usd(self.budget), language), "avoided": worded(self.headline, "number", language),
            "harm": number(rounded(self.data["harm"]), language),
            "names": listed([place(c.iso3).name(language) for c in self.helped[:3]], language),
        }  # fmt: skip
        if not self.helped:
            return gettext("No measure of this menu avoids anything in this scenario", language)
        return gettext(
            "%(budget)s could avoid %(avoided)s of %(harm)s person-years under the dietary requirement; most of it goes"
            " to %(names)s", language,
        ) % words  # fmt: skip

    def _estimate(self, data: dict[str, Any]) -> Estimate:
        return estimate(data, self.phrases)
