"""Plans for programs: made on a run, followed, proposed once."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from clarion.access.store.secrets import new_token
from clarion.spillover.service.support import work
from clarion.spillover.service.support.job import work_plan

API = "/api/v1/spillover"


@pytest.fixture
def user(account):
    return account("analyst")


@pytest.fixture
def ask(user):
    token = new_token(user, "test")

    def call(method, path, body=None):
        more = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        return getattr(Client(), method)(API + path, headers={"authorization": "Bearer " + token}, **more)

    return call


def test_from_run_to_board(user, ask, finished_run, monkeypatch):
    monkeypatch.setattr(work, "RUNS", 2)
    monkeypatch.setattr(work, "POINTS", 3)
    run = finished_run(user, "black-sea-closure", rule="monthly", draws=12)
    made = ask("post", f"/runs/{run.pk}/plans", {"question": {"budget": 2e7}})
    assert made.status_code == 201
    pk = made.json()["id"]
    assert made.json()["status"] == "waiting"
    assert ask("get", f"/plans/{pk}").json()["plan"] is None
    assert ask("post", f"/plans/{pk}/propose").status_code == 409
    work_plan.func(pk)
    whole = ask("get", f"/plans/{pk}").json()
    assert whole["status"] == "done"
    assert whole["plan"]["budget"] == 2e7
    assert len(whole["plan"]["curve"]) == 3
    assert [p["id"] for p in ask("get", f"/runs/{run.pk}/plans").json()["items"]] == [pk]
    assert ask("post", f"/plans/{pk}/propose").json()["proposed_by"] == "the-analyst"
    assert ask("post", f"/plans/{pk}/propose").status_code == 409
    assert ask("delete", f"/plans/{pk}").status_code == 409


def test_what_cannot_be_asked(user, ask, finished_run):
    run = finished_run(user, "black-sea-closure", rule="monthly", draws=12)
    unseen = [
        ({"budget": 1e6, "earmarks": [{"name": name, "amount": 1e5}]}, "cannot be seen") for name in ("\0", "\ud800")
    ]
    for question, said in (
        ({}, "budget"), ({"budget": "much"}, "budget"), ({"budget": 1e6, "bread": 1}, "bread"),
        ({"budget": 10**4000}, "budget"), ({"budget": 1e6, "\ud800": 1}, "cannot be seen"), *unseen,
    ):  # fmt: skip
        answer = ask("post", f"/runs/{run.pk}/plans", {"question": question})
        assert answer.status_code in (400, 422), answer.content
        assert said in answer.content.decode()
    earmarks = [{"name": "a", "amount": 2e6}]
    answer = ask("post", f"/runs/{run.pk}/plans", {"question": {"budget": 1e6, "earmarks": earmarks}})
    assert answer.status_code == 400, answer.content
    assert ask("get", f"/runs/{run.pk}/plans").json()["items"] == []
    assert ask("get", "/plans/6f0f0f0e-0000-4000-8000-000000000000").status_code == 404
