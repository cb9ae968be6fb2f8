"""Scenarios month by month: harvests, stocks, trade, prices and export bans, with intervals from seeded draws."""

from clarion.spillover.engine.monthly.answer import CountryPaths, ItemPaths, MonthlyAnswer, MonthlyDraws, Path
from clarion.spillover.engine.monthly.behaviour import MONTHLY_RULES, Behaviour
from clarion.spillover.engine.monthly.chunk import MonthlyChunk, run_chunk
from clarion.spillover.engine.monthly.compare import ComparedRun, MonthlyComparison, compare_months, refuse_unlike
from clarion.spillover.engine.monthly.drivers import GROUPS, Drivers, drivers
from clarion.spillover.engine.monthly.finish import finish
from clarion.spillover.engine.monthly.laws import Laws
from clarion.spillover.engine.monthly.plan import MonthlyPlan, prepare
from clarion.spillover.engine.monthly.question import MonthlyQuestion, MonthlyTables
from clarion.spillover.engine.monthly.simulate import monthly, worked_plan
from clarion.spillover.engine.monthly.waterfall import Waterfall

__all__ = [
    "GROUPS", "MONTHLY_RULES", "Behaviour", "ComparedRun", "CountryPaths", "Drivers", "ItemPaths", "Laws",
    "MonthlyAnswer", "MonthlyChunk", "MonthlyComparison", "MonthlyDraws", "MonthlyPlan", "MonthlyQuestion",
    "MonthlyTables", "Path", "Waterfall", "compare_months", "drivers", "finish", "monthly",
    "prepare", "refuse_unlike", "run_chunk", "worked_plan",
]  # fmt: skip
