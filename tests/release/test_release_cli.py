"""The two commands as they are typed: exit codes, JSON on standard output, errors on standard error."""

import json
import subprocess
import sys

import pytest

from clarion.release import build_release, repair

PEOPLE = {("A", "legal"): 3, ("A", "shelter"): 21, ("B", "legal"): 26, ("B", "shelter"): 38}


def clarion(*words):
    return subprocess.run(
        [sys.executable, "-m", "clarion", "release", *map(str, words)], capture_output=True, text=True
    )


def test_build_then_check(files, tmp_path):
    people, spec = files(PEOPLE, "1", id="Q1", population=500)
    first = clarion("build", people, "--spec", spec, "--out", tmp_path / "Q1", "--json")
    assert first.returncode == 0, first.stderr
    built = json.loads(first.stdout)
    assert (built["verdict"], built["requested"], built["written"]) == ("certified", 6, str(tmp_path / "Q1"))
    people, spec = files({**PEOPLE, ("A", "legal"): 9}, "2", id="Q2", earlier=[])
    other = files({**PEOPLE, ("A", "legal"): 11}, "3", id="Q3")
    assert (
        clarion("build", people, "--spec", spec, "--out", tmp_path / "Q2", "--earlier", tmp_path / "Q1").returncode == 0
    )
    # Several folders after one --earlier are taken too.
    third = clarion("build", other[0], "--spec", other[1], "--out", tmp_path / "Q3", "--earlier", tmp_path / "Q1",
                    tmp_path / "Q2")  # fmt: skip
    assert third.returncode == 0, third.stdout + third.stderr
    assert json.loads((tmp_path / "Q3" / "release.json").read_text())["earlier"] == ["Q1", "Q2"]
    checked = clarion("check", tmp_path / "Q3", "--json")
    answer = json.loads(checked.stdout)
    assert (checked.returncode, answer["verdict"], answer["exit_code"]) == (0, "certified", 0)
    assert {tuple(g["group"].items()) for g in answer["groups"]} >= {
        (("region", "A"),), (("theme", "legal"),), (("region", "A"), ("theme", "legal")),
    }  # fmt: skip
    assert all(g["status"] == "certified" and g["why"] for g in answer["groups"])


def test_check_says_who_is_given_away_and_ends_with_1(published):
    answer = clarion("check", published(PEOPLE, rule="exact"))
    assert answer.returncode == 1
    assert "region=A, theme=legal" in answer.stdout
    assert "between 3 and 3 people" in answer.stdout


@pytest.mark.parametrize("as_json", [False, True])
def test_bad_input_ends_with_3(tmp_path, as_json):
    answer = clarion("check", tmp_path / "nowhere", *(["--json"] if as_json else []))
    assert (answer.returncode, answer.stdout) == (3, "")
    said = json.loads(answer.stderr)["error"]["what"] if as_json else answer.stderr
    assert "There is no such file" in said


def test_what_cannot_be_certified_is_not_written(files, tmp_path):
    """Three people in all, and everybody knows that they are three and all in A: no table can change that."""
    known = [{"what": "an insider", "where": {"region": "A"}, "count": 3}]
    people, spec = files({("A", "legal"): 3}, population=3, known=known)
    answer = clarion("build", people, "--spec", spec, "--out", tmp_path / "out", "--json")
    assert answer.returncode == 1
    assert json.loads(answer.stdout)["written"] is None
    assert not (tmp_path / "out").exists()


def test_a_rule_that_gives_people_away_is_replaced(files, tmp_path):
    people, spec = files(PEOPLE, rule="exact")
    answer = clarion("build", people, "--spec", spec, "--out", tmp_path / "out")
    assert answer.returncode == 0
    assert "rounded to fives in place of exact" in answer.stdout
    said = json.loads((tmp_path / "out" / "release.json").read_text())
    assert (said["rule"], said["requested"]) == ("round5", "exact")
    assert ",3\n" not in (tmp_path / "out" / "region_theme.csv").read_text()


def test_a_table_with_too_many_empty_numbers_is_shown_by_groups(files, tmp_path):
    people, spec = files({("A", "legal"): 2, ("B", "legal"): 30, ("B", "shelter"): 1}, population=33,
                         groups={"region": {"all": ["A", "B"]}, "theme": {"any": ["legal", "shelter"]}})  # fmt: skip
    answer = clarion("build", people, "--spec", spec, "--out", tmp_path / "out", "--json")
    assert answer.returncode == 0, answer.stdout
    assert clarion("check", tmp_path / "out").returncode == 0


def test_a_release_without_room_for_later_ones_is_not_called_certified(files, tmp_path, monkeypatch):
    """It passes the bar, but no search reaches the margin: nothing is written, and the answer must not say 0."""
    monkeypatch.setattr(repair, "AIM", 5.0)
    answer = build_release(*files({("A", "legal"): 30, ("B", "shelter"): 40}), tmp_path / "out", [])
    assert answer["written"] is None
    assert (answer["verdict"], answer["exit_code"]) == ("undecided", 2)
    assert not (tmp_path / "out").exists()
