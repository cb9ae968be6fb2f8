"""The faces of sealed values: relay, page, command line."""

import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

sys.path.insert(0, str(Path(__file__).parents[1] / "seal"))
from keyholders import PERSON, Organisation

from clarion.access.store import secrets
from clarion.errors import InputError
from clarion.seal import reply as replies
from clarion.seal import request as requests
from clarion.seal.crypto import X25519PrivateKey, raw, shown
from clarion.seal.documents import canonical, write
from clarion.seal.store import sealing
from clarion.seal.store.models import Opening
from clarion.seal.value import open_with, part_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("clarion.seal.store.places.folder", lambda: tmp_path / "sealed")


class Person:
    """Somebody with an account, who talks to the relay with a token."""

    def __init__(self, user):
        self.actor, self.client = user.actor, Client()
        self.token = {"HTTP_AUTHORIZATION": f"Bearer {secrets.new_token(user, 'tool')}"}

    def get(self, path):
        return self.client.get(f"/api/v1/seal/{path}", **self.token)

    def post(self, path, body):
        return self.client.post(f"/api/v1/seal/{path}", canonical(body), content_type="application/json", **self.token)


@pytest.fixture
def people(account):
    made = {role: Person(account(role)) for role in ("officer", "keyholder", "auditor", "operator")}
    return made | {"second": Person(account("keyholder", "second"))}


@pytest.fixture
def org(people):
    made = Organisation()
    assert people["keyholder"].post("rosters", made.roster.document).json() == {"serial": 1}
    return made


def asked(org, person, *handles):
    found = person.post("lookup", {"records": list(handles)}).json()["records"]
    key = X25519PrivateKey.generate()
    made = requests.make_request(
        org.roster, purpose="open", policy="default", reason="Payment 7 came back", device=org.device.name,
        records=[(f["record"], f["envelope"]) for f in found], key=raw(key.public_key()), now=timezone.now(),
        sign=org.device.sign.sign,
    )  # fmt: skip
    answer = person.post("requests", made.document)
    assert (answer.status_code, answer.json()) == (201, {"id": made.id})
    return made, key


def approval(org, person, request, who):
    keys = org.keyholders[who]
    bundle = person.get(f"requests/{request.id}/bundle?keyholder={keys.name}").json()
    parts = [
        part_of(r["wrap"], named, keys.name, keys.box)
        for r, (_, named) in zip(bundle["records"], request.records, strict=True)
    ]
    return replies.approve(request, keys.name, parts, timezone.now(), keys.sign.sign)


def test_the_relay_carries_a_value_from_sealing_to_the_requesters_machine(org, people):
    handle = sealing.keep(people["officer"].actor, PERSON, room="giving", fields="payee")
    request, key = asked(org, people["officer"], handle)
    (seen,) = people["keyholder"].get("requests").json()["requests"]
    assert (seen["id"], seen["state"], seen["count"]) == (request.id, "open", 1)
    for who, account in ((0, "keyholder"), (1, "second")):
        reply = approval(org, people[account], request, who)
        assert people[account].post(f"requests/{request.id}/replies", reply).status_code == 201
    found = people["officer"].get(f"requests/{request.id}/answers").json()
    (parts,) = replies.parts_for(request, found["replies"], key)
    assert open_with(found["envelopes"][0], parts, org.roster).reveal() == PERSON
    assert "Петров" not in json.dumps(found, ensure_ascii=False)


def test_the_relay_refuses_strangers_wrong_roles_and_broken_documents(org, people):
    handle = sealing.keep(people["officer"].actor, PERSON, room="giving", fields="payee")
    request, _ = asked(org, people["officer"], handle)
    assert Client().get("/api/v1/seal/requests").status_code == 401
    assert people["officer"].get(f"requests/{request.id}/bundle?keyholder=x").status_code == 403
    assert people["auditor"].get(f"requests/{request.id}/answers").status_code == 404
    assert people["officer"].get("draw?room=giving").status_code == 403
    assert people["auditor"].get("draw?room=giving&count=0").status_code == 400
    assert people["keyholder"].get("requests/none/bundle?keyholder=x").status_code == 404
    for body in ({}, {"clarion": "request"}, request.document | {"x": 1}, {"v": 1.5}):
        answer = people["officer"].post("requests", body) if body != {"v": 1.5} else people["officer"].client.post(
            "/api/v1/seal/requests", '{"v": 1.5}', content_type="application/json", **people["officer"].token
        )  # fmt: skip
        assert answer.status_code == 400, body
        assert answer["Content-Type"] == "application/problem+json"


