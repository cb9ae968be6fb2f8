"""Every kind of decision is made again bit for bit; what cannot be, or comes out otherwise, is told apart."""

import io
import json

import pytest
from typer.testing import CliRunner

from clarion.access import Actor
from clarion.cli import app
from clarion.errors import InputError, NotAllowed
from clarion.screening.models import Cleared, Decision, Step
from clarion.screening.service import cleared, decisions, keys, policies, rescreen, reviews, screens
from clarion.screening.service import reproduce as service
from clarion.screening.service.asked import asked
from clarion.screening.service.batch import batches, job
from clarion.screening.service.check import check
from clarion.screening.service.reproduce import CHANGED, ENGINE, GONE, OTHER, SAME, reproduce, reproduce_all

LISTED = {"name": "Златогоров Аркадий Иннокентьевич", "birth": "17.05.1961"}
NAMESAKE = {"name": "Златогоров Аркадий Иннокентьевич", "birth": "1961", "inn": "500100732259"}
KINDS = {
    "review": LISTED,
    "ask": {"name": "Иванов Иван"},
    "clear, nobody alike": {"name": "Щебетнёв Фаддей"},
    "clear, another age": {"name": "Иванов Иван Петрович", "birth": "1990-01-05"},
    "parts": {"given": "Иван", "patronymic": "Петрович", "surname": "Иванов", "sex": "м", "nationality": "Россия"},
    "banks": {"name": "Сидоров Олег", "bank": "Банк Северный Прилив Златопромкредит", "intermediaries": "A; B; A"},
    "organisation": {"name": "ООО Северный Прилив", "kind": "organisation"},
    "warned": {"name": "Сидоров Олег Олегович", "birth": "1990-01-05"},
    "romanised": {"name": "Zlatogorov Arkadij"},
    "initials": {"name": "Златогоров А.И."},
}
CSV = "ФИО;Дата рождения\n" + "".join(f"{row.get('name', '')};{row.get('birth', '')}\n" for row in KINDS.values())


@pytest.fixture
def officers(account):
    return [account("officer", name).actor for name in ("first", "second")]


@pytest.fixture
def lists(listed):
    listed()
    listed("status-undesirable", people={"S.1": (("Sidorov Oleg Olegovich",), "1990-01-05", "undesirable")}, firms={})


def keep(actor, said, use="payment"):
    payee = asked(said)
    return decisions.keep(actor, check(actor, payee, use, known=cleared.known), payee)


def every_kind(officers, listed):
    """Decisions of every kind, by its name."""
    first, second = officers
    made = {f"{kind}, {use}": keep(first, said, use) for use in policies.uses() for kind, said in KINDS.items()}
    namesake = made["review, namesake"] = keep(first, NAMESAKE)
    reviews.decide(first, namesake.pk, "other", "Passport seen")
    reviews.confirm(second, namesake.pk)
    made["cleared before"] = keep(first, NAMESAKE)
    assert made["cleared before"].outcome == "clear"
    batch = batches.start(first, io.BytesIO(CSV.encode()).getvalue())
    batches.choose(first, batch.pk, {"name": "0", "birth": "1"})
    job.work_batch.func(str(batch.pk))
    made |= {f"of a batch, {at}": row for at, row in enumerate(Decision.objects.filter(batch=batch))}
    assert len(made) > 2 * len(KINDS) + 3
    listed("test-uk", days=30, people={}, firms={"U.1": (("Some Firm",), "asset freeze")})
    made["stale"] = keep(first, {"name": "Щебетнёв Фаддей"})
    assert made["stale"].outcome == "stale"
    return made


def test_every_kind_is_made_again_while_lists_and_policies_change(lists, listed, officers, monkeypatch, capsys):
    made = every_kind(officers, listed)
    assert {kind: reproduce(officers[0], one.pk) for kind, one in made.items()} == dict.fromkeys(made, SAME)
    Cleared.objects.update(until="2020-01-01")
    listed(people={"T.1": (("Somebody ELSE",), "", "asset freeze"), "T.5": (("ЩЕБЕТНЁВ Фаддей",), "", "travel ban")})
    changed = rescreen.rescreen(officers[0])
    assert len(changed.changes) > 10
    monkeypatch.setitem(policies.uses(), "payment", policies.Use("payment", "New", False, 1, 1, ("un",), {"ask": 30.0}))
    monkeypatch.delitem(policies.uses(), "partner")
    found = reproduce_all(officers[0])
    with capsys.disabled():
        later = Step.objects.filter(kind="changed").count()
        print(f"\n{len(made)} decisions of every kind and {later} later answers: {found.counts} made again")
    assert (found.counts, found.open, found.wrong) == ({SAME: len(made)}, (), False)


