"""What the log's page says of it, what may be taken away, and that nothing of a person gets into any line."""

import json
import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from clarion.access import Actor
from clarion.access.store.log import record
from clarion.access.store.models import LogEntry, User
from clarion.config import config
from clarion.desk import people
from clarion.desk.doctor.log import log as doctor
from clarion.desk.log import anchors, verbs, verify
from clarion.errors import StorageError
from clarion.seal.errors import BadDocument, SealError
from clarion.seal.log import ANCHORS, RESTORED, SEEN
from clarion.seal.log.signer import signer

CONSOLE = Actor.console()


@pytest.fixture(autouse=True)
def _own_files():
    """What the log keeps in the data folder is of one test's database."""

    def forget():
        for name in (ANCHORS, SEEN, RESTORED):
            (config().home / name).unlink(missing_ok=True)

    forget()  # other files' tests look at the page too
    yield
    forget()


@pytest.fixture
def operator(signed_in):
    return signed_in("operator", "olga")


def main(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode().partition("<main")[2]))


class TestPage:
    def test_it_answers_first(self, operator):
        said = main(operator.get("/log/"))
        assert "The log is whole: its 1 act is as it was written. It was never anchored outside." in said
        anchors.keep(config().home, [signer(config().home).head(1, LogEntry.objects.get().hash, old(3))])
        assert "last anchored outside 3 days ago, at act 1" in main(operator.get("/log/"))

    def test_what_was_changed(self, operator):
        for n in range(3):
            record(CONSOLE, "did something", str(n))
        # The columns to search by are made from the line: PostgreSQL and SQLite take nothing that is no JSON.
        bad = "<script>alert(1)</script>"
        line = json.dumps({"seq": 3, "at": bad, "actor": [bad], "action": bad, "object": bad, "detail": {}})
        LogEntry.objects.filter(seq=3).update(line=line)
        answer = operator.get("/log/")
        assert "The first act that is not as it was written: 3." in main(answer)
        assert b"<script>alert" not in answer.content

    def test_a_damaged_anchor(self, operator):
        (config().home / ANCHORS).parent.mkdir(exist_ok=True)
        (config().home / ANCHORS).write_text("nonsense\n")
        assert "An anchor in the data folder is damaged." in main(operator.get("/log/"))

    def test_an_older_act_that_was_changed_is_never_called_whole(self, operator):
        for n in range(30):
            record(CONSOLE, "did something", str(n))
        assert operator.get("/log/").status_code == 200
        LogEntry.objects.filter(seq=5).update(hash="ab" * 32)
        assert "The first act that is not as it was written: 5." in main(operator.get("/log/"))

    def test_of_a_long_log_only_what_is_new_is_verified_and_it_says_so(self, operator, monkeypatch):
        monkeypatch.setattr(verify, "SMALL", 20)
        for n in range(30):
            record(CONSOLE, "did something", str(n))
        assert operator.get("/log/").status_code == 200
        said = main(operator.get("/log/"))
        assert "What was noted after act 31 is as it was written." in said
        assert "whole: its" not in said
        assert json.loads((config().home / SEEN).read_text())["seq"] == 31
        LogEntry.objects.filter(seq=5).update(hash="ab" * 32)
        assert verify.newest(config().home)["sound"], "the handbook says that only the whole log shows this"
        assert verify.whole(config().home)["first_bad"] == 5


class TestDownload:
    def test_it_verifies_by_itself_and_is_noted(self, operator, tmp_path):
        answer = operator.get("/log/download/")
        assert "attachment" in answer.headers["Content-Disposition"]
        (tmp_path / "e").write_bytes(b"".join(answer.streaming_content))
        told = verify.file(tmp_path / "e", [], [signer(config().home).key])
        assert (told["sound"], told["entries"]) == (True, 2)
        assert LogEntry.objects.first().action == "downloaded the log"

    def test_only_for_operators_who_have_just_signed_in(self, operator, account, monkeypatch):
        for role in ("analyst", "officer", "viewer"):
            other = Client()
            other.force_login(account(role))
            assert other.get("/log/download/").status_code == 403
        user = User.objects.get(username="olga")
        user.set_password("Xq9-long-secret")
        user.save()
        operator.force_login(user)
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 3600)
        answer = operator.get("/log/download/")
        assert (answer.status_code, "/account/confirm/log/" in answer.url) == (302, True)
        assert not LogEntry.objects.filter(action="downloaded the log").exists()


