"""A payee is screened in memory and sealed: the answer is told once, and nothing of it stays in the clear."""

import csv
import json
import re
import sys
from pathlib import Path

import pytest
from django.db import connection
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[2] / "seal"))
from keyholders import Organisation

from clarion.access import Actor
from clarion.cli import app
from clarion.config import config
from clarion.errors import ClarionError, InputError, NotAllowed
from clarion.screening.service import cleared, decisions, reviews, sealing
from clarion.screening.service.asked import asked
from clarion.screening.service.check import check
from clarion.seal.documents import write
from clarion.seal.returned import SCREENED
from clarion.seal.store import places, rosters
from clarion.seal.store.models import SealedValue
from clarion.seal.value import open_with, part_of, read_envelope

LISTED = {
    "name": "Златогоров Аркадий Иннокентьевич",
    "birth": "17.05.1961",
    "inn": "500100732259",
    "bank": "Тихий Берег",
}
TRACES = ("златогоров", "zlatogorov", "аркадий", "500100732259", "1961-05-17", "17.05.1961", "тихий", "review", "t.1")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("clarion.seal.store.places.folder", lambda: tmp_path / "sealed")


@pytest.fixture
def org(db):
    made = Organisation()
    rosters.install(Actor.console(), write(made.roster.document))
    return made


def opened(org, handle):
    """The value of a handle, as two keyholders open it."""
    row = SealedValue.objects.get(handle=handle)
    wraps, envelope = places.wraps().of(row.digest), read_envelope(row.envelope)
    parts = {k.name: part_of(wraps[k.name], row.digest, k.name, k.box) for k in org.keyholders[:2]}
    return open_with(envelope, parts, org.roster).reveal()