def test_the_page_shows_requests_clocks_and_keyholders_and_no_value(org, people, signed_in):
    today = timezone.now().date()
    handle = sealing.keep(
        people["officer"].actor, PERSON, room="giving", fields="payee", review_on=today - timedelta(days=1)
    )
    request, _ = asked(org, people["officer"], handle)
    client = signed_in("keyholder", "third")
    page = client.get("/sealed/").content.decode()
    assert "1 value is sealed" in page
    assert "1 request waits" in page
    assert "1 decision is overdue" in page
    assert all(shown(keys.name) in page for keys in org.keyholders)
    assert not any(value in page for value in PERSON.values())
    assert "Erase for good" not in page
    name = org.keyholders[0].name
    bundle = client.get(f"/sealed/requests/{request.id}/", {"keyholder": shown(name)})
    assert json.loads(bundle.content)["records"][0]["wrap"]
    keys = org.keyholders[0]
    stop = write(replies.stop(request, keys.name, timezone.now(), keys.sign.sign)).encode()
    answer = client.post(
        f"/sealed/requests/{request.id}/answer/", {"answer": SimpleUploadedFile("stop.json", stop)}, follow=True
    )
    assert "stopped by a keyholder" in answer.content.decode()
    assert "The store held" in client.post("/sealed/check/").content.decode()


def test_a_request_is_made_and_answered_by_files_alone(org, people, account, client):
    handle = sealing.keep(people["officer"].actor, PERSON, room="giving", fields="payee")
    client.force_login(account("officer", "offline"))
    found = json.loads(client.post("/sealed/lookup/", {"handles": f" {handle}\n"}).content)["records"]
    key = X25519PrivateKey.generate()
    made = requests.make_request(
        org.roster, purpose="open", policy="default", reason="Payment 7 came back", device=org.device.name,
        records=[(f["record"], f["envelope"]) for f in found], key=raw(key.public_key()), now=timezone.now(),
        sign=org.device.sign.sign,
    )  # fmt: skip
    sent = SimpleUploadedFile("request.json", write(made.document).encode())
    page = client.post("/sealed/requests/", {"request": sent}, follow=True).content.decode()
    assert "The request was taken in" in page
    assert "1 request waits" in page
    assert "Download the answers" not in page
    for who, one in ((0, "keyholder"), (1, "second")):
        assert people[one].post(f"requests/{made.id}/replies", approval(org, people[one], made, who)).status_code == 201
    assert "Download the answers" in client.get("/sealed/").content.decode()
    assert client.get(f"/sealed/requests/{made.id}/answers/").status_code == 405, "reading would change something"
    answers = json.loads(client.post(f"/sealed/requests/{made.id}/answers/").content)
    (parts,) = replies.parts_for(made, answers["replies"], key)
    assert open_with(answers["envelopes"][0], parts, org.roster).reveal() == PERSON


def test_to_hand_a_request_in_asks_who_is_there_and_leads_back(org, people, account, client):
    user = account("officer", "offline")
    user.set_password("Xq9-long-secret")
    user.save()
    client.force_login(user)
    sent = SimpleUploadedFile("request.json", b"{}")
    led = client.post("/sealed/requests/", {"request": sent})
    assert led.url == "/account/confirm/open/?next=%2Fsealed%2F"
    asked_here = client.get(led.url, follow=True)
    assert "What you sent was not kept" in asked_here.content.decode()
    assert client.get("/sealed/").status_code == 200


def test_the_page_takes_no_other_file_for_a_request(org, people, account, client):
    client.force_login(account("officer", "offline"))
    for sent in (
        {},
        {"request": SimpleUploadedFile("x", b"x" * 1_000_001)},
        {"request": SimpleUploadedFile("x", b"{")},
    ):
        answer = client.post("/sealed/requests/", sent)
        assert answer.status_code == 400, sent
        assert "Next step" in answer.content.decode()
    assert not Opening.objects.exists()


