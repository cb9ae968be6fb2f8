"""Sealed payees are screened anew by approval of the keyholders: outcomes leave, and no name is anywhere on a disk."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from django.urls import reverse
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[2] / "seal"))
sys.path.insert(0, str(Path(__file__).parents[2] / "seal" / "store"))
from ceremony import World
from test_tool_meets_desk import Colleagues

from clarion.access import Actor
from clarion.access.store.models import LogEntry
from clarion.cli import app
from clarion.config import config
from clarion.errors import BusyError
from clarion.outbox.store.models import Proposal
from clarion.screening.service import opened, sealed, sealing
from clarion.screening.service.asked import asked
from clarion.seal.errors import SealError
from clarion.seal.tool.keyholder import main as keyholder

ME = Actor.console()
WITNESS = {"name": "Златогоров Аркадий Иннокентьевич", "birth": "1961-05-17", "iban": "GE29NB0000000101904917"}
OTHERS = [{"name": "Щебетнёв Фаддей Фомич", "birth": "1990-02-03"}, {"name": "Иванов Иван"}]
NOBODY = {"X.1": (("Somebody ELSE",), "", "asset freeze")}
NAMES = ("златогоров", "аркадий", "щебетн", "фаддей", "0101904917")


def line(**more):
    return json.dumps(WITNESS | more, ensure_ascii=False)


def answers(*lines):
    return [json.loads(said) for said in opened.answers(lines)]


def test_no_list_or_an_old_one_clears_nobody_and_is_said_first(listed):
    with pytest.raises(BusyError, match="No sanctions list"):
        opened.answers([line()])
    listed(days=30)
    with pytest.raises(BusyError, match="too old"):
        opened.answers([line()])
    assert isinstance(CliRunner().invoke(app, ["screening", "opened", "--check"]).exception, BusyError)


def test_lines_become_outcomes_and_repeat_nothing(listed):
    listed()
    told = opened.answers([line(), line(name="Щебетнёв Фаддей"), line(name=""), "{", "[]", "[" * 3000, line(birth="x")])
    assert [json.loads(one)["outcome"] for one in told] == ["review", "clear", *["review"] * 5]
    assert json.loads(told[0]) == {"outcome": "review", "hits": [["test-eu", "T.1"]], "was": None}
    assert not [word for word in NAMES if word in "".join(told).lower()]


def test_the_command_takes_one_value_a_line_and_answers_each(listed):
    listed()
    lines = [line(), line(name="Щебетнёв\u2028Фаддей\x85"), "{", line(birth=1961)]
    told = CliRunner().invoke(app, ["screening", "opened"], input="\n".join(lines) + "\n")
    assert [json.loads(said)["outcome"] for said in told.stdout.splitlines()] == ["review", "clear", "review", "review"]
    assert CliRunner().invoke(app, ["screening", "opened"], input="").stdout == ""
    assert "test-eu" in CliRunner().invoke(app, ["screening", "opened", "--check"]).stdout


def test_a_field_in_a_form_that_cannot_be_read_is_not_passed_over(listed):
    """Else the bank in it would go unscreened, and the payee be called clear."""
    listed()
    bank = "Банк Северный Прилив Златопромкредит"
    clear = line(name="Щебетнёв Фаддей", bank=None, intermediaries=[])
    told = answers(
        clear, *(line(**{"name": "Щебетнёв Фаддей", name: said}) for name, said in (
            ("intermediaries", [bank]), ("intermediaries", bank), ("intermediaries", 5), ("intermediaries", [5]),
            ("intermediaries", {"a": bank}), ("bank", [bank]), ("bank", True), ("name", ["x"]), ("birth", 1.5),
        )),
    )  # fmt: skip
    assert [one["outcome"] for one in told] == ["clear", *["review"] * 9]
    assert [bool(one["hits"]) for one in told] == [False, True, True, *[False] * 7]


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", '{"outcome": 3}', '{"outcome": "clear"}', '{"cleared": [["a"]], "hits": 1}', 7, None]
)
def test_what_the_sealed_part_says_may_be_anything(listed, kept):
    listed()
    assert answers(line(screened=kept))[0]["was"] is None


def test_who_was_cleared_stays_cleared_until_the_day_or_the_entry_changes(listed):
    from clarion.screening.service.check import check
    from clarion.screening.service.screens import entry_mark

    listed()
    (hit,) = check(ME, asked(WITNESS)).payee.hits
    mark = entry_mark(hit.party)

    def outcome(*row):
        return answers(line(screened=json.dumps({"cleared": [row]})))[0]["outcome"]

    assert outcome("test-eu", "T.1", mark, "2999-01-01") == "clear"
    assert outcome("test-eu", "T.1", mark, "2020-01-01") == "review"
    assert outcome("test-eu", "T.1", "0" * 64, "2999-01-01") == "review"
    assert outcome("test-uk", "T.1", mark, "2999-01-01") == "review"


def files(*folders):
    return [file for folder in folders for file in Path(folder).rglob("*") if file.is_file()]


def traces(*folders):
    found = []
    for file in files(*folders):
        if "tables" in file.parts:
            continue  # the lists themselves
        raw = file.read_bytes()
        text = raw.decode("utf-8", "replace").lower()
        found += [(file, word) for word in NAMES if word in text or word.encode("utf-16-le") in raw]
    return found


@pytest.fixture
def world(tmp_path, monkeypatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", None)
    found = World(tmp_path / "people")
    yield found
    found.desk.close()
    tempfile.tempdir = None


@pytest.mark.slow
def test_kill_in_mid_batch_leaves_nothing_and_it_begins_again(world, listed, tmp_path, db):
    listed(people=NOBODY)
    records = [world.seal(value) for value, _ in sealing.screened(ME, [WITNESS, *OTHERS])]
    request = world.ask(*records, purpose="rescreen", reason="A new list")
    with pytest.raises(SealError, match="not screened"):  # nobody has approved yet
        world.laptop.run("rescreen", request, "--lists", config().home, main=keyholder)
    world.approve(request, 0, 1)
    started = tmp_path / "started"
    slow = (
        "import sys, os, pathlib, time; sys.stdin.read(); "
        f"pathlib.Path({str(started)!r}).write_text(str(os.getpid())); time.sleep(300)"
    )
    # A laptop whose clock is that of the machine, so that it can be a process of its own.
    code = (
        "import sys, datetime; from ceremony import CHEAP, NOW; from clarion.seal.tool.keyholder import main; "
        "main(sys.argv[1:], cost=CHEAP, now=lambda: NOW)"
    )
    words = ["rescreen", request, "--keys", world.laptop.folder, "--passphrase-file", world.laptop.passphrase, "--yes",
             "--", sys.executable, "-c", slow]  # fmt: skip
    path = os.pathsep.join([str(Path(__file__).parents[2] / "seal"), *filter(None, [os.environ.get("PYTHONPATH")])])
    process = subprocess.Popen([sys.executable, "-c", code, *map(str, words)], env=os.environ | {"PYTHONPATH": path})
    wait(started.exists)
    process.kill()
    process.wait()
    program = int(started.read_text())
    wait(lambda: gone(program))
    assert world.desk.outcomes == {}
    assert traces(tmp_path, config().home) == []
    listed(people=NOBODY | {"T.1": (("Arkady Innokentyevich ZLATOGOROV",), "1961-05-17", "asset freeze")})
    assert world.laptop.run("rescreen", request, "--lists", config().home, main=keyholder) == 0, world.laptop.err
    assert world.laptop.out.startswith("clear: 2, ask: 0, review: 1")
    assert world.desk.outcomes[request] == [
        {"record": records[0], "outcome": "review", "hits": [["test-eu", "T.1"]]}
    ]  # fmt: skip
    assert traces(tmp_path, config().home) == []


def wait(until, seconds=60):
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end
        time.sleep(0.1)


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"


@pytest.mark.slow
def test_lists_that_clear_nobody_are_said_before_anything_is_opened(world, listed, tmp_path):
    request = world.ask(world.seal(WITNESS), purpose="rescreen")
    world.approve(request, 0, 1)
    (tmp_path / "empty").mkdir()
    seen = len(world.desk.seen)
    for wrong in (("--lists", tmp_path / "empty"), ("--lists", tmp_path / "not-there"), ("--use", "war")):
        with pytest.raises(SealError) as error:
            world.laptop.run("rescreen", request, *wrong, main=keyholder)
        assert "Nothing was opened" in error.value.next_step
    listed(days=30)
    with pytest.raises(SealError, match="too old"):
        world.laptop.run("rescreen", request, "--lists", config().home, main=keyholder)
    assert len(world.desk.seen) == seen, "the answers were not even fetched"
    world.later(60 * 24 * 5)
    listed()
    world.desk.twist = lambda path, found: found | {"replies": []} if path.endswith("answers") else found
    with pytest.raises(SealError):
        world.laptop.run("rescreen", request, "--lists", config().home, main=keyholder)
    assert not world.desk.outcomes


def comes_back(key, record, outcome):
    from clarion.outbox import Message
    from clarion.outbox.store.verbs import propose
    from clarion.seal.store.kept import lock
    from clarion.seal.store.renewal import RESCREENED

    rows = [{"record": record, "outcome": outcome, "hits": []}]
    assert propose(Message(RESCREENED, key, {"locked": lock(rows, RESCREENED, key)}))


def test_what_came_back_since_the_page_was_opened_is_not_noted_with_the_rest(signed_in):
    """Else the one who is listed now would be gone before anybody has seen it."""
    officer = signed_in("officer")
    comes_back("a:0", "A" * 22, "clear")
    page = officer.get(reverse("screening:changes")).content.decode()
    batches = re.findall(r'name="batch" value="([^"]+)"', page)
    comes_back("b:0", "B" * 22, "review")
    for seen in ([], ["c:0"]):
        officer.post(reverse("screening:changes"), {"do": "note", "batch": seen})
        assert "A" * 22 in officer.get(reverse("screening:changes")).content.decode()
    assert officer.post(reverse("screening:changes"), {"do": "note", "batch": batches}).status_code == 302
    left = officer.get(reverse("screening:changes")).content.decode()
    assert "B" * 22 in left
    assert "A" * 22 not in left


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_from_sealing_to_what_changed_with_the_desk_itself(live_server, tmp_path, account, listed, client, monkeypatch):
    monkeypatch.setattr("clarion.seal.store.places.folder", lambda: tmp_path / "sealed")
    people = Colleagues(tmp_path / "people", live_server.url, account)
    listed(people=NOBODY)
    officer = people.officer.actor
    handles = [handle for handle, _ in sealing.seal(officer, [asked(value) for value in (WITNESS, *OTHERS)])]
    listed(people=NOBODY | {"T.1": (("Arkady Innokentyevich ZLATOGOROV",), "1961-05-17", "asset freeze")})
    asking = ("ask", "--room", "screening", "--purpose", "rescreen", "--reason", "The list of today")
    request = people.approve(people.ask(people.officer, *asking), *people.keyholders[:2])
    assert people.officer.run("rescreen", request, "--lists", config().home, main=keyholder) == 0, people.officer.err
    assert "clear: 2, ask: 0, review: 1" in people.officer.out
    assert "Outcomes that changed: 1" in people.officer.out
    (one,) = sealed.index(officer).returned
    assert one.to_dict() == {"record": handles[0], "outcome": "review", "hits": [["test-eu", "T.1"]]}
    row = str(Proposal.objects.values_list("key", "body").get())
    assert not [word for word in (handles[0], "review", "T.1") if word in row]
    log = " ".join(str(vars(entry)) for entry in LogEntry.objects.all()).lower()
    assert not [word for word in (*NAMES, "review", "t.1", handles[0].lower()) if word in log]
    assert traces(tmp_path, config().home) == []
    client.force_login(account("officer", "reader"))
    page = client.get(reverse("screening:changes")).content.decode()
    assert handles[0] in page
    assert re.search(r"test-eu T\.1", page)
    batches = re.findall(r'name="batch" value="([^"]+)"', page)
    assert client.post(reverse("screening:changes"), {"do": "note", "batch": batches}).status_code == 302
    assert not sealed.index(officer).returned
    assert handles[0] not in client.get(reverse("screening:changes")).content.decode()
