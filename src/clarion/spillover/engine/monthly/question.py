"""What is asked of a run by month."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from clarion.errors import InputError
from clarion.sources.warehouse import LoadedTable, Warehouse
from clarion.spillover.engine.monthly.behaviour import Behaviour
from clarion.spillover.engine.monthly.laws import Laws
from clarion.spillover.engine.scenario import Scenario
from clarion.spillover.engine.simulation import Assumptions, Chunked, ScenarioQuestion, ScenarioTables
from clarion.spillover.engine.trade import Trade
from clarion.vocab import Phrase

SHORTEST, LONGEST = 12, 36


@dataclass(frozen=True, slots=True)
class MonthlyQuestion(Chunked):
    """A scenario, and how to answer it by month.

    ``horizon`` months are run, those of the scenario where it is 0. ``draws`` random runs give the intervals at
    ``level``; ``chunk`` of them are worked at a time, which changes no figure. Of the first ``paths`` draws every month
    is kept, of all draws the totals: the paths' quantiles come from the first.

    Raises
    ------
    InputError: a number that cannot be used; what ``ScenarioQuestion`` refuses.
    """

    scenario: Scenario
    horizon: int = 0
    trade: Trade = "corrected"
    draws: int = 500
    level: float = 0.9
    chunk: int = 50
    paths: int = 1000
    assumptions: Assumptions = field(default_factory=Assumptions)
    behaviour: Behaviour = field(default_factory=Behaviour)
    laws: Laws = field(default_factory=Laws)

    def __post_init__(self) -> None:
        _ = self.yearly  # refuses what is wrong with the rest
        if not SHORTEST <= self.months <= LONGEST:
            what = Phrase("{months} months were asked for.", months=self.months)
            step = Phrase("Use from {low} to {high}.", low=SHORTEST, high=LONGEST)
            raise InputError(what, where="horizon", next_step=step)
        if self.paths < 2:
            raise InputError(
                Phrase("Paths of {paths} draws were asked for.", paths=self.paths), where="paths",
                next_step=Phrase("Use 2 or more."),
            )  # fmt: skip

    @property
    def months(self) -> int:
        """How many months are run."""
        return self.horizon or self.scenario.time.horizon

    @property
    def calendar(self) -> tuple[int, ...]:
        """The calendar month, 1 to 12, of each."""
        return tuple((self.scenario.time.start - 1 + t) % 12 + 1 for t in range(self.months))

    @property
    def yearly(self) -> ScenarioQuestion:
        """The same question to the yearly model."""
        rule = "pta" if self.behaviour.rule == "monthly" else self.behaviour.rule
        return ScenarioQuestion(
            self.scenario, self.trade, rule, self.draws, self.level, self.chunk, self.assumptions
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MonthlyTables:
    """What the months read: tables of the yearly model, months of harvest, restrictions, pass-through and prices."""

    yearly: ScenarioTables
    crop_calendar: LoadedTable
    restrictions: LoadedTable
    pass_through: LoadedTable
    prices: tuple[LoadedTable, ...] = ()

    @classmethod
    def read(cls, warehouse: Warehouse) -> MonthlyTables:
        """The warehouse's own choice of each table."""
        calendar, restrictions, passing = map(warehouse.table, ("crop_calendar", "restrictions", "pass_through"))
        return cls(
            ScenarioTables.read(warehouse), calendar, restrictions, passing, tuple(warehouse.all("prices"))
        )  # fmt: skip


def baseline_id(question: MonthlyQuestion, tables: MonthlyTables, seed: int) -> str:
    """A fingerprint of everything but the scenario's shocks: runs may be compared draw by draw where it is equal."""
    read = tables.yearly
    own = (tables.crop_calendar, tables.restrictions, tables.pass_through, *tables.prices)
    files = [read.trade_flows, read.production, read.stocks, *read.indicators, *read.balances, *own]
    parts: list[Any] = [
        seed, question.draws, question.trade, question.months, question.scenario.time.start,
        str(question.scenario.period), _plain(question.assumptions), _plain(question.behaviour), _plain(question.laws),
        [(f.provenance.source, f.provenance.table, f.provenance.sha256) for f in files],
    ]  # fmt: skip
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """The same in every process: mappings and sets in order."""
    if is_dataclass(value) and not isinstance(value, type):
        return [(f.name, _plain(getattr(value, f.name))) for f in fields(value)]
    if isinstance(value, Mapping):
        return [(key, _plain(value[key])) for key in sorted(value)]
    return sorted(value) if isinstance(value, frozenset) else value
