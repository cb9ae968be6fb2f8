"""A fixed calendar, counts of both kinds over one time, and releases that are held and joined."""

import json

import numpy as np
import pytest

from clarion.release import build_release, calendar, check_release, checker
from clarion.release.errors import ReleaseError
from clarion.release.folder import read_release
from clarion.release.model import build_model
from clarion.release.spec import read_spec
from clarion.release.timeline import timeline

PEOPLE = {("A", "legal"): 30, ("A", "shelter"): 20, ("B", "legal"): 25, ("B", "shelter"): 40}


def spec(name, **further):
    return read_spec(json.dumps({
        "id": name, "k": 5, "dimensions": {"region": ["A", "B"]}, "tables": {"t.csv": ["region"]},
        "calendar": "quarter", **further,
    }), "x")  # fmt: skip


@pytest.mark.parametrize(
    ("period", "by", "first", "last"),
    [
        ("2026-Q3", "quarter", 8106, 8106), ("2026-H1", "quarter", 8104, 8105), ("2026", "quarter", 8104, 8107),
        ("2026-Q2_2026-Q4", "quarter", 8105, 8107), ("2026-07", "month", 24318, 24318), ("2026", "year", 2026, 2026),
        ("2026-H2", "half-year", 4053, 4053),
    ],
)  # fmt: skip
def test_names_of_periods(period, by, first, last):
    assert calendar.span(period, by) == calendar.Span(first, last)
    assert calendar.span(calendar.name_of(last, by), by).last == last


@pytest.mark.parametrize("period", ["2026-07", "2026-Q5", "2026-Q3_2026-Q1", "spring", "2026-13", "Q3", "2026-Q3-x"])
def test_what_is_no_period_of_a_calendar_by_quarter(period):
    assert calendar.span(period, "quarter") is None
    with pytest.raises(ReleaseError, match="no period of the calendar"):
        calendar.keep(spec("r", period=period), [])


def test_no_extra_release_between_and_no_second_layout():
    q1, q2 = spec("2026-Q1"), spec("2026-Q2")
    assert calendar.keep(q2, [q1]) == []
    assert calendar.keep(spec("2026-Q4"), [q1]) == ["2026-Q2", "2026-Q3"], "gaps are said"
    with pytest.raises(ReleaseError, match="lies before"):
        calendar.keep(q1, [q2])
    extra = spec("extra", period="2026-Q2", dimensions={"region": ["A", "B", "C"]})
    with pytest.raises(ReleaseError, match="in another layout"):
        calendar.keep(extra, [q1, q2])
    assert calendar.keep(spec("again", period="2026-Q2"), [q1, q2]) == []
    private = spec("donor", period="2026-Q2", private=True, tables={"d.csv": []})
    assert calendar.keep(private, [q1, q2]) == []
    with pytest.raises(ReleaseError, match="another calendar"):
        calendar.keep(spec("2026-H2", calendar="half-year"), [q1])
    with pytest.raises(ReleaseError, match="this release none"):
        calendar.keep(spec("r", calendar=""), [q1])


def test_the_command_refuses_a_release_off_the_calendar(published):
    folder = published(PEOPLE, id="2026-05", calendar="quarter")
    with pytest.raises(ReleaseError, match="no period of the calendar"):
        check_release(folder, [])


def test_a_held_period_joins_the_next_wider_one():
    q1, q2, q3 = (spec(f"2026-Q{q}", counts="period") for q in (1, 2, 3))
    assert calendar.joined(q1, []) == "2026-H1"
    assert calendar.joined(spec("2026-H1", counts="period"), []) == "2026"
    assert calendar.joined(q2, [q1]) == "2026-Q2_2026-Q3", "its half-year and year overlap with what is out"
    assert calendar.joined(q3, [q1]) == "2026-H2"


