"""The room for programs, and for clients that speak to yente."""

import json

import pytest

from clarion.access.store import secrets
from clarion.screening.models import Decision

PAYEE = {"name": "Златогоров Аркадий Иннокентьевич", "birth": "1961-05-17"}


@pytest.fixture
def ask(client, account, listed):
    listed()
    token = secrets.new_token(account("officer"), "t")

    def send(path, body=None, method="post"):
        return getattr(client, method)(
            f"/api/v1/screening/{path}", json.dumps(body) if body is not None else None,
            content_type="application/json", headers={"authorization": f"Bearer {token}"},
        )  # fmt: skip

    return send


def test_a_payee_is_checked_and_kept_only_when_asked(ask):
    found = ask("check", PAYEE).json()
    assert found["outcome"] == "review"
    assert not Decision.objects.exists()
    kept = ask("check", PAYEE | {"keep": True}).json()
    told = ask(f"decisions/{kept['id']}", method="get").json()
    assert (told["outcome"], told["state"], told["asked"]["name"]) == ("review", "waiting", PAYEE["name"])
    done = ask(f"decisions/{kept['id']}/decide", {"verdict": "same", "reason": "The same day"}).json()
    assert done["state"] == "same"


def test_what_is_wrong_is_said_without_the_name(ask):
    answer = ask("check", PAYEE | {"nationality": "Atlantis"})
    assert answer.status_code == 400
    assert answer.json()["where"] == "nationality"
    assert "Златогоров" not in answer.content.decode()
    assert ask("check", PAYEE | {"name": "x" * 400}).status_code == 422


def test_a_client_of_yente(ask):
    body = {"queries": {
        "q1": {"schema": "Person", "properties": {"name": [PAYEE["name"]], "birthDate": [PAYEE["birth"]]}},
        "q2": {"schema": "Person", "properties": {"firstName": ["Олег"], "lastName": ["Сидоров"]}},
    }}  # fmt: skip
    answer = ask("match/default?limit=3", body).json()
    first, second = answer["responses"]["q1"], answer["responses"]["q2"]
    assert first["status"] == 200
    assert first["results"][0]["match"]
    assert first["results"][0]["id"] == "test-eu:T.1"
    assert 0.5 < first["results"][0]["score"] <= 1
    assert first["clarion"]["outcome"] == "review"
    assert second["results"] == []
    assert second["clarion"]["outcome"] == "clear"
    assert answer["limit"] == 3


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [("match/nothing", {"queries": {}}, 404), ("match/default?algorithm=logic-v2", {"queries": {}}, 404),
     ("match/default", {"queries": {"a": {"schema": "Vessel", "properties": {"name": ["x"]}}}}, 400),
     ("match/default", {"queries": {"a": {"schema": "Person", "properties": {}}}}, 400),
     ("match/default", {"queries": []}, 422)],
)  # fmt: skip
def test_a_query_that_cannot_be_asked(ask, path, body, status):
    assert ask(path, body).status_code == status


def test_of_several_queries_the_wrong_one_is_named_by_its_number(ask):
    right = {"schema": "Person", "properties": {"name": ["Олег Сидоров"]}}
    wrong = {"schema": "Person", "properties": {"name": ["Олег Сидоров"], "birthDate": ["soon"]}}
    answer = ask("match/default", {"queries": {"right": right, "Сидоров": wrong}})
    assert answer.json()["where"] == "query 2: birth"


def test_lists_and_what_changed(ask):
    assert [one["source"] for one in ask("lists", method="get").json()] == ["test-eu"]
    assert ask("rescreen").json() == {"screened": 0, "changes": []}
