"""The gate against an attacker of its own: OR-tools, in another process, with nothing but the published files."""

import pytest
from programmes import Programme, attack

from clarion.release import build_release, check_release


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_nothing_certified_is_broken_over_eight_quarters(seed, tmp_path):
    # Small ones: ten take about two minutes. benchmarks/release.py has larger ones.
    shape = [(3, 2), (2, 2, 2), (3, 3), (4, 2), (3, 2, 2)][seed % 5]
    programme = Programme(seed, people=80 + 10 * (seed % 5), shape=shape, quarters=8)
    folders, requested, released = [], 0, 0
    for quarter in range(programme.quarters):
        out = tmp_path / f"Q{quarter}"
        answer = build_release(*programme.write(tmp_path, quarter), out, [])
        requested += answer["requested"]
        released += answer["released"]
        assert answer["exit_code"] == 0, answer["steps"]
        folders.append(out)
    for quarter, folder in enumerate(folders):
        for table, of in programme.tables.items():
            if (folder / table).exists():
                _, *lines = (folder / table).read_text().split()
                for line in lines:
                    *row, count = line.split(",")
                    truth = programme.count(quarter, dict(zip(of, row, strict=True)))
                    assert not count or abs(int(count) - truth) <= 2
    found = attack(folders)
    print(f"\nprogramme {seed}: {released} of {requested} numbers released, {found}")
    assert found["broken"] == []
    assert found["open"] == 0, "the attacker came to an end"
    assert released >= 0.4 * requested, "benchmarks/release.py prints how many there are; 80 % is the aim"
    assert check_release(folders[-1], [])["exit_code"] == 0


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["below", "suppress", "exact"])
def test_plain_rules_are_broken_by_the_same_attacker_and_by_the_gate(rule, tmp_path):
    programme = Programme(3, people=160, shape=(3, 3, 2), quarters=2)
    folders = [programme.publish_plainly(tmp_path, quarter, rule) for quarter in range(2)]
    found = attack(folders)
    said = check_release(folders[-1], [], seconds=120)
    print(f"\n{rule}: the attacker proves {len(found['broken'])} of {found['small']} small groups")
    assert found["open"] == 0
    assert found["broken"]
    mine = {
        (tuple(g["group"].items()), span["since"], span["at"])
        for g in said["groups"]
        for span in g["spans"]
        if span["status"] == "disclosed"
    }
    assert mine == {(tuple(group.items()), since, at) for group, since, at in found["broken"]}
    assert said["exit_code"] == 1
