"""Sealed values by the desk's doors: other people's requests, the two uploads that there are, what the pages show."""

import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

sys.path.insert(0, str(Path(__file__).parents[1] / "seal"))
from keyholders import PERSON, Organisation

from clarion.access import Actor
from clarion.seal import request as requests
from clarion.seal.crypto import X25519PrivateKey, raw
from clarion.seal.documents import canonical, write
from clarion.seal.store import openings, rosters, sealing
from clarion.seal.store.models import Answer, Opening


@pytest.fixture
def asked(visitor, tmp_path, monkeypatch):
    """An officer who asks for a sealed value: the officer, the request, the value's handle."""
    monkeypatch.setattr("clarion.seal.store.places.folder", lambda: tmp_path / "sealed")
    org, officer = Organisation(), visitor("officer", "who-asks")
    rosters.install(Actor.console(), write(org.roster.document))
    handle = sealing.keep(officer.actor, PERSON, room="giving", fields="payee")
    found = sealing.lookup(officer.actor, [handle])[0]
    request = requests.make_request(
        org.roster, purpose="open", policy="default", reason="Payment 7", device=org.device.name,
        records=[(found["record"], found["envelope"])], key=raw(X25519PrivateKey.generate().public_key()),
        now=timezone.now() - timedelta(seconds=1), sign=org.device.sign.sign,
    )  # fmt: skip
    openings.ask(officer.actor, write(request.document))
    return officer, request, handle


def test_somebody_elses_request_hands_nothing_out(asked, visitor):
    officer, request, _ = asked
    for role in ("officer", "keyholder", "auditor", "operator", "analyst", "viewer"):
        comes = visitor(role, f"curious-{role}")
        for method, verb, body in (("GET", "answers", "{}"), ("POST", "reseal", '{"sealed": []}'),
                                   ("POST", "outcomes", '{"outcomes": []}')):  # fmt: skip
            where = f"api/v1/seal/requests/{request.id}/{verb}"
            theirs = comes.send(method, where, body=body)
            nobodys = comes.send(method, where.replace(request.id, "a" * len(request.id)), body=body)
            assert theirs.status_code == nobodys.status_code in (403, 404), (role, verb)
            assert theirs.json() == nobodys.json(), (role, verb)
            assert "envelope" not in theirs.content.decode().replace("envelopes", "")
    assert officer.send("GET", f"api/v1/seal/requests/{request.id}/answers").status_code == 200
    assert officer.send("GET", f"api/v1/seal/requests/{request.id}/bundle").status_code == 403


def test_no_page_or_list_shows_a_value_or_a_reason(asked, visitor):
    _, request, handle = asked
    for role in ("operator", "officer", "keyholder", "auditor"):
        comes = visitor(role, f"reads-{role}")
        for path in ("sealed/", "api/v1/seal/requests", f"api/v1/seal/requests/{request.id}/bundle", "log/",
                     "api/v1/seal/stale", "api/v1/seal/draw?room=giving"):  # fmt: skip
            said = comes.send("GET", path).content.decode()
            assert not [word for word in (*PERSON.values(), "Payment 7") if word in said], (role, path)
    assert handle


@pytest.mark.parametrize("sent", [
    b"", b"{}", b"null", b"[" * 100_000, b'{"a":' * 5_000, b"\xff\xfe",
    b"PK\x03\x04" + b"\x00" * 500, b"<script>alert(1)</script>",
    json.dumps({"kind": "x", "request": "a" * 43}).encode(), b" " * 999_999, b"x" * 1_000_001,
], ids=lambda sent: f"{sent[:12]!r}-{len(sent)}")  # fmt: skip
def test_the_uploads_take_signed_documents_only(asked, visitor, sent):
    _, request, _ = asked
    comes, wants = visitor("keyholder", "answers"), visitor("officer", "wants")
    for name in ("answer.json", "../../etc/cron.d/x", "a.html", "\u202etxt.exe"):
        file = SimpleUploadedFile(name, sent, content_type="text/html")
        answer = comes.send("POST", f"sealed/requests/{request.id}/answer/", {"answer": file})
        assert 400 <= answer.status_code < 500, (name, answer.status_code)
        assert b"<script>alert" not in answer.content
        file = SimpleUploadedFile(name, sent, content_type="text/html")
        answer = wants.send("POST", "sealed/requests/", {"request": file})
        assert 400 <= answer.status_code < 500, (name, answer.status_code)
        assert b"<script>alert" not in answer.content
    assert not Answer.objects.exists()
    assert Opening.objects.get().state == "open"


def test_odd_words_in_the_forms(asked, visitor):
    _, _, handle = asked
    operator, auditor = visitor("operator", "decides"), visitor("auditor", "draws")
    for word in ("", "x", "\x00", "' OR 1=1--", "9" * 5000, "-1", "2027-02-30", "<b>", "../..", "9999999999-1-1"):
        for do in ("erase", "keep", "x"):
            form = {"do": do, "handle": word, "reason": word, "until": word}
            assert operator.send("POST", "sealed/decide/", form).status_code == 302
            assert operator.send("POST", "sealed/decide/", form | {"handle": handle}).status_code == 302
        assert auditor.send("POST", "sealed/draw/", {"room": word, "count": word}).status_code in (200, 400, 404)
        for path in ("draw?room={0}&count={0}", "stale?count={0}"):
            answer = auditor.send("GET", "api/v1/seal/" + path.format(word.replace("\x00", "%00").replace(" ", "+")))
            assert answer.status_code in (200, 400, 404, 422), path
        for body in ({"records": [word]}, {"records": [word] * 2000}, {"records": word}):
            answer = auditor.send("POST", "api/v1/seal/lookup", body=canonical(body).decode() if body else "{}")
            assert answer.status_code in (400, 404, 422), body
    assert sealing.get(handle).handle == handle
