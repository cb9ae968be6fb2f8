"""A kept answer read back: estimates instead of plain data, ranked, said in one sentence, set beside another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from clarion.vocab import Estimate, Interval, Provenance, place


def estimate(data: dict[str, Any]) -> Estimate:
    """The estimate that ``Estimate.to_dict`` wrote."""
    between = data.get("interval")
    return Estimate(
        data["value"],
        data["unit"],
        Interval(between[0], between[1], data["level"]) if between else None,
        data.get("method", ""),
        tuple(Provenance(**(p | {"rows": tuple(p.get("rows", ()))})) for p in data.get("provenance", [])),
        data.get("reason", ""),
    )


@dataclass(frozen=True, slots=True)
class ItemLoss:
    """One country and item of an answer."""

    item: str
    supply_lost: Estimate
    share_of_use: Estimate
    reserves_drawn: Estimate
    use_lost: Estimate
    partners: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class CountryLoss:
    """One country of an answer."""

    iso3: str
    items: tuple[ItemLoss, ...]
    kcal_lost: Estimate
    people: Estimate


class Result:
    """A scenario's answer as ``ScenarioAnswer.to_dict`` wrote it."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data

    @cached_property
    def countries(self) -> dict[str, CountryLoss]:
        return {c["iso3"]: self._country(c) for c in self.data["countries"]}

    @cached_property
    def world(self) -> dict[str, Estimate]:
        return {name: estimate(value) for name, value in self.data["world"].items()}

    @cached_property
    def provenance(self) -> list[Provenance]:
        return [Provenance(**(p | {"rows": tuple(p.get("rows", ()))})) for p in self.data["provenance"]]

    def kcal(self) -> dict[str, Estimate]:
        """Energy lost a person a day, by country."""
        return {iso3: c.kcal_lost for iso3, c in self.countries.items()}

    def ranked(self) -> list[CountryLoss]:
        """Countries by energy lost, the most first; not known last."""
        return sorted(self.countries.values(), key=lambda c: (c.kcal_lost.value is None, -(c.kcal_lost.value or 0.0)))

    def sentence(self, language: str) -> str:
        """Who loses most, and how much, in one sentence."""
        from clarion.pictures.words import number
        from clarion.spillover.service.words import gettext

        losers = [c for c in self.ranked() if (c.kcal_lost.value or 0.0) >= 1.0]
        if not losers:
            return gettext("Nobody loses a measurable amount in this scenario", language)
        first = losers[0].kcal_lost
        names = [place(c.iso3).name(language) for c in losers[:3]]
        words = {
            "count": number(len([c for c in losers if (c.kcal_lost.value or 0) >= 50]), language),
            "names": ", ".join(names),
            "value": number(first.value or 0.0, language),
            "low": number(first.interval.low, language) if first.interval else "?",
            "high": number(first.interval.high, language) if first.interval else "?",
        }
        text = gettext("%(names)s lose most: up to %(value)s kcal a person a day (%(low)s to %(high)s);"
                       " countries that lose 50 or more: %(count)s", language)  # fmt: skip
        return text % words

    @staticmethod
    def _country(data: dict[str, Any]) -> CountryLoss:
        items = tuple(
            ItemLoss(
                item, estimate(found["supply_lost"]), estimate(found["share_of_use"]),
                estimate(found["reserves_drawn"]), estimate(found["use_lost"]), tuple(found["partners"]),
            )
            for item, found in data["items"].items()
        )  # fmt: skip
        return CountryLoss(data["iso3"], items, estimate(data["kcal_lost"]), estimate(data["people"]))
