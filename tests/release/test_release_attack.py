"""The attack proves what is true of every list of people that agrees with the tables, and nothing else."""

import itertools

import numpy as np
import pytest

from clarion.release import check_release
from clarion.release.attack import Attack
from clarion.release.folder import read_release
from clarion.release.judge import begin
from clarion.release.model import build_model
from clarion.release.targets import targets

PEOPLE = {("A", "legal"): 3, ("A", "shelter"): 9, ("B", "legal"): 2, ("B", "shelter"): 0}


def by_hand(model, mask, most=14):
    """The sizes that a group has in any database, by listing them all."""
    sizes = set()
    for flat in itertools.product(range(most), repeat=model.cells):
        database = np.array([flat], np.int32)
        if model.consistent(database):
            sizes.add(int((database[0] * mask).sum()))
    return sizes


@pytest.mark.parametrize("rule", ["exact", "suppress", "round5"])
def test_it_finds_what_a_list_of_all_databases_shows(published, rule):
    release = read_release(published(PEOPLE, rule=rule, population=14))
    model = build_model(release, [])
    found = targets(model)
    attack = Attack(model)
    for group, mask in zip(found.groups, found.masks, strict=True):
        sizes = by_hand(model, mask)
        said = attack.on(mask, 0, 0)
        proved = all(1 <= size < 5 for size in sizes)
        assert (said.status == "disclosed") == proved, (rule, group, sizes)
        if not proved:
            assert model.consistent(said.witness)
        if said.low is not None:
            assert said.low <= min(sizes)


def test_an_exact_small_number_is_disclosed(published):
    answer = check_release(published(PEOPLE, rule="exact"), [])
    assert (answer["verdict"], answer["exit_code"]) == ("disclosed", 1)
    status = {tuple(g["group"].items()): g for g in answer["groups"]}
    legal = status[("region", "A"), ("theme", "legal")]
    assert legal["status"] == "disclosed"
    assert "between 3 and 3" in legal["why"]
    assert status[("region", "B"), ("theme", "shelter")]["status"] == "certified", "nobody is there"


def test_subtraction_undoes_a_single_empty_cell(published):
    """A known total and all but one number: the classic of suppression without a second empty cell."""
    people = {("A", "legal"): 3, ("A", "shelter"): 9, ("B", "legal"): 12, ("B", "shelter"): 8}
    answer = check_release(published(people, rule="suppress"), [])
    assert answer["exit_code"] == 1
    assert [g["group"] for g in answer["groups"] if g["status"] == "disclosed"] == [{"region": "A", "theme": "legal"}]


def test_less_than_five_is_a_proof_where_zeros_are_shown(published):
    people = {("A", "legal"): 3, ("A", "shelter"): 9, ("B", "legal"): 2, ("B", "shelter"): 8}
    folder = published(people, rule="suppress", tables={"region_theme.csv": ["region", "theme"]})
    assert check_release(folder, [])["exit_code"] == 0, "an empty cell may be zero"
    table = folder / "region_theme.csv"
    table.write_text("region,theme,count\nA,legal,<5\nA,shelter,9\nB,legal,0\nB,shelter,8\n")
    assert check_release(folder, [])["exit_code"] == 1


def test_two_releases_are_subtracted(published):
    first = {("A", "legal"): 10, ("A", "shelter"): 20, ("B", "legal"): 30, ("B", "shelter"): 40}
    second = {**first, ("A", "legal"): 12}
    published(first, rule="exact", id="2026-Q1")
    folder = published(second, rule="exact", id="2026-Q2", earlier=["2026-Q1"])
    answer = check_release(folder, [])
    bad = {tuple(g["group"].values()): g["spans"] for g in answer["groups"] if g["status"] == "disclosed"}
    assert set(bad) == {(), ("A",), ("legal",), ("A", "legal")}
    assert bad["A", "legal"] == [
        {"since": "2026-Q1", "at": "2026-Q2", "status": "disclosed", "low": 2, "high": 2, "share": 0.0,
         "why": "linear bounds: between 2 and 2 people, in every database that agrees"},
    ]  # fmt: skip


def test_a_declared_fact_can_turn_the_answer(published):
    """An insider knows of three in A and legal: with rounded tables alone nothing was proved."""
    people = {("A", "legal"): 3, ("A", "shelter"): 30, ("B", "legal"): 40, ("B", "shelter"): 20}
    assert check_release(published(people, id="r1"), [])["exit_code"] == 0
    known = [{"what": "a bank file", "where": {"region": "A", "theme": "legal"}, "low": 1}]
    answer = check_release(published(people, id="r2", known=known), [])
    legal = next(g for g in answer["groups"] if g["group"] == {"region": "A", "theme": "legal"})
    assert legal["status"] != "certified" or legal["share"] < 0.9
    known[0] = {"what": "a bank file", "where": {"region": "A", "theme": "legal"}, "count": 3}
    assert check_release(published(people, id="r3", known=known), [])["exit_code"] == 1


def test_a_private_report_of_the_same_period_counts_too(published):
    """What one donor was told in private about the same people is subtracted from what all were told."""
    people = {("A", "legal"): 3, ("A", "shelter"): 20, ("B", "legal"): 9, ("B", "shelter"): 20}
    published(people, rule="exact", id="donor", period="2026-Q3", tables={"by_region.csv": ["region"]})
    shelter = {key: n for key, n in people.items() if key[1] == "shelter"}
    assert sum(shelter.values()) == 40
    folder = published(people, rule="suppress", id="public", period="2026-Q3", earlier=["donor"],
                       tables={"region_theme.csv": ["region", "theme"]})  # fmt: skip
    answer = check_release(folder, [])
    assert [g["group"] for g in answer["groups"] if g["status"] == "disclosed"] == [{"region": "A", "theme": "legal"}]


def test_tables_that_contradict_each_other_are_bad_input(published):
    folder = published({("A", "legal"): 30, ("B", "shelter"): 20}, rule="exact")
    (folder / "by_region.csv").write_text("region,count\nA,31\nB,20\n")
    with pytest.raises(Exception, match="contradict") as refused:
        check_release(folder, [])
    assert refused.value.exit_code == 3


def test_counts_that_fall_are_bad_input(published):
    published({("A", "legal"): 30, ("B", "shelter"): 20}, rule="exact", id="Q1")
    folder = published({("A", "legal"): 29, ("B", "shelter"): 20}, rule="exact", id="Q2", earlier=["Q1"])
    with pytest.raises(Exception, match="contradict"):
        check_release(folder, [])


def test_periods_do_not_bound_each_other(published):
    published({("A", "legal"): 30, ("B", "shelter"): 20}, id="Q1", counts="period")
    folder = published({("A", "legal"): 10, ("B", "shelter"): 40}, id="Q2", counts="period", earlier=["Q1"])
    assert check_release(folder, [])["exit_code"] == 0


def test_a_population_above_the_people_is_a_bound(published):
    release = read_release(published(PEOPLE, population=500))
    model, walks = begin(release, [])
    assert all(walk.violation == 0 for walk in walks)
    assert not model.consistent(np.full((1, model.cells), 200, np.int32))
