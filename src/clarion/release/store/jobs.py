"""The jobs behind a trial and a check: progress is kept, and so is the answer or the reason why there is none."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django_tasks import task

from clarion.errors import ClarionError
from clarion.release.learn import learned
from clarion.release.plain import plainly
from clarion.release.spec import read_spec
from clarion.release.store import lists, shelf
from clarion.release.store.models import Check, Trial, Work
from clarion.release.store.registration import earlier
from clarion.release.verbs import by_certificate, make

SECONDS = 60.0
_log = logging.getLogger("clarion.release")


@task()
def check_again(pk: str) -> None:
    """Check one release's certificate again."""
    _work(Check, pk, _check)


@task()
def try_out(pk: str) -> None:
    """Make the release of one trial, and see what an attacker would learn."""
    _work(Trial, pk, _try_out)


def _work(kind: type[Work], pk: str, do: Callable[[Any, Callable[[float], None]], dict[str, Any]]) -> None:
    """Work what waits; what does not was removed, or another worker has it."""
    this = kind.objects.filter(pk=pk)
    if not this.filter(status=Work.Status.WAITING).update(status=Work.Status.RUNNING, progress=0.0):
        return
    try:
        found = do(this.get(), lambda share: this.update(progress=share))
        this.update(status=Work.Status.DONE, progress=1.0, finished_at=timezone.now(), **found)
    except ClarionError as error:
        _fail(this, error)
    except Exception as error:  # noqa: BLE001 - it must not stay "running" whatever happened to it
        # The name of the error only: its text or its trace may hold a category of somebody's.
        _log.warning("a job of the gate failed: %s", type(error).__name__)
        _fail(this, ClarionError("The job met something unexpected.", next_step="Start it again."))


def _fail(this: Any, error: ClarionError) -> None:
    this.update(status=Work.Status.FAILED, error=error.to_dict(), finished_at=timezone.now())


def _check(check: Check, progress: Callable[[float], None]) -> dict[str, Any]:
    row = check.release
    programme = row.programme.name
    folder = shelf.place(programme, row.name)
    release = shelf.whole(folder, row.sha256)
    known = {one.release.spec.id: one.folder for one in earlier(programme)}
    found = by_certificate(release.spec, folder, [known[name] for name in row.rests_on], progress)
    return {"certified": found is not None}


def _try_out(trial: Trial, progress: Callable[[float], None]) -> dict[str, Any]:
    people = lists.take(trial.pk)
    asked = read_spec(json.dumps(trial.spec), "spec.json")
    before = [one.release for one in earlier(trial.programme)]
    progress(0.05)
    made = make(people, asked, before, SECONDS)
    progress(0.7)
    told = learned(
        made.judgement.model, made.release, made.answer["groups"], SECONDS, lambda share: progress(0.7 + 0.2 * share)
    )
    plain = plainly(people, asked, SECONDS / 2)
    return {"answer": made.answer, "texts": made.texts, "learned": told, "plain": plain.to_dict()}


def take_up_again() -> None:
    """At a worker's start: checks that an earlier worker left half-way wait again. A trial that was begun has lost its
    list and ends; lists for which nobody waits go."""
    Check.objects.filter(status=Work.Status.RUNNING).update(status=Work.Status.WAITING, progress=0.0)
    _fail(Trial.objects.filter(status=Work.Status.RUNNING), lists.gone())
    waiting = {kind: [str(pk) for pk in kind.objects.filter(status=Work.Status.WAITING).values_list("pk", flat=True)]
               for kind in (Check, Trial)}  # fmt: skip
    lists.sweep(set(waiting[Trial]))
    for pk in waiting[Check]:
        check_again.enqueue(pk)
    for pk in waiting[Trial]:
        try_out.enqueue(pk)
