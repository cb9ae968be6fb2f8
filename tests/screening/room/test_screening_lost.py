"""No row of a batch is lost in silence: on a disk that is full, beside a second run, in an encoding that is misread."""

import os
import subprocess
import sys

import pytest

from clarion.access import Actor
from clarion.config import config
from clarion.errors import BusyError, InputError
from clarion.files import exclusive
from clarion.screening.models import Batch, Decision
from clarion.screening.service import decisions, rescreen, reviews
from clarion.screening.service.asked import asked
from clarion.screening.service.batch import batches, console, shelf
from clarion.screening.service.batch.job import work_batch
from clarion.screening.service.batch.read import open_path
from clarion.screening.service.check import check
from clarion.sources.lists.read import TABLES
from clarion.tables.store import Store

ME = Actor.console()
TEXT = "№;ФИО\n" + "".join(f"{n};Сидоров Олег Олегович\n" for n in range(3000))


def test_a_disk_that_fills_up_loses_no_row(listed, tmp_path):
    listed()
    (tmp_path / "in.csv").write_text(TEXT, encoding="utf-8")
    code = (
        "import resource, sys; from pathlib import Path; from clarion.access import Actor;"
        "from clarion.screening.service.batch.console import run;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2);"
        "print(run(Actor.console(), Path(sys.argv[1]), Path(sys.argv[2]), named={}, part=1000, on='serial').rows)"
    )
    env = os.environ | {"CLARION_HOME": str(config().home), "PYTHONPATH": os.pathsep.join(sys.path)}

    def run(most):
        command = [sys.executable, "-c", code, str(tmp_path / "in.csv"), str(tmp_path / "out.csv"), str(most)]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    full = run(150_000)
    assert full.returncode != 0
    assert "StorageError" in full.stderr
    assert not (tmp_path / "out.csv").exists()
    assert run(10_000_000).stdout.strip() == "3000"
    lines = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in lines] == ["id", *map(str, range(3000))]


def test_two_runs_do_not_write_one_file(listed, tmp_path):
    listed()
    (tmp_path / "in.csv").write_text(TEXT, encoding="utf-8")
    with exclusive(tmp_path / "out.csv.part"), pytest.raises(BusyError, match="Another run"):
        console.run(ME, tmp_path / "in.csv", tmp_path / "out.csv", named={})


@pytest.mark.parametrize("encoding", ["koi8-r", "cp866", "mac-cyrillic", "iso8859-5", "cp1252"])
def test_an_encoding_that_would_be_misread_is_refused(tmp_path, encoding):
    several = ["name;birth\nMüller Jürgen;1961\nGarcía José;1970\n"] if encoding == "cp1252" else [
        "N;ФИО\n1;Иванов Иван\n2;Щукин Пётр\n3;Хрущёва Анна\n", "N;ФИО\n1;ИВАНОВ ИВАН\n2;ЩУКИН ПЕТР\n3;МКРТЧЯН АНИ\n"
    ]  # fmt: skip
    for text in several:
        (tmp_path / "in.csv").write_bytes(text.encode(encoding))
        with pytest.raises(InputError, match="encoding of this file"), open_path(tmp_path / "in.csv"):
            pass


@pytest.mark.django_db
def test_a_batch_whose_rows_are_gone_is_not_done(listed, account):
    listed()
    me = account("officer").actor
    made = batches.start(me, TEXT.encode())
    Batch.objects.filter(pk=made.pk).update(status=Batch.Status.WAITING)
    shelf.forget(str(made.pk), shelf.ROWS)
    work_batch.func(str(made.pk))
    found = Batch.objects.get(pk=made.pk)
    assert found.status == Batch.Status.FAILED
    assert "no longer on the disk" in str(found.error)


@pytest.mark.django_db
def test_nothing_is_screened_anew_without_a_list(listed):
    listed()
    decisions.keep(ME, check(ME, asked({"name": "Сидоров Олег"})), asked({"name": "Сидоров Олег"}))
    for _ in TABLES:
        Store(config().home).remove("test-eu")
    with pytest.raises(BusyError, match="No sanctions list"):
        rescreen.rescreen(ME)


@pytest.mark.django_db
def test_a_question_that_a_newer_list_asks_undoes_what_was_decided(listed):
    """Else a certificate would say "not the listed one" of an entry that nobody has looked at."""
    listed()
    # How common a name is among the listed counts: a list of some length.
    letters = "бвгдзклмнпрст"
    crowd = {f"C.{a}{b}": ((f"Олег {a.upper()}у{b}ейко",), "", "asset freeze") for a in letters for b in letters}
    listed("test-long", people=crowd, firms={})
    payee = asked({"name": "Иванов Иван"})
    kept = decisions.keep(ME, check(ME, payee), payee)
    reviews.send(ME, kept.pk)
    reviews.decide(ME, kept.pk, "other", "We know him")
    people = {"U.1": (("Ivan Sergeevich IVANOV",), "1970-01-05", "asset freeze")}
    listed("test-uk", people=people, firms={})
    assert [one.now["outcome"] for one in rescreen.rescreen(ME).changes] == ["ask"]
    assert Decision.objects.get(pk=kept.pk).state == Decision.State.WAITING
