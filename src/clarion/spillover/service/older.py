"""Answers and plans that an earlier version of Clarion kept: refused with what to do, never read, never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.errors import OutOfDate
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from clarion.spillover.models import Plan, Run


def run_out_of_date(run: Run) -> OutOfDate | None:
    """The error of a run whose answer is of an earlier form; None for others. ``page`` is where to run it again."""
    if not run.older:
        return None
    return OutOfDate(
        "This run was kept by an earlier version of Clarion; run it again.", where=Phrase("run {id}", id=str(run.pk)),
        next_step="Open its page and press: Run it again", page=f"/spillover/runs/{run.pk}/",
    )  # fmt: skip


def plan_out_of_date(plan: Plan) -> OutOfDate | None:
    """The same of a plan."""
    if not plan.older:
        return None
    return OutOfDate(
        "This plan was kept by an earlier version of Clarion; make it again.",
        where=Phrase("plan {id}", id=str(plan.pk)), next_step="Open its page and press: Make it again",
        page=f"/spillover/plans/{plan.pk}/",
    )  # fmt: skip


def refuse_older(run: Run) -> None:
    """Go on only where this version can read the run's answer.

    Raises
    ------
    OutOfDate: it was kept by an earlier version.
    """
    if error := run_out_of_date(run):
        raise error
