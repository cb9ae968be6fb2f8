"""What every answer carries, errors and files included, and what it must not tell (flags, caches, versions)."""

import re
import tomllib
from pathlib import Path

import pytest
from addresses import written
from django.test import Client

import clarion

ROUTES = tomllib.loads(Path(__file__).with_name("routes.toml").read_text(encoding="utf-8"))
ERRORS = ["nothing/", "api/v1/nothing", "spillover/country/XXX/", "spillover/runs/x/", "spillover/?minimum=x", "%00/"]
_TOP = re.escape(Path(clarion.__file__).parts[1])  # of this machine: where the code itself lies
# A path of the machine; not an address of a publisher, such as example.org/en/home/.
TOLD = re.compile(
    rf"waitress|django/|python/|wsgi|traceback|sqlite|(?<!\w)/home/|(?<!\w)/{_TOP}/|site-packages", re.IGNORECASE
)


def directives(answer):
    said = answer.headers["Content-Security-Policy"]
    return {name: values for name, _, values in (part.strip().partition(" ") for part in said.split(";"))}


def shut(answer, where):
    """The headers that every answer has."""
    headers = answer.headers
    policy = directives(answer)
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == "'none'", where
    assert policy["frame-ancestors"] == "'none'", where
    assert policy["script-src"] == policy["connect-src"] == policy["form-action"] == "'self'", where
    assert not re.search(r"unsafe|\*|https?:", headers["Content-Security-Policy"]), where
    assert headers["X-Content-Type-Options"] == "nosniff", where
    assert headers["Referrer-Policy"] in ("same-origin", "no-referrer"), where
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin", where
    assert "camera=()" in headers["Permissions-Policy"], where
    assert "Access-Control-Allow-Origin" not in headers, where
    assert "Server" not in headers, where
    assert "X-Powered-By" not in headers, where
    kind = headers.get("Content-Type", "")
    if not answer.streaming and answer.content and answer.status_code != 405:
        assert kind, where
        assert "charset=utf-8" in kind or not kind.startswith("text/"), (where, kind)
    if kind.startswith(("text/html", "application/problem+json")):
        said = re.sub(r"\w{64}", "", answer.content.decode())  # chance has spelt "wsgi" in a CSRF token
        assert not TOLD.search(said), where


@pytest.mark.parametrize("path", [*sorted(ROUTES), *ERRORS])
def test_every_answer(visitor, path):
    for role in ("stranger", "operator"):
        comes = visitor(role)
        where = written(path, comes.own) if path in ROUTES else path
        for method in ("GET", "POST", "TRACE") if role == "stranger" else ("GET",):
            answer = comes.send(method, where)
            assert answer.status_code < 500
            shut(answer, (where, method))
            if where != "healthz":
                assert answer.headers["Cache-Control"] in (
                    "private, no-store", "max-age=0, no-cache, no-store, must-revalidate, private"
                ), where  # fmt: skip
            for name, cookie in answer.cookies.items():
                if cookie["max-age"] == 0:
                    continue  # taken back
                assert cookie["httponly"], name
                assert cookie["samesite"] in ("Lax", "Strict"), name
                assert not cookie["domain"], name


def test_a_failure_tells_nothing(visitor, monkeypatch):
    """An error that nobody foresaw: a page in plain words, closed as the others, without what went wrong."""

    def broken(*_):
        raise RuntimeError("the password is hunter2")

    monkeypatch.setattr("clarion.sources.overview.overview", broken)
    comes = visitor("operator", raise_request_exception=False)
    answer = comes.send("GET", "sources/")
    assert answer.status_code == 500
    shut(answer, "500")
    assert b"hunter2" not in answer.content
    assert b"RuntimeError" not in answer.content


def test_the_settings_of_a_public_desk(tmp_path):
    """With a public address: secure cookies under names that no neighbour can set, and strict transport for a year."""
    import os
    import subprocess
    import sys

    script = (
        "from clarion.desk.setup import django_ready; django_ready()\n"
        "from django.conf import settings as s\n"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.LANGUAGE_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.DEBUG, s.CSRF_TRUSTED_ORIGINS, s.SESSION_COOKIE_HTTPONLY)"
    )
    env = os.environ | {
        "CLARION_HOME": str(tmp_path / "home"), "CLARION_ROOMS": "", "CLARION_BASE_URL": "https://desk.example.org",
        "CLARION_ALLOWED_HOSTS": "desk.example.org",
    }  # fmt: skip
    said = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True).stdout
    assert said.split() == [
        "__Host-sessionid", "__Host-csrftoken", "True", "True", "True", "31536000", "False",
        "['https://desk.example.org']", "True",
    ]  # fmt: skip


def test_no_secret_is_taken_from_an_address(account, client):
    """A token or a session in the query opens nothing: addresses stay in histories and logs."""
    from clarion.access.store.secrets import new_token

    token = new_token(account("analyst"), "x")
    client.force_login(account("viewer"))
    session = client.cookies["sessionid"].value
    for name in ("token", "access_token", "api_key", "authorization", "bearer", "sessionid", "key"):
        for value in (token, f"Bearer {token}", session):
            assert Client().get("/api/v1/call/actions", {name: value}).status_code == 401
            assert Client().get("/", {name: value}).status_code == 302
    for form in (f"Basic {token}", f"bearer{token}", token, f"Token {token}"):
        assert Client().get("/api/v1/call/actions", headers={"authorization": form}).status_code == 401
    assert Client().get("/api/v1/call/actions", headers={"cookie": f"token={token}"}).status_code == 401


def test_no_answer_depends_on_a_header_that_a_cache_does_not_see(client, account):
    """Cache poisoning: headers that a cache keeps no answers apart by change none, and private pages are not kept."""
    odd = {
        "x-forwarded-host": "evil.example", "x-forwarded-scheme": "http", "x-forwarded-port": "1",
        "x-original-url": "/log/",
        "x-forwarded-prefix": "/evil", "x-http-method": "PUT", "x-forwarded-proto": "https", "x-real-ip": "1.2.3.4",
    }  # fmt: skip
    for path in ("/account/login/", "/nothing/", "/api/v1/openapi.json"):
        plain, forged = client.get(path), client.get(path, headers=odd)

        def told(answer):
            return re.sub(rb'(csrfmiddlewaretoken" value=")[^"]+', rb"\1", answer.content)

        assert told(plain) == told(forged), path
        assert plain.headers["Cache-Control"].find("public") < 0


def test_a_made_up_ending_does_not_make_a_page_a_file(visitor):
    """Web cache deception: a private page under a name that a cache takes for a file is not there."""
    comes = visitor("operator", "op")
    for path in (
        "people/x.css",
        "people/%0a.css",
        "log/a.js",
        "account/tokens/x.png",
        "people/;x.css",
        "people/..%2fx.css",
    ):
        answer = comes.send("GET", path)
        assert answer.status_code == 404, path
        assert b"op" not in re.findall(rb"<td>(.*?)</td>", answer.content)
