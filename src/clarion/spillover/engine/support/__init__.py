"""Where a fixed budget avoids most harm, what more would buy, and how sure that is.

A plan is a proposal; people decide.
"""

from clarion.spillover.engine.support.answer import (
    Carried,
    Compared,
    CountryOutcome,
    CurvePoint,
    Funded,
    More,
    SupportPlan,
)
from clarion.spillover.engine.support.best import check
from clarion.spillover.engine.support.effects import Effects, Outlook, effects
from clarion.spillover.engine.support.measures import Measure, parse_measures, shipped_measures
from clarion.spillover.engine.support.parse import parse_support, support_from
from clarion.spillover.engine.support.plan import plan, support
from clarion.spillover.engine.support.problem import Problem, Rows
from clarion.spillover.engine.support.question import Earmark, Floor, Lot, SupportQuestion
from clarion.spillover.engine.support.solve import Solution, solve
from clarion.spillover.engine.support.stop import never

__all__ = [
    "Carried", "Compared", "CountryOutcome", "CurvePoint", "Earmark", "Effects", "Floor", "Funded", "Lot", "Measure",
    "More", "Outlook", "Problem", "Rows", "Solution", "SupportPlan", "SupportQuestion", "check", "effects", "never",
    "parse_measures", "parse_support", "plan", "shipped_measures", "solve", "support", "support_from",
]  # fmt: skip
