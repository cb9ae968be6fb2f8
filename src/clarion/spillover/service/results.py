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


SERIOUS = 100.0
"""Energy a person a day from which a loss is counted in the headline: about a twentieth of what a person needs."""


@dataclass(frozen=True, slots=True)
class ItemLoss:
    """One country and item of an answer: tonnes a year, and shares of its use before."""

    item: str
    supply_lost: Estimate
    share_of_use: Estimate
    reserves_drawn: Estimate
    use_lost: Estimate
    use_share: Estimate
    partners: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class CountryLoss:
    """One country of an answer, before anybody responds and after stocks and other suppliers stepped in."""

    iso3: str
    items: tuple[ItemLoss, ...]
    kcal_before_response: Estimate
    people_before_response: Estimate
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
        """Energy a person a day that goes missing before anybody responds, by country."""
        return {iso3: c.kcal_before_response for iso3, c in self.countries.items()}

    def ranked(self) -> list[CountryLoss]:
        """Countries by energy that goes missing, the most first; not known last."""
        return sorted(
            self.countries.values(),
            key=lambda c: (c.kcal_before_response.value is None, -(c.kcal_before_response.value or 0.0), c.iso3),
        )

    def losers(self) -> list[CountryLoss]:
        """Those for whom at least one kilocalorie a person a day goes missing."""
        return [c for c in self.ranked() if (c.kcal_before_response.value or 0.0) >= 1.0]

    def sentence(self, language: str) -> str:
        """For whom most goes missing, and how much, in one sentence."""
        from clarion.pictures.words import listed, number
        from clarion.spillover.service.words import gettext

        losers = self.losers()
        if not losers:
            return gettext("Nobody loses a measurable amount in this scenario", language)
        words = {
            "count": number(sum((c.kcal_before_response.value or 0.0) >= SERIOUS for c in losers), language),
            "names": listed([place(c.iso3).name(language) for c in losers[:3]], language),
            "serious": number(SERIOUS, language),
        }
        text = gettext("%(names)s are hit hardest; in %(count)s countries %(serious)s kcal or more a person a day"
                       " go missing before anybody responds", language)  # fmt: skip
        return text % words

    def country_sentence(self, country: CountryLoss, language: str) -> str:
        """What goes missing in one country, and what is left of it after the response."""
        from clarion.spillover.service.words import gettext, worded

        return gettext(
            "%(place)s: %(before)s kcal a person a day go missing, %(after)s after stocks and other suppliers step in",
            language,
        ) % {
            "place": place(country.iso3).name(language),
            "before": worded(country.kcal_before_response, "number", language),
            "after": worded(country.kcal_lost, "number", language),
        }

    @staticmethod
    def _country(data: dict[str, Any]) -> CountryLoss:
        items = tuple(
            ItemLoss(
                item, estimate(found["supply_lost"]), estimate(found["share_of_use"]),
                estimate(found["reserves_drawn"]), estimate(found["use_lost"]), estimate(found["use_share"]),
                tuple(found["partners"]),
            )
            for item, found in data["items"].items()
        )  # fmt: skip
        names = ("kcal_before_response", "people_before_response", "kcal_lost", "people")
        return CountryLoss(data["iso3"], items, *(estimate(data[name]) for name in names))
