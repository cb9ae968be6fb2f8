"""Shock scenarios: readable files that ask "what if", and the numbers that they turn into.

A scenario is not a forecast: it says what would follow if something happened, not how likely it is.
"""

from clarion.spillover.engine.scenario.economy import NUTRIENTS, Economy, Fertiliser, Shortage
from clarion.spillover.engine.scenario.model import (
    TRADE_ELASTICITY,
    Corridor,
    CorridorClosed,
    CorridorUser,
    ExportLimit,
    ProductionCut,
    SanctionCost,
    Scenario,
    Shock,
    Timing,
)
from clarion.spillover.engine.scenario.operator import ItemShock, Links, central, draw, parameters, shocks
from clarion.spillover.engine.scenario.ranges import Range, triangular
from clarion.spillover.engine.scenario.render import to_toml
from clarion.spillover.engine.scenario.shipped import (
    from_dict,
    parse,
    shipped_corridors,
    shipped_scenario,
    shipped_scenarios,
)

__all__ = [
    "NUTRIENTS", "TRADE_ELASTICITY", "Corridor", "CorridorClosed", "CorridorUser", "Economy", "ExportLimit",
    "Fertiliser", "ItemShock", "Links", "ProductionCut", "Range", "SanctionCost", "Scenario", "Shock", "Shortage",
    "Timing", "central", "draw", "from_dict", "parameters", "parse", "shipped_corridors", "shipped_scenario",
    "shipped_scenarios", "shocks", "to_toml", "triangular",
]  # fmt: skip
