"""What moves prices and bans: ranges from the literature, drawn anew in each draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clarion.spillover.engine.scenario import Range

# Storage: our assumption; between a fifth and three quarters of usable stocks are sold into a shortage within a year.
_SMOOTHING = Range(0.2, 0.4, 0.75)


@dataclass(frozen=True, slots=True)
class Market:
    """One commodity's elasticities, as positive numbers, and the share of usable stocks sold into a shortage.

    Of the four staples together, supply 0.05 to 0.13 and demand 0.03 to 0.08 (Roberts and Schlenker 2013, American
    Economic Review 103, 2265-2295).
    """

    supply: Range = Range(0.05, 0.09, 0.13)
    demand: Range = Range(0.03, 0.055, 0.08)
    smoothing: Range = _SMOOTHING


@dataclass(frozen=True, slots=True)
class Laws:
    """Markets by commodity and the behaviour of governments.

    ``pass_through`` is how far a change of the logarithm of the world price reaches consumers within a year: 0.13 to
    0.67, about 0.3 after six months, for Egypt (Al-Shawarby and Selim 2012, World Bank); ``pass_through_of`` holds
    countries of which more is known. ``hazard`` are the coefficients of ``market.monthly_hazard``: constant, rise of
    the price, own shortfall, past user. The defaults are assumptions: 0.25 % a month in ordinary times, 1.2 % after
    a rise of a half. ``ban_strength`` is the share of exports that a ban stops, ``ban_months`` how long it lasts.
    ``past_users`` are countries that restricted exports of an item before.
    """

    markets: Mapping[str, Market] = field(default_factory=dict)
    usual: Market = Market()
    pass_through: Range = Range(0.13, 0.29, 0.67)
    pass_through_of: Mapping[str, Range] = field(default_factory=dict)
    hazard: tuple[float, float, float, float] = (-6.0, 4.0, 3.0, 1.0)
    ban_strength: Range = Range(0.3, 0.8, 1.0)
    ban_months: Range = Range(2.0, 6.0, 14.0)
    past_users: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def market(self, item: str) -> Market:
        return self.markets.get(item, self.usual)