class TestAnchor:
    def test_into_a_file_elsewhere(self, db, tmp_path):
        record(CONSOLE, "did something")
        outside = tmp_path / "heads"
        outside.write_text("cut o")
        for _ in range(2):
            verbs.anchor(config(), outside, "")
        assert [head["seq"] for head in anchors.read(outside)] == [1, 1]
        assert anchors.own(config().home)[0]["hash"] == LogEntry.objects.get().hash

    def test_nowhere_or_into_the_data_folder(self, db):
        record(CONSOLE, "did something")
        with pytest.raises(BadDocument, match="Say where to"):
            verbs.anchor(config(), None, "")
        with pytest.raises(BadDocument, match="holds nothing"):
            verbs.anchor(config(), config().home / "x", "")
        with pytest.raises(SealError, match="does not answer"):
            verbs.anchor(config(), None, "http://127.0.0.1:1/")
        assert anchors.own(config().home) == []

    def test_what_is_broken_is_not_signed(self, db, tmp_path):
        for n in range(3):
            record(CONSOLE, "did something", str(n))
        LogEntry.objects.filter(seq=2).delete()
        with pytest.raises(SealError, match="not sound"):
            verbs.anchor(config(), tmp_path / "heads", "")
        assert not (tmp_path / "heads").exists()

    def test_the_doctor_tells_how_old_the_last_is(self, db, monkeypatch):
        # The tests' database is in another file.
        monkeypatch.setattr("clarion.desk.doctor.database.is_sqlite", lambda config: False)
        record(CONSOLE, "did something")
        home, row = config().home, LogEntry.objects.get()
        assert [(f.level, "never" in f.text) for f in doctor(config())] == [("warn", True)]
        anchors.keep(home, [signer(home).head(1, row.hash, old(8))])
        assert [(f.level, "8 days" in f.text) for f in doctor(config())] == [("warn", True)]
        anchors.keep(home, [signer(home).head(1, row.hash, old(0))])
        anchors.keep(home, [signer(home).head(1, row.hash, old(0))])
        assert [f.level for f in doctor(config())] == ["ok"]
        assert not (home / SEEN).exists(), "the doctor changes nothing"


@pytest.mark.django_db(transaction=True)
def test_a_password_is_not_set_without_its_line_in_the_log(signed_in, monkeypatch):
    client = signed_in("analyst", "vera")
    monkeypatch.setattr("clarion.desk.witness.record", broken)
    form = {"password1": "Xq9-long-secret", "password2": "Xq9-long-secret"}
    answer = client.post("/account/password/set/", form)
    assert answer.status_code == 503
    assert not User.objects.get(username="vera").has_usable_password()
    monkeypatch.undo()
    assert client.post("/account/password/set/", form).status_code == 302
    assert User.objects.get(username="vera").has_usable_password()
    assert LogEntry.objects.first().action == "set a password"


def broken(*_, **__):
    raise StorageError("The disk is full.")


def old(days):
    return (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_nothing_of_a_person_is_in_any_line(client, account, finished_run):
    """Canaries in every field that somebody can fill in, and in what a request carries."""
    canary = ["kanareika", "КАНАРЕЙКА", "203.0.113.77", "Canary-Agent/1.0", "Xq9-canary-secret"]
    operator = account("operator", "kanareika-op")
    client.force_login(operator)
    more = {"headers": {"user-agent": canary[3], "x-forwarded-for": canary[2]}, "REMOTE_ADDR": canary[2]}
    client.post("/people/", {"do": "add", "name": "kanareika2", "role": "analyst"}, **more)
    for form in ({"do": "role", "role": "officer"}, {"do": "link"}, {"do": "sign-out"}, {"do": "close"}):
        client.post("/people/", form | {"name": "kanareika2"}, **more)
    client.post("/account/tokens/", {"name": "kanareika КАНАРЕЙКА"}, **more)
    client.post("/account/password/set/", {"password1": canary[4], "password2": canary[4]}, **more)
    client.post("/account/login/", {"login": "kanareika-op", "password": canary[4]}, **more)
    text = 'name = "kanareika"\ntitle = "КАНАРЕЙКА"\nsummary = "kanareika"\n[corridors.c]\nkind = "export_ban"\n'
    client.post("/spillover/scenarios/new/", {"do": "save", "mode": "text", "text": text}, **more)
    run = finished_run(operator)
    client.post(f"/spillover/runs/{run.pk}/", {"do": "publish"}, **more)
    client.get(people.link(CONSOLE, "kanareika-op", lambda path: path), **more)
    lines = list(LogEntry.objects.values_list("line", flat=True))
    assert len(lines) >= 9
    found = [line for line in lines for word in canary if word.casefold() in line.casefold()]
    assert not found
    assert not [line for line in lines if "kanareika" in line.encode().decode("unicode_escape").casefold()]


def test_no_act_is_written_outside_of_the_transaction_of_what_was_done():
    """Whoever calls ``record`` stands in a transaction of their own, but for what is only noted."""
    import ast
    from pathlib import Path

    import clarion

    alone = {("witness.py", name) for name in ("_failed", "_password", "_added", "_removed", "_codes")}
    alone |= {("page.py", "download"), ("sealing.py", "_logged")}
    # The signals of witness.py are sent within middleware.whole_acts; callers of _logged hold a transaction.
    outside = []
    for file in Path(clarion.__file__).parent.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if "record(" not in text or file.name == "log.py" or "access.store.log import record" not in text:
            continue
        for function in (n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef)):
            held = {c for w in ast.walk(function) if isinstance(w, ast.With) and "atomic" in ast.unparse(w.items[0])
                    for c in ast.walk(w)}  # fmt: skip
            outside += [
                (file.name, function.name)
                for call in ast.walk(function)
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "record" and call not in held
            ]
    assert set(outside) <= alone
