"""The room for programs: the same use cases, paged, with problem details for errors.

Annotations are evaluated as they stand here, not put off: ninja's pagination wraps each function in one of another
module, in which a name of this one would not be found.
"""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status
from ninja.pagination import LimitOffsetPagination, paginate

from clarion.access import require
from clarion.desk.page import actor
from clarion.spillover.engine.scenario import to_toml
from clarion.spillover.service import ask, bans, macro, prices, runs, scenarios
from clarion.spillover.service import exposure as service
from clarion.spillover.service.rows import source_rows
from clarion.spillover.service.support import plans
from clarion.vocab import place

router = Router()
Trade = Literal["raw", "corrected"]
Data = dict[str, Any]
Day = Annotated[str, Query(max_length=10)]
Name = Annotated[str, Query(max_length=80)]


class Pages(LimitOffsetPagination):
    """``limit`` rows from ``offset`` on; at most 1,000 a page."""

    class Input(Schema):
        limit: int = Field(100, ge=1, le=1000)
        offset: int = Field(0, ge=0, le=1_000_000)


class Asked(Schema):
    """An exposure question."""

    item: str = Field("wheat", max_length=40)
    trade: Trade = "raw"
    minimum: float = Field(0, ge=0, le=ask.MOST_MINIMUM)
    period: str = Field("", max_length=9)
    source: str = Field("", max_length=80)


class MacroIn(Schema):
    """A shock to Russia's economy; laws are one number, or lowest, most likely and highest."""

    country: list[str] = Field([], max_length=300)
    growth: str = Field("", max_length=60)
    rouble: str = Field("", max_length=60)
    rupture: bool = True
    base_year: int = Field(2021, ge=1990, le=2100)


class RunIn(Schema):
    """A scenario to run: the name of a shipped one, or a text of your own."""

    scenario: str = Field("", max_length=80)
    text: str = Field("", max_length=scenarios.MOST_TEXT)
    trade: Trade = "corrected"
    rule: Literal["monthly", "pta", "rta", "burkholz"] = "monthly"
    horizon: int = Field(0, ge=0, le=36)
    draws: int = Field(500, ge=2, le=runs.MOST_DRAWS)
    seed: int | None = Field(None, ge=0, lt=2**53)


class PlanIn(Schema):
    """What a plan is asked: the keys of a plan file, such as budget, measures, earmarks, floor, lots and risk."""

    question: Data


@router.get("/exposure", response=list[Data], summary="Every importer's dependence on Russia and Ukraine")
@paginate(Pages)
def exposure(request: HttpRequest, asked: Query[Asked]) -> list[Data]:
    found = service.exposures(actor(request), _question(asked), asked.source or None)
    return [e.to_dict() for e in found]


@router.get("/ranking", response=list[Data], summary="The composite index: ranks with their intervals")
@paginate(Pages)
def ranking(request: HttpRequest, asked: Query[Asked]) -> list[Data]:
    return [s.to_dict() for s in service.standings(actor(request), _question(asked), asked.source or None)]


@router.get("/countries/{iso3}", response=Data, summary="All that is known of one country, and what is not")
def country(request: HttpRequest, iso3: str, asked: Query[Asked]) -> Data:
    return service.profile(actor(request), iso3, _question(asked), asked.source or None).to_dict()


@router.get("/countries/{iso3}/suppliers", response=list[Data], summary="A country's suppliers and their source rows")
@paginate(Pages)
def suppliers(request: HttpRequest, iso3: str, asked: Query[Asked]) -> list[Data]:
    found = service.suppliers(actor(request), iso3, _question(asked), asked.source or None)
    return [p.to_dict() for p in found]


@router.get("/rows/{table}/{source}", response=Data, summary="Rows of a source file by line")
def rows(request: HttpRequest, table: str, source: str, line: Query[list[int]]) -> Data:
    found = source_rows(actor(request), table, source, tuple(line))
    return {
        "columns": list(found.columns),
        "rows": [{"line": n, "cells": list(cells)} for n, cells in found.rows],
        "as_published": found.as_published,
        "provenance": found.provenance.to_dict(),
    }


@router.get("/bans", response=Data, summary="Exports under restriction on a day, and their share of traded calories")
def list_bans(request: HttpRequest, date: Day = "2022-04-15", source: Name = "") -> Data:
    return bans.restricted_data(bans.restricted(actor(request), bans.read_day(date), source or None))


@router.get("/prices", response=Data, summary="Prices of spring 2022 as they could be foretold, beside what came")
def list_prices(request: HttpRequest) -> Data:
    return prices.lookback_data(prices.lookback(actor(request)))


