"""A kept answer read back: estimates instead of plain data, ranked, said in one sentence, set beside another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from clarion.vocab import Estimate, Phrase, Provenance, place
from clarion.vocab.phrase import read_phrase


def estimate(data: dict[str, Any], phrases: Mapping[str, Phrase]) -> Estimate:
    """The estimate that ``Estimate.to_dict`` wrote; ``phrases`` are those kept beside it, by their text."""
    found = Estimate.from_dict(data)
    return replace(found, method=said(found.method, phrases), reason=said(found.reason, phrases))


def said(text: str, phrases: Mapping[str, Phrase]) -> str:
    """The phrase that was kept for a text, or the text."""
    return phrases.get(text, text)


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

    def shares_of_use(self, items: Sequence[str]) -> list[Estimate | None]:
        """Shares of its use that go missing, in the order of ``items``; None for one that it has no part in."""
        held = {found.item: found.share_of_use for found in self.items}
        return [held.get(item) for item in items]


class Result:
    """A scenario's answer as ``ScenarioAnswer.to_dict`` wrote it."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self._phrases = {text: read_phrase(kept) for text, kept in data.get("phrases", {}).items()}

    @property
    def statement(self) -> str:
        """What the answer is and is not."""
        return said(self.data["statement"], self._phrases)

    @property
    def items(self) -> list[str]:
        """The commodities of the scenario. A country has those of them that it grows, trades or uses."""
        return list(self.data["scenario"]["items"])

    @property
    def methods(self) -> list[str]:
        """What the answer rests on, one paragraph a step."""
        return [said(text, self._phrases) for text in self.data["methods"]]

    @cached_property
    def countries(self) -> dict[str, CountryLoss]:
        return {c["iso3"]: self._country(c) for c in self.data["countries"]}

    @cached_property
    def world(self) -> dict[str, Estimate]:
        return {name: estimate(value, self._phrases) for name, value in self.data["world"].items()}

    @cached_property
    def provenance(self) -> list[Provenance]:
        return [Provenance.from_dict(p) for p in self.data["provenance"]]

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
        """For whom most goes missing, how many lose much before anybody responds, and how many still do after."""
        from clarion.locale import gettext, ngettext
        from clarion.pictures.words import listed, number
        from clarion.spillover.service.in_tonnes import sentence_in_tonnes

        losers = self.losers()
        if not losers:
            lost: dict[str, dict[str, Estimate]] = {}
            for c in self.countries.values():
                for found in c.items:
                    lost.setdefault(found.item, {})[c.iso3] = found.use_lost
            return sentence_in_tonnes(lost, language)
        count = sum((c.kcal_before_response.value or 0.0) >= SERIOUS for c in losers)
        after = sum((c.kcal_lost.value or 0.0) >= SERIOUS for c in losers)
        words = {
            "count": number(count, language),
            "after": gettext("in %(count)s", language) % {"count": number(after, language)}
            if after
            else gettext("in none", language),
            "names": listed([place(c.iso3).name(language) for c in losers[:3]], language),
            "serious": number(SERIOUS, language),
        }
        text = ngettext(
            "Hit hardest: %(names)s; in %(count)s country %(serious)s kcal or more a person a day go missing"
            " before anybody responds, %(after)s after stocks and other suppliers step in",
            "Hit hardest: %(names)s; in %(count)s countries %(serious)s kcal or more a person a day go missing"
            " before anybody responds, %(after)s after stocks and other suppliers step in",
            count, language,
        )  # fmt: skip
        return text % words

    def country_sentence(self, country: CountryLoss, language: str) -> str:
        """What goes missing in one country, and what is left of it after the response."""
        from clarion.locale import gettext
        from clarion.spillover.service.words import worded

        return gettext(
            "%(place)s: %(before)s kcal a person a day go missing, %(after)s after stocks and other suppliers step in",
            language,
        ) % {
            "place": place(country.iso3).name(language),
            "before": worded(country.kcal_before_response, "number", language),
            "after": worded(country.kcal_lost, "number", language),
        }

    def _country(self, data: dict[str, Any]) -> CountryLoss:
        def read(figure: dict[str, Any]) -> Estimate:
            return estimate(figure, self._phrases)

        items = tuple(
            ItemLoss(
                item, read(found["supply_lost"]), read(found["share_of_use"]), read(found["reserves_drawn"]),
                read(found["use_lost"]), read(found["use_share"]), tuple(found["partners"]),
            )
            for item, found in data["items"].items()
        )  # fmt: skip
        names = ("kcal_before_response", "people_before_response", "kcal_lost", "people")
        return CountryLoss(data["iso3"], items, *(read(data[name]) for name in names))
