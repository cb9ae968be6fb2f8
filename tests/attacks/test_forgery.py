"""Requests that another site makes the reader's browser send (CSRF), and answers that lead elsewhere."""

import json
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from addresses import Visitor, written
from django.test import Client

from clarion.spillover.models import Run

ROUTES = tomllib.loads(Path(__file__).with_name("routes.toml").read_text(encoding="utf-8"))
CHANGES = sorted({
    (path, how.partition(" ")[0]) for path, said in ROUTES.items() for how in said
    if not how.startswith("GET") and said[how] != "nobody"
})  # fmt: skip
ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "///evil.example", "http:///evil.example", "/\\evil.example",
    "\\\\evil.example", "http://localhost/", "http://localhost:9/", "http://127.0.0.1/", "https://testserver/",
    "http://testserver@evil.example/", "http://testserver.evil.example/", "javascript:alert(1)", "data:text/html,x",
    "\x00//evil.example", " //evil.example", "\t//evil.example", "/\t/evil.example", "http:evil.example",
    "ftp://testserver/", "HTTPS://EVIL.EXAMPLE/", "/%0d%0aSet-Cookie:x=1/..//evil.example",
]  # fmt: skip


@pytest.fixture
def strict(visitor):
    return visitor("operator", "strict", enforce_csrf_checks=True)


@pytest.mark.parametrize(("path", "method"), CHANGES)
def test_a_change_asks_for_the_token(strict, commitment, path, method):
    strict.own["commitment"] = str(commitment().pk)
    where = written(path, strict.own)
    for body, kind in (("do=remove", "application/x-www-form-urlencoded"), ("{}", "text/plain"),
                       ("{}", "application/json"), ("", "multipart/form-data; boundary=x")):  # fmt: skip
        answer = strict.client.generic(method, "/" + where, body, content_type=kind)
        assert answer.status_code in (403, 405), (kind, answer.status_code)


@pytest.mark.parametrize("headers", [
    {"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "http://testserver.evil.example"},
    {"origin": "https://testserver"}, {"origin": "http://localhost"},
])  # fmt: skip
def test_the_token_from_another_origin_is_not_enough(strict, headers):
    strict.client.get("/spillover/scenarios/new/")
    token = strict.client.cookies["csrftoken"].value
    asked = {"scenario": "black-sea-closure", "draws": "2", "csrfmiddlewaretoken": token}
    answer = strict.client.post("/language/", asked, headers=headers)
    assert answer.status_code == 403
    answer = strict.client.post(
        "/api/v1/spillover/runs", json.dumps(asked), "application/json", headers=headers | {"x-csrftoken": token}
    )
    assert answer.status_code == 403
    assert Run.objects.count() == 1


def test_behind_https_a_foreign_referer_is_refused(strict, settings):
    strict.client.get("/account/tokens/")
    form = {"csrfmiddlewaretoken": strict.client.cookies["csrftoken"].value, "name": "x"}
    for referer in ("https://evil.example/", "http://testserver/", "", "https://testserver.evil.example/"):
        answer = strict.client.post("/account/tokens/", form, secure=True, headers={"referer": referer})
        assert answer.status_code == 403, referer
    answer = strict.client.post("/account/tokens/", form, secure=True, headers={"referer": "https://testserver/x"})
    assert answer.status_code == 200


def test_no_reading_changes_anything(visitor, commitment):
    """GET and HEAD of every address, with the words of a form in the query: nothing is kept but sessions."""
    from django.apps import apps

    comes = visitor("operator", "reader")
    comes.own["commitment"] = str(commitment().pk)
    kept = [m for m in apps.get_models() if m._meta.model_name not in ("session", "user", "tally")]

    def all_rows():
        return {m: list(m.objects.order_by("pk").values()) for m in kept}

    before = all_rows()
    query = "?do=remove&do=publish&name=x&role=viewer&revoke=1&status=declined&reason=x&line=2&_method=DELETE"
    for path in ROUTES:
        if path.startswith("account/logout") or "plan/<slug:name>" in path or path == "log/download/":
            continue  # a plan is worked, and kept for a moment, as it is asked; who takes the log is noted in it
        for method in ("GET", "HEAD"):
            where = "/" + written(path, comes.own) + query
            answer = comes.client.generic(method, where, headers={"x-http-method-override": "DELETE"})
            assert answer.status_code < 500, path
    assert all_rows() == before


@pytest.mark.parametrize("where", ELSEWHERE)
def test_next_leads_nowhere_else(visitor, account, where, settings):
    """Wherever an address to go on to is taken from the request, it is one of this desk."""
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; the hash is not at stake
    user = account("analyst", "somebody")
    user.set_password("Xq9-long-secret")
    user.save()
    signing = {"login": "somebody", "password": "Xq9-long-secret", "next": where}
    answers = [
        Client().post("/account/login/", signing),
        Client().post("/account/login/", signing, query_params={"next": where}),
        Client().post("/language/", {"language": "ru", "next": where}),
    ]  # fmt: skip
    inside = Visitor("analyst", Client())
    inside.client.force_login(user)
    answers.append(inside.client.post("/account/reauthenticate/", {"password": "Xq9-long-secret", "next": where}))
    answers.append(inside.client.get("/account/login/", {"next": where}))
    answers.append(inside.client.post("/account/logout/", {"next": where}))
    for answer in answers:
        assert answer.status_code in (302, 200, 400), answer.status_code
        if answer.status_code == 302:
            assert answer.url.startswith("/"), answer.url
            assert not answer.url.startswith(("//", "/\\")), answer.url
            assert not urlsplit(answer.url).netloc
        assert "x" not in answer.cookies


def test_other_hosts_names_are_refused(settings, account, client):
    settings.ALLOWED_HOSTS = ["desk.example.org", "127.0.0.1", "localhost", "[::1]"]
    for host in ("evil.example", "desk.example.org.evil.example", "desk.example.org@evil.example", "desk.example.org:x",
                 "desk.example.org, evil.example", "evil.example:80", "[::ffff:1]"):  # fmt: skip
        for path in ("/account/login/", "/healthz?x", "/api/v1/openapi.json", "/nothing/"):
            answer = client.get(path, headers={"host": host})
            assert answer.status_code in (200, 400, 404)
            assert b"evil.example" not in answer.content
            assert "evil" not in str(answer.headers)


def test_a_link_is_not_printed_for_another_host(settings, visitor):
    """An operator is shown a link for the address that they are at, whatever a proxy's headers claim."""
    comes = visitor("operator", "op")
    forged = {"x-forwarded-host": "evil.example", "x-host": "evil.example", "forwarded": "host=evil.example",
              "x-original-url": "/log/", "x-rewrite-url": "/log/", "x-forwarded-server": "evil.example"}  # fmt: skip
    page = comes.client.post("/people/", {"do": "add", "name": "new", "role": "viewer"}, headers=forged)
    assert page.status_code == 200
    assert b"http://testserver/enter/" in page.content
    assert b"evil.example" not in page.content
    assert (
        comes.client.post("/people/", {"do": "link", "name": "new"}, headers={"host": "evil.example"}).status_code
        == 400
    )
