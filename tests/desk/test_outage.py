"""A database that refuses: pages and the API say 503 and what to do, whatever part of the request met it."""

import logging

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.db.utils import InterfaceError, OperationalError

from clarion.access.store.secrets import new_token
from clarion.desk import outage


@pytest.fixture
def gone(monkeypatch):
    """From here on the database answers no statement of this process."""

    def begin(error=None):
        def refuse(*_arguments):
            raise error or OperationalError("server closed the connection unexpectedly")

        found = connection.execute_wrapper(refuse)
        found.__enter__()
        ends.append(found)

    ends = []
    monkeypatch.setattr(outage, "_told_at", float("-inf"))
    yield begin
    for found in ends:
        found.__exit__(None, None, None)


def said(response):
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert response.headers["Cache-Control"] == "private, no-store"
    text = response.content.decode()
    assert "server closed" not in text
    return text


@pytest.mark.parametrize("error", [None, InterfaceError("the connection is closed")])
@pytest.mark.parametrize("path", ["/", "/spillover/runs/", "/log/", "/healthz", "/account/login/"])
def test_a_page_says_what_to_do(signed_in, gone, path, error):
    reader = signed_in("operator")
    gone(error)
    if path == "/account/login/":
        reader.cookies.clear()
        assert reader.get(path).status_code == 200  # needs no database
        return
    text = said(reader.get(path))
    assert "tell your operator" in text
    assert "not sure" in text


def test_in_the_readers_language(signed_in, gone):
    reader = signed_in("viewer")
    reader.cookies["django_language"] = "uk"
    gone()
    text = said(reader.get("/"))
    assert '<html lang="uk">' in text
    assert "tell your operator" not in text


def test_programs_get_problem_details(client, account, gone):
    token = new_token(account("analyst"), "test")
    gone()
    response = client.get("/api/v1/spillover/runs", headers={"Authorization": f"Bearer {token}"})
    said(response)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert (response.json()["code"], response.json()["status"]) == ("storage", 503)
    assert "try again" in response.json()["detail"]


def test_a_session_that_is_not_taken(signed_in, monkeypatch, settings):
    """It is saved after the view, where no view's error handler sees what is raised."""

    def refuse(*_arguments, **_more):
        raise OperationalError("database or disk is full")

    reader = signed_in("viewer")
    reader.raise_request_exception = False
    settings.SESSION_SAVE_EVERY_REQUEST = True
    monkeypatch.setattr(SessionStore, "save", refuse)
    said(reader.get("/"))


def test_it_is_told_in_the_log_once_a_minute(signed_in, gone, caplog):
    reader = signed_in("viewer")
    gone()
    with caplog.at_level(logging.ERROR, "clarion.desk"):
        for _ in range(3):
            said(reader.get("/"))
    told = [record for record in caplog.records if record.name == "clarion.desk"]
    assert [record.getMessage() for record in told] == ["The database does not answer. PostgreSQL cannot be reached."]
    assert not [record for record in caplog.records if record.name == "django.request"]


def test_what_is_a_mistake_of_ours_stays_an_error(signed_in, gone):
    from django.db.utils import ProgrammingError

    reader = signed_in("viewer")
    reader.raise_request_exception = False
    gone(ProgrammingError("no such column"))
    assert reader.get("/").status_code == 500
