"""A kept answer by month read back: estimates and paths instead of plain data, ranked, said in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from clarion.spillover.service.results import estimate, said
from clarion.vocab import Estimate, Interval, Phrase, Provenance, place
from clarion.vocab.phrase import read_phrase


@dataclass(frozen=True, slots=True)
class Months:
    """A figure month by month: quantiles of the draws; ``low`` and ``high`` bound the interval at ``level``."""

    unit: str
    level: float
    low: Sequence[float]
    p10: Sequence[float]
    p50: Sequence[float]
    p90: Sequence[float]
    high: Sequence[float]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Months | None:
        """What was kept of a path; None for a figure that is not known."""
        if "p50" not in data:
            return None
        return cls(data["unit"], data["level"], *(data[n] for n in ("low", "p10", "p50", "p90", "high")))

    def at(self, step: int) -> Estimate:
        """The estimate of one step, counted from 0."""
        return Estimate.from_dict({
            "value": self.p50[step], "unit": self.unit, "interval": [self.low[step], self.high[step]],
            "level": self.level,
        })  # fmt: skip

    @property
    def peak(self) -> int:
        """The step of the largest median."""
        return max(range(len(self.p50)), key=lambda step: abs(self.p50[step]))


@dataclass(frozen=True, slots=True)
class CountryMonths:
    """One country over all months: energy before anybody responds and in the end, means a person a day; in the end also
    that of the worst month and the sum, kcal a person; person-days, its rank by energy.

    ``groups`` are children's and women's part of the person-days; ``next_harvest`` its relative change by item;
    ``remittances`` and ``bill`` are money by name, ``flags`` what to keep in mind of reserves, ``unpriced`` the
    commodities that the bill leaves out.
    """

    iso3: str
    kcal_before: Estimate
    kcal_lost: Estimate
    kcal_worst: Estimate
    kcal_total: Estimate
    person_days_before: Estimate
    person_days: Estimate
    rank: Estimate
    worst_ten: Estimate
    items: Mapping[str, Mapping[str, Estimate]]
    missing: tuple[str, ...]
    groups: Mapping[str, Estimate]
    next_harvest: Mapping[str, Estimate]
    remittances: Mapping[str, Estimate]
    bill: Mapping[str, Estimate]
    flags: tuple[str, ...]
    unpriced: tuple[str, ...]

    @property
    def worst_harvest(self) -> float:
        """The largest cut of a next harvest, as a share; 0 without any."""
        return -min((e.value or 0.0 for e in self.next_harvest.values()), default=0.0)


@dataclass(frozen=True, slots=True)
class Ban:
    """An exporter that the scenario may bring to restrict exports of an item at some time."""

    iso3: str
    item: str
    chance: Estimate


class MonthlyResult:
    """A scenario's answer as ``MonthlyAnswer.to_dict`` wrote it, without the months of its countries."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.phrases = {text: read_phrase(kept) for text, kept in data.get("phrases", {}).items()}

    def read(self, data: dict[str, Any]) -> Estimate:
        """An estimate of this answer, its words in phrases."""
        return estimate(data, self.phrases)

    @property
    def statement(self) -> str:
        """What the answer is and is not."""
        return said(self.data["statement"], self.phrases)

    @property
    def items(self) -> list[str]:
        return list(self.data["scenario"]["items"])

    @property
    def steps(self) -> list[int]:
        """The calendar month, 1 to 12, of each step."""
        return [int(step) for step in self.data["steps"]]

    @property
    def methods(self) -> list[str]:
        """What the answer rests on, one paragraph a step."""
        return [said(text, self.phrases) for text in self.data["methods"]]

    @cached_property
    def provenance(self) -> list[Provenance]:
        return [Provenance.from_dict(p) for p in self.data["provenance"]]

    @cached_property
    def prices(self) -> dict[str, Months]:
        """Change of each world price, month by month."""
        found = {item: Months.read(path) for item, path in self.data["prices"].items()}
        return {item: path for item, path in found.items() if path}

    @cached_property
    def unpriced(self) -> dict[str, str]:
        """The items whose price is not known, each with the reason."""
        kept = self.data["prices"].items()
        return {item: said(path["reason"], self.phrases) for item, path in kept if "p50" not in path}

    @cached_property
    def countries(self) -> dict[str, CountryMonths]:
        return {c["iso3"]: self._country(c) for c in self.data["countries"]}

    @cached_property
    def world(self) -> dict[str, Estimate]:
        """Totals over all countries and months, those that are single figures."""
        return {name: self.read(d) for name, d in self.data["world"].items() if "value" in d}

    @cached_property
    def bans(self) -> list[Ban]:
        """Who may come to restrict exports, the likeliest first; those under one in a hundred are left out."""
        found = [
            Ban(c.iso3, item, chance)
            for c in self.countries.values()
            for item, figures in c.items.items()
            if (chance := figures.get("any_ban")) and (chance.value or 0.0) >= 0.01
        ]
        return sorted(found, key=lambda ban: (-(ban.chance.value or 0.0), ban.iso3, ban.item))

    @cached_property
    def drivers(self) -> dict[str, dict[str, Estimate]]:
        """Shares of the variance by group of inputs, interactions counted, for each figure that was broken down."""
        return {
            figure: {group: self.read(share) for group, share in shares["total"].items()}
            for figure, shares in self.data.get("drivers", {}).items()
        }

    def kcal(self) -> dict[str, Estimate]:
        """Mean energy a person a day lost in the end, by country."""
        return {iso3: c.kcal_lost for iso3, c in self.countries.items()}

    def ranked(self) -> list[CountryMonths]:
        """Countries by energy lost in the end, the most first; not known last."""
        return sorted(
            self.countries.values(),
            key=lambda c: (c.kcal_lost.value is None, -(c.kcal_lost.value or 0.0), c.iso3),
        )

    def losers(self) -> list[CountryMonths]:
        """Those who lose at least one kilocalorie a person a day, before or after the response."""
        return [c for c in self.ranked() if max(c.kcal_lost.value or 0.0, c.kcal_before.value or 0.0) >= 1.0]

    def harvests(self) -> list[CountryMonths]:
        """Those whose next harvest of some item falls by a thousandth or more, the worst first."""
        found = [c for c in self.countries.values() if c.worst_harvest >= 0.001]
        return sorted(found, key=lambda c: (-c.worst_harvest, c.iso3))

    def received(self) -> list[CountryMonths]:
        """Those whose money from Russia may move by a thousandth of output or more, by how far it may move."""

        def reach(c: CountryMonths) -> float:
            share = c.remittances.get("share_of_gdp")
            return max(abs(share.interval.low), abs(share.interval.high)) if share and share.interval else 0.0

        return sorted((c for c in self.countries.values() if reach(c) >= 0.001), key=lambda c: (-reach(c), c.iso3))

    def billed(self) -> list[CountryMonths]:
        """Those whose dearer imports take a hundredth of a month of reserves or more, the most first."""

        def months(c: CountryMonths) -> float:
            found = c.bill.get("months_used")
            return (found.value or 0.0) if found else 0.0

        return sorted((c for c in self.countries.values() if months(c) >= 0.01), key=lambda c: (-months(c), c.iso3))

    def sentence(self, language: str) -> str:
        """How prices move at their peak, who loses most, and how many people are pushed under the requirement."""
        from clarion.locale import gettext
        from clarion.pictures.words import listed
        from clarion.spillover.service.in_tonnes import sentence_in_tonnes
        from clarion.spillover.service.words import commodity_name, worded

        losers = self.losers()
        rises = [
            gettext("%(item)s %(change)s", language)
            % {"item": commodity_name(item, language).lower(), "change": signed(path.p50[path.peak], language)}
            for item, path in self.prices.items()
        ]
        if not losers:
            return sentence_in_tonnes(self._in_tonnes(), language)
        words = {
            "prices": listed(rises, language),
            "names": listed([place(c.iso3).name(language) for c in losers[:3]], language),
            "people": worded(in_years(self.world["person_days"]), "number", language),
        }
        if not rises:
            return gettext(
                "Hit hardest after stocks and other suppliers step in: %(names)s; %(people)s person-years under the"
                " dietary requirement",
                language,
            ) % words  # fmt: skip
        return gettext(
            "World prices at their peak: %(prices)s. Hit hardest after stocks and other suppliers step in: %(names)s;"
            " %(people)s person-years under the dietary requirement",
            language,
        ) % words  # fmt: skip

    def _in_tonnes(self) -> dict[str, dict[str, Estimate]]:
        """Use lost in the end over all months, by commodity and country."""
        held = self.countries.values()
        return {item: {c.iso3: c.items[item]["use_lost_total"] for c in held if item in c.items} for item in self.items}

    def _country(self, data: dict[str, Any]) -> CountryMonths:
        items = {
            item: {name: self.read(figure) for name, figure in figures.items()}
            for item, figures in data["items"].items()
        }
        missing = tuple(said(text, self.phrases) for text in data["missing"])
        return CountryMonths(
            data["iso3"], self.read(data["kcal_before_mean"]), self.read(data["kcal_lost_mean"]),
            self.read(data["kcal_lost_worst"]), self.read(data["kcal_lost_total"]),
            self.read(data["person_days_before"]), self.read(data["person_days"]), self.read(data["rank"]),
            self.read(data["worst_ten"]), items, missing, self._all(data["groups"]), self._all(data["next_harvest"]),
            self._all(data["money"]["remittances"]), self._all(data["money"]["import_bill"]),
            tuple(said(flag, self.phrases) for flag in data["money"]["import_bill"]["flags"]),
            tuple(data["money"]["import_bill"]["without_a_price"]),
        )  # fmt: skip

    def _all(self, figures: Mapping[str, Any]) -> dict[str, Estimate]:
        """Every estimate of a table, what is none left out."""
        return {name: self.read(found) for name, found in figures.items() if isinstance(found, dict)}


