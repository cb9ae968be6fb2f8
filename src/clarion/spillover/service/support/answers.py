"""A plan made at once from a scenario: what the command line asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clarion.errors import InputError, UnknownName
from clarion.spillover.service import scenarios
from clarion.spillover.service.support.results import MILLION, PlanResult
from clarion.spillover.service.support.work import outlook, worked
from clarion.spillover.service.tables import SEED, warehouse
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from clarion.spillover.engine.monthly import MonthlyQuestion
    from clarion.spillover.engine.support import SupportQuestion

BUDGET = 100.0
MOST_BUDGET = 1e6  # million USD
MOST_DRAWS = 1000  # whose months are kept


@dataclass(frozen=True)
class Planned:
    """A plan and the title of its scenario."""

    result: PlanResult
    title: str


@dataclass(frozen=True)
class Asked:
    """What is asked of a plan: ``data`` in the form of a plan file, and the engine's question of it."""

    data: dict[str, Any]
    question: SupportQuestion


def asked(
    file: Path | None, budget: float | None, risk: float | None, floor: float | None, earmarks: tuple[str, ...],
    costs: tuple[str, ...],
) -> Asked:  # fmt: skip
    """The question of a plan file with what the options change in it; ``budget`` in million USD.

    Raises
    ------
    UnknownName: the file cannot be read.
    ScenarioError, InputError: what cannot be used, with its line or option.
    """
    from clarion.spillover.engine.scenario.section import Text
    from clarion.spillover.engine.scenario.toml import read_toml
    from clarion.spillover.engine.support import support_from

    if budget is not None and not 0 < budget <= MOST_BUDGET:
        raise InputError(
            Phrase("A budget of {budget:g} million USD cannot be spent.", budget=budget), where="--budget",
            next_step=Phrase("Give millions, above 0 and up to {most:,.0f}: --budget 100", most=MOST_BUDGET),
        )  # fmt: skip
    data, text = read_toml(_read(file), str(file)) if file else ({}, Text(Phrase("options")))
    if budget is not None or "budget" not in data:
        data["budget"] = (BUDGET if budget is None else budget) * MILLION
    if risk is not None:
        data["risk"] = risk
    if floor is not None:
        data["floor"] = {"kind": "money", "share": floor}
    if earmarks:
        data["earmarks"] = [*data.get("earmarks", []), *(_earmark(e) for e in earmarks)]
    if costs:
        data["measures"] = _with_costs(
            data.get("measures", []), dict(_pair(c, "--cost", "food-aid=212") for c in costs)
        )
    return Asked(data, support_from(data, text))


def answer(
    name: str, question: SupportQuestion, *, trade: str, months: int = 0, draws: int = 200, seed: int | None = None,
    workers: int = 1,
) -> Planned:  # fmt: skip
    """Run a scenario by month, by name or file, and plan on it.

    Raises
    ------
    UnknownName, ScenarioError, InputError, ModelError: as the engines say; limits that no plan can keep are named.
    """
    from clarion.compute import runner_named
    from clarion.spillover.engine.monthly import MonthlyTables, prepare, worked_plan

    seed = SEED if seed is None else seed
    months_of = by_month(scenarios.find(name), trade=trade, months=months, draws=draws, where=name)
    door = warehouse()
    plan = prepare(months_of, MonthlyTables.read(door), seed)
    basis = outlook(plan, worked_plan(plan, runner_named("", workers)).draws, door, draws)
    return Planned(PlanResult(worked(basis, question, seed)), months_of.scenario.title)


def by_month(text: str, *, trade: str, months: int, draws: int, where: str) -> MonthlyQuestion:
    """The question by month that a plan rests on.

    Raises
    ------
    ScenarioError, InputError: what cannot be asked; more draws than whose months are kept.
    """
    from clarion.spillover.service.monthly.work import question

    if not 2 <= draws <= MOST_DRAWS:
        raise InputError(
            Phrase("{draws} draws were asked for.", draws=draws), where="--draws",
            next_step=Phrase("Use from 2 to {most:,.0f}.", most=MOST_DRAWS),
        )  # fmt: skip
    return question(text, trade=trade, draws=draws, horizon=months, where=where)


def ready(out: Path) -> None:
    """Make the folder of the files, so that one that cannot be written is told before minutes of work.

    Raises
    ------
    StorageError: it cannot be made.
    """
    from clarion.files import storage_errors

    with storage_errors(out):
        out.mkdir(parents=True, exist_ok=True)


def write(found: Planned, out: Path, language: str) -> list[str]:
    """The plan's brief and tables as files in ``out``; returns their paths."""
    from clarion.spillover.service.answers import write_files
    from clarion.spillover.service.support.brief import plan_brief
    from clarion.spillover.service.support.frames import curve_frame, grants_frame

    tables = {"grants": grants_frame(found.result), "curve": curve_frame(found.result)}
    return write_files(plan_brief(found.result, found.title, language), out, tables)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UnknownName(
            f"The plan file cannot be read: {reason}.", where=str(file), next_step="Check its path and encoding."
        ) from error


def _pair(text: str, option: str, example: str) -> tuple[str, float]:
    """``name=number``."""
    name, _, number = text.partition("=")
    try:
        return name.strip(), float(number)
    except ValueError:
        raise InputError(
            Phrase("{text!r} is not a name and a number.", text=text), where=option,
            next_step=Phrase("Write: {line}", line=f"{option} {example}"),
        ) from None  # fmt: skip


def _earmark(text: str) -> dict[str, Any]:
    """``name=millions:COUNTRIES:measures``, the last two left out where all are meant."""
    head, _, rest = text.partition(":")
    name, amount = _pair(head, "--earmark", "horn=10:ETH,SOM")
    countries, _, measures = rest.partition(":")
    row: dict[str, Any] = {"name": name, "amount": amount * MILLION}
    for key, part in (("countries", countries), ("measures", measures)):
        if names := [word.strip() for word in part.split(",") if word.strip()]:
            row[key] = names
    return row


def _with_costs(measures: list[dict[str, Any]], costs: dict[str, float]) -> list[dict[str, Any]]:
    """The changes of a file, with the costs of the options in them or beside them."""
    found = [m | ({"cost": costs.pop(m["id"])} if m.get("id") in costs else {}) for m in measures]
    return [*found, *({"id": name, "cost": cost} for name, cost in costs.items())]
