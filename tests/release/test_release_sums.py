"""Sums of money: what may leave, against an attacker of its own; and what can be said without the list."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from clarion.release import build_release, check_release
from clarion.release.amounts.printed import bounds, written
from clarion.release.amounts.sensitive import fault
from clarion.release.errors import ReleaseError
from clarion.release.folder import read_release
from clarion.release.spec import read_spec

TABLES = {"eur.csv": [], "eur_region.csv": ["region"], "eur_region_theme.csv": ["region", "theme"]}
ASKED = {"column": "grant_eur", "currency": "EUR", "tables": TABLES, "round": 100}
DIMENSIONS = {"region": ["A", "B"], "theme": ["legal", "shelter"]}


def attack(people, p, *folders):
    command = [sys.executable, str(Path(__file__).with_name("sums_attacker.py")), str(people), "grant_eur", str(p)]
    done = subprocess.run([*command, *map(str, folders)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


class Grants:
    """Recipients with skewed grants over some quarters; a few are paid twice."""

    def __init__(self, seed, people=32, quarters=2):
        rng = np.random.default_rng([11, seed])
        self.quarters = quarters
        self.who = [(rng.choice(["A", "B"]), rng.choice(["legal", "shelter"], p=[0.6, 0.4])) for _ in range(people)]
        self.paid = np.round(rng.lognormal(7, 1, (people, quarters)), 2)
        came = rng.integers(0, quarters, people)
        again = rng.random(people) < 0.4
        for i in range(people):
            for t in range(quarters):
                if t != came[i] and not (again[i] and t > came[i]):
                    self.paid[i, t] = 0

    def write(self, place, quarter, asked=ASKED, tables=None, **further):
        """people.csv and spec.json at a quarter."""
        sofar = self.paid.cumsum(axis=1)
        here = sofar[:, quarter] > 0
        people, spec = place / f"people{quarter}.csv", place / f"spec{quarter}.json"
        with people.open("w", newline="") as file:
            out = csv.writer(file)
            out.writerow(["region", "theme", *(f"grant_eur@Q{t}" for t in range(quarter)), "grant_eur"])
            out.writerows([*who, *(f"{x:.2f}" for x in row[: quarter + 1])]
                          for who, row, inside in zip(self.who, sofar, here, strict=True) if inside)  # fmt: skip
        counts = tables or {"by_region.csv": ["region"]}
        said = {"id": f"Q{quarter}", "k": 3, "dimensions": DIMENSIONS, "tables": counts,
                "earlier": [f"Q{t}" for t in range(quarter)], "amounts": asked, **further}  # fmt: skip
        spec.write_text(json.dumps(said))
        return people, spec


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_no_contributor_is_pinned_down_over_two_quarters(seed, tmp_path):
    grants = Grants(seed)
    folders, given = [], 0
    for quarter in range(2):
        people, spec = grants.write(tmp_path, quarter)
        answer = build_release(people, spec, tmp_path / f"Q{quarter}", [])
        assert answer["exit_code"] == 0, answer["steps"]
        given += answer["amounts"]["given"]
        folders.append(tmp_path / f"Q{quarter}")
    found = attack(people, 10, *folders)
    print(f"\nprogramme {seed}: {given} of 14 sums given, {len(found['broken'])} of {found['questions']} questions")
    assert found["broken"] == []
    assert given >= 3, "not by saying nothing"


@pytest.mark.slow
def test_the_same_attacker_pins_people_down_where_all_sums_are_printed(tmp_path):
    grants = Grants(0)
    folders = []
    for quarter in range(2):
        people, spec = grants.write(tmp_path, quarter)
        folder = tmp_path / f"plain{quarter}"
        folder.mkdir()
        said = json.loads(spec.read_text())
        (folder / "release.json").write_text(json.dumps(said))
        asked = read_spec(spec.read_text(), "x").amounts
        with people.open(newline="") as file:
            lines = list(csv.DictReader(file))
        for table, of in TABLES.items():
            sums = {}
            for line in lines:
                row = tuple(line[d] for d in of)
                sums[row] = sums.get(row, 0) + round(float(line["grant_eur"]) * 100)
            with (folder / table).open("w", newline="") as file:
                csv.writer(file).writerows([[*of, "amount"], *([*row, written(s, asked)] for row, s in sums.items())])
        folders.append(folder)
    found = attack(people, 10, *folders)
    print(f"\nplain sums: {len(found['broken'])} of {found['questions']} questions")
    assert len(found["broken"]) > 20


@pytest.mark.parametrize(
    ("paid", "said"),
    [
        ([10, 10, 10, 10], "few contributors"),
        ([10, 10, 10, 10, 0, 0], "few contributors"),
        ([50, 20, 10, 10, 10], "dominance"),
        ([49, 20, 11, 10, 10], ""),
        ([480, 475, 20, 15, 10], "p per cent"),
        ([480, 470, 20, 20, 10], ""),
    ],
)
def test_the_rules_by_hand(paid, said):
    asked = read_spec(json.dumps({
        "id": "r", "k": 5, "dimensions": DIMENSIONS, "tables": {"t.csv": ["region"]}, "amounts": ASKED,
    }), "x").amounts  # fmt: skip
    assert fault(np.array(paid, np.int64), 5, asked) == said


@pytest.mark.parametrize("rounding", [1, 7, 100, [0, 1000, 5000]])
@pytest.mark.parametrize("cents", [0, 49, 50, 99_999, 100_000, 123_456, 499_999, 500_000, 10**11])
def test_a_printed_sum_bounds_what_it_stands_for(rounding, cents):
    spec = {"id": "r", "k": 5, "dimensions": DIMENSIONS, "tables": {"t.csv": ["region"]},
            "amounts": {**ASKED, "round": rounding}}  # fmt: skip
    asked = read_spec(json.dumps(spec), "x").amounts
    low, high = bounds(written(cents, asked), asked)
    assert low <= cents <= high


def test_a_subtraction_is_not_left_to_do(tmp_path):
    """By themselves all sums may leave but that of one large contributor; total less the others would give it."""
    lines = ["region,theme,grant_eur", *["A,legal,1000"] * 8, *["A,shelter,1000"] * 8, *["B,legal,1000"] * 8]
    lines += ["B,shelter,5000", *["B,shelter,10"] * 6]
    people = tmp_path / "people.csv"
    people.write_text("\n".join(lines) + "\n")
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps({"id": "Q0", "k": 5, "dimensions": DIMENSIONS, "tables": {"by_region.csv": ["region"]},
                                "amounts": ASKED}))  # fmt: skip
    answer = build_release(people, spec, tmp_path / "Q0", [])
    assert "1 sums not given: dominance" in answer["steps"][0]
    assert any("subtraction" in step for step in answer["steps"])
    assert attack(people, 10, tmp_path / "Q0")["broken"] == []


def release(tmp_path, **further):
    people, spec = Grants(1).write(tmp_path, 0, **further)
    answer = build_release(people, spec, tmp_path / "Q0", [])
    assert answer["exit_code"] == 0
    return people, answer


def test_the_certificate_commits_to_the_list(tmp_path):
    people, answer = release(tmp_path)
    said = check_release(tmp_path / "Q0", [])
    assert said["exit_code"] == 0
    assert "only its commitment stands for" in said["amounts"]["why"]
    again = check_release(tmp_path / "Q0", [], people=people, opening=answer["opening"])
    assert "decided again" in again["amounts"]["why"]
    assert again["exit_code"] == 0
    with pytest.raises(ReleaseError, match="not those that the certificate commits to"):
        check_release(tmp_path / "Q0", [], people=people, opening="ab")
    people.write_text(people.read_text().replace("legal", "shelter", 1))
    with pytest.raises(ReleaseError, match="not those that the certificate commits to"):
        check_release(tmp_path / "Q0", [], people=people, opening=answer["opening"])


def test_sums_without_a_certificate_are_undecided_and_with_the_list_disclosed(tmp_path):
    people, _ = release(tmp_path)
    folder = tmp_path / "Q0"
    (folder / "certificate.json").unlink()
    assert check_release(folder, [])["exit_code"] == 2
    assert check_release(folder, [], people=people)["exit_code"] == 0
    table = folder / "eur_region_theme.csv"
    row, _, amount = next(line for line in table.read_text().split() if line[-1].isdigit()).rpartition(",")
    table.write_text(table.read_text().replace(f"{row},{amount}", f"{row},{int(amount) + 100}"))
    with_more = check_release(folder, [], people=people)
    assert (with_more["amounts"]["status"], with_more["exit_code"]) == ("disclosed", 1)


def test_a_printed_sum_says_that_it_has_k_contributors(tmp_path):
    """The counts are judged with that: the databases of the certificate have k people wherever a sum is printed."""
    release(tmp_path)
    found = read_release(tmp_path / "Q0")
    assert any(s.text for s in found.sums["eur_region.csv"])
    certificate = json.loads((tmp_path / "Q0" / "certificate.json").read_text())
    for database in certificate["databases"]:
        people = {}
        for word in database.split():
            cell, _, number = word.partition("x")
            people[int(cell)] = people.get(int(cell), 0) + int(number or 1)
        for i, row in enumerate((("A", "legal"), ("A", "shelter"), ("B", "legal"), ("B", "shelter"))):
            if any(s.row == row and s.text for s in found.sums["eur_region_theme.csv"]):
                assert people.get(i, 0) >= 3


BAD_ASKED = {
    "a mean": ({"statistic": "mean"}, "'mean' never leaves"),
    "a median by its key": ({"median": {"x.csv": ["region"]}}, "'median' never leaves"),
    "a largest by its key": ({"max_by_region": True}, "'max_by_region' never leaves"),
    "an unknown key": ({"colour": 1}, "'colour' is not known"),
    "no currency": ({"currency": "euro"}, "no currency"),
    "two currencies": ({"currency": ["EUR", "USD"]}, "no currency"),
    "rounding to nothing": ({"round": 0}, "rounded to a whole number"),
    "bands that fall": ({"round": [0, 500, 100]}, "bands that begin with 0 and rise"),
    "a share above one": ({"dominance": {"n": 1, "share": 1.5}}, "not a number from 0.01 to 1"),
    "p below one": ({"p_percent": 0}, "not a number from 1 to 100"),
    "a column that is a dimension": ({"column": "region"}, "no column of amounts"),
    "a table of counts": ({"tables": {"by_region.csv": ["region"]}}, "table of counts already"),
    "a table of nothing known": ({"tables": {"x.csv": ["town"]}}, "different dimensions"),
}


@pytest.mark.parametrize("name", BAD_ASKED)
def test_a_bad_request_for_sums_is_refused(name, tmp_path):
    given, said = BAD_ASKED[name]
    people, spec = Grants(1).write(tmp_path, 0, asked={**ASKED, **given})
    with pytest.raises(ReleaseError) as refused:
        build_release(people, spec, tmp_path / "out", [])
    assert said in refused.value.what
    assert "\n" not in refused.value.what


BAD_AMOUNTS = {
    "negative": ("-5", "negative"),
    "not a number": ("NaN", "no amount"),
    "infinite": ("inf", "no amount"),
    "an exponent": ("1e9", "no amount"),
    "three decimals": ("1.005", "no amount"),
    "a comma": ('"1,50"', "no amount"),
    "empty": ("", "There is no amount"),
    "a currency": ("100 USD", "names a currency"),
    "a sign of a currency": ("€100", "names a currency"),
    "too large": ("1" * 14, "no amount"),
}


@pytest.mark.parametrize("name", BAD_AMOUNTS)
def test_a_bad_amount_is_refused_without_repeating_it(name, tmp_path):
    given, said = BAD_AMOUNTS[name]
    people, spec = Grants(1).write(tmp_path, 0)
    people.write_text(people.read_text() + f"A,legal,{given}\n")
    with pytest.raises(ReleaseError, match=said) as refused:
        build_release(people, spec, tmp_path / "out", [])
    assert refused.value.where.startswith(f"{people}, line ")
    assert not given or given.strip('"') not in str(refused.value).replace(str(tmp_path), "")
    assert not (tmp_path / "out").exists()


def test_mixed_currencies_are_refused_by_their_line(tmp_path):
    people, spec = Grants(1).write(tmp_path, 0, asked={**ASKED, "currency_column": "currency"})
    header, *lines = people.read_text().split()
    people.write_text(
        "\n".join([header + ",currency", *(line + ",EUR" for line in lines[1:]), lines[0] + ",USD"]) + "\n"
    )
    with pytest.raises(ReleaseError, match="not in EUR") as refused:
        build_release(people, spec, tmp_path / "out", [])
    assert refused.value.where.endswith(f"line {len(lines) + 1}")


def test_what_was_paid_by_an_earlier_release_must_be_told_and_cannot_fall(tmp_path):
    release(tmp_path)
    people, spec = Grants(1).write(tmp_path, 1)
    text = people.read_text()
    people.write_text(text.replace("grant_eur@Q0", "other"))
    with pytest.raises(ReleaseError, match="'grant_eur@Q0' is missing"):
        build_release(people, spec, tmp_path / "Q1", [])
    people.write_text(text + "A,legal,900.00,100.00\n")
    with pytest.raises(ReleaseError, match="smaller than it was"):
        build_release(people, spec, tmp_path / "Q1", [])
    people.write_text(text + "A,legal,90000.00,90000.00\n")
    with pytest.raises(ReleaseError, match="does not add up to the sum"):
        build_release(people, spec, tmp_path / "Q1", [])


def test_sums_that_contradict_their_total_are_refused(tmp_path):
    release(tmp_path)
    folder = tmp_path / "Q0"
    (folder / "certificate.json").unlink()
    (folder / "eur.csv").write_text("amount\n100\n")
    with pytest.raises(ReleaseError, match=r"a sum in eur\.csv is not that of its parts"):
        check_release(folder, [])


def test_where_no_sum_may_leave_there_is_nothing_to_judge(tmp_path):
    people, spec = Grants(1).write(tmp_path, 0)
    lines = people.read_text().split()
    people.write_text(
        "\n".join(line if i == 0 else line.rsplit(",", 1)[0] + ",0" for i, line in enumerate(lines)) + "\n"
    )
    answer = build_release(people, spec, tmp_path / "Q0", [])
    assert (answer["exit_code"], answer["amounts"]["given"]) == (0, 0)
    assert check_release(tmp_path / "Q0", [])["exit_code"] == 0


def test_a_million_sums_are_refused_before_any_work(tmp_path):
    many = {f"d{i}": [f"v{j}" for j in range(10)] for i in range(6)}
    people, spec = tmp_path / "people.csv", tmp_path / "spec.json"
    people.write_text(",".join([*many, "grant_eur"]) + "\n")
    asked = {**ASKED, "tables": {"all_eur.csv": list(many)}}
    spec.write_text(
        json.dumps({"id": "Q0", "k": 5, "dimensions": many, "tables": {"d0.csv": ["d0"]}, "amounts": asked})
    )
    with pytest.raises(ReleaseError, match="1,000,000 cells"):
        build_release(people, spec, tmp_path / "out", [])
