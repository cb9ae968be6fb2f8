"""The job behind a run: work the draws, report progress, keep the answer or the reason why there is none."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from clarion.compute import Serial
from clarion.errors import ClarionError
from clarion.spillover.models import Run
from clarion.spillover.service.outage import away, outlasted
from clarion.spillover.service.store import store
from clarion.spillover.service.support.job import take_up_again as plans_again
from clarion.spillover.service.tables import run_folder

_log = logging.getLogger("clarion.spillover")


@task()
def answer_run(pk: str) -> None:
    """Answer one run. A run that is not waiting is left alone: it was cancelled, or another worker has it."""
    with outlasted(lambda: _put_back(pk)):
        _taken(pk)


def _put_back(pk: str) -> None:
    Run.objects.filter(pk=pk, status=Run.Status.RUNNING).update(status=Run.Status.WAITING)
    answer_run.enqueue(pk)


def _taken(pk: str) -> None:
    if not Run.objects.filter(pk=pk, status=Run.Status.WAITING).update(status=Run.Status.RUNNING, progress=0.0):
        return
    run = Run.objects.get(pk=pk)
    try:
        _answer(run)
    except ClarionError as error:
        cancelled = error.code == "cancelled"
        _end(run, Run.Status.CANCELLED if cancelled else Run.Status.FAILED, {} if cancelled else error.to_dict())
    except Exception as error:
        if away(error):
            raise
        # A run must not stay "running", whatever happened to it.
        _log.exception("a run failed")
        unexpected = ClarionError(
            f"The run met something unexpected ({type(error).__name__}).",
            next_step="Start it again; if it fails again, tell your operator to look at the log.",
        )
        _end(run, Run.Status.FAILED, unexpected.to_dict())


def _answer(run: Run) -> None:
    def progress(share: float) -> None:
        Run.objects.filter(pk=run.pk).update(progress=share)

    def cancelled() -> bool:
        return Run.objects.filter(pk=run.pk, cancel_asked=True).exists()

    worked = _by_month if run.rule == "monthly" else _by_year
    worked(run, progress, cancelled)


def _by_year(run: Run, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> None:
    from clarion.spillover.engine.simulation import ScenarioTables, simulate
    from clarion.spillover.service.ask import scenario_question
    from clarion.spillover.service.kept import pack
    from clarion.spillover.service.tables import warehouse

    asked = scenario_question(run.text, trade=run.trade, rule=run.rule, draws=run.draws)
    tables = ScenarioTables.read(warehouse())
    found = simulate(asked, tables, Serial(), run.seed, lambda done, total: progress(done / total), cancelled)
    with transaction.atomic():
        store(run, found.to_dict(), pack(found.draws))
        _end(run, Run.Status.DONE, {})


def _by_month(run: Run, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> None:
    """Parts are kept in the data folder as they are done, so that a worker that was killed goes on where it stood."""
    from clarion.spillover.service.monthly.work import question, split, work
    from clarion.spillover.service.tables import warehouse

    asked = question(run.text, trade=run.trade, draws=run.draws, horizon=run.horizon)
    folder = run_folder(run.pk)
    found = split(*work(asked, warehouse(), Serial(), run.seed, progress=progress, cancelled=cancelled, folder=folder))
    with transaction.atomic():
        store(run, found.data, found.draws, found.countries)
        _end(run, Run.Status.DONE, {})


def _end(run: Run, status: str, error: dict[str, object]) -> None:
    done = {"progress": 1.0} if status == Run.Status.DONE else {}
    Run.objects.filter(pk=run.pk).update(status=status, error=error, finished_at=timezone.now(), **done)
    shutil.rmtree(run_folder(run.pk), ignore_errors=True)


def take_up_again() -> None:
    """At a worker's start: what an earlier worker left half-way waits again; the seed makes it end the same.

    Runs by month go on from what was kept of them.
    """
    Run.objects.filter(status=Run.Status.RUNNING).update(status=Run.Status.WAITING, progress=0.0)
    for pk in Run.objects.filter(status=Run.Status.WAITING).values_list("pk", flat=True):
        answer_run.enqueue(str(pk))
    plans_again()