def test_without_any_list_it_is_made_again_too(officers):
    kept = keep(officers[0], LISTED)
    assert kept.outcome == "not-screened"
    assert reproduce(officers[0], kept.pk) == SAME


def test_a_clear_answer_says_who_came_nearest_and_why_it_is_somebody_else(lists, officers):
    kept = decisions.get(officers[0], keep(officers[0], KINDS["clear, another age"]).pk)
    (part,) = kept.result["subjects"]
    near = part["nearest"]
    assert (part["outcome"], near["entry"], near["why"]) == ("clear", "T.2", "against")
    assert any(item["item"] == "birth" and item["weight"] < 0 for item in near["ledger"])
    assert decisions.get(officers[0], keep(officers[0], LISTED).pk).result["subjects"][0]["nearest"] is None


def test_who_was_cleared_before_keeps_the_evidence(lists, listed, officers):
    kept = decisions.get(officers[0], every_kind(officers, listed)["cleared before"].pk)
    (before,) = kept.result["subjects"][0]["before"]
    assert before["hit"]["entry"] == before["entry"] == "T.1"
    assert before["hit"]["ledger"]


def test_an_engine_that_is_another_one_since_is_no_fault(lists, officers, monkeypatch):
    kept = keep(officers[0], LISTED)
    monkeypatch.setattr("clarion.screening.service.reproduce.engine_version", lambda: "0" * 64)
    assert reproduce(officers[0], kept.pk) == SAME  # the bits decide, not the version
    monkeypatch.setattr("clarion.screening.service.check._subject", another_answer)
    assert reproduce(officers[0], kept.pk) == ENGINE
    monkeypatch.undo()
    monkeypatch.setattr("clarion.screening.service.check._subject", another_answer)
    assert reproduce(officers[0], kept.pk) == OTHER
    assert reproduce_all(officers[0]).wrong


def another_answer(part, asked, answer, known):
    from dataclasses import replace

    from clarion.screening.service.checked import Subject

    return Subject(part, asked, replace(answer, cleared=answer.cleared + 1))


def test_tables_of_names_are_part_of_the_engines_version(monkeypatch):
    from clarion.screening.service import version

    files = dict(version._files())
    assert "clarion.names/data/surnames.csv" in files
    assert "clarion.screening.engine/decide.py" in files
    before = version.engine_version.__wrapped__()
    monkeypatch.setattr(version, "_files", lambda: iter({**files, "clarion.names/data/surnames.csv": b""}.items()))
    assert version.engine_version.__wrapped__() != before


def test_a_version_of_a_list_that_is_gone_is_said(lists, listed, officers):
    kept = keep(officers[0], LISTED)
    for n in range(4):
        listed(people={f"X.{n}": (("Somebody ELSE",), "", "asset freeze")})
    screens._held.clear()
    assert reproduce(officers[0], kept.pk) == GONE


@pytest.mark.parametrize("what", ["answer", "payee", "ledger", "input"])
def test_what_is_not_what_was_decided_is_said(lists, officers, what):
    kept = keep(officers[0], LISTED)
    body = keys.unlock(bytes(kept.body), "decision", str(kept.pk))
    if what == "answer":
        body["result"]["outcome"] = "clear"
    elif what == "ledger":
        body["result"]["subjects"][0]["hits"][0]["ledger"][0]["weight"] += 1
        kept.answer = decisions.digest(body["result"])
    elif what == "input":
        body["asked"]["name"] = "Сидоров Олег"
    else:
        kept.payee = "x" * 43
    kept.body = keys.lock(body, "decision", str(kept.pk))
    kept.save()
    assert reproduce(officers[0], kept.pk) == CHANGED


def test_at_the_command_line_and_for_programs(lists, officers, client, account):
    kept = keep(officers[0], LISTED)
    told = run("--all", "--json")
    assert json.loads(told.stdout) == {"decisions": 1, "counts": {"same": 1}, "open": []}
    assert "to the last bit" in run(str(kept.pk)).stdout
    Decision.objects.update(answer="0" * 64)
    told = run("--all")
    assert (told.exit_code, run(str(kept.pk)).exit_code) == (1, 1)
    assert "What is kept is not what was decided" in told.stdout
    assert "Златогоров" not in told.stdout
    assert isinstance(run("12").exception, InputError)
    client.force_login(account("auditor", "reader"))
    page = client.post(f"/screening/decisions/{kept.pk}/", {"do": "reproduce"}, follow=True)
    assert "What is kept is not what was decided" in page.content.decode()


def test_nobody_else_looks(lists, officers):
    with pytest.raises(NotAllowed):
        service.reproduce_all(Actor("9", "eve", "viewer"))


def run(*words):
    return CliRunner().invoke(app, ["screening", "reproduce", *words])
