"""The answers of one file rest on one file, one set of lists as good as they are, and one policy, whatever stops it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clarion.access import Actor
from clarion.config import config
from clarion.errors import BusyError
from clarion.screening.models import Batch
from clarion.screening.service import policies
from clarion.screening.service.batch import batches, console, job, shelf

ME = Actor.console()
TEXT = "№;ФИО\n" + "".join(f"{n};Сидоров Олег Олегович\n" for n in range(20))


@pytest.fixture
def stopped(listed, tmp_path, monkeypatch, halt):
    """A file of payees that was half done when the machine went down; handed out is how to go on."""
    listed(days=5)
    (tmp_path / "in.csv").write_text(TEXT, encoding="utf-8")

    def run():
        return console.run(ME, tmp_path / "in.csv", tmp_path / "out.csv", named={}, part=5)

    with monkeypatch.context() as patch:
        halt(patch, console, after=2)
        with pytest.raises(KeyboardInterrupt):
            run()
    return run


def other_policy(monkeypatch):
    strict = replace(policies.use("payment"), thresholds={"prior": -20.0})
    monkeypatch.setattr(policies, "uses", lambda: {"payment": strict})


def older_lists(monkeypatch):
    monkeypatch.setenv("CLARION_LISTS_DAYS", "3")
    config.cache_clear()


@pytest.fixture(autouse=True)
def _as_before():
    yield
    config.cache_clear()


def test_on_the_same_grounds_it_goes_on(stopped):
    assert stopped().resumed == 10


@pytest.mark.parametrize("change", [other_policy, older_lists])
def test_on_other_grounds_it_begins_anew(stopped, monkeypatch, change):
    change(monkeypatch)
    done = stopped()
    assert (done.resumed, done.rows) == (0, 20)
    assert len(done.counts) == 1, "all rows by the same policy, and by lists as good as they are today"


def test_a_file_that_changed_in_between_begins_anew(stopped, tmp_path):
    (tmp_path / "in.csv").write_text(TEXT.replace("Сидоров", "Петренко"), encoding="utf-8")
    assert stopped().resumed == 0


def test_a_file_that_changes_while_it_is_screened_gives_no_answers(listed, tmp_path, monkeypatch):
    listed()
    file, out, plain = tmp_path / "in.csv", tmp_path / "out.csv", console.answered
    file.write_text(TEXT, encoding="utf-8")

    def answered(*args):
        file.write_text(TEXT + "20;Петренко Олег\n", encoding="utf-8")
        return plain(*args)

    monkeypatch.setattr(console, "answered", answered)
    with pytest.raises(BusyError, match="changed while it was screened"):
        console.run(ME, file, out, named={}, part=5)
    assert not out.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("change", "again"), [(None, 1), (other_policy, 3), (older_lists, 3)])
def test_a_batch_of_the_desk_does_its_parts_anew_on_other_grounds(listed, account, monkeypatch, change, again, halt):
    listed(days=5)
    monkeypatch.setattr(batches, "PART", 7)
    made = batches.start(account("officer").actor, TEXT.encode())
    Batch.objects.filter(pk=made.pk).update(status=Batch.Status.WAITING)
    with monkeypatch.context() as patch:
        halt(patch, job, after=2)
        with pytest.raises(KeyboardInterrupt):
            job.work_batch.func(str(made.pk))
    assert shelf.parts(str(made.pk), shelf.ANSWERS) == [0, 1]
    if change:
        change(monkeypatch)
    plain, done = job.answered, []
    monkeypatch.setattr(job, "answered", lambda *args: (done.append(1), plain(*args))[1])
    Batch.objects.filter(pk=made.pk).update(status=Batch.Status.WAITING)
    job.work_batch.func(str(made.pk))
    found = Batch.objects.get(pk=made.pk)
    assert (len(done), found.status, sum(found.counts.values())) == (again, Batch.Status.DONE, 20)
    assert len(found.counts) == 1
