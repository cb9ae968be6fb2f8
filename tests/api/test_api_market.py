"""Export bans, prices and money from Russia for programs: the same answers as the pages, and how bad input is told."""

import pytest
from django.test import Client

from clarion.access.store.secrets import new_token

API = "/api/v1/spillover"


@pytest.fixture
def ask(account):
    token = new_token(account("analyst"), "test")
    return lambda path: Client().get(API + path, headers={"authorization": "Bearer " + token})


def test_bans_of_a_day(ask):
    found = ask("/bans?date=2022-04-15").json()
    share = found["shares"]["bans, licences and quotas"]
    assert share["interval"][0] <= share["value"] <= share["interval"][1]
    assert found["held"][0]["rows"]
    assert ask("/bans?date=2015-01-01").json()["shares"]["bans"]["value"] is None


def test_prices(ask):
    items = ask("/prices").json()["items"]
    assert set(items) == {"wheat", "maize", "sunflower-oil", "palm-oil"}
    assert items["wheat"]["foretold"]["level"] == 0.8


def test_money_from_russia(ask):
    found = ask("/macro?country=UZB&country=KGZ&growth=-0.08&rouble=-0.3,-0.1,0.1&rupture=false").json()
    assert [c["iso3"] for c in found["countries"]] == ["UZB", "KGZ"]
    low, high = found["countries"][0]["change"]["interval"]
    assert low < 0 < high
    assert found["question"]["rupture"] is False


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/bans?date=April", 400, "bad-input"), ("/bans?source=nobody", 404, "unknown-name"),
        ("/macro?growth=much", 400, "bad-input"), ("/macro?country=XXX", 404, "unknown-name"),
    ],
)  # fmt: skip
def test_bad_input_is_a_problem_with_a_next_step(ask, path, status, code):
    answer = ask(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"]


@pytest.mark.parametrize("path", ["/bans", "/prices", "/macro"])
def test_nobody_is_refused(path, db):
    assert Client().get(API + path).status_code == 401
