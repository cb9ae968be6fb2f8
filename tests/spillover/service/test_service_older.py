"""What an earlier version kept: refused with what to do, worked again, never read and never deleted."""

from __future__ import annotations

import logging
import re
from dataclasses import asdict, fields
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from clarion.compute import Serial
from clarion.errors import OutOfDate, UnknownName
from clarion.spillover import form
from clarion.spillover.engine.monthly.chunk import PATHS, TOTALS, MonthlyChunk
from clarion.spillover.engine.simulation import KINDS
from clarion.spillover.models import Answer, CountryAnswer, Plan, Run
from clarion.spillover.service import jobs, resuming, runs
from clarion.spillover.service.kept import unpack as unpack_years
from clarion.spillover.service.monthly.kept import unpack as unpack_months
from clarion.spillover.service.support import plans, shown, work
from clarion.spillover.service.support.job import work_plan

FORMS = Path(__file__).with_name("kept_forms.txt")


@pytest.fixture
def user(account):
    shown.turns.spent.clear()
    return account("analyst")


@pytest.fixture
def run(user, finished_run):
    return finished_run(user, rule="monthly", draws=12)


@pytest.fixture
def plan(user, run, monkeypatch):
    monkeypatch.setattr(work, "RUNS", 2)
    monkeypatch.setattr(work, "POINTS", 3)
    made = plans.keep(user.actor, run.pk, {"budget": 1e6})
    work_plan.func(str(made.pk))
    made.refresh_from_db()
    assert made.status == "done", made.error
    return made


def test_every_reader_of_an_older_run_says_so(user, finished_run, run, aged):
    other = finished_run(user, "black-sea-closure", rule="monthly", draws=12)
    aged(run)
    actor = user.actor
    readers = (
        lambda: runs.answer(run), lambda: runs.monthly_answer(run), lambda: runs.country_answer(run, "TJK"),
        lambda: runs.compare(actor, run.pk, other.pk), lambda: runs.side_by_side(actor, other.pk, run.pk),
        lambda: plans.ready(actor, run.pk), lambda: plans.show(actor, run.pk, {"budget": 1e6}),
        lambda: plans.keep(actor, run.pk, {"budget": 1e6}), lambda: work.outlook_of_run(run),
    )  # fmt: skip
    for read in readers:
        with pytest.raises(OutOfDate, match="earlier version") as caught:
            read()
        assert caught.value.details == {"page": f"/spillover/runs/{run.pk}/"}
    assert run not in runs.beside(actor, other)
    assert runs.told(run)["older"]
    assert not runs.told(other)["older"]


def test_the_same_question_is_run_again(user, account, run, aged):
    aged(run)
    Run.objects.filter(pk=run.pk).update(published=True)
    mine = account("analyst", "olena").actor
    again = runs.again(mine, run.pk)
    asked = ("text", "trade", "rule", "draws", "seed", "horizon")
    assert [getattr(again, name) for name in asked] == [getattr(run, name) for name in asked]
    assert (again.owner, again.published) == (mine.id, False)
    jobs.answer_run.func(str(again.pk))
    again.refresh_from_db()
    assert runs.answer(again)["seed"] == run.seed
    assert Answer.objects.filter(run=run).exists(), "what was kept stays"
    Run.objects.filter(pk=run.pk).update(published=False)
    with pytest.raises(UnknownName):
        runs.again(mine, run.pk)


def test_an_older_plan_is_made_again(user, finished_run, run, plan, aged):
    aged(plan)
    for read in (lambda: plans.result(plan), lambda: plans.propose(user.actor, plan.pk)):
        with pytest.raises(OutOfDate, match="earlier version"):
            read()
    assert plans.again(user.actor, plan.pk).run == run
    aged(run)
    with pytest.raises(OutOfDate, match="run was kept"):
        plans.again(user.actor, plan.pk)
    finished_run(user, "black-sea-closure", rule="monthly", draws=12)  # another scenario
    since = finished_run(user, rule="monthly", draws=12)
    again = plans.again(user.actor, plan.pk)
    assert (again.run, again.question) == (since, plan.question)
    assert Plan.objects.filter(pk=plan.pk).exists()


