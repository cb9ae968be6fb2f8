"""Export bans: who restricted what and when, the share of traded calories held, and how likely the next one is."""

from clarion.spillover.engine.bans.calories import TradedCalories, traded_calories
from clarion.spillover.engine.bans.law import BEFORE_2022, FITTED, BanLaw, Uniform
from clarion.spillover.engine.bans.restrictions import EPISODES, MEASURES, QUANTITY, Restriction, restrictions
from clarion.spillover.engine.bans.severity import DURATION, WITHHELD, Duration, Withheld
from clarion.spillover.engine.bans.share import SETS, Held, RestrictedShare, restricted_share

__all__ = [
    "BEFORE_2022", "DURATION", "EPISODES", "FITTED", "MEASURES", "QUANTITY", "SETS", "WITHHELD", "BanLaw", "Duration",
    "Held", "RestrictedShare", "Restriction", "TradedCalories", "Uniform", "Withheld", "restricted_share",
    "restrictions", "traded_calories",
]  # fmt: skip
