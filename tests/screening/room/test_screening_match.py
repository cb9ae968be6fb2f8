"""Clients of yente read an empty list of results as clear: they get one only where it is."""

import json

import pytest

from clarion.access.store import secrets

LISTED = "Златогоров Аркадий Иннокентьевич"
BORN = "1961-05-17"


@pytest.fixture
def match(client, account):
    token = secrets.new_token(account("officer"), "t")

    def send(schema="Person", asked="", **properties):
        body = {"queries": {"q": {"schema": schema, "properties": properties}}}
        return client.post(
            f"/api/v1/screening/match/default{asked}", json.dumps(body), content_type="application/json",
            headers={"authorization": f"Bearer {token}"},
        )  # fmt: skip

    return send


def results(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()["responses"]["q"]["results"]


def test_nothing_is_answered_that_reads_as_clear_without_lists_or_by_old_ones(match, listed):
    assert match(name=["Сидоров Олег"]).status_code == 409
    listed(days=9)
    assert match(name=["Сидоров Олег"]).status_code == 409
    assert results(match(name=[LISTED], birthDate=[BORN])), "who hits is told all the same"
    listed()
    assert results(match(name=["Сидоров Олег"])) == []


def test_no_figure_of_the_client_takes_a_hit_away(match, listed):
    listed()
    asked = results(match(asked="?cutoff=0.99&threshold=0.99&limit=0", name=["Иванов Иван"]))
    assert [(one["match"], one["outcome"]) for one in asked] == [(True, "ask")]


@pytest.mark.parametrize("kind", ["name", "alias", "weakAlias", "previousName"])
def test_every_name_is_screened(match, listed, kind):
    listed()
    others = [f"Сидоров Олег {n}".replace(str(n), chr(1072 + n) * 3) for n in range(12)]
    assert results(match(**{"name": others} | {kind: [*others, LISTED]}))
    many = ["Сидоров " + "".join(chr(1072 + n // 30**place % 30) for place in range(3)) for n in range(1001)]
    assert match(name=many).status_code == 400


def test_every_date_of_birth_is_screened(match, listed):
    listed()
    assert [one["outcome"] for one in results(match(name=[LISTED], birthDate=["1990-01-01", BORN]))] == ["review"]


def test_ships_are_asked_for_as_such(match, listed):
    listed()
    listed("test-ships", people={}, firms={"S.1": (("Vesna",), "asset freeze")}, kind="vessel", imo="9233349")
    assert results(match("Company", name=["Vesna"])) == []
    for asked in ({"name": ["VESNA"]}, {"imoNumber": ["9233349"]}, {"name": ["Other"], "imoNumber": ["1", "9233349"]}):
        assert [(one["entry"], one["schema"]) for one in results(match("Vessel", **asked))] == [("S.1", "Vessel")]
    assert match("Vessel").status_code == 400
    assert match("Vessel", name=["A"] * 200, imoNumber=[str(n) for n in range(200)]).status_code == 200
    many = [f"Весна {chr(1072 + n % 30)}{chr(1072 + n // 30)}" for n in range(200)]
    assert match("Vessel", name=many, imoNumber=[str(n) for n in range(200)]).status_code == 400


@pytest.mark.parametrize("schema", ["Thing", "LegalEntity"])
def test_what_can_be_a_person_or_a_firm_is_asked_for_as_both(match, listed, schema):
    listed()
    assert results(match(schema, name=[LISTED], birthDate=[BORN]))
    assert results(match(schema, name=["Банк Северный Прилив Златопромкредит"]))


def test_a_firm_that_is_called_a_person_is_told_of(match, listed):
    listed(firms={"F.1": (("Роза Мира",), "asset freeze")})
    for name, told in (("Роза Мира", True), ("Сидоров Олег", False)):
        answer = match(name=[name])
        assert results(answer) == []
        assert answer.json()["responses"]["q"]["clarion"]["not_clear_as_organisation"] is told
    hits = match("Company", name=["Роза Мира"])
    assert [one["measure_kinds"] for one in results(hits)] == [["asset_freeze"]]
    assert hits.json()["responses"]["q"]["clarion"]["not_clear_as_organisation"] is False
