"""The answer: by country and channel, always with the chance of an increase, never one sign."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from clarion.spillover.engine.macro.draws import MacroDraws
from clarion.spillover.engine.macro.question import MacroQuestion
from clarion.vocab import Estimate, Provenance
from clarion.vocab.phrase import phrases


@dataclass(frozen=True, slots=True)
class NotKnown:
    """Something that people lose and that no table at hand can say."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class CountryMacro:
    """One country, year on year.

    ``received`` is money from Russia before, USD million; ``ratio`` after over before; ``change`` in USD million and
    ``share_of_gdp``; ``increase`` the probability that it grows, its interval that of the odds of a boom; ``if_calm``
    and ``if_boom`` the ratio in either state. ``exports`` is the ratio of exports to Russia, ``exports_change`` in USD
    million, ``trade_change`` the change of all trade if the whole of it with Russia moves as exports do; ``passed_on``
    is trade passed on to Russia, a share of GDP.
    """

    iso3: str
    received: Estimate
    ratio: Estimate
    change: Estimate
    share_of_gdp: Estimate
    increase: Estimate
    if_calm: Estimate
    if_boom: Estimate
    exports: Estimate
    exports_change: Estimate
    trade_change: Estimate
    passed_on: Estimate

    @property
    def figures(self) -> dict[str, Estimate]:
        """Every figure by its name."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "iso3"}

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; sources once."""
        cited = {p: None for figure in self.figures.values() for p in figure.provenance}
        plain = {name: replace(figure, provenance=()).to_dict() for name, figure in self.figures.items()}
        return {"iso3": self.iso3, **plain, "provenance": [p.to_dict() for p in cited]}


@dataclass(frozen=True)
class MacroAnswer:
    """Every country; ``prices_in_russia`` is what the rouble alone does to prices there, ``not_known`` what people in
    Russia lose beside it."""

    question: MacroQuestion
    seed: int
    statement: str
    countries: dict[str, CountryMacro]
    boom_chance: Estimate
    rouble_elasticity: Estimate
    prices_in_russia: Estimate
    not_known: tuple[NotKnown, ...]
    methods: tuple[str, ...]
    provenance: tuple[Provenance, ...]
    draws: MacroDraws

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; the draws themselves are left out."""
        asked = self.question
        data = {
            "kind": "macro",
            "statement": self.statement,
            "question": {
                "growth": str(asked.growth), "rouble": str(asked.rouble), "rupture": asked.rupture,
                "base_year": asked.base_year, "draws": asked.draws, "level": asked.level, "seed": self.seed,
            },
            "boom_chance": self.boom_chance.to_dict(),
            "rouble_elasticity": self.rouble_elasticity.to_dict(),
            "countries": [country.to_dict() for country in self.countries.values()],
            "russia": {
                "prices": self.prices_in_russia.to_dict(),
                "not_known": [{"what": gap.what, "reason": gap.reason} for gap in self.not_known],
            },
            "methods": list(self.methods),
            "provenance": [p.to_dict() for p in self.provenance],
        }  # fmt: skip
        return data | {"phrases": phrases(data)}
