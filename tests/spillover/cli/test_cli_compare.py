"""``clarion spillover compare``: the figures of the desk's page of two runs, as words, JSON and a table."""

import csv

import pytest

PAIR = ("spillover", "compare", "kazakhstan-wheat-export-ban", "russia-wheat-export-ban")


@pytest.mark.parametrize(("rule", "kind"), [("monthly", "monthly comparison"), ("pta", "comparison")])
def test_as_at_the_desk(clarion, account, finished_run, rule, kind):
    from clarion.spillover.service import runs

    user = account("analyst")
    one, other = (finished_run(user, name, rule=rule, draws=12, seed=3) for name in PAIR[2:])
    desk = runs.side_by_side(user.actor, one.pk, other.pk)
    data = clarion(*PAIR, "--rule", rule, "--draws", 12, "--seed", 3, "--json").data
    assert data["kind"] == kind
    assert data["answer"] == desk.sentence("en")
    told = desk.to_dict()
    assert [row["iso3"] for row in data["rows"]] == [row["iso3"] for row in told["rows"]]
    assert len(data["rows"]) > 20
    for here, there in zip(data["rows"], told["rows"], strict=True):
        for figure in ("first", "second", "difference"):
            if there[figure] is None:
                assert here[figure] is None
            else:
                # The desk keeps draws in single precision.
                assert here[figure]["value"] == pytest.approx(there[figure]["value"], rel=1e-4, abs=1e-3)
                assert here[figure]["interval"] == pytest.approx(there[figure]["interval"], rel=1e-4, abs=1e-3)


def test_in_words_and_as_a_table(clarion, tmp_path):
    out = tmp_path / "difference.csv"
    ran = clarion(*PAIR, "--draws", 12, "--seed", 3, "--out", out)
    assert "person-years under the requirement" in ran.out
    assert "not a forecast" in ran.out
    assert "second: Russia bans wheat exports" in ran.out
    assert "mean world price of wheat" in ran.out
    assert "TJK Tajikistan" in ran.out
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    tajikistan = next(row for row in rows if row["iso3"] == "TJK")
    assert float(tajikistan["difference"]) < 0, "Tajikistan buys from Kazakhstan"
    assert float(tajikistan["difference_low"]) <= float(tajikistan["difference_high"])


def test_a_scenario_beside_itself(clarion, tmp_path):
    ran = clarion("spillover", "compare", PAIR[2], PAIR[2], "--rule", "pta", "--draws", 5, "--out", tmp_path / "e.csv")
    assert "do not differ" in ran.out
    assert (tmp_path / "e.csv").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("nowhere",), "nowhere"),
        (("russia-shock-2022",), "more than their shocks"),
        (("russia-wheat-export-ban", "--rule", "magic"), "magic"),
        (("russia-wheat-export-ban", "--seed", -1), "-1"),
        (("russia-wheat-export-ban", "--rule", "pta", "--months", 12), "no months"),
    ],
)
def test_what_cannot_be_compared(refused, options, said):
    assert said in str(refused(*PAIR[:3], *options))
