"""Files of payees: read in every form, broken rows told, nothing lost; the command line goes on after a kill."""

import csv
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from clarion.access import Actor
from clarion.config import config
from clarion.errors import InputError
from clarion.screening.service.batch import console
from clarion.screening.service.batch.columns import CHOICES, chosen, guess, needed
from clarion.screening.service.batch.read import open_path

ME = Actor.console()
HEAD = "№;ФИО;Дата рождения\n"


def rows_of(path):
    with open_path(path) as (headings, rows):
        return headings, list(rows)


@pytest.fixture
def file(tmp_path):
    def write(text, name="in.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_every_encoding_and_separator(file, encoding, mark):
    text = "N;ФИО\n1;Иванов Иван\n2;Щукин Пётр\n".replace(";", mark)
    headings, rows = rows_of(file(text, encoding=encoding))
    assert headings == ["N", "ФИО"]
    assert [row.cells for row in rows] == [("1", "Иванов Иван"), ("2", "Щукин Пётр")]


def test_a_broken_row_takes_no_other_with_it(file):
    text = HEAD + '1;"Иванов;1961\n2;Петров;1970\n3;Сидоров\n4;"Кузнецов; мл.";1980\n\n5;"Два\nряда";1990\n6;О"К;1991\n'
    _, rows = rows_of(file(text))
    told = {row.line: (row.cells[1] if not row.fault else row.fault) for row in rows}
    assert told == {
        2: "a quotation mark is not closed, or stands inside a value", 3: "Петров",
        4: "2 cells where the headings are 3", 5: "Кузнецов; мл.", 7: "Два\nряда", 9: 'О"К',
    }  # fmt: skip


def test_letters_of_another_encoding_break_their_row_only(file):
    raw = HEAD.encode() + "1;Иванов;1961\n".encode() * 2 + b"2;\xff\xfe\xfd;1970\n" + "3;Петров;1980\n".encode()
    # Beyond what tells the encoding: a file is what its first megabyte is.
    raw = HEAD.encode() + "0;Сидоров Сидор Сидорович;1961\n".encode() * 30_000 + raw[len(HEAD.encode()) :]
    _, rows = rows_of(file(raw))
    assert [row.line for row in rows if row.fault] == [30_004]
    assert rows[-1].cells[1] == "Петров"


def test_a_line_without_end_is_one_broken_row(file):
    _, rows = rows_of(file(HEAD + "1;" + "я" * 1_000_000 + ";1961\n2;Петров;1970\n"))
    assert len(rows) == 2
    assert rows[0].fault
    assert rows[1].cells[1] == "Петров"


def test_a_workbook(tmp_path):
    from datetime import date

    book = openpyxl.Workbook()
    for row in (
        ("ФИО", "Дата рождения", "ИНН"),
        ("Иванов", date(1961, 5, 17), 500100732259.0),
        (None, None, None),
        ("П",),
    ):
        book.active.append(row)
    book.save(tmp_path / "in.xlsx")
    headings, rows = rows_of(tmp_path / "in.xlsx")
    assert headings == ["ФИО", "Дата рождения", "ИНН"]
    assert [row.cells for row in rows] == [("Иванов", "1961-05-17", "500100732259"), ("П", "", "")]


@pytest.mark.parametrize(
    ("headings", "fields"),
    [(["ID", "Full_Name", "Date of Birth", "Bank Name"], {"id", "name", "birth", "bank"}),
     (["№ п/п", "Ф.И.О.", "Дата рождения", "Гражданство"], {"id", "name", "birth", "nationality"}),
     (["Прізвище", "Ім’я", "По батькові", "Дата народження"], {"surname", "given", "patronymic", "birth"}),
     (["x", "y"], set())],
)  # fmt: skip
def test_headings_tell_what_is_what(headings, fields):
    assert set(guess(headings)) == fields
    assert fields <= set(CHOICES)


def test_columns_may_be_named():
    assert chosen(["a", "Name of tenant"], {"name": "name of TENANT"}) == {"name": 1}
    for wrong in ({"ship": "a"}, {"name": "c"}):
        with pytest.raises(InputError):
            chosen(["a"], wrong)
    for columns in ({"birth": 0}, {"name": 5}):
        with pytest.raises(InputError):
            needed(columns, 2)


def test_a_file_becomes_answers(file, listed, tmp_path):
    listed()
    text = (
        HEAD
        + "a1;Златогоров Аркадий Иннокентьевич;17.05.1961\na2;Сидоров Олег;1990\na3;;\na4;Иванов Иван;\na5;x;1.1.1\n"
    )
    done = console.run(ME, file(text), tmp_path / "out.csv", named={})
    assert done.counts == {"ask": 1, "broken": 2, "clear": 1, "review": 1}
    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8")))
    assert {row["ownership"] for row in rows} == {""}, "of people there are no owners"
    assert [(row["id"], row["line"], row["outcome"]) for row in rows] == [
        ("a1", "2", "review"), ("a2", "3", "clear"), ("a4", "5", "ask"),
    ]  # fmt: skip
    assert (rows[0]["list"], rows[0]["entry"]) == ("test-eu", "T.1")
    assert rows[2]["settles"] == "patronymic"
    ledger = json.loads(rows[0]["ledger"])
    assert {item["item"] for item in ledger["items"]} >= {"surname", "patronymic", "birth"}
    broken = (tmp_path / "out.broken.csv").read_text(encoding="utf-8")
    assert "a3,4," in broken
    assert "a5,6," in broken
    assert "Сидоров" not in (tmp_path / "out.csv").read_text(encoding="utf-8")  # who is clear is not told again
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.broken.csv", "out.csv"]


def test_it_does_the_same_in_one_part_and_in_many(file, listed, tmp_path):
    listed()
    source = file(HEAD + "".join(f"{n};Иванов Иван;{1950 + n % 50}\n" for n in range(50)))
    whole = console.run(ME, source, tmp_path / "whole.csv", named={})
    parts = console.run(ME, source, tmp_path / "parts.csv", named={}, part=7)
    assert whole.counts == parts.counts
    assert (tmp_path / "whole.csv").read_bytes() == (tmp_path / "parts.csv").read_bytes()


@pytest.mark.parametrize("on", ["processes", "spark"])
def test_it_does_the_same_in_several_processes_and_on_spark(file, listed, tmp_path, on):
    """The bytes of the serial run, broken rows included."""
    if on == "spark" and (shutil.which("java") is None or importlib.util.find_spec("pyspark") is None):
        pytest.skip("Spark or Java is not installed")
    listed()
    names = ["Аркадий Златогоров", "Иван Иванов", "Пётр Сидоров", "", "Vysokolugov S."]
    many = HEAD + "".join(f"{n};{names[n % 5]};{'1961' if n % 7 else 'soon'}\n" for n in range(60))
    done = {}
    for where, workers in (("serial", 1), (on, 2)):
        out = tmp_path / f"{where}.csv"
        console.run(ME, file(many), out, named={}, part=11, on=where, workers=workers)
        done[where] = out.read_bytes(), out.with_name(f"{where}.broken.csv").read_bytes()
    assert done["serial"] == done[on]
    assert done["serial"][0].count(b"review") > 1


def test_what_stood_of_other_lists_is_not_gone_on_with(file, listed, tmp_path, monkeypatch, halt):
    listed()
    source, out = file(HEAD + "".join(f"{n};Иванов Иван;1950\n" for n in range(20))), tmp_path / "out.csv"
    halt(monkeypatch, console, after=2)
    with pytest.raises(KeyboardInterrupt):
        console.run(ME, source, out, named={}, part=5)
    monkeypatch.undo()
    listed(people={"N.1": (("Nobody KNOWN",), "", "asset freeze")})
    assert console.run(ME, source, out, named={}, part=5).resumed == 0


def test_a_note_that_was_cut_off_begins_anew(file, listed, tmp_path, monkeypatch, halt):
    listed()
    source, out = file(HEAD + "".join(f"{n};Иванов Иван;1950\n" for n in range(20))), tmp_path / "out.csv"
    halt(monkeypatch, console, after=2)
    with pytest.raises(KeyboardInterrupt):
        console.run(ME, source, out, named={}, part=5)
    monkeypatch.undo()
    (tmp_path / "out.csv.progress").write_text('{"asked": ')
    done = console.run(ME, source, out, named={}, part=5)
    assert (done.resumed, done.rows) == (0, 20)


def test_after_a_kill_it_goes_on_and_nothing_is_lost_or_twice(file, listed, tmp_path):
    listed()
    source = file(HEAD + "".join(f"{n};Иванов Иван Иванович;1950\n" for n in range(60_000)))
    out = tmp_path / "out.csv"
    code = (
        "import sys; from pathlib import Path; from clarion.access import Actor;"
        "from clarion.screening.service.batch.console import run;"
        "done = run(Actor.console(), Path(sys.argv[1]), Path(sys.argv[2]), named={}, part=2000);"
        "print(done.resumed, done.rows)"
    )
    command = [sys.executable, "-c", code, str(source), str(out)]
    env = os.environ | {"CLARION_HOME": str(config().home), "PYTHONPATH": os.pathsep.join(sys.path)}
    first = subprocess.Popen(command, env=env)
    while not (tmp_path / "out.csv.progress").exists():
        assert first.poll() is None
        time.sleep(0.02)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert not out.exists()
    again = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    resumed, rows = map(int, again.stdout.split())
    assert 2000 <= resumed < rows == 60_000
    with out.open(encoding="utf-8") as answers:
        assert [row["id"] for row in csv.DictReader(answers)] == [str(n) for n in range(60_000)]


@pytest.mark.parametrize("out", ["out.txt", "nowhere/out.csv", "in.csv"])
def test_answers_that_cannot_be_written(file, listed, tmp_path, out):
    listed()
    with pytest.raises(InputError):
        console.run(ME, file(HEAD + "1;a;1990\n"), tmp_path / out, named={})
    assert Path(tmp_path / "in.csv").read_text(encoding="utf-8").startswith("№")


def test_nobody_is_screened_without_a_list(file, tmp_path):
    with pytest.raises(InputError, match="No sanctions list"):
        console.run(ME, file(HEAD + "1;a;1990\n"), tmp_path / "out.csv", named={})


def test_a_row_says_which_number_is_not_used_and_whether_a_firm_would_hit(file, listed, tmp_path):
    """As the page and the command line do of one payee."""
    listed(firms={"F.1": (("Роза Мира",), "asset freeze")})
    listed("ofac-sdn", people={"T.5": (("Nikanor NOVIKOV",), "1961-05-17", "Directive 1")}, firms={})
    text = (
        "name;kind;inn;birth\nСидоров Олег;;500100732250;\nРоза Мира;;;\nРоза Мира;person;;\nРоза Мира;;;1990\n"
        "Сидоров Олег;;500100732259;\nНовиков Никанор;;;1961-05-17\nÈâàíîâ Èâàí;;;\n"
    )
    done = console.run(ME, file(text), tmp_path / "out.csv", named={})
    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8")))
    assert [(row["outcome"], row["notes"]) for row in rows[:5]] == [
        ("clear", "inn: check digits wrong, not used"), ("clear", "not clear as an organisation"),
        ("clear", ""), ("clear", ""), ("clear", ""),
    ]  # fmt: skip
    ledger = json.loads(rows[5]["ledger"])
    assert (ledger["measures"], ledger["measure_kinds"]) == (["Directive 1"], ["asset_freeze", "sectoral"])
    assert done.counts["broken"] == 1
    assert "garbled" in (tmp_path / "out.broken.csv").read_text(encoding="utf-8")


def test_a_row_says_where_the_hit_is_the_banks(file, listed, tmp_path):
    listed()
    text = (
        "name;birth;bank\nСидоров Олег;1990;Банк Северный Прилив Златопромкредит\n"
        "Златогоров Аркадий Иннокентьевич;17.05.1961;\n"
    )
    console.run(ME, file(text), tmp_path / "out.csv", named={})
    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8")))
    assert [(row["entry"], row["notes"]) for row in rows] == [("T.9", "hit of a bank"), ("T.1", "")]
