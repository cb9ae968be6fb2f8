"""A scenario answered at once, and briefs written into a folder: what the command line asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clarion.access import Actor
from clarion.errors import InputError
from clarion.spillover.engine.simulation import ScenarioQuestion
from clarion.spillover.service import scenarios
from clarion.spillover.service.monthly.results import MonthlyResult
from clarion.spillover.service.results import Result
from clarion.spillover.service.tables import SEED, warehouse
from clarion.spillover.service.words import known, worded
from clarion.vocab import Estimate, Phrase

if TYPE_CHECKING:
    import polars as pl

    from clarion.compute import Runner
    from clarion.pictures.document import Document
    from clarion.spillover.engine.monthly import MonthlyQuestion

TABLES = ("csv", "parquet", "xlsx")


@dataclass(frozen=True)
class Answered:
    """An answer for the command line: ``data`` is all of it, ``tables`` are to write, by name, the losses first."""

    result: Result | MonthlyResult
    data: dict[str, Any]
    tables: dict[str, pl.DataFrame]

    @property
    def frame(self) -> pl.DataFrame:
        return self.tables["losses"]

    def told(self) -> tuple[list[str], list[tuple[str, dict[str, str]]]]:
        """Columns and rows of a table by country, in plain words, the heaviest loss first."""
        columns = ["kcal a person a day missing", "after the response", "people under the requirement"]
        figures: Iterator[tuple[str, tuple[Estimate, ...]]]
        if isinstance(self.result, MonthlyResult):
            columns[2] = "person-days under the requirement"
            figures = ((c.iso3, (c.kcal_before, c.kcal_lost, c.person_days)) for c in self.result.ranked())
        else:
            figures = (
                (c.iso3, (c.kcal_before_response, c.kcal_lost, c.people_before_response)) for c in self.result.ranked()
            )
        rows = [
            (iso3, dict(zip(columns, (worded(f, "number", "en") for f in found), strict=True)))
            for iso3, found in figures
        ]
        return columns, rows

    def brief(self, language: str) -> Document:
        """The answer as one file to send."""
        if isinstance(self.result, MonthlyResult):
            from clarion.spillover.service.monthly.brief import months_brief

            return months_brief(self.result, language)
        from clarion.spillover.service.run_brief import run_brief

        return run_brief(self.result, language)


def answer(
    name: str, *, trade: str, rule: str, draws: int, months: int = 0, seed: int | None = None, workers: int = 1,
    on: str = "", resume: Path | None = None,
) -> Answered:  # fmt: skip
    """Answer a scenario by name or file; ``rule`` is ``monthly`` or that of a published yearly cascade.

    ``workers`` and ``on`` (see ``runner_named``) change the time it takes and nothing else. With a folder to ``resume``
    from, each part of the draws is kept there as soon as it is done, and what it holds is not worked again.

    Raises
    ------
    UnknownName, ScenarioError, InputError, ModelError: as the engine says.
    MissingPart, WorkerLost: as the runner says.
    BusyError, StorageError: the folder is in use, or cannot be written.
    """
    from clarion.spillover.service.ask import any_question

    runner, seed = drawn_by(on, workers, seed)
    asked = any_question(scenarios.find(name), trade=trade, rule=rule, draws=draws, horizon=months, where=name)
    if isinstance(asked, ScenarioQuestion):
        return _by_year(asked, runner, seed, resume)
    return _by_month(asked, runner, seed, resume)


def drawn_by(on: str, workers: int, seed: int | None) -> tuple[Runner, int]:
    """Where the draws are worked, and their seed: without one that of every answer.

    Raises
    ------
    InputError, MissingPart: a seed below 0; as ``runner_named`` says.
    """
    from clarion.compute import runner_named

    if seed is not None and seed < 0:
        raise InputError(
            Phrase("{number} cannot be used here.", number=seed), where="--seed",
            next_step=Phrase("Give a whole number from {least} on.", least=0),
        )  # fmt: skip
    return runner_named(on, workers), SEED if seed is None else seed


def _by_month(asked: MonthlyQuestion, runner: Runner, seed: int, resume: Path | None) -> Answered:
    from clarion.spillover.service.monthly.frames import losses_frame, prices_frame
    from clarion.spillover.service.monthly.work import light, work

    found, drivers = work(asked, warehouse(), runner, seed, folder=resume)
    data = found.to_dict() | {"drivers": drivers}
    result = MonthlyResult(light(data))
    tables = {"losses": losses_frame(result), "prices": prices_frame(result)}
    return Answered(result, data, tables)


def _by_year(asked: ScenarioQuestion, runner: Runner, seed: int, resume: Path | None) -> Answered:
    from clarion.spillover.engine.scenario import to_toml
    from clarion.spillover.engine.simulation import KINDS, ScenarioTables, baseline_id, simulate
    from clarion.spillover.service.frames import run_frame
    from clarion.spillover.service.resuming import kept_in

    tables = ScenarioTables.read(warehouse())
    if resume is not None:
        told = (baseline_id(asked, tables, seed), to_toml(asked.scenario))
        runner = kept_in(resume, runner, told, KINDS)
    result = Result(simulate(asked, tables, runner, seed).to_dict())
    return Answered(result, result.data, {"losses": run_frame(result)})


def write_scenario_brief(name: str, out: Path, language: str, **asked: Any) -> dict[str, Any]:
    """Answer a scenario and write its brief and tables into ``out``."""
    known(language)
    found = answer(name, **asked)
    document = found.brief(language)
    return {"answer": document.title, "files": write_files(document, out, found.tables), "data": found.data}


def write_country_brief(
    actor: Actor, iso3: str, out: Path, language: str, trade: str, period: str = "", source: str | None = None
) -> dict[str, Any]:
    """Write a country's brief and tables into ``out``."""
    known(language)
    from clarion.spillover.service import ask
    from clarion.spillover.service.country_brief import country_brief
    from clarion.spillover.service.exposure import profile
    from clarion.spillover.service.frames import exposure_frame, suppliers_frame

    question = ask.question("wheat", trade, 0, period)
    found = profile(actor, iso3, question, source)
    document = country_brief(actor, iso3, question, source, language)
    tables = {"exposure": exposure_frame(found.exposures), "suppliers": suppliers_frame(found.partners)}
    return {"answer": document.title, "files": write_files(document, out, tables), "data": found.to_dict()}


def write_files(document: Document, out: Path, tables: dict[str, Any]) -> list[str]:
    """A brief as HTML and PDF, and each table in three forms; returns their paths."""
    from clarion.files import replacing, storage_errors
    from clarion.tables.files import write_file

    # Everything is made before anything is written: a brief that cannot be made leaves the folder as it was.
    content = {"brief.html": document.html(), "brief.pdf": document.pdf()}
    with storage_errors(out):
        out.mkdir(parents=True, exist_ok=True)
    written = []
    for name, data in content.items():
        with replacing(out / name) as temporary:
            temporary.write_bytes(data)
        written.append(str(out / name))
    for name, frame in tables.items():
        written += [str(write_file(frame, out / f"{name}.{form}")) for form in TABLES]
    return written
