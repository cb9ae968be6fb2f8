"""The room at the command line."""

import json

import pytest
from typer.testing import CliRunner

from clarion.cli import app
from clarion.config import config
from clarion.errors import InputError
from clarion.screening.service import decisions, reviews
from clarion.screening.service.asked import asked
from clarion.screening.service.check import check

pytestmark = pytest.mark.django_db


def run(*words, **more):
    return CliRunner().invoke(app, ["screening", *words], catch_exceptions=False, **more)


def test_one_name(listed):
    listed()
    told = run("name", "Златогоров Аркадий Иннокентьевич", "--birth", "17.05.1961").stdout
    assert told.startswith("Review: this may be somebody who is listed.")
    assert "times likelier" in told
    assert "asset freeze" in told
    data = json.loads(run("name", "-", "--json", input="Сидоров Олег\n").stdout)
    assert data["outcome"] == "clear"


def test_without_a_list_it_says_how_to_load_one():
    assert "clarion screening lists fetch ofac-sdn" in run("name", "Somebody").stdout


def test_a_file(listed, tmp_path):
    listed()
    (tmp_path / "in.csv").write_text("n,tenant\n1,Иванов Иван\n", encoding="utf-8")
    words = ("batch", str(tmp_path / "in.csv"), "--out", str(tmp_path / "out.csv"))
    told = run(*words, "--column", "name=Tenant", "--json")
    assert json.loads(told.stdout)["counts"] == {"ask": 1}
    with pytest.raises(InputError):
        run(*words, "--column", "name")


def test_whom_the_desk_has_cleared_stays_cleared(listed, account, monkeypatch):
    """Where this data folder has a desk; elsewhere nobody was cleared."""
    listed()
    officer, said = account("officer").actor, {
        "name": "Златогоров Аркадий Иннокентьевич", "birth": "1961", "inn": "500100732259",
    }  # fmt: skip
    payee = asked(said)
    kept = decisions.keep(officer, check(officer, payee), payee)
    reviews.decide(officer, kept.pk, "other", "Passport seen")
    words = ("name", said["name"], "--birth", said["birth"], "--inn", said["inn"], "--json")
    monkeypatch.setattr("clarion.desk.database.FILE", "desk-of-this-test")
    if not config().database_url:
        assert json.loads(run(*words).stdout)["outcome"] == "review"
    (config().home / "desk-of-this-test").touch()
    try:
        assert json.loads(run(*words).stdout)["outcome"] == "clear"
    finally:
        (config().home / "desk-of-this-test").unlink()


def test_pairs(tmp_path):
    (tmp_path / "pairs.csv").write_text("name1,name2,schema\nIvan Ivanov,Иванов Иван,Person\nA B,C D,Person\n", "utf-8")
    told = run("pairs", str(tmp_path / "pairs.csv"), "--out", str(tmp_path / "scores.csv"), "--json")
    assert json.loads(told.stdout)["pairs"] == 2
    lines = (tmp_path / "scores.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "name1,name2,schema,score,match"
    assert [line.rpartition(",")[2] for line in lines[1:]] == ["true", "false"]


def test_lists(listed):
    listed()
    listed(people={"N.1": (("Nobody KNOWN",), "", "asset freeze")})
    rows = {row["name"]: row for row in json.loads(run("lists", "status", "--json").stdout)}
    assert rows["test-eu"]["state"] == "in force"
    assert rows["ofac-sdn"]["state"] == "not loaded"
    told = run("lists", "diff", "test-eu").stdout
    assert "came: N.1" in told
    assert "went: T.1" in told
    listed(days=30)
    assert "too old" in run("lists", "status").stdout


def test_screened_anew(listed, db):
    listed()
    assert json.loads(run("rescreen", "--json").stdout) == {"screened": 0, "changes": []}
