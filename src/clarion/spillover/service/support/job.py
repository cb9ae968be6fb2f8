"""The job behind a kept plan: work it whole, keep it or the reason why there is none."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django_tasks import task

from clarion.errors import ClarionError
from clarion.spillover import form
from clarion.spillover.models import Plan
from clarion.spillover.service.outage import away, outlasted

_EVERY = 0.5  # seconds between two looks whether a plan is still wanted

_log = logging.getLogger("clarion.spillover")


@task()
def work_plan(pk: str) -> None:
    """Work one plan. A plan that is not waiting is left alone: another worker has it, or its owner removed it."""
    with outlasted(lambda: _put_back(pk)):
        _taken(pk)


def _put_back(pk: str) -> None:
    Plan.objects.filter(pk=pk, status=Plan.Status.RUNNING).update(status=Plan.Status.WAITING)
    work_plan.enqueue(pk)


def _taken(pk: str) -> None:
    from clarion.spillover.service.support.work import outlook_of_run, question, worked

    if not Plan.objects.filter(pk=pk, status=Plan.Status.WAITING).update(status=Plan.Status.RUNNING):
        return
    plan = Plan.objects.select_related("run").filter(pk=pk).first()
    if plan is None:
        return
    try:
        data = worked(outlook_of_run(plan.run), question(plan.question), plan.run.seed, cancelled=_removed(pk))
        Plan.objects.filter(pk=pk).update(status=Plan.Status.DONE, data=data, form=form.PLAN)
    except ClarionError as error:
        # A plan that was stopped was removed: there is nothing left to write to.
        Plan.objects.filter(pk=pk).update(status=Plan.Status.FAILED, error=error.to_dict())
    except Exception as error:
        if away(error):
            raise
        # A plan must not stay "running", whatever happened to it.
        _log.exception("a plan failed")
        unexpected = ClarionError(
            f"The plan met something unexpected ({type(error).__name__}).",
            next_step="Keep it again; if it fails again, tell your operator to look at the log.",
        )
        Plan.objects.filter(pk=pk).update(status=Plan.Status.FAILED, error=unexpected.to_dict())


def _removed(pk: str) -> Callable[[], bool]:
    """Whether its owner has removed the plan: a question that the engine asks often and the database seldom."""
    asked_at, gone = float("-inf"), False

    def removed() -> bool:
        nonlocal asked_at, gone
        if not gone and time.monotonic() - asked_at >= _EVERY:
            asked_at, gone = time.monotonic(), not Plan.objects.filter(pk=pk).exists()
        return gone

    return removed


def take_up_again() -> None:
    """At a worker's start: plans that an earlier worker left half-way wait again."""
    Plan.objects.filter(status=Plan.Status.RUNNING).update(status=Plan.Status.WAITING)
    for pk in Plan.objects.filter(status=Plan.Status.WAITING).values_list("pk", flat=True):
        work_plan.enqueue(str(pk))
