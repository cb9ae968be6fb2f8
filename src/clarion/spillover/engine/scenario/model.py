"""What a scenario says: what happens, to whom, how strongly, and on whose word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from clarion.spillover.engine.scenario.economy import Economy, Fertiliser
from clarion.spillover.engine.scenario.ranges import Range
from clarion.vocab import Period

# Response of traded quantity to a cost, as a positive number. 0.76 in the first year and up to 2.25 after ten (Boehm,
# Levchenko and Pandalai-Nayar 2023, American Economic Review 113(4), 861-905, over all goods). Grain is more alike from
# one origin to the next than most goods, so the upper end is the consensus of gravity studies, about 5 (Head and Mayer
# 2014, Handbook of International Economics 4, chapter 3).
TRADE_ELASTICITY = Range(0.76, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class ProductionCut:
    """A share ``fraction`` of a country's harvest is lost. No ``items`` means every item of the scenario."""

    kind: ClassVar[str] = "production_cut"
    country: str
    fraction: Range
    items: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class ExportLimit:
    """A ban (``kept`` 0) or quota: the share of each flow that may still leave, but to ``exceptions`` all of it."""

    exporter: str
    kept: Range
    items: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    source: str = ""

    @property
    def kind(self) -> str:
        return "export_ban" if self.kept == Range.exactly(0.0) else "export_quota"


@dataclass(frozen=True, slots=True)
class CorridorClosed:
    """A share ``closed`` of what a corridor carries can no longer pass."""

    kind: ClassVar[str] = "corridor_closed"
    corridor: str
    closed: Range
    items: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class SanctionCost:
    """Insurance, payment, duty or freight makes an exporter's goods dearer by ``cost_percent``.

    Each flow is multiplied by ``(1 + cost)^-elasticity``, the constant-elasticity form of gravity models.
    """

    kind: ClassVar[str] = "sanction_cost"
    exporter: str
    cost_percent: Range
    elasticity: Range = TRADE_ELASTICITY
    items: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    source: str = ""


Shock = ProductionCut | ExportLimit | CorridorClosed | SanctionCost


@dataclass(frozen=True, slots=True)
class CorridorUser:
    """``share`` of an exporter's flows goes through the corridor, but none to ``other_routes``."""

    exporter: str
    share: Range
    other_routes: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Corridor:
    """A way that trade takes: a strait, a sea, a railway."""

    id: str
    title: str
    users: tuple[CorridorUser, ...]


_A_YEAR = Range.exactly(12.0)


@dataclass(frozen=True, slots=True)
class Timing:
    """When the shocks begin, how long they last, and how far a monthly run looks.

    ``start`` is the calendar month, 1 to 12, in which the shocks begin and the run with them; ``months`` is how long
    they last; ``horizon`` is the number of months that are run. Left out, the shocks last one year from January.
    """

    start: int = 1
    months: Range = _A_YEAR
    horizon: int = 12


@dataclass(frozen=True, slots=True)
class Scenario:
    """A question of the form "what if": shocks to a baseline ``period``. A scenario is not a forecast.

    ``corridors`` holds those declared in the scenario itself; ``shipped`` those it borrows from the package. ``time``
    is for runs by month; yearly runs take every shock as lasting the year. ``fertiliser`` and ``economy`` count in
    runs by month alone.
    """

    name: str
    title: str
    summary: str
    items: tuple[str, ...]
    period: Period
    shocks: tuple[Shock, ...]
    corridors: tuple[Corridor, ...] = ()
    shipped: tuple[Corridor, ...] = ()
    time: Timing = Timing()
    fertiliser: Fertiliser | None = None
    economy: Economy | None = None

    def corridor(self, corridor_id: str) -> Corridor:
        """The corridor of that id; the scenario's own declaration wins over a shipped one."""
        return next(c for c in (*self.corridors, *self.shipped) if c.id == corridor_id)
