"""The room at the command line."""

import json

import pytest
from typer.testing import CliRunner

from clarion.access import Actor
from clarion.cli import app
from clarion.config import config
from clarion.errors import ClarionError, InputError, UnknownName
from clarion.screening.service import decisions, reviews
from clarion.screening.service.asked import asked
from clarion.screening.service.check import check
from clarion.screening.service.lists import loaded

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


def test_a_pair_without_a_schema_is_of_persons(tmp_path):
    (tmp_path / "pairs.csv").write_text(
        "name1,name2,schema\nIvan Ivanov,Ivan Ivanov,\nIvan,Ivan,person\nA,A,Company\n,,\n", "utf-8"
    )
    run("pairs", str(tmp_path / "pairs.csv"), "--out", str(tmp_path / "scores.csv"))
    rows = [line.split(",") for line in (tmp_path / "scores.csv").read_text("utf-8").splitlines()]
    assert [(row[2], row[4]) for row in rows[1:]] == [
        ("Person", "true"), ("Person", "true"), ("Company", "true"), ("Person", "false"),
    ]  # fmt: skip


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
    listed(fetched=False)
    assert "the day of loading" in run("lists", "status").stdout
    assert "date not known" in run("lists", "status").stdout
    rows = {row["name"]: row for row in json.loads(run("lists", "status", "--json").stdout)}
    assert (rows["test-eu"]["dated"], rows["test-eu"]["published"]) == ("loaded", "")


def test_screened_anew(listed, db):
    listed()
    assert json.loads(run("rescreen", "--json").stdout) == {"screened": 0, "changes": []}


def test_a_list_that_is_too_old_is_fetched_by_the_source_that_brings_it(listed):
    listed("eu-journal-32099r0001", days=30)
    told = run("name", "Сидоров Олег").stdout
    assert "Not cleared: the list eu-journal-32099r0001 is 30 days old." in told
    assert told.rstrip().endswith("clarion screening lists load eu-journal FILE"), "it has no address to fetch from"
    assert "https://" in told


@pytest.mark.parametrize(("source", "command"), [
    ("ofac-sdn", "Fetch it again with: clarion screening lists fetch ofac-sdn"),
    ("test-own", "clarion load listed_parties FILE --source test-own"),
    ("uk-conlist", "clarion screening lists fetch uk-sanctions-list && clarion sources remove uk-conlist"),
])  # fmt: skip
def test_a_list_is_renewed_in_the_way_that_it_can_be(source, command, listed):
    listed(source, days=30)
    told = run("name", "Сидоров Олег").stdout
    assert told.rstrip().endswith(command)
    assert ("is closed: nobody listed since is in it. uk-sanctions-list took its place." in told) == (
        source == "uk-conlist"
    )
    assert command in run("lists", "status").stdout
    assert loaded().renewals == (command.removeprefix("Fetch it again with: "),)


def test_a_closed_list_says_so_before_it_is_too_old(listed):
    assert "uk-conlist is closed" in run("lists", "status").stdout
    listed("uk-conlist")
    told = run("lists", "status").stdout
    assert "uk-conlist is closed" in told
    assert "Change over" not in told
    rows = {row["name"]: row for row in json.loads(run("lists", "status", "--json").stdout)}
    assert rows["uk-conlist"]["superseded_by"] == "uk-sanctions-list"


def test_what_changed_in_the_acts_of_the_journal_is_told_together(listed):
    listed("eu-journal-32099r0001")
    listed("eu-journal-32099r0001", people={"N.1": (("Nobody KNOWN",), "", "asset freeze")})
    for _ in range(2):
        listed("eu-journal-32099r0002")
    listed("eu-journal-32099r0003")
    told = run("lists", "diff", "eu-journal").stdout
    assert "came: N.1" in told
    assert "1 list: nothing changed (eu-journal-32099r0002)" in told
    assert told.rstrip().endswith(", with so many entries: eu-journal-32099r0003 (4)")
    data = json.loads(run("lists", "diff", "eu-journal", "--json").stdout)
    assert [one["name"] for one in data["lists"]] == ["eu-journal-32099r0001", "eu-journal-32099r0002"]
    assert data["first"] == {"eu-journal-32099r0003": 4}
    with pytest.raises(InputError, match="is many lists") as refused:
        run("lists", "diff", "eu-journal", "--old", "1")
    assert "eu-journal-32099r0001" in refused.value.next_step


def test_of_a_list_that_is_not_loaded_the_difference_says_where_to_look():
    for name in ("eu-journal", "ofac-sdn", "nonsense"):
        with pytest.raises(UnknownName, match="Nothing is loaded") as refused:
            run("lists", "diff", name)
        assert "clarion screening lists status" in refused.value.next_step


def test_what_is_no_list_is_refused_with_those_that_are():
    for command in (("fetch", "staple-trade"), ("load", "staple-trade", "x.csv")):
        with pytest.raises(InputError, match="no such list") as refused:
            run("lists", *command)
        assert "un-consolidated" in str(refused.value.next_step)
        assert "faostat" not in str(refused.value.next_step)


