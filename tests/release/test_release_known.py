"""Declared side knowledge: a leaked file, an insider's own record, donors' private reports; all is tried again."""

import json
import subprocess
import sys

import numpy as np
import pytest

from clarion.release import build_release, check_release
from clarion.release.errors import ReleaseError
from clarion.release.folder import read_release
from clarion.release.model import build_model
from clarion.release.spec import read_spec

PEOPLE = {("A", "legal"): 6, ("A", "shelter"): 30, ("B", "legal"): 40, ("B", "shelter"): 25}
INSIDER = {"what": "a recipient", "person": {"region": "A", "theme": "legal"}}


@pytest.fixture
def facts(tmp_path):
    def write(known):
        path = tmp_path / "facts.json"
        path.write_text(json.dumps(known))
        return path

    return write


def test_an_insider_counts_the_others(published):
    """Five people are shown: one of them sees four others, and they are few."""
    people = {**PEOPLE, ("A", "legal"): 5}
    assert check_release(published(people, id="r1", rule="exact"), [])["exit_code"] == 0
    answer = check_release(published(people, id="r2", rule="exact", known=[INSIDER]), [])
    bad = [g for g in answer["groups"] if g["status"] == "disclosed"]
    assert [g["group"] for g in bad] == [{"region": "A", "theme": "legal"}]
    assert "between 4 and 4 people" in bad[0]["why"]


def test_the_second_program_takes_the_insider_out_too(files, tmp_path):
    answer = build_release(*files(PEOPLE, id="r", known=[INSIDER]), tmp_path / "r", [])
    assert answer["exit_code"] == 0
    model = build_model(read_release(tmp_path / "r"), [])
    assert model.consistent(np.array([[5, 30, 40, 25]], np.int32))
    assert check_release(tmp_path / "r", [])["how"] == "certificate of 300 databases"


def test_an_insider_who_is_named_by_two_releases_is_one_person(published):
    known = [{**INSIDER, "at": "Q1"}]
    first = published(PEOPLE, id="Q1", known=known)
    second = published(PEOPLE, id="Q2", known=known, earlier=["Q1"])
    model = build_model(read_release(second), [read_release(first)])
    tables = {(t.release, t.name): t for t in model.tables}
    both = [tables[name, "region_theme.csv"] for name in ("Q1", "Q2")]
    assert [(int(t.low[0]), int(t.high[0])) for t in both] == [(2, 6), (2, 6)], "five, give or take two, less one"


def test_facts_that_cannot_be_true_are_named_and_not_the_numbers(files, tmp_path):
    false = {"what": "a leaked file", "where": {"region": "A"}, "count": 3}
    with pytest.raises(ReleaseError, match="declared facts contradict") as refused:
        build_release(*files(PEOPLE, known=[false]), tmp_path / "r", [])
    assert refused.value.where.endswith(", known")


BAD = {
    "half a record": ([{"what": "x", "person": {"region": "A"}}], "lacks a category"),
    "an unknown category": ([{"what": "x", "person": {"region": "C", "theme": "legal"}}], "'C' is no category"),
    "two categories": ([{"what": "x", "person": {"region": ["A", "B"], "theme": "legal"}}], "nobody's record"),
    "a record with a count": ([{"what": "x", "person": {"region": "A", "theme": "legal"}, "count": 1}], "nobody's"),
    "an unknown period": ([{**INSIDER, "at": "Q9"}], "'Q9'"),
    "no list": ("x", "no list"),
    "an unknown dimension": ([{"where": {"town": "x"}, "low": 1}], "no dimension"),
    "a fact upside down": ([{"where": {}, "low": 5, "high": 2}], "2 is not a whole number from 5"),
    "what contradicts the tables": ([{"where": {"region": "A"}, "count": 500}], "contradict"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_facts_are_refused(name, published, facts):
    given, said = BAD[name]
    with pytest.raises(ReleaseError, match=said):
        check_release(published(PEOPLE), [], known=facts(given))


def test_a_leaked_file_is_tried_on_a_certified_release(files, tmp_path, facts):
    people = {**PEOPLE, ("A", "legal"): 3}
    assert build_release(*files(people, id="r"), tmp_path / "r", [])["exit_code"] == 0
    assert check_release(tmp_path / "r", [])["exit_code"] == 0
    leaked = [{"what": "a leaked bank file", "where": {"region": "A", "theme": "legal"}, "count": 3}]
    before = {path.name: path.read_bytes() for path in (tmp_path / "r").iterdir()}
    answer = check_release(tmp_path / "r", [], known=facts({"known": leaked}))
    assert (answer["exit_code"], answer["how"]) == (1, "attacked anew, further facts: 1")
    assert {path.name: path.read_bytes() for path in (tmp_path / "r").iterdir()} == before
    assert check_release(tmp_path / "r", [], known=facts([]))["exit_code"] == 0


def test_the_command_takes_a_file_of_facts(published, facts):
    leaked = [{"what": "a leaked bank file", "where": {"region": "A", "theme": "legal"}, "count": 2}]
    folder = published({**PEOPLE, ("A", "legal"): 2})
    command = [
        sys.executable,
        "-m",
        "clarion",
        "release",
        "check",
        str(folder),
        "--known",
        str(facts(leaked)),
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert json.loads(done.stdout)["verdict"] == "disclosed"


def test_a_release_built_to_difference_two_earlier_ones(published):
    """Two reports that are each harmless, and a third whose only news is what lies between them."""
    people = {("A", "legal"): 12, ("A", "shelter"): 20, ("B", "legal"): 3, ("B", "shelter"): 30}
    further = {"rule": "exact", "period": "2026"}
    published(people, id="one", tables={"region.csv": ["region"]}, **further)
    published(people, id="two", tables={"theme.csv": ["theme"]}, earlier=["one"], **further)
    assert (
        check_release(published(people, id="x", tables={"all.csv": []}, earlier=["one", "two"], **further), [])[
            "exit_code"
        ]
        == 0
    )
    folder = published(people, id="three", rule="suppress", period="2026", earlier=["one", "two"],
                       tables={"region_theme.csv": ["region", "theme"]})  # fmt: skip
    answer = check_release(folder, [])
    assert [g["group"] for g in answer["groups"] if g["status"] == "disclosed"] == [{"region": "B", "theme": "legal"}]


def test_a_person_comes_back_as_it_was(tiny):
    spec = read_spec(json.dumps({**tiny, "known": [INSIDER]}), "x")
    assert read_spec(json.dumps(spec.to_dict()), "x") == spec
