"""Categories merge up a hierarchy before a number is left empty."""

import json

import pytest

from clarion.release import build_release, check_release
from clarion.release.errors import ReleaseError
from clarion.release.hierarchy import shown_as
from clarion.release.merge import merge_all, merges
from clarion.release.spec import read_spec

HIERARCHY = {"region": {"A1": "A", "A2": "A", "B1": "B", "B2": "B", "A": "North", "B": "North"}}
ASKED = {
    "id": "r", "k": 5, "dimensions": {"region": ["A1", "A2", "B1", "B2", "C"], "theme": ["legal", "shelter"]},
    "tables": {"region.csv": ["region"], "region_theme.csv": ["region", "theme"]}, "hierarchy": HIERARCHY,
}  # fmt: skip


def spec(**further):
    return read_spec(json.dumps({**ASKED, **further}), "x")


def test_steps_up_a_hierarchy():
    above = HIERARCHY["region"]
    assert shown_as("A1", above, ()) == "A1"
    assert shown_as("A1", above, ("A",)) == "A"
    assert shown_as("A1", above, ("A", "North")) == "North"
    assert shown_as("B1", above, ("A",)) == "B1"
    assert shown_as("C", above, ("North",)) == "C"


def test_merging_one_row_and_one_step():
    found = dict(merges(spec(), "region.csv", "region"))
    assert list(found) == ["A", "B", "North"], "the lowest first"
    one = found["A"]
    assert list(one.categories("region.csv", "region")) == ["A", "B1", "B2", "C"]
    assert list(one.categories("region_theme.csv", "region")) == ["A1", "A2", "B1", "B2", "C"]
    step = merge_all(spec(), "region.csv", "region")
    assert step.categories("region.csv", "region") == {"A": ("A1", "A2"), "B": ("B1", "B2"), "C": ("C",)}
    top = merge_all(step, "region.csv", "region")
    assert list(top.categories("region.csv", "region")) == ["North", "C"]
    assert list(merges(top, "region.csv", "region")) == []
    assert read_spec(json.dumps(top.to_dict()), "x") == top


def test_groups_are_a_hierarchy_of_one_step():
    groups = {"region": {"A": ["A1", "A2"], "B": ["B1", "B2"], "C1": ["C"]}}
    assert spec(hierarchy={}, groups=groups).hierarchy == {
        "region": {"A1": "A", "A2": "A", "B1": "B", "B2": "B", "C": "C1"}
    }


BAD = {
    "a circle": ({"region": {"A1": "A", "A": "A1"}}, "circle"),
    "an unknown category": ({"region": {"D": "A"}}, "'D' is no category"),
    "an unknown dimension": ({"town": {"A": "B"}}, "'town' is no dimension"),
    "rows that overlap": ({"region": {"A1": "North", "A2": "NORTH"}}, "overlap"),
    "a list": ({"region": ["A1"]}, "names for each category"),
    "no texts": ({"region": {"A1": 1}}, "names for each category"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_hierarchy_is_refused(name):
    given, said = BAD[name]
    with pytest.raises(ReleaseError, match=said):
        spec(hierarchy=given)


def test_rows_are_merged_before_numbers_are_left_empty(tmp_path):
    """Few people in A2, and somebody knows that they are fewer than five: shown as part of A nothing is left empty."""
    counts = {("A1", "legal"): 30, ("A2", "legal"): 3, ("B1", "legal"): 40, ("B2", "legal"): 35, ("C", "legal"): 50,
              ("A1", "shelter"): 33, ("B1", "shelter"): 25, ("B2", "shelter"): 45, ("C", "shelter"): 38}  # fmt: skip
    people = tmp_path / "people.csv"
    people.write_text("region,theme\n" + "".join(f"{r},{t}\n" * n for (r, t), n in counts.items()))
    known = [{"what": "a neighbour", "where": {"region": "A2"}, "high": 4}]
    asked = tmp_path / "spec.json"
    asked.write_text(json.dumps({**ASKED, "known": known}))
    answer = build_release(people, asked, tmp_path / "r", [])
    assert answer["exit_code"] == 0
    assert any("shows region=A in place of its parts" in step for step in answer["steps"])
    assert not any("left empty" in step for step in answer["steps"])
    assert check_release(tmp_path / "r", [])["how"] == "certificate of 300 databases"
    assert '"A"' in (tmp_path / "r" / "release.json").read_text()


def test_without_need_nothing_is_merged(tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("region,theme\n" + "".join(f"{r},{t}\n" * 30 for r in ("A1", "A2", "B1", "B2", "C")
                                                 for t in ("legal", "shelter")))  # fmt: skip
    asked = tmp_path / "spec.json"
    asked.write_text(json.dumps(ASKED))
    answer = build_release(people, asked, tmp_path / "r", [])
    assert (answer["exit_code"], answer["steps"], answer["released"]) == (0, [], answer["requested"])