def test_a_release_that_would_disclose_says_what_it_joins(files, tmp_path):
    """Everybody knows that three came, all to A: held; in the half-year there are more."""
    known = [{"what": "a bank file", "where": {"region": "A"}, "count": 3, "at": "2026-Q1"}]
    people, asked = files({("A", "legal"): 3}, "1", id="2026-Q1", counts="period", calendar="quarter", known=known)
    answer = build_release(people, asked, tmp_path / "2026-Q1", [])
    assert (answer["exit_code"], answer["written"], answer["join"]) == (1, None, "2026-H1")
    assert answer["steps"][-1] == "2026-Q1 is held: its people are told of with 2026-H1"
    people, asked = files(PEOPLE, "2", id="2026-H1", counts="period", calendar="quarter")
    answer = build_release(people, asked, tmp_path / "2026-H1", [])
    assert (answer["exit_code"], answer["gaps"]) == (0, [])


def test_periods_and_cumulative_counts_are_sums_over_one_time():
    start = {"start": "2026-Q1"}
    kinds = [("2026-Q1", "period"), ("2026-Q2", "period"), ("2026-Q3", "cumulative"), ("2026", "period")]
    found = timeline([spec(name, counts=counts, **start) for name, counts in kinds])
    assert found.slots == ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
    assert found.windows == {0: (0, 0), 1: (1, 1), 2: (0, 2), 3: (0, 3)}
    apart = timeline([spec("2026-Q1", counts="period"), spec("2026-Q2", counts="period")])
    assert apart.windows == {1: (0, 0)}, "what shares no time does not matter"
    with pytest.raises(ReleaseError, match="without the start"):
        timeline([spec("2026-Q1"), spec("2026-Q2", counts="period")])


@pytest.mark.parametrize("names", [["2026-Q1", "2026-Q2", "2026-H1"], ["2026-Q1", "2026"], ["2026-Q1", "2026-Q2"]])
def test_the_second_program_cuts_time_the_same_way(names):
    specs = [spec(name, counts="period") for name in names]
    found = timeline(specs)
    assert checker.timeline([s.to_dict() for s in specs]) == (list(found.slots), found.windows)


def test_a_year_less_its_quarters_is_an_attack(published):
    """Counts of a period and counts since the start, subtracted: three came in the second quarter."""
    further = {"rule": "exact", "calendar": "quarter", "start": "2026-Q1"}
    published(PEOPLE, id="2026-Q1", counts="period", **further)
    more = {**PEOPLE, ("A", "legal"): 33}
    folder = published(more, id="2026-Q2", earlier=["2026-Q1"], **further)
    answer = check_release(folder, [])
    assert answer["exit_code"] == 1
    bad = {tuple(g["group"].values()): g["spans"] for g in answer["groups"] if g["status"] == "disclosed"}
    assert [(s["since"], s["at"], s["low"], s["high"]) for s in bad["A", "legal"]] == [("2026-Q1", "2026-Q2", 3, 3)]


def test_mixed_releases_are_built_and_checked_by_the_second_program(files, tmp_path):
    further = {"calendar": "quarter", "start": "2026-Q1"}
    first = files(PEOPLE, "1", id="2026-Q1", counts="period", **further)
    assert build_release(*first, tmp_path / "2026-Q1", [])["exit_code"] == 0
    more = {**PEOPLE, ("A", "legal"): 42}
    second = files(more, "2", id="2026-Q2", earlier=["2026-Q1"], **further)
    assert build_release(*second, tmp_path / "2026-Q2", [])["exit_code"] == 0
    assert check_release(tmp_path / "2026-Q2", [])["how"] == "certificate of 300 databases"
    model = build_model(read_release(tmp_path / "2026-Q2"), [read_release(tmp_path / "2026-Q1")])
    assert model.slots == ("2026-Q1", "2026-Q2")
    truth = np.array([[30, 20, 25, 40], [12, 0, 0, 0]], np.int32)
    assert model.consistent(truth)