def everything(*folders):
    """All that the database and the files of the desk hold."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select * from "{table}"')
            for row in cursor.fetchall():
                yield from (bytes(cell) if isinstance(cell, memoryview | bytes) else str(cell).encode() for cell in row)
    for folder in folders:
        for file in folder.rglob("*"):
            if file.is_file() and "tables" not in file.parts:
                yield file.read_bytes()


def traces(*folders):
    held = b"\n".join(everything(*folders))
    return [word for word in TRACES if word.encode() in held or word.encode() in held.lower()
            or word.encode() in held.decode("utf-8", "replace").lower().encode()]  # fmt: skip


def test_on_the_page_the_answer_is_shown_once_and_only_a_handle_stays(org, signed_in, listed, tmp_path, caplog):
    listed()
    officer = signed_in("officer")
    assert "Check and seal" in officer.get("/screening/").content.decode()
    before = traces(config().home, tmp_path)
    page = officer.post("/screening/", LISTED | {"do": "seal", "use": "payment"})
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    text = page.content.decode()
    assert "Review: this may be somebody who is listed." in text
    handle = re.search(r"<code[^>]*>([\w-]{22})</code>", text)[1]
    value = opened(org, handle)
    assert {name: value[name] for name in LISTED} == LISTED
    kept = json.loads(value[SCREENED])
    assert (kept["outcome"], kept["hits"], kept["cleared"]) == ("review", [["test-eu", "T.1"]], [])
    assert list(kept["lists"]) == ["test-eu"]
    assert [word for word in traces(config().home, tmp_path) if word not in before] == []
    assert not [word for word in TRACES if word in caplog.text.lower()]


def test_a_desk_without_keyholders_says_so_and_offers_nothing(signed_in, listed, db):
    listed()
    officer = signed_in("officer")
    assert "Check and seal" not in officer.get("/screening/").content.decode()
    refused = officer.post("/screening/", LISTED | {"do": "seal"})
    assert refused.status_code >= 400
    assert "keyholders" in refused.content.decode()
    assert not SealedValue.objects.exists()


def test_what_cannot_be_a_payee_is_not_sealed_and_stays_in_the_form(org, signed_in, listed):
    listed()
    page = signed_in("officer").post("/screening/", LISTED | {"do": "seal", "birth": "1700"})
    assert page.status_code == 422
    assert "Златогоров" in page.content.decode()
    assert not SealedValue.objects.exists()


def test_for_programs(org, signed_in, listed):
    listed()
    found = signed_in("officer").post("/api/v1/screening/seal", json.dumps({"name": "Сидоров Олег"}),
                                      content_type="application/json").json()  # fmt: skip
    assert found["outcome"] == "clear"
    assert opened(org, found["record"])["name"] == "Сидоров Олег"
    assert not decisions.alive().exists()


def test_an_old_or_missing_list_is_kept_as_that(org, listed):
    me = Actor.console()
    ((handle, found),) = sealing.seal(me, [asked(LISTED)])
    assert (found.outcome, json.loads(opened(org, handle)["screened"])["outcome"]) == ("not-screened",) * 2
    listed(days=30)
    ((handle, found),) = sealing.seal(me, [asked({"name": "Сидоров Олег"})])
    assert (found.outcome, json.loads(opened(org, handle)["screened"])["outcome"]) == ("stale",) * 2


def test_who_was_cleared_before_stays_cleared_inside(org, listed, account):
    listed()
    first, second = (account("officer", name).actor for name in ("first", "second"))
    namesake = asked(LISTED | {"birth": "1961"})
    kept = decisions.keep(first, check(first, namesake, known=cleared.known), namesake)
    reviews.decide(first, kept.pk, "other", "Passport seen")
    reviews.confirm(second, kept.pk)
    ((handle, found),) = sealing.seal(first, [namesake])
    assert found.outcome == "clear"
    inside = json.loads(opened(org, handle)["screened"])
    assert (inside["outcome"], inside["hits"]) == ("clear", [])
    ((source, entry, mark, until),) = inside["cleared"]
    assert (source, entry, len(mark), until[:2]) == ("test-eu", "T.1", 64, "20")


def test_another_room_seals_its_own_fields(org, listed):
    listed()
    ((value, found),) = sealing.screened(
        Actor.console(), [{"name": "Сидоров Олег", "iban": "GE29NB00", "agreed": True}]
    )
    assert (value["iban"], value["agreed"], found.outcome) == ("GE29NB00", True, "clear")
    with pytest.raises(InputError):
        sealing.screened(Actor.console(), [{"iban": "GE29NB00"}])


def test_only_for_officers(org, listed):
    listed()
    with pytest.raises(NotAllowed):
        sealing.seal(Actor("9", "eve", "auditor"), [asked(LISTED)])


ROWS = "№;ФИО;Дата рождения\n7;Златогоров Аркадий Иннокентьевич;17.05.1961\n8;Сидоров Олег Олегович;1990\n"


def run(tmp_path, text=ROWS):
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    return CliRunner().invoke(app, ["screening", "seal", str(tmp_path / "in.csv"), "--out", str(tmp_path / "out.csv")])


def test_a_file_is_sealed_whole_and_outcomes_are_told_by_line(org, listed, tmp_path):
    listed()
    told = run(tmp_path)
    assert told.exit_code == 0, told.output
    assert "2 payees are sealed: clear: 1, review: 1" in told.stdout
    assert "line 2: review" in told.stdout
    assert "Златогоров" not in told.output
    with (tmp_path / "out.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["id"], row["line"]) for row in rows] == [("7", "2"), ("8", "3")]
    assert opened(org, rows[0]["handle"])["name"] == "Златогоров Аркадий Иннокентьевич"
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o600
    again = run(tmp_path)
    assert isinstance(again.exception, InputError), "handles are not written over"


@pytest.mark.parametrize(("text", "said"), [(ROWS + "9;;\n", "4"), ("ФИО\n", "no rows"), (ROWS + "9;x\n", "4")])
def test_a_file_with_a_broken_row_is_not_sealed_in_part(org, listed, tmp_path, text, said):
    listed()
    refused = run(tmp_path, text).exception
    assert isinstance(refused, InputError)
    assert said in str(refused)
    assert "Златогоров" not in str(refused)
    assert not SealedValue.objects.exists()
    assert not list(tmp_path.glob("out.csv*"))


def test_a_full_disk_or_a_kill_leaves_nothing(org, listed, tmp_path, monkeypatch):
    from clarion.screening.service.batch import sealed

    def full(path, rows):
        path.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    listed()
    monkeypatch.setattr(sealed, "_write", full)
    assert isinstance(run(tmp_path).exception, ClarionError)
    assert not SealedValue.objects.exists()
    assert not list(tmp_path.glob("out.csv*"))
