"""Answers to scenario questions: shocks, cascades and people joined, with intervals from seeded draws."""

from clarion.spillover.engine.simulation.answer import CountryResult, Draws, ItemResult, Partner, ScenarioAnswer
from clarion.spillover.engine.simulation.chunk import KINDS, Chunk
from clarion.spillover.engine.simulation.compare import Comparison, CountryDifference, compare
from clarion.spillover.engine.simulation.question import (
    RULES,
    Assumptions,
    ScenarioQuestion,
    ScenarioTables,
    baseline_id,
)
from clarion.spillover.engine.simulation.simulate import simulate
from clarion.spillover.engine.simulation.waves import Cancelled, Chunked, in_waves

__all__ = [
    "KINDS", "RULES", "Assumptions", "Cancelled", "Chunk", "Chunked", "Comparison", "CountryDifference",
    "CountryResult", "Draws", "ItemResult", "Partner", "ScenarioAnswer", "ScenarioQuestion", "ScenarioTables",
    "baseline_id", "compare", "in_waves", "simulate",
]  # fmt: skip
