"""Who is held up by group: the benchmark at a small size, and how it tells of small shares."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _benchmarks(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))


def test_groups_and_alphabets_are_screened_and_the_ratio_is_told(act_269, capsys):
    from fairness import RECORDS, measured, summary, told

    from clarion.screening.engine.screen import Screen

    rows = list(measured(Screen(act_269), 60))
    assert {row["script"] for row in rows} == {"cyrillic", "latin", "armenian", "georgian"}
    assert len({row["group"] for row in rows}) == 13
    complete = summary([row for row in rows if row["record"] == "complete"])
    told(RECORDS["complete"], complete)
    print(capsys.readouterr().out[-2000:])
    hits, of = (
        sum(part) for part in zip(*((h, n) for h, n, _, _ in complete["group"]["held_up"].values()), strict=True)
    )
    assert hits / of < 0.01, "complete records of people who do not exist"


def test_made_people_are_the_same_again():
    from fairness import people

    assert people("russian", "latin", 5) == people("russian", "latin", 5)
    assert people("russian", "latin", 5) != people("russian", "cyrillic", 5)


def test_small_shares_have_intervals_and_no_ratio_of_nothing():
    from beside.shares import by_chance, interval, ratio, ratio_of_upper_ends

    assert interval(0, 20_000)[1] == pytest.approx(0.000192, abs=1e-6)
    assert ratio([0, 5], [20_000, 20_000]) is None
    assert ratio([5, 10], [20_000, 20_000]) == 2
    assert ratio_of_upper_ends([0, 0], [20_000, 20_000]) == 1
    assert by_chance([0, 0], [100, 100]) == 1
    assert by_chance([5, 6], [100, 100]) > 0.5
    assert by_chance([0, 40], [100, 100]) < 0.001


def test_blocking_brings_up_what_weighing_every_name_finds():
    from beside.brute import weights
    from beside.crowded import listed, payees

    from clarion.screening.engine.screen import FLOOR, Screen
    from clarion.screening.engine.subject import PERSON
    from clarion.screening.engine.words import parts_of

    held = Screen(listed(200))
    index = held._by_kind[PERSON].index
    parts = [parts_of(one, PERSON)[0] for one in payees(60, 8, near=list(held.parties))]
    every, found = weights(index, parts), index.search(parts, FLOOR)
    blocked = {(int(a), int(n)): int(w) for a, n, w in zip(found.asked, found.name, found.weight, strict=True)}
    over = [(int(a), int(n)) for a, n in zip(*(every >= 7_500).nonzero(), strict=True)]
    assert len(over) > 30
    assert [one for one in over if blocked.get(one) != every[one]] == []
