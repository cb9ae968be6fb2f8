"""A scenario answered at once, and briefs written into a folder: what the command line asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from clarion.access import Actor
from clarion.errors import InputError
from clarion.spillover.service import scenarios
from clarion.spillover.service.tables import SEED, warehouse
from clarion.spillover.service.words import known
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from clarion.compute import Runner
    from clarion.pictures.document import Document
    from clarion.spillover.engine.simulation import ScenarioQuestion, ScenarioTables
    from clarion.spillover.service.results import Result

TABLES = ("csv", "parquet", "xlsx")


def answer(
    name: str, *, trade: str, rule: str, draws: int, seed: int | None = None, workers: int = 1, on: str = "",
    resume: Path | None = None,
) -> Result:  # fmt: skip
    """Answer a scenario by name or file.

    ``workers`` and ``on`` (see ``runner_named``) change the time it takes and nothing else. With a folder to ``resume``
    from, each part of the draws is kept there as soon as it is done, and what it holds is not worked again.

    Raises
    ------
    UnknownName, ScenarioError, InputError, ModelError: as the engine says.
    MissingPart, WorkerLost: as the runner says.
    BusyError, StorageError: the folder is in use, or cannot be written.
    """
    from clarion.compute import runner_named
    from clarion.spillover.engine.simulation import ScenarioTables, simulate
    from clarion.spillover.service.ask import scenario_question
    from clarion.spillover.service.results import Result

    if seed is not None and seed < 0:
        raise InputError(
            Phrase("{number} cannot be used here.", number=seed), where="--seed",
            next_step=Phrase("Give a whole number from {least} on.", least=0),
        )  # fmt: skip
    asked = scenario_question(scenarios.find(name), trade=trade, rule=rule, draws=draws, where=name)
    tables, seed = ScenarioTables.read(warehouse()), SEED if seed is None else seed
    runner = runner_named(on, workers)
    if resume is not None:
        runner = _kept_in(resume, runner, asked, tables, seed)
    found = simulate(asked, tables, runner, seed)
    return Result(found.to_dict())


def _kept_in(folder: Path, runner: Runner, asked: ScenarioQuestion, tables: ScenarioTables, seed: int) -> Runner:
    import hashlib

    from clarion import __version__
    from clarion.compute.resume import Resumable
    from clarion.spillover.engine.scenario import to_toml
    from clarion.spillover.engine.simulation import KINDS, baseline_id

    told = (baseline_id(asked, tables, seed), to_toml(asked.scenario), __version__)
    return Resumable(runner, folder, hashlib.sha256(repr(told).encode()).hexdigest(), KINDS)


def write_scenario_brief(name: str, out: Path, language: str, **asked: Any) -> dict[str, Any]:
    """Answer a scenario and write its brief and tables into ``out``."""
    known(language)
    from clarion.spillover.service.frames import run_frame
    from clarion.spillover.service.run_brief import run_brief

    result = answer(name, **asked)
    document = run_brief(result, language)
    files = _write(document, out, {"losses": run_frame(result)})
    return {"answer": document.title, "files": files, "data": result.data}


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
    return {"answer": document.title, "files": _write(document, out, tables), "data": found.to_dict()}


def _write(document: Document, out: Path, tables: dict[str, Any]) -> list[str]:
    from clarion.tables.atomic import replacing, storage_errors
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
