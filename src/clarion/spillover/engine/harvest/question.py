"""The question: which fertiliser is missing or dear, for how many seasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clarion.errors import InputError
from clarion.spillover.engine.harvest.laws import NITROGEN_SHARE
from clarion.spillover.engine.scenario import NUTRIENTS, Range
from clarion.vocab import commodity, place

SAME = Range.exactly(1.0)
MOST = 100.0


@dataclass(frozen=True, slots=True)
class HarvestQuestion:
    """A shock to fertiliser before a sowing.

    Parameters
    ----------
    countries: ISO codes.
    items: crops; those without a published response are answered "not known".
    imports_lost: by nutrient and country, the share of its imports that does not come, 0 to 1.
    prices: by nutrient, its price over that before.
    gas: price of gas over that before; it moves nitrogen.
    seasons: harvests that the shock lasts, 1 or more.
    draws, level: as elsewhere.

    Raises
    ------
    InputError, UnknownName: naming the field that cannot be used.
    """

    countries: tuple[str, ...]
    items: tuple[str, ...] = tuple(NITROGEN_SHARE)
    imports_lost: Mapping[str, Mapping[str, Range]] = field(default_factory=dict)
    prices: Mapping[str, Range] = field(default_factory=dict)
    gas: Range = SAME
    seasons: int = 1
    draws: int = 2000
    level: float = 0.9

    def __post_init__(self) -> None:
        object.__setattr__(self, "countries", tuple(dict.fromkeys(place(c).iso3 for c in self.countries)))
        object.__setattr__(self, "items", tuple(dict.fromkeys(commodity(i).id for i in self.items)))
        for name in (*self.imports_lost, *self.prices):
            if name not in NUTRIENTS:
                raise InputError(f"{name!r} is not a nutrient.", where="nutrient",
                                 next_step="Use one of: " + ", ".join(NUTRIENTS) + ".")  # fmt: skip
        for by_country in self.imports_lost.values():
            for iso3, law in by_country.items():
                place(iso3)
                if law.low < 0.0 or law.high > 1.0:
                    raise InputError(f"The share of imports lost in {iso3} is not between 0 and 1.",
                                     where="imports_lost", next_step="Give a share, such as 0.3.")  # fmt: skip
        for law in (*self.prices.values(), self.gas):
            if law.low <= 0.0 or law.high > MOST:
                raise InputError("A price is a ratio above 0, at most 100.", where="price",
                                 next_step="Give 1 for no change, 2 for twice as much.")  # fmt: skip
        if self.seasons < 1 or self.draws < 1 or not 0.5 <= self.level < 1.0:
            raise InputError("Seasons and draws begin at 1, the level lies between 0.5 and 1.", where="seasons, draws",
                             next_step="Use the defaults.")  # fmt: skip
