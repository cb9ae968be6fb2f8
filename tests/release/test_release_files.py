"""Bad input: one clear error that says where, exit code 3, nothing written."""

import json
import shutil

import pytest

from clarion.release import build_release, check_release
from clarion.release.errors import ReleaseError
from clarion.release.spec import read_spec

PEOPLE = {("A", "legal"): 30, ("A", "shelter"): 20, ("B", "legal"): 25, ("B", "shelter"): 40}

BAD_SPECS = {
    "no JSON": ("{", "JSON"),
    "a list": ("[]", "no JSON object"),
    "a key twice": ('{"id": "a", "id": "b"}', "twice"),
    "an unknown key": ({"colour": 1}, "'colour' is not known"),
    "k too small": ({"k": 1}, "1 is not a whole number"),
    "k a truth value": ({"k": True}, "True is not a whole number"),
    "an unknown rule": ({"rule": "blur"}, "'blur' is not known"),
    "an id with a slash": ({"id": "../up"}, "cannot be a name"),
    "a table outside": ({"tables": {"../x.csv": ["region"]}}, "cannot be a name"),
    "a table that is the specification": ({"tables": {"release.json": ["region"]}}, "cannot be a name"),
    "a table of nothing known": ({"tables": {"x.csv": ["town"]}}, "different dimensions"),
    "tables that differ in capitals": ({"tables": {"x.csv": ["region"], "X.csv": ["theme"]}}, "capital letters"),
    "no category": ({"dimensions": {"region": [], "theme": ["legal"]}}, "no category"),
    "categories that overlap": ({"dimensions": {"region": ["A", "a"], "theme": ["x", "y"]}}, "overlap"),
    "a formula": ({"dimensions": {"region": ["=1+1", "B"], "theme": ["x", "y"]}}, "formula"),
    "a dimension called count": ({"dimensions": {"count": ["A"], "theme": ["x"]}}, "column of every table"),
    "groups that overlap": ({"groups": {"region": {"N": ["A", "B"], "S": ["B"]}}}, "overlap"),
    "groups that leave one out": ({"groups": {"region": {"N": ["A"]}}}, "leave a category out"),
    "a fact about nothing known": ({"known": [{"where": {"town": "X"}, "low": 1}]}, "no dimension"),
    "a fact with an unknown category": ({"known": [{"where": {"region": "C"}, "low": 1}]}, "'C' is no category"),
    "a fact upside down": ({"known": [{"where": {}, "low": 5, "high": 2}]}, "2 is not a whole number from 5"),
    "earlier twice": ({"earlier": ["a", "a"]}, "twice"),
}


@pytest.mark.parametrize("name", BAD_SPECS)
def test_a_bad_specification_is_refused_by_its_key(name, tiny):
    given, said = BAD_SPECS[name]
    text = given if isinstance(given, str) else json.dumps({**tiny, **given})
    with pytest.raises(ReleaseError) as refused:
        read_spec(text, "spec.json")
    assert said in refused.value.what
    assert refused.value.where.startswith("spec.json")
    assert refused.value.next_step
    assert refused.value.exit_code == 3


def test_a_specification_comes_back_as_it_was(tiny):
    tiny.update(groups={"region": {"all": ["A", "B"]}}, population=9,
                known=[{"what": "x", "where": {"region": "A"}, "count": 3}])  # fmt: skip
    spec = read_spec(json.dumps(tiny), "x")
    assert read_spec(json.dumps(spec.to_dict()), "x") == spec


BAD_TABLES = {
    "a column too few": ("region\nA\nB\n", "columns"),
    "a row twice": ("region,count\nA,50\nA,50\nB,65\n", "twice"),
    "an unknown row": ("region,count\nA,50\nB,65\nC,5\n", "no row of this table"),
    "a row missing": ("region,count\nA,50\n", "'B'"),
    "a number not rounded": ("region,count\nA,51\nB,65\n", "'51'"),
    "a negative number": ("region,count\nA,-5\nB,65\n", "'-5'"),
    "a fraction": ("region,count\nA,50.0\nB,65\n", "'50.0'"),
    "digits of another script": ("region,count\nA,٥\nB,65\n", "'٥'"),
    "nothing": ("", "columns"),
    "an open quote": ('region,count\nA,50\n"B,65\n', "no CSV file"),
    "a field without end": ("region,count\nA," + "5" * 200_000 + "\n", "no CSV file"),
    "a line too long": ("region,count\nA,50,1\nB,65\n", "3 columns"),
}


