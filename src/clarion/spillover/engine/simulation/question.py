"""What is asked of a simulation, and what is assumed where no figure is published."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from clarion.errors import InputError
from clarion.sources.warehouse import LoadedTable, Warehouse
from clarion.spillover.engine.scenario import Range, Scenario
from clarion.spillover.engine.simulation.waves import Chunked
from clarion.spillover.engine.trade import TRADE, Trade
from clarion.vocab import Phrase

Rule = Literal["pta", "rta", "burkholz"]
RULES: tuple[Rule, ...] = ("pta", "rta", "burkholz")
MOST_DRAWS = 100_000

_RESERVE_FRACTION = Range(0.25, 0.5, 1.0)
_CONSUMPTION_FRACTION = Range(0.005, 0.01, 0.02)
_UNKNOWN_STOCKS = Range(0.02, 0.08, 0.20)


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Numbers without a published figure, drawn anew for each run.

    ``reserve_fraction`` is the share of stocks that a country will use in a year and ``consumption_fraction`` the cut
    of use that it accepts before it trades: 0.5 and 0.01 are those of Marchand et al. 2016, Environmental Research
    Letters 11, 095009; the ranges are ours. ``harvest_spread`` and ``stock_spread`` are standard deviations of the
    logarithm: harvests are official statistics, stocks are from 2015-2017 and speak of later years.
    ``unknown_stocks``, as a share of use, stands in for an item without any stock figure.
    """

    reserve_fraction: Range = _RESERVE_FRACTION
    consumption_fraction: Range = _CONSUMPTION_FRACTION
    harvest_spread: float = 0.05
    stock_spread: float = 0.25
    unknown_stocks: Range = _UNKNOWN_STOCKS


@dataclass(frozen=True, slots=True)
class ScenarioQuestion(Chunked):
    """A scenario, and how to answer it.

    ``draws`` random runs give the intervals at ``level``; ``chunk`` of them are worked at a time.

    Raises
    ------
    InputError: a trade mode, rule or number that cannot be used.
    """

    scenario: Scenario
    trade: Trade = "corrected"
    rule: Rule = "pta"
    draws: int = 500
    level: float = 0.9
    chunk: int = 50
    assumptions: Assumptions = field(default_factory=Assumptions)

    def __post_init__(self) -> None:
        for name, value, known in (("trade", self.trade, TRADE), ("rule", self.rule, RULES)):
            if value not in known:
                step = Phrase("Choose one of: {names}.", names=known)
                raise InputError(
                    Phrase("{value!r} is not one of those known here.", value=value),
                    where=name,
                    next_step=step,
                    known=list(known),
                )
        if not 2 <= self.draws <= MOST_DRAWS:
            raise InputError(
                Phrase("{draws} draws were asked for.", draws=self.draws),
                where="draws",
                next_step=Phrase("Use from 2 to {most:,.0f}.", most=MOST_DRAWS),
            )
        if not 0 < self.level < 1:
            raise InputError(f"The level is {self.level}.", where="level", next_step="Use 0.9, say.")
        if self.chunk < 1:
            raise InputError(f"The chunk is {self.chunk}.", where="chunk", next_step="Use 50, say.")


@dataclass(frozen=True, slots=True)
class ScenarioTables:
    """What the simulation reads: tables of the contracts of the same names; indicators from several sources, and food
    balances where any are loaded."""

    trade_flows: LoadedTable
    production: LoadedTable
    stocks: LoadedTable
    indicators: tuple[LoadedTable, ...]
    balances: tuple[LoadedTable, ...] = ()

    @classmethod
    def read(cls, warehouse: Warehouse) -> ScenarioTables:
        """The warehouse's own choice of each table."""
        return cls(
            warehouse.table("trade_flows"),
            warehouse.table("production"),
            warehouse.table("stocks"),
            tuple(warehouse.all("indicators")),
            tuple(warehouse.all("food_balance")),
        )


def baseline_id(question: ScenarioQuestion, tables: ScenarioTables, seed: int) -> str:
    """A fingerprint of everything but the scenario's shocks: runs may be compared draw by draw where it is equal."""
    read = (tables.trade_flows, tables.production, tables.stocks, *tables.indicators, *tables.balances)
    files = [t.provenance for t in read]
    parts: list[Any] = [
        seed, question.draws, question.chunk, question.trade, question.rule, asdict(question.assumptions),
        str(question.scenario.period), [(p.source, p.table, p.sha256) for p in files],
    ]  # fmt: skip
    return hashlib.sha256(repr(parts).encode()).hexdigest()