def in_years(days: Estimate) -> Estimate:
    """Person-days as person-years, to two figures."""
    from clarion.pictures.words import rounded

    if days.value is None:
        return days
    value, low, high = (
        rounded(x / 365.0, 2)
        for x in (days.value, *((days.interval.low, days.interval.high) if days.interval else (0.0, 0.0)))
    )
    interval = Interval(low, high, days.interval.level) if days.interval else None
    return Estimate(value, "person-years", interval, days.method, days.provenance)


def signed(change: float, language: str) -> str:
    """A change of a price in per cent, with its sign."""
    from clarion.pictures.words import percent

    return ("+" if change >= 0 else "\u2212") + percent(abs(change), language)


@dataclass(frozen=True)
class CountryDetail:
    """One country's months, as they are kept apart."""

    data: dict[str, Any]
    phrases: Mapping[str, Phrase]

    def months(self, name: str) -> Months | None:
        """``kcal_before``, ``kcal_lost`` or ``people`` month by month; None where it is not known."""
        return Months.read(self.data[name])

    def item(self, item: str, name: str) -> Months | None:
        """``supply_lost``, ``use_lost`` or ``stocks`` of an item, month by month."""
        return Months.read(self.data["items"][item][name])

    @property
    def items(self) -> list[str]:
        return list(self.data["items"])

    def notes(self, item: str) -> list[str]:
        """What was assumed of an item for want of a figure."""
        return [said(text, self.phrases) for text in self.data["items"][item]["notes"]]

    def waterfall(self, item: str) -> dict[str, Any]:
        """The loss by partner in the central run, tonnes over all months."""
        return dict(self.data["items"][item]["waterfall"])