def test_a_list_on_which_all_are_under_one_measure_says_which(listed):
    listed("ofac-sdn", people={"T.1": (("Arkady ZLATOGOROV",), "1961-05-17", "Directive 1")})
    assert "\n  Asset freeze, Directive 1\n" in run("name", "Златогоров Аркадий", "--birth", "17.05.1961").stdout


def test_a_file_that_cannot_be_screened_says_why(listed, tmp_path):
    listed()
    (tmp_path / "empty.csv").touch()
    (tmp_path / "other.csv").write_text("A;B\n1;2\n")
    for file, out, said in (
        ("empty.csv", "out.csv", "The file is empty."), ("none.csv", "out.csv", "There is no such file."),
        ("other.csv", "other.csv", "The answers would replace the file of payees."),
        ("other.csv", "out.csv", "--column name="),
    ):  # fmt: skip
        with pytest.raises(InputError) as refused:
            run("batch", str(tmp_path / file), "--out", str(tmp_path / out))
        assert said in f"{refused.value} {refused.value.next_step}"


def test_a_clear_answer_says_who_comes_nearest_and_why_that_is_somebody_else(listed):
    listed()
    told = run("name", "Иванов Иван Сергеевич", "--birth", "1990-01-05").stdout
    assert "Payee: who comes nearest, and why that is somebody else" in told
    assert "(test-eu T.2)" in told
    assert "Clear, because a datum speaks against it." in told
    assert told.rstrip().endswith("in all, bits")


def test_names_that_never_hit_alone_and_statuses_are_told(listed):
    listed("test-ships", people={}, firms={"S.1": (("Vesna",), "asset freeze")}, kind="vessel")
    listed("status-foreign", people={}, firms={"W.1": (("НГО Весна",), "status")})
    told = run("name", "НГО Весна", "--organisation").stdout
    assert "Also seen: 1 listed name that is too weak to hit alone\n  Vesna (test-ships S.1)" in told
    assert "Clear, because a ship or an aircraft has this name" in told
    assert "For the payee's own safety" in told
    assert "(status-foreign W.1)" in told


def test_who_was_cleared_before_is_told_with_the_evidence(listed):
    from clarion.screening.cli.told import lines
    from clarion.screening.service.checked import Before

    listed()
    me, payee = Actor.console(), asked({"name": "Златогоров Аркадий Иннокентьевич", "birth": "1961"})
    before = Before("test-eu", "T.1", "maria", "2026-11-01", "2027-11-01")
    found = check(me, payee, known=lambda _, answer: (before,)).to_dict()
    told = lines(found | {"sentence": "Clear.", "firm": "", "unused": ""}, "en")
    assert "Cleared before: maria found on 2026-11-01 that this is not test-eu T.1; it holds until 2027-11-01." in told
    assert "times likelier" in told


@pytest.mark.parametrize(("words", "code"), [
    (("Сидоров Олег",), 0), (("Иванов Иван",), 10), (("Златогоров Аркадий", "--birth", "17.05.1961"), 11),
    (("Сид0ров Олег",), 13),
])  # fmt: skip
def test_the_exit_code_tells_the_outcome_where_it_is_asked_to(listed, words, code):
    listed()
    assert run("name", *words).exit_code == 0
    assert run("name", *words, "--exit-code").exit_code == code
    listed(days=30)
    assert run("name", "Сидоров Олег", "--exit-code").exit_code == 12


def test_no_error_ends_with_the_code_of_an_outcome():
    from clarion.screening.cli.name import EXIT
    from clarion.screening.service.checked import OUTCOMES

    def kinds(of):
        return {of, *(deeper for one in of.__subclasses__() for deeper in kinds(one))}

    assert set(EXIT) == set(OUTCOMES)
    assert not {one.exit_code for one in kinds(ClarionError)} & set(EXIT.values())


@pytest.mark.parametrize(("words", "where"), [
    (("",), "NAME"), (("A B", "--birth", "x"), "--birth"), (("A B", "--birth", "1850"), "--birth"),
    (("A B", "--sex", "x"), "--sex"), (("A B", "--nationality", "x"), "--nationality"),
    (("A B", "--via", "Èâàíîâ"), "--via"), (("A B", "--bank", "x" * 301), "--bank"), (("A B", "--use", "x"), "--use"),
])  # fmt: skip
def test_an_error_names_the_option_that_was_typed(words, where):
    with pytest.raises(InputError) as refused:
        run("name", *words)
    assert refused.value.where == where


def test_machines_are_told_the_kind_of_measure_that_a_list_does_not_print(listed, account):
    listed("ofac-sdn", people={"T.1": (("Arkady ZLATOGOROV",), "1961-05-17", "Directive 1")}, firms={})
    found = json.loads(run("name", "Златогоров Аркадий", "--birth", "17.05.1961", "--json").stdout)
    (hit,) = found["subjects"][0]["hits"]
    assert (hit["measures"], hit["measure_kinds"]) == (["Directive 1"], ["asset_freeze", "sectoral"])
    nearest = json.loads(run("name", "Златогоров Аркадий", "--birth", "1999", "--json").stdout)["subjects"][0][
        "nearest"
    ]
    assert nearest["measure_kinds"] == ["asset_freeze", "sectoral"]
    assert "measure_kinds" not in json.dumps(check(Actor.console(), asked({"name": "Златогоров Аркадий"})).to_dict())
