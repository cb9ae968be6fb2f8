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
     ("match/default", {"queries": {"a": {"schema": "Security", "properties": {"name": ["x"]}}}}, 400),
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


@pytest.mark.parametrize(
    "properties",
    [
        {"name": [*(f"Щебетнёв Фаддей{n}" for n in range(20)), PAYEE["name"]], "birthDate": [PAYEE["birth"]]},
        {"name": ["Щебетнёв Фаддей"], "alias": [*map(str, "абвгдежзик"), PAYEE["name"]], "birthDate": ["1961"]},
        {"name": [PAYEE["name"]], "birthDate": ["1990-01-01", PAYEE["birth"]]},
        {"name": [PAYEE["name"]], "birthDate": ["1961", PAYEE["birth"]]},
        {"name": [PAYEE["name"]], "gender": ["female", "male"], "birthDate": [PAYEE["birth"]]},
        {"lastName": ["Щебетнёв", "Златогоров"], "firstName": ["Фаддей", "Аркадий"], "birthDate": [PAYEE["birth"]]},
        {"name": ["Щебетнёв Фаддей"], "lastName": ["Иной", "Златогоров"], "firstName": ["Аркадий"],
         "birthDate": [PAYEE["birth"]]},
    ],
)  # fmt: skip
def test_no_value_of_a_query_hides_another(ask, properties):
    """Whoever sends many names, or two days of birth, is not clear by those that were passed over."""
    found = ask("match/default", {"queries": {"a": {"schema": "Person", "properties": properties}}}).json()
    assert found["responses"]["a"]["clarion"]["outcome"] in ("review", "ask")
    assert found["responses"]["a"]["results"][0]["id"] == "test-eu:T.1"


@pytest.mark.parametrize("more", [{"birthDate": ["1990-01-01", "1958-03-02"]}, {"gender": ["female", "male"]}])
def test_what_contradicts_itself_speaks_against_nobody(ask, more):
    def outcome(**said):
        query = {"schema": "Person", "properties": {"name": ["Иванов Иван"]} | said}
        return ask("match/default", {"queries": {"a": query}}).json()["responses"]["a"]["clarion"]["outcome"]

    (name, several), = more.items()  # fmt: skip
    assert outcome() == "ask"
    assert outcome(**{name: several[:1]}) == "clear"
    assert outcome(**{name: several}) in ("ask", "review")


def test_each_number_of_a_query_is_screened(ask, listed, monkeypatch):
    from clarion.screening.service import match

    asked = {"schema": "Person", "properties": {"name": ["А Б"], "innCode": ["1", "2"], "taxNumber": "3",
                                                "passportNumber": ["4"]}}  # fmt: skip
    payees = match._payees(match.Query(**asked))
    assert [(one.inn, one.passport) for one in payees] == [("1", "4"), ("2", "4"), ("3", "4")]


@pytest.mark.parametrize("many", [{"a": 1001}, {str(n): 11 for n in range(100)}])
def test_too_much_at_once_is_refused_and_not_answered_in_part(ask, many):
    queries = {key: {"schema": "Person", "properties": {"name": [f"А{n} Б" for n in range(count)]}}
               for key, count in many.items()}  # fmt: skip
    answer = ask("match/default", {"queries": queries})
    assert answer.status_code == 400
    assert "too many" in answer.json()["title"]
    parts = {"lastName": [f"А{n}" for n in range(3000)], "firstName": [f"Б{n}" for n in range(3000)]}
    assert ask("match/default", {"queries": {"a": {"properties": parts}}}).status_code == 400


def test_whoever_may_not_screen_learns_of_no_list(client, account, listed):
    listed()
    client.force_login(account("viewer"))
    for where in ("nothing", "default"):
        answer = client.post(f"/api/v1/screening/match/{where}", "{}", content_type="application/json")
        assert answer.status_code in (403, 422)
    body = json.dumps({"queries": {"a": {"schema": "Security", "properties": {}}}})
    for where in ("nothing", "default", "test-eu"):
        answer = client.post(f"/api/v1/screening/match/{where}", body, content_type="application/json")
        assert answer.status_code == 403
        assert b"test-eu" not in answer.content