def test_a_plan_that_waits_on_an_older_run_fails_with_the_reason(user, run, aged):
    aged(run)
    waits = Plan.objects.create(run=run, owner=user.actor.id, title="t", question={"budget": 1e6})
    work_plan.func(str(waits.pk))
    waits.refresh_from_db()
    assert (waits.status, waits.error["code"]) == ("failed", "out-of-date")


def test_saved_parts_of_another_form_are_worked_anew(tmp_path, caplog, monkeypatch):
    def one(item, rng):
        return item * 10.0

    def never(item, rng):
        raise AssertionError("worked again")

    def kept():
        return resuming.kept_in(tmp_path, Serial(), ("a question",), ())

    assert kept().map(one, [1, 2], seed=1) == kept().map(never, [1, 2], seed=1)
    assert caplog.messages == []
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.npz")}
    monkeypatch.setattr(form, "ANSWER", form.ANSWER + 1)
    with caplog.at_level(logging.WARNING):
        assert kept().map(one, [1, 2], seed=1) == kept().map(never, [1, 2], seed=1)
    assert len(caplog.messages) == 1
    assert "another version" in caplog.text
    assert all(path.read_bytes() == held for path, held in before.items())


def test_parts_saved_before_forms_had_numbers_are_worked_anew(tmp_path, caplog):
    (tmp_path / "asked.txt").write_text("0" * 64)
    (tmp_path / "726b082fc4e9-000000.npz").write_bytes(b"of an earlier version")
    runner = resuming.kept_in(tmp_path, Serial(), ("a question",), ())
    assert runner.map(lambda item, rng: item, [1.0], seed=1) == [1.0]
    assert "another version" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_an_upgrade_finds_out_what_was_kept_before():
    def models_at(name):
        executor = MigrationExecutor(connection)
        executor.migrate([("spillover", name)])
        return executor.loader.project_state([("spillover", name)]).apps.get_model

    newest = MigrationExecutor(connection).loader.graph.leaf_nodes("spillover")[0][1]
    try:
        model = models_at("0003_plans")
        asked = {"owner": "x", "title": "t", "text": "", "trade": "raw", "draws": 2, "seed": 1}
        done, waits = (
            model("spillover", "Run").objects.create(rule="monthly", status=status, **asked)
            for status in ("done", "waiting")
        )
        model("spillover", "Answer").objects.create(run=done, data={"kind": "monthly"}, draws=b"")
        made = model("spillover", "Plan").objects.create(
            run=done, owner="x", title="t", question={}, data={"budget": 1.0}, status="done"
        )
    finally:
        models_at(newest)
    assert Run.objects.get(pk=done.pk).older
    assert Plan.objects.get(pk=made.pk).older
    assert not Run.objects.get(pk=waits.pk).older


def test_a_change_of_form_changes_its_number(user, finished_run, run, plan):
    """``kept_forms.txt`` says what the forms of these numbers hold.

    Where this fails, what is kept has changed: raise the number in ``clarion.spillover.form``, and write the file anew.
    """
    yearly = finished_run(user)
    months, years = (Answer.objects.get(run=of) for of in (run, yearly))
    held = {
        "months": months.data, "months_draws": asdict(unpack_months(bytes(months.draws))),
        "country": CountryAnswer.objects.filter(run=run, iso3="TJK").get().data,
        "years": years.data, "years_draws": asdict(unpack_years(bytes(years.draws))),
        "parts": {kind.__name__: {field.name: 0 for field in fields(kind)} for kind in (MonthlyChunk, *KINDS)}
        | dict.fromkeys((*PATHS, *TOTALS)),
    }  # fmt: skip
    told = [f"answer {form.ANSWER}", *sorted(paths(held)), f"plan {form.PLAN}", *sorted(paths(plan.data))]
    assert told == FORMS.read_text().splitlines()


def paths(data, at=""):
    """Every path of plain data. Rows of a list, and countries, are one; estimates, months and sources are not opened,
    nor phrases, whose names are texts."""
    if isinstance(data, dict) and not {"unit", "sha256"} & data.keys():
        named = ((re.sub(r"\b[A-Z]{3}\b", "*", name), part) for name, part in data.items() if name != "phrases")
        return {path for name, part in named for path in paths(part, f"{at}.{name}")}
    if isinstance(data, list) and data:
        return {path for part in data for path in paths(part, at)}
    return {at}
