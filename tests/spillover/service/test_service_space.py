"""Room for finished runs: counted, bounded for the whole desk, made by people."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from clarion.errors import BusyError
from clarion.spillover.models import Answer, CountryAnswer, Plan, Run
from clarion.spillover.service import runs, space
from clarion.spillover.service.scenarios import shipped_text

TEXT = shipped_text("kazakhstan-wheat-export-ban")


@pytest.fixture
def owner(account):
    return account("analyst", "olena")


@pytest.fixture
def full(monkeypatch):
    """A desk that may keep next to nothing."""

    def bound(megabytes=0.001):
        monkeypatch.setattr(space, "config", lambda: type("C", (), {"runs_mb": megabytes}))

    return bound


@pytest.mark.parametrize("asked", [{}, {"rule": "monthly", "draws": 12}], ids=["year", "months"])
def test_what_an_answer_takes_is_counted(owner, finished_run, asked):
    run = finished_run(owner, **asked)
    kept = Answer.objects.get(run=run)
    size = len(kept.draws) + len(json.dumps(kept.data))
    size += sum(len(json.dumps(c.data)) for c in CountryAnswer.objects.filter(run=run))
    run.refresh_from_db()
    assert run.kept_bytes == size
    assert runs.told(run)["kept_bytes"] == size
    found = space.space(owner.actor)
    assert (found.used, found.own, found.full) == (size, size, False)


def test_a_full_desk_starts_no_run_and_names_the_oldest_of_ones_own(owner, account, finished_run, full):
    for day, title in ((3, "Third"), (1, "First"), (2, "Second"), (4, "Fourth")):
        run = finished_run(owner)
        when = timezone.now() - timezone.timedelta(days=100 - day)
        Run.objects.filter(pk=run.pk).update(title=title, created_at=when)
    full()
    with pytest.raises(BusyError, match="MB, and may take") as caught:
        runs.start(owner.actor, TEXT)
    step = str(caught.value.next_step)
    assert step.index("First") < step.index("Second") < step.index("Third")
    assert "Fourth" not in step
    assert Run.objects.count() == 4, "nothing is removed in silence"
    other = account("analyst", "ann")
    with pytest.raises(BusyError) as caught:
        runs.start(other.actor, TEXT)
    assert "First" not in str(caught.value.next_step), "somebody else's run is not there"
    assert "CLARION_RUNS_MB" in str(caught.value.next_step)


def test_removing_makes_room(owner, finished_run, full):
    run = finished_run(owner)
    full()
    runs.remove(owner.actor, run.pk)
    assert runs.start(owner.actor, TEXT).status == Run.Status.WAITING


def test_what_is_held_is_not_named(owner, finished_run, full):
    """A run whose plan stands before the board cannot be removed, so nobody is told to."""
    run = finished_run(owner)
    Plan.objects.create(run=run, owner=owner.actor.id, title="t", question={}, proposed_at=timezone.now())
    full()
    assert space.removable(owner.actor) == []
    with pytest.raises(BusyError) as caught:
        runs.start(owner.actor, TEXT)
    assert "CLARION_RUNS_MB" in str(caught.value.next_step)
    Plan.objects.update(proposed_at=None)
    assert space.removable(owner.actor) == [run]


def test_the_list_tells_what_is_used_and_how_to_make_room(owner, client, finished_run, full):
    finished_run(owner)
    client.force_login(owner)
    page = client.get("/spillover/runs/").content.decode()
    assert "of 4,000 MB on this desk" in page
    assert "press Remove" in page
    assert "No run can be started" not in page
    full()
    assert "No run can be started" in client.get("/spillover/runs/").content.decode()


def test_answers_of_an_earlier_version_are_counted_once(owner, finished_run):
    from importlib import import_module

    from django.apps import apps

    run = finished_run(owner, rule="monthly", draws=12)
    run.refresh_from_db()
    size = run.kept_bytes
    Run.objects.update(kept_bytes=0)
    import_module("clarion.spillover.migrations.0004_kept_bytes").count(apps, None)
    run.refresh_from_db()
    assert run.kept_bytes == size > 0
