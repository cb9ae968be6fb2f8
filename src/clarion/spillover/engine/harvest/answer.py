"""The answer: each country's next harvest by crop, or why it is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clarion.spillover.engine.harvest.draws import HarvestDraws, draw_harvest
from clarion.spillover.engine.harvest.laws import NITROGEN_SHARE
from clarion.spillover.engine.harvest.question import HarvestQuestion
from clarion.spillover.engine.harvest.use import FertiliserUse, fertiliser_use
from clarion.spillover.engine.simulation.estimates import estimate
from clarion.spillover.engine.simulation.streams import Streams
from clarion.vocab import Estimate, Phrase, Provenance, commodity, tables_cited
from clarion.vocab.phrase import phrases

if TYPE_CHECKING:
    from clarion.sources.warehouse import LoadedTable

UNIT = "relative change"


@dataclass(frozen=True, slots=True)
class CountryHarvest:
    """``change[item]`` is the relative change of the next harvest, ``short[nutrient]`` the share missing."""

    iso3: str
    change: dict[str, Estimate]
    short: dict[str, Estimate]

    def to_dict(self) -> dict[str, Any]:
        return {
            "iso3": self.iso3,
            "change": {item: figure.to_dict() for item, figure in self.change.items()},
            "short": {nutrient: figure.to_dict() for nutrient, figure in self.short.items()},
        }


@dataclass(frozen=True)
class HarvestAnswer:
    """Every country asked about, with the draws behind it."""

    question: HarvestQuestion
    seed: int
    countries: dict[str, CountryHarvest]
    methods: tuple[str, ...]
    provenance: tuple[Provenance, ...]
    draws: HarvestDraws

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; the draws themselves are left out."""
        data = {
            "kind": "harvest",
            "seed": self.seed,
            "seasons": self.question.seasons,
            "countries": [country.to_dict() for country in self.countries.values()],
            "methods": list(self.methods),
            "provenance": [p.to_dict() for p in self.provenance],
        }
        return data | {"phrases": phrases(data)}


def harvest(question: HarvestQuestion, tables: Sequence[LoadedTable], seed: int) -> HarvestAnswer:
    """What a shock to fertiliser does to the next harvest; ``tables`` are indicators."""
    use = fertiliser_use(tables, question.countries)
    draws = draw_harvest(question, use, Streams(seed, 0, question.draws))
    cited = tables_cited(p for rows in use.rows.values() for p in rows)
    countries = {iso3: _country(question, use, draws, i) for i, iso3 in enumerate(use.countries)}
    return HarvestAnswer(question, seed, countries, _methods(), cited, draws)


def _country(question: HarvestQuestion, use: FertiliserUse, draws: HarvestDraws, i: int) -> CountryHarvest:
    iso3, missing = use.countries[i], use.missing(i)
    law = Phrase("second-order response to nitrogen (van Grinsven 2022), phosphate and potash from the soil's reserves")
    change = {}
    for item in question.items:
        if not commodity(item).edible or item not in NITROGEN_SHARE:
            change[item] = Estimate.not_known(UNIT, Phrase("No published response of this crop is at hand."))
        elif missing is not None:
            change[item] = Estimate.not_known(UNIT, missing)
        else:
            change[item] = estimate(draws.factor[item][:, i] - 1.0, UNIT, question.level, law, use.rows[iso3])
    short = {
        nutrient: estimate(values[:, i], "share", question.level) if missing is None
        else Estimate.not_known("share", missing)
        for nutrient, values in draws.short.items()
    }  # fmt: skip
    return CountryHarvest(iso3, change, short)


def _methods() -> tuple[Phrase, ...]:
    return (
        Phrase("Nitrogen: yield over its highest is 1 - A (1 - z)^2, z nitrogen from all sources over that at the peak;"
               " a country that uses more than the peak loses nothing at first."),
        Phrase("Phosphate and potash: the soil gives out what earlier years left, so the first season loses little."),
        Phrase("Rates are means over all cropland; which crop gets how much is not known by country."),
        Phrase("What farmers do instead (other crops, manure, less land) is not modelled."),
    )  # fmt: skip
