"""Work a run by month, and split its answer: what every page needs, and each country's months by themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clarion.spillover.service.monthly.kept import pack

if TYPE_CHECKING:
    from pathlib import Path

    from clarion.compute import Runner
    from clarion.sources.warehouse import Warehouse
    from clarion.spillover.engine.monthly import MonthlyAnswer, MonthlyPlan, MonthlyQuestion

# Of the eight samples behind the shares of variance: enough for shares to a tenth or so.
DRIVER_DRAWS = 100
_FIRST = 20  # countries whose uncertainty is broken down: those of the largest losses
_DRAWING = 0.8  # of the time; the rest tells what drives the uncertainty


@dataclass(frozen=True)
class Worked:
    """``data`` is the answer without the months of its countries, ``countries`` those by code; ``draws`` are packed."""

    data: dict[str, Any]
    countries: dict[str, dict[str, Any]]
    draws: bytes


def question(text: str, *, trade: str, draws: int, horizon: int = 0, where: str = "scenario") -> MonthlyQuestion:
    """A scenario's question by month; ``horizon`` 0 means what the scenario says.

    Raises
    ------
    ScenarioError, InputError: what cannot be used, with its line or field.
    """
    from clarion.spillover.engine.monthly import MonthlyQuestion
    from clarion.spillover.service.scenarios import check

    return MonthlyQuestion(check(text, where), horizon=horizon, trade=trade, draws=draws)  # type: ignore[arg-type]


def work(
    asked: MonthlyQuestion, warehouse: Warehouse, runner: Runner, seed: int, *,
    progress: Callable[[float], None] | None = None, cancelled: Callable[[], bool] | None = None,
    folder: Path | None = None, driver_draws: int = DRIVER_DRAWS,
) -> tuple[MonthlyAnswer, dict[str, Any]]:  # fmt: skip
    """The answer, and what drives its uncertainty. ``progress`` is told shares of the work, 0 to 1.

    With a ``folder`` each part is kept there as soon as it is done, and what it holds is not worked again.

    Raises
    ------
    InputError, ScenarioError, ModelError: as the engine says.
    Cancelled: stopped on request.
    BusyError, StorageError: the folder is in use, or cannot be written.
    """
    from clarion.spillover.engine.monthly import MonthlyTables, prepare, worked_plan
    from clarion.spillover.engine.scenario import to_toml
    from clarion.spillover.service.resuming import kept_in

    plan = prepare(asked, MonthlyTables.read(warehouse), seed)
    if folder is not None:
        from clarion.spillover.engine.monthly import MonthlyChunk

        told_of = (plan.baseline, plan.question.chunk, plan.question.paths, to_toml(asked.scenario))
        runner = kept_in(folder, runner, told_of, (MonthlyChunk,))
    told = (lambda done, total: progress(_DRAWING * done / total)) if progress else None
    found = worked_plan(plan, runner, told, cancelled)
    return found, _drivers(plan, found, runner, driver_draws) if driver_draws else {}


def split(found: MonthlyAnswer, drivers: dict[str, Any]) -> Worked:
    """The answer as it is kept."""
    data = found.to_dict() | {"drivers": drivers}
    countries = {country["iso3"]: country for country in data["countries"]}
    return Worked(light(data), countries, pack(found.draws))


def light(data: dict[str, Any]) -> dict[str, Any]:
    """An answer's data as ``MonthlyResult`` reads it: without the months of its countries."""
    return data | {"countries": [_short(c) for c in data["countries"]]}


def _short(country: dict[str, Any]) -> dict[str, Any]:
    """A country without its months."""
    whole = ("kcal_before", "kcal_lost", "people", "items")
    short = {name: value for name, value in country.items() if name not in whole}
    totals = ("supply_lost_total", "use_lost_total", "any_ban")
    return short | {
        "items": {item: {n: it[n] for n in totals if n in it} for item, it in country["items"].items()}
    }  # fmt: skip


def _drivers(plan: MonthlyPlan, found: MonthlyAnswer, runner: Runner, draws: int) -> dict[str, Any]:
    from clarion.spillover.engine.monthly import drivers

    worst = sorted(
        (c for c in found.countries.values() if c.kcal_lost_mean.value), key=lambda c: -(c.kcal_lost_mean.value or 0.0)
    )
    asked = {"people": "people"} | {f"price:{item}": f"price:{item}" for item in (plan.items[m] for m in plan.priced)}
    asked |= {f"kcal:{c.iso3}": f"kcal:{c.iso3}" for c in worst[:_FIRST]}
    return {
        name: {
            "first": {group: share.to_dict() for group, share in shares.first.items()},
            "total": {group: share.to_dict() for group, share in shares.total.items()},
            "draws": shares.draws,
        }
        for name, shares in drivers(plan, asked, runner, draws).items()
    }
