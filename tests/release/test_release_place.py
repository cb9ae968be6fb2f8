"""Support inside Russia and the occupied territories is never published below country or year."""

import csv
import json

import pytest

from clarion.release import build_release, check_release
from clarion.release.errors import ReleaseError
from clarion.release.place import keeps, protect
from clarion.release.spec import read_spec

REGIONS = ["RU-MOW", "RU-SPE", "UA-30", "UA-43", "GE"]
PLACE = {"dimension": "region", "inside": ["RU-MOW", "RU-SPE"], "occupied": {"UA-43": "UA-30"}, "below": ["town"]}
ASKED = {
    "id": "2026-Q3", "k": 5, "calendar": "quarter", "population": 200, "place": PLACE,
    "dimensions": {"region": REGIONS, "theme": ["legal", "shelter"], "town": ["town", "village"]},
    "tables": {"region.csv": ["region"], "theme.csv": ["theme"], "town.csv": ["town"],
               "region_theme.csv": ["region", "theme"]},
}  # fmt: skip


def spec(**further):
    return read_spec(json.dumps({**ASKED, **further}), "spec.json")


def test_a_quarter_counts_the_people_outside_only():
    done, steps = protect(spec())
    assert set(done.outside) == set(ASKED["tables"])
    assert done.categories("region.csv", "region") == {"UA-30": ("UA-30",), "GE": ("GE",)}
    assert done.population is None, "or the total less the tables would tell"
    assert any("waits for the year's release" in step for step in steps)
    keeps(done)


def test_a_year_shows_one_row_for_russia_and_counts_the_occupied_territories_in_ukraine():
    done, _ = protect(spec(id="2026-Q4"))
    assert done.categories("region.csv", "region") == {
        "Russia": ("RU-MOW", "RU-SPE"), "UA-30": ("UA-30", "UA-43"), "GE": ("GE",),
    }  # fmt: skip
    assert done.outside == ("town.csv",), "a town or village is below the country"
    assert done.population == 200
    keeps(done)
    assert read_spec(json.dumps(done.to_dict()), "x") == done
    assert protect(done)[0] == done


@pytest.mark.parametrize(
    ("further", "short"),
    [
        ({"id": "2026-Q4"}, False), ({"id": "2026-Q2"}, True), ({"id": "2026"}, False),
        ({"id": "2026-Q4", "counts": "period"}, True), ({"id": "2026", "counts": "period"}, False),
        ({"id": "2026-Q4", "start": "2026-Q3"}, True), ({"id": "2026-Q4", "start": "2026-Q1"}, False),
        ({"id": "2026-12", "calendar": "month"}, False), ({"id": "2026-H1", "calendar": "half-year"}, True),
    ],
)  # fmt: skip
def test_what_is_less_than_a_year(further, short):
    done, _ = protect(spec(**further))
    assert ("region.csv" in done.outside) == short


@pytest.mark.parametrize("name", ["RU", "Russia", "Россия", "росія", "RU-MOW", "UA-43", "Crimea", "Севастополь"])
def test_a_place_that_is_not_declared_is_refused(name):
    with pytest.raises(ReleaseError, match="'place' does not say so") as refused:
        protect(spec(place=[], dimensions={**ASKED["dimensions"], "region": [name, "GE"]}))
    assert name in refused.value.next_step


def test_without_a_calendar_a_year_cannot_be_told():
    with pytest.raises(ReleaseError, match="without a calendar"):
        protect(spec(calendar=""))


def test_a_quarter_of_russia_alone_is_not_made():
    only = {**ASKED["dimensions"], "region": ["RU-MOW", "RU-SPE"]}
    with pytest.raises(ReleaseError, match="Everybody is inside Russia"):
        protect(spec(dimensions=only, place={"dimension": "region", "inside": ["RU-MOW", "RU-SPE"]}))


BAD = {
    "no such dimension": ({"dimension": "oblast", "inside": ["RU-MOW"]}, "no dimension"),
    "no such category": ({"dimension": "region", "inside": ["RU-KDA"]}, "hold categories of region"),
    "nothing": ({"dimension": "region"}, "names no category"),
    "an occupied territory without its row": ({"dimension": "region", "occupied": {"UA-43": "UA"}}, "hold categories"),
    "an occupied territory counted in Russia": (
        {"dimension": "region", "inside": ["RU-MOW"], "occupied": {"UA-43": "RU-MOW"}}, "hold categories"),
    "a row that is another's": ({"dimension": "region", "inside": ["RU-MOW"], "as": "GE"}, "another row already"),
    "an unknown key": ({"dimension": "region", "inside": ["RU-MOW"], "colour": 1}, "'colour' is not known"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_place_is_refused(name):
    given, said = BAD[name]
    with pytest.raises(ReleaseError, match=said):
        spec(place=given)


def test_a_release_that_shows_it_all_the_same_is_refused(tmp_path):
    """Written by other means: a row of Moscow, in a quarter."""
    folder = tmp_path / "2026-Q3"
    folder.mkdir()
    asked = {**ASKED, "tables": {"region.csv": ["region"]}}
    (folder / "release.json").write_text(json.dumps(asked))
    (folder / "region.csv").write_text("region,count\n" + "".join(f"{r},40\n" for r in REGIONS))
    with pytest.raises(ReleaseError, match="below country or year"):
        check_release(folder, [])


def test_a_quarter_and_the_year_are_built(tmp_path):
    """The people inside are in no number of the quarter, and in the year's row of their country."""
    dimensions = {"region": REGIONS, "theme": ["legal", "shelter"]}
    tables = {"region.csv": ["region"], "theme.csv": ["theme"]}
    place = {key: value for key, value in PLACE.items() if key != "below"}
    people = [("RU-MOW", "legal")] * 30 + [("RU-SPE", "shelter")] * 20 + [("UA-30", "legal")] * 25
    people += [("UA-43", "shelter")] * 11 + [("GE", "legal")] * 40 + [("GE", "shelter")] * 35
    with (tmp_path / "people.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("region", "theme"), *people])
    counts = {}
    for name, earlier in (("2026-Q3", []), ("2026-Q4", ["2026-Q3"])):
        said = {**ASKED, "id": name, "earlier": earlier, "dimensions": dimensions, "tables": tables, "place": place}
        (tmp_path / "spec.json").write_text(json.dumps({**said, "population": None}))
        answer = build_release(tmp_path / "people.csv", tmp_path / "spec.json", tmp_path / name, [])
        assert answer["exit_code"] == 0, answer["steps"]
        assert check_release(tmp_path / name, [])["how"] == "certificate of 300 databases"
        for table in tables:
            counts[name, table] = (tmp_path / name / table).read_text().split()[1:]
    assert counts["2026-Q3", "region.csv"] == ["UA-30,25", "GE,75"]
    assert counts["2026-Q3", "theme.csv"] == ["legal,65", "shelter,35"]
    assert [line.split(",")[0] for line in counts["2026-Q4", "region.csv"]] == ["Russia", "UA-30", "GE"]
    assert set(counts["2026-Q4", "region.csv"]) <= {"Russia,50", "UA-30,35", "GE,75", "Russia,", "UA-30,", "GE,"}
