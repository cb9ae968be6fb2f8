"""Production recipes: losses that travel through what is made of what, as published by Laber et al. 2023.

Nobody adapts here: no partner is changed, no recipe, no price, and stocks are used once.
"""

from clarion.spillover.engine.recipes.baseline import STEPS, Baseline, baseline
from clarion.spillover.engine.recipes.files import input_files, read_recipes
from clarion.spillover.engine.recipes.losses import RelativeLosses, relative_losses
from clarion.spillover.engine.recipes.reach import Reach, reach
from clarion.spillover.engine.recipes.respond import Response, respond
from clarion.spillover.engine.recipes.shocks import Shocks, country_shocks, item_shocks
from clarion.spillover.engine.recipes.trade import TradeShares, named, trade_shares
from clarion.spillover.engine.recipes.world import Recipes

__all__ = [
    "STEPS", "Baseline", "Reach", "Recipes", "RelativeLosses", "Response", "Shocks", "TradeShares", "baseline",
    "country_shocks", "input_files", "item_shocks", "named", "reach", "read_recipes", "relative_losses",
    "respond", "trade_shares",
]  # fmt: skip
