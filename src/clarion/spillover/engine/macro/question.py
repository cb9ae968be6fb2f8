"""The question: what Russia's output and the rouble do, and whether a rupture comes with it."""

from __future__ import annotations

from dataclasses import dataclass

from clarion.errors import InputError
from clarion.spillover.engine.scenario import Range
from clarion.vocab import place

GROWTH = Range(-0.08, -0.04, 0.01)
ROUBLE = Range(-0.33, -0.10, 0.08)
"""The defaults span the years of shocks from 2009 on: output fell by 8 % in 2009 and by 1 % in 2022, the rouble lost a
third in 2015 and won 8 % in 2022."""
FEWEST, MOST = 100, 100_000


@dataclass(frozen=True, slots=True)
class MacroQuestion:
    """A year's shock to Russia's economy, seen from the countries tied to it.

    Parameters
    ----------
    countries: ISO codes; none means every country with a figure for money from Russia.
    growth: change of Russia's real GDP over the year, -0.08 for 8 % less.
    rouble: change of the rouble's value in dollars, year on year, -0.33 where it loses a third.
    rupture: whether sanctions, war or a run on banks begin in that year, so that people and business may move.
    base_year: the year before the shock; only evidence up to it is used.
    draws: random draws behind the intervals.
    level: of the intervals.

    Raises
    ------
    InputError, UnknownName: naming the field that cannot be used.
    """

    countries: tuple[str, ...] = ()
    growth: Range = GROWTH
    rouble: Range = ROUBLE
    rupture: bool = True
    base_year: int = 2021
    draws: int = 4000
    level: float = 0.9

    def __post_init__(self) -> None:
        object.__setattr__(self, "countries", tuple(dict.fromkeys(place(c).iso3 for c in self.countries)))
        for name in ("growth", "rouble"):
            law = getattr(self, name)
            if law.low <= -1.0 or law.high > 1.0:
                raise InputError(
                    f"The {name} must be a change above -1 (all of it) and at most 1 (twice as much).",
                    where=name, next_step="Give shares, such as -0.08 for 8 % less.",
                )  # fmt: skip
        if not FEWEST <= self.draws <= MOST:
            raise InputError(f"{self.draws} draws are too few or too many.", where="draws",
                             next_step=f"Use {FEWEST} to {MOST}.")  # fmt: skip
        if not 0.5 <= self.level < 1.0:
            raise InputError("The level must lie between 0.5 and 1.", where="level", next_step="Use 0.9.")
