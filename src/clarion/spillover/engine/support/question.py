"""What is asked of a support plan: how much money, for what, with whose strings, and how careful of the worst."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from clarion.errors import InputError
from clarion.spillover.engine.support.measures import Measure, shipped_measures
from clarion.vocab import Phrase

FloorKind = Literal["money", "harm"]
FLOORS: tuple[FloorKind, ...] = ("money", "harm")
MOST_EARMARKS = 8
MOST_MEASURES = 20


@dataclass(frozen=True, slots=True)
class Earmark:
    """A part of the budget, in USD, that may be spent on some countries and measures only (all if none is named)."""

    name: str
    amount: float
    countries: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Floor:
    """What each country in need gets at least, so that none is left alone because others are cheaper to help.

    ``money``: a share (0 to 1) of what the budget, split in proportion to expected harm, would give it. ``harm``: money
    enough to avoid that share of its expected harm. ``countries`` limits it to some; a country where the menu cannot
    put a dollar to use is left out, and the plan says so.
    """

    kind: FloorKind
    share: float
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lot:
    """A measure is used in a country with at least ``amount`` USD or not at all; with ``whole``, in multiples of it."""

    measure: str
    amount: float
    whole: bool = False


@dataclass(frozen=True)
class SupportQuestion:
    """How to spend ``budget`` USD, earmarked parts included.

    ``measures`` is the menu; ``country_caps`` the most USD for a country; ``risk`` the weight of the mean harm left in
    the worst ``1 - level`` of the draws, in units of harm avoided on average. ``step`` is what "more" means in what
    more money buys.

    Raises
    ------
    InputError: a number that cannot be used, a name twice, or a string that no menu fits.
    """

    budget: float
    measures: tuple[Measure, ...] = field(default_factory=shipped_measures)
    earmarks: tuple[Earmark, ...] = ()
    floor: Floor | None = None
    lots: tuple[Lot, ...] = ()
    country_caps: Mapping[str, float] = field(default_factory=dict)
    risk: float = 0.0
    level: float = 0.9
    step: float = 1e6

    def __post_init__(self) -> None:
        money = [("budget", self.budget), ("step", self.step)]
        money += [(f"earmarks.{e.name}", e.amount) for e in self.earmarks]
        money += [(f"lots.{lot.measure}", lot.amount) for lot in self.lots]
        money += [(f"country_caps.{iso3}", amount) for iso3, amount in self.country_caps.items()]
        for where, amount in money:
            if not (math.isfinite(amount) and amount > 0):
                what = Phrase("{where} is {amount} USD.", where=where, amount=f"{amount:g}")
                raise InputError(what, where=where, next_step=Phrase("Give an amount above zero."), value=amount)
        if not (math.isfinite(self.risk) and self.risk >= 0):
            what = Phrase("The weight of the worst cases is {risk}.", risk=f"{self.risk:g}")
            raise InputError(what, where="risk", next_step=Phrase("Use 0 for none, 1 for as much as the mean."))
        if not 0 < self.level < 1:
            what = Phrase("The level of the worst cases is {level}.", level=f"{self.level:g}")
            raise InputError(what, where="level", next_step=Phrase("Use 0.9, say: the worst tenth."))
        if self.floor and not (self.floor.kind in FLOORS and 0 <= self.floor.share <= 1):
            what = Phrase("The floor is a share of {share} of {kind!r}.", share=f"{self.floor.share:g}",
                          kind=self.floor.kind)  # fmt: skip
            step = Phrase("Use a share from 0 to 1 of one of: {names}.", names=FLOORS)
            raise InputError(what, where="floor", next_step=step)
        if len(self.earmarks) > MOST_EARMARKS:
            what = Phrase("There are {count} earmarks; at most {most} are read.", count=len(self.earmarks),
                          most=MOST_EARMARKS)  # fmt: skip
            raise InputError(what, where="earmarks", next_step=Phrase("Join those that may be spent on the same."))
        if len(self.measures) > MOST_MEASURES:
            what = Phrase("There are {count} measures; at most {most} are read.", count=len(self.measures),
                          most=MOST_MEASURES)  # fmt: skip
            raise InputError(what, where="measures", next_step=Phrase("Leave out those that matter least."))
        known = tuple(m.id for m in self.measures)
        named = [(f"earmarks.{e.name}", m) for e in self.earmarks for m in e.measures]
        named += [("lots", lot.measure) for lot in self.lots]
        for where, measure in named:
            if measure not in known:
                what = Phrase("There is no measure {name!r} in this menu.", name=measure)
                raise InputError(what, where=where, next_step=Phrase("Choose one of: {names}.", names=known))
        for where, names in (("measures", known), ("earmarks", tuple(e.name for e in self.earmarks)),
                             ("lots", tuple(lot.measure for lot in self.lots))):  # fmt: skip
            twice = next((n for n in names if names.count(n) > 1), None)
            if twice is not None or (where == "measures" and not names):
                what = Phrase("{where} names {name!r} twice.", where=where, name=twice) if names else Phrase(
                    "The menu has no measure."
                )  # fmt: skip
                raise InputError(what, where=where, next_step=Phrase("Name each once."))