def test_an_officer_decides_and_an_auditor_draws(org, people, signed_in, client):
    today = timezone.now().date()
    handle = sealing.keep(people["officer"].actor, PERSON, room="giving", fields="payee", review_on=today)
    page = signed_in("auditor", "third").post("/sealed/draw/", {"room": "giving", "count": "3"}).content.decode()
    assert f"--purpose audit {handle}" in page
    client.logout()
    officer = signed_in("officer", "fourth")
    kept = officer.post("/sealed/decide/", {"handle": handle, "do": "keep", "until": "2020-01-01"}, follow=True)
    assert "within ten years" in kept.content.decode()
    kept = officer.post(
        "/sealed/decide/", {"handle": handle, "do": "keep", "until": str(today + timedelta(days=90))}, follow=True
    )
    assert "kept until the day" in kept.content.decode()
    gone = officer.post("/sealed/decide/", {"handle": handle, "do": "erase", "reason": "asked"}, follow=True)
    assert "Nobody can open it" in gone.content.decode()
    assert "0 values are sealed" in gone.content.decode()


def test_before_the_first_ceremony_the_page_says_what_to_do(signed_in):
    page = signed_in("operator").get("/sealed/").content.decode()
    assert "this desk has no keyholders" in page
    assert "clarion keyholder init" in page


def test_the_command_line_of_the_operator(org, people, tmp_path):
    from typer.testing import CliRunner

    from clarion.desk.sealed.cli import app

    def run(*arguments, code=0):
        ran = CliRunner().invoke(app, [*arguments, "--json"])
        assert ran.exit_code == code, ran.output + repr(ran.exception)
        return json.loads(ran.stdout)

    today = timezone.now().date()
    handle = sealing.keep(people["officer"].actor, PERSON, room="giving", fields="payee", review_on=today)
    assert run("show")["sealed"] == 1
    assert run("clocks")[0]["record"] == handle
    assert run("check") == []
    made = run("backup", str(tmp_path / "wraps"))
    assert made["bytes"] > 1000
    assert run("keep", handle, "--until", str(today + timedelta(days=30)))["record"] == handle
    assert run("erase", handle, "--reason", "over", "--yes") == {"erased": 1}
    assert run("restore", str(tmp_path / "wraps")) == {"envelopes": 0}
    assert run("tidy")["ended"] == 0
    file = tmp_path / "roster"
    file.write_text(write(org.roster.document))
    assert run("roster", str(file)) == {"serial": 1, "epoch": 1, "keyholders": 3}


@pytest.mark.parametrize("role", ["keyholder", "auditor", "officer"])
def test_everybody_lands_on_a_page_that_they_may_read(role, account, client):
    secret = secrets.new_link(account(role))
    page = client.get(f"/enter/{secret}/", follow=True)
    assert page.status_code == 200
    assert page.redirect_chain[-1][0] == ("/" if role == "officer" else "/sealed/")


def test_doctor_asks_for_back_ups_of_the_wraps(tmp_path):
    from dataclasses import replace

    from clarion.config import config
    from clarion.desk.doctor.sealed import sealed
    from clarion.seal.wraps import Wraps
    from clarion.seal.wraps_backup import back_up

    here = replace(config(), home=tmp_path)
    assert [f.level for f in sealed(here)] == ["ok"]
    wraps = Wraps(tmp_path / "sealed")
    wraps.keep("x", {"k": "y"})
    assert [f.level for f in sealed(here)] == ["warn"]
    back_up(wraps, tmp_path / "file", timezone.now().date())
    assert [f.level for f in sealed(here)] == ["ok"]


def test_a_reason_that_there_is_not_is_told_before_the_question(org):
    from typer.testing import CliRunner

    from clarion.desk.sealed.cli import app

    ran = CliRunner().invoke(app, ["erase", "3q2-7wAAQEKlrPZ1mXyZbg", "--reason", "bored"], input="y\n")
    assert isinstance(ran.exception, InputError)
    assert "Erase?" not in ran.output
