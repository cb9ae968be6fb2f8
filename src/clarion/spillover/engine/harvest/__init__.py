"""From fertiliser that is missing, or costs too much, to the next harvest: by country and crop, with its interval.

``harvest`` answers a question; ``draw_harvest`` and ``yield_factor`` give the draws to a model of the following season.
"""

from clarion.spillover.engine.harvest.answer import CountryHarvest, HarvestAnswer, harvest
from clarion.spillover.engine.harvest.draws import HarvestDraws, draw_harvest, shortfalls, yield_factor
from clarion.spillover.engine.harvest.question import HarvestQuestion
from clarion.spillover.engine.harvest.response import nitrogen_factor, priced_out, slow_factor
from clarion.spillover.engine.harvest.use import FertiliserUse, fertiliser_use

__all__ = [
    "CountryHarvest", "FertiliserUse", "HarvestAnswer", "HarvestDraws", "HarvestQuestion", "draw_harvest",
    "fertiliser_use", "harvest", "nitrogen_factor", "priced_out", "shortfalls", "slow_factor", "yield_factor",
]  # fmt: skip