@pytest.mark.parametrize("name", BAD_TABLES)
def test_a_bad_table_is_refused_by_its_line(name, published):
    folder = published(PEOPLE)
    text, said = BAD_TABLES[name]
    (folder / "by_region.csv").write_text(text)
    with pytest.raises(ReleaseError) as refused:
        check_release(folder, [])
    assert said in refused.value.what
    assert "by_region.csv" in refused.value.where


BAD_PEOPLE = {
    "a column missing": ("region\nA\n", "'theme' is missing"),
    "a column twice": ("region,theme,theme\nA,legal,legal\n", "stands twice"),
    "an unknown category": ("region,theme\nA,secret thing\n", "The theme is none"),
    "a line too short": ("region,theme\nA\n", "1 columns"),
}


@pytest.mark.parametrize("name", BAD_PEOPLE)
def test_a_bad_list_is_refused_without_a_word_of_what_stands_in_it(name, files, tmp_path):
    people, spec = files(PEOPLE)
    text, said = BAD_PEOPLE[name]
    people.write_text(text)
    with pytest.raises(ReleaseError) as refused:
        build_release(people, spec, tmp_path / "out", [])
    assert said in refused.value.what
    assert "secret" not in str(refused.value)
    assert not (tmp_path / "out").exists()


def test_more_people_than_the_population(files, tmp_path):
    with pytest.raises(ReleaseError, match="more than the population"):
        build_release(*files(PEOPLE, population=20), tmp_path / "out", [])


def test_a_million_cells_are_refused_before_any_work(files, tmp_path):
    many = {f"d{i}": [f"v{j}" for j in range(10)] for i in range(6)}
    people, spec = files(PEOPLE, dimensions=many, tables={"all.csv": list(many)})
    people.write_text(",".join(many) + "\n")
    with pytest.raises(ReleaseError, match="1,000,000 cells"):
        build_release(people, spec, tmp_path / "out", [])


def test_no_table_of_too_many_cells_is_printed_first(files, tmp_path, monkeypatch):
    many = {f"d{i}": [f"v{j}" for j in range(10)] for i in range(5)}
    people, spec = files(PEOPLE, dimensions=many, tables={"all.csv": list(many)})
    people.write_text(",".join(many) + "\n")
    monkeypatch.setattr("clarion.release.verbs.build", lambda *_, **__: pytest.fail("the tables were printed"))
    with pytest.raises(ReleaseError, match="100,000 cells"):
        build_release(people, spec, tmp_path / "out", [])


def test_an_earlier_release_that_is_not_there(published):
    folder = published(PEOPLE, earlier=["2026-Q1"])
    with pytest.raises(ReleaseError, match="'2026-Q1' is not there"):
        check_release(folder, [])


def test_releases_that_name_each_other(published):
    published(PEOPLE, id="a", earlier=["b"])
    published(PEOPLE, id="b", earlier=["a"])
    folder = published(PEOPLE, id="c", earlier=["a"])
    with pytest.raises(ReleaseError, match="name each other"):
        check_release(folder, [])


def test_an_earlier_release_elsewhere_is_given_by_its_folder(published, tmp_path):
    published(PEOPLE, id="Q1")
    folder = published(PEOPLE, id="Q2", earlier=["Q1"])
    (tmp_path / "attic").mkdir()
    moved = shutil.move(tmp_path / "Q1", tmp_path / "attic" / "old")
    with pytest.raises(ReleaseError, match="'Q1' is not there"):
        check_release(folder, [])
    assert check_release(folder, [moved])["exit_code"] == 0


def test_a_release_is_never_overwritten(files, tmp_path):
    people, spec = files(PEOPLE)
    (tmp_path / "out").mkdir()
    with pytest.raises(ReleaseError, match="never overwritten"):
        build_release(people, spec, tmp_path / "out", [])


def test_counts_of_two_kinds_are_not_mixed(published):
    published(PEOPLE, id="Q1")
    folder = published(PEOPLE, id="Q2", counts="period", earlier=["Q1"])
    with pytest.raises(ReleaseError, match="cannot be proved without a calendar"):
        check_release(folder, [])


def test_a_period_before_one_that_is_out(published):
    published(PEOPLE, id="a", period="Q1")
    published(PEOPLE, id="b", period="Q2", earlier=["a"])
    folder = published(PEOPLE, id="c", period="Q1", earlier=["b"])
    with pytest.raises(ReleaseError, match="lies before"):
        check_release(folder, [])