@router.get("/macro", response=Data, summary="Money from Russia after a shock to its economy, with either sign")
def list_macro(request: HttpRequest, asked: Query[MacroIn]) -> Data:
    given = macro.question(
        tuple(asked.country), asked.growth, asked.rouble, rupture=asked.rupture, base_year=asked.base_year,
        draws=macro.DRAWS,
    )  # fmt: skip
    return macro.answer(actor(request), given).to_dict()


@router.get("/scenarios", response=list[Data], summary="Scenarios that ship, and your own")
def list_scenarios(request: HttpRequest) -> list[Data]:
    shelf = scenarios.shelf(actor(request))
    shipped = [{"name": s.name, "title": s.title, "text": to_toml(s), "own": False} for s in shelf.shipped]
    return shipped + [{"name": s.name, "title": s.title, "text": s.text, "own": True} for s in shelf.own]


@router.post("/scenarios/check", response=Data, summary="Read a scenario, or learn what is wrong on which line")
def check(request: HttpRequest, body: RunIn) -> Data:
    require(actor(request), "spillover.view")
    found = scenarios.runnable(body.text or scenarios.shipped_text(body.scenario))
    return {"name": found.name, "title": found.title, "items": list(found.items), "shocks": len(found.shocks)}


@router.post("/runs", response={201: Data}, summary="Start a run; follow it at its own address")
def start(request: HttpRequest, body: RunIn) -> Status[Data]:
    text = body.text or scenarios.shipped_text(body.scenario)
    run = runs.start(
        actor(request), text, trade=body.trade, rule=body.rule, draws=body.draws, seed=body.seed, horizon=body.horizon
    )  # fmt: skip
    return Status(201, runs.told(run))


@router.get("/runs", response=list[Data], summary="Your runs, and those that others published")
@paginate(Pages)
def list_runs(request: HttpRequest) -> list[Data]:
    return [runs.told(run) for run in runs.index(actor(request))]


@router.get("/runs/{pk}", response=Data, summary="Where a run stands")
def get_run(request: HttpRequest, pk: UUID) -> Data:
    return runs.told(runs.get(actor(request), pk))


@router.get("/runs/{pk}/answer", response=Data, summary="A run's answer, labelled scenario, not forecast")
def get_answer(request: HttpRequest, pk: UUID) -> Data:
    return runs.answer(runs.get(actor(request), pk))


@router.get(
    "/runs/{pk}/countries/{iso3}", response=Data, summary="One country's months in the answer of a run by month"
)
def get_country(request: HttpRequest, pk: UUID, iso3: str) -> Data:
    return runs.country_answer(runs.get(actor(request), pk), place(iso3).iso3)


@router.get("/runs/{pk}/compare/{other}", response=Data, summary="Two runs, draw by draw")
def compare(request: HttpRequest, pk: UUID, other: UUID) -> Data:
    return runs.side_by_side(actor(request), pk, other).to_dict()


@router.post("/runs/{pk}/cancel", response=Data, summary="Ask a run to stop")
def cancel(request: HttpRequest, pk: UUID) -> Data:
    return runs.told(runs.cancel(actor(request), pk))


@router.post("/runs/{pk}/plans", response={201: Data}, summary="Make a support plan on a run by month; follow it")
def make_plan(request: HttpRequest, pk: UUID, body: PlanIn) -> Status[Data]:
    return Status(201, plans.told(plans.keep(actor(request), pk, body.question)))


@router.get("/runs/{pk}/plans", response=list[Data], summary="Your plans on a run, and those that were proposed")
@paginate(Pages)
def list_plans(request: HttpRequest, pk: UUID) -> list[Data]:
    return [plans.told(plan) for plan in plans.index(actor(request), pk)]


@router.get("/plans/{pk}", response=Data, summary="Where a plan stands, and what it says once it is worked")
def get_plan(request: HttpRequest, pk: UUID) -> Data:
    plan = plans.get(actor(request), pk)
    return plans.told(plan) | {"plan": plans.result(plan).data if plan.data else None}


@router.post("/plans/{pk}/propose", response=Data, summary="Propose a plan to the board; binds nobody")
def propose_plan(request: HttpRequest, pk: UUID) -> Data:
    return plans.told(plans.propose(actor(request), pk))


@router.delete("/plans/{pk}", response={204: None}, summary="Remove a plan that was not proposed")
def remove_plan(request: HttpRequest, pk: UUID) -> Status[None]:
    plans.remove(actor(request), pk)
    return Status(204, None)


@router.delete("/runs/{pk}", response={204: None}, summary="Remove a run that has ended")
def remove(request: HttpRequest, pk: UUID) -> Status[None]:
    runs.remove(actor(request), pk)
    return Status(204, None)


def _question(asked: Asked) -> Any:
    return ask.question(asked.item, asked.trade, asked.minimum, asked.period)
