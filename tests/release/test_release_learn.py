"""What an attacker learns of every group, and what a plain rule would have told."""

import itertools
from collections import Counter

from clarion.release.folder import Release
from clarion.release.learn import learned
from clarion.release.model import build_model
from clarion.release.people import tabulate
from clarion.release.plain import plainly
from clarion.release.spec import Spec

DIMENSIONS = {"region": ("A", "B"), "theme": ("legal", "shelter")}
TABLES = {"region.csv": ("region",), "theme.csv": ("theme",)}


def spec(name="Q1", tables=TABLES, rule="exact", **further):
    return Spec(name, 5, rule, "cumulative", DIMENSIONS, tables, period=name, **further)


def people(*counts):
    return Counter(dict(zip(itertools.product(*DIMENSIONS.values()), counts, strict=True)))


def told(release, earlier=(), seconds=30.0):
    groups = [
        {"group": dict(zip(of, values, strict=True)), "status": "certified", "share_so_far": 1.0}
        for width in (1, 2)
        for of in itertools.combinations(DIMENSIONS, width)
        for values in itertools.product(*(DIMENSIONS[d] for d in of))
    ]
    rows = learned(build_model(release, list(earlier)), release, groups, seconds)
    return {tuple(row["group"].values()): row for row in rows}


def test_two_margins_leave_the_bounds_of_frechet():
    """With A = 5 of 12 and legal = 4 of 12 the group of both has between max(0, 5 + 4 - 12) and min(5, 4) people."""
    found = told(tabulate(people(1, 4, 3, 4), spec()))
    assert [(found[g]["low"], found[g]["high"]) for g in (("A",), ("legal",), ("A", "legal"), ("B", "shelter"))] == [
        (5, 5), (4, 4), (0, 4), (3, 7),
    ]  # fmt: skip
    assert found["A",]["printed"] == "5"
    assert found["A", "legal"]["printed"] is None


def test_bounds_hold_the_truth_and_every_list_that_agrees():
    """All lists of up to 12 people in the four cells that print the same, counted one by one."""
    truth = (1, 2, 0, 4)
    release = tabulate(people(*truth), spec(rule="round5", population=7, population_is="total"))
    every = (counts for counts in itertools.product(range(8), repeat=4) if sum(counts) == 7)
    agree = [counts for counts in every if tabulate(people(*counts), release.spec).tables == release.tables]
    assert len(agree) > 10
    found = told(release)
    cells = list(itertools.product(*DIMENSIONS.values()))
    for group, row in found.items():
        sizes = [sum(n for cell, n in zip(cells, c, strict=True) if set(group) <= set(cell)) for c in agree]
        assert row["low"] <= min(sizes)
        assert row["high"] >= max(sizes)
        assert row["low"] >= min(sizes) - 1
        assert row["high"] <= max(sizes) + 1


def test_those_who_came_since_are_the_difference():
    first = tabulate(people(1, 4, 3, 4), spec())
    second = tabulate(people(2, 6, 3, 4), spec("Q2", earlier=("Q1",)))
    row = told(second, [first])["A",]
    assert (row["low"], row["high"], row["new_low"], row["new_high"]) == (8, 8, 3, 3)


def test_without_time_nothing_is_said():
    row = told(tabulate(people(1, 4, 3, 4), spec()), seconds=0.0)["A",]
    assert (row["worked"], row["low"], row["high"]) == (False, None, None)


def test_a_number_that_is_not_there_is_told_from_one_left_empty():
    release = tabulate(people(1, 4, 3, 4), spec(rule="suppress"))
    assert told(release)["legal",]["printed"] == ""
    assert told(Release(release.spec, release.tables))["A", "legal"]["printed"] is None


def test_a_plain_rule_gives_the_small_ones_away():
    tables = {**TABLES, "both.csv": ("region", "theme")}
    found = plainly(people(3, 21, 26, 38), spec(tables=tables, rule="round5"), 30.0)
    assert (found.small, found.proved, found.worked) == (1, 1, True)
    bad = [row["group"] for row in found.rows if row["status"] == "disclosed"]
    assert bad == [{"region": "A", "theme": "legal"}]
    assert next(r for r in found.rows if r["group"] == bad[0])["printed"] == "<5"
