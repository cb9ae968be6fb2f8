"""The published picture of dependence, from the embedded facts, through the command line."""

import csv
import json
import subprocess
import sys

import pytest

from clarion.sources.embedded import facts_path

# Per cent of wheat imports from Russia and Ukraine, as published.
PUBLISHED = {"EGY": 79, "LBN": 72, "TUR": 83, "SOM": 88, "TUN": 52, "SEN": 56}


def ask(*more):
    ran = subprocess.run(
        [sys.executable, "-m", "clarion", "spillover", "exposure", "--item", "wheat", *more, "--json"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.fixture(scope="module")
def raw():
    return ask("--trade", "raw")


def test_every_number_stands_beside_its_interval(raw):
    assert isinstance(raw, list)
    assert len({row["iso3"] for row in raw}) == len(raw) > 150
    for row in raw:
        assert isinstance(row["share_rus_ukr"], float)
        assert 0 <= row["share_rus_ukr"] <= 1
        for name in ("import_tonnes", "share_rus_ukr", "share_of_supply", "kcal_per_person_day"):
            if row[name] is None:
                assert row[f"{name}_interval"] is None
                assert row[f"{name}_reason"]
                continue
            low, high = row[f"{name}_interval"]
            assert low <= row[name] <= high, (row["iso3"], name)
            assert row["units"][name]


def test_the_published_counts_and_shares(raw):
    large = [row for row in raw if row["import_tonnes"] >= 5000]
    third = sum(row["share_rus_ukr"] >= 0.3 for row in large)
    half = sum(row["share_rus_ukr"] >= 0.5 for row in large)
    print(f"as reported: {third} importers >= 30 %, {half} >= 50 %")
    assert (third, half) == (52, 34)
    share = {row["iso3"]: 100 * row["share_rus_ukr"] for row in raw}
    print({iso3: round(share[iso3], 1) for iso3 in PUBLISHED})
    for iso3, published in PUBLISHED.items():
        assert abs(share[iso3] - published) <= 1, iso3


def test_after_correction_for_re_exports():
    large = ask("--trade", "corrected", "--minimum", "5000")
    third = sum(row["share_rus_ukr"] >= 0.3 for row in large)
    half = sum(row["share_rus_ukr"] >= 0.5 for row in large)
    print(f"corrected: {third} importers >= 30 %, {half} >= 50 %")
    assert (third, half) == (53, 36)


def test_provenance_points_to_the_very_rows_of_the_source_file(raw):
    with facts_path("staple_trade_2019_2021.csv").open(encoding="utf-8", newline="") as file:
        lines = dict(enumerate(csv.reader(file), 1))
    header = lines[1]
    buyer, seller = header.index("importer_iso3"), header.index("exporter_iso3")
    tonnes, item = next(i for i, c in enumerate(header) if "tonnes" in c), header.index("item")
    for row in raw:
        cited = next(p for p in row["provenance"] if p["table"] == "trade_flows")
        assert cited["source"] == "staple-trade"
        assert cited["licence"]
        assert len(cited["sha256"]) == 64
        found = [lines[n] for n in cited["rows"]]
        assert {line[buyer] for line in found} == {row["iso3"]}
        assert {line[item].lower() for line in found} == {"wheat"}
        abroad = [line for line in found if line[seller] != row["iso3"]]
        assert sum(float(line[tonnes]) for line in abroad) == pytest.approx(row["import_tonnes"], rel=1e-6)
        theirs = sum(float(line[tonnes]) for line in abroad if line[seller] in ("RUS", "UKR"))
        assert theirs / row["import_tonnes"] == pytest.approx(row["share_rus_ukr"], abs=1e-6)


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_the_table_is_written_too(form, clarion, tmp_path):
    out = tmp_path / f"wheat.{form}"
    ran = clarion("spillover", "exposure", "--minimum", "5000", "--out", out, "--json")
    assert out.stat().st_size > 10_000
    assert len(ran.data) > 100


def test_the_other_verbs_of_the_room(clarion, tmp_path):
    ranked = clarion("spillover", "ranking", "--out", tmp_path / "ranks.csv", "--json").data
    assert all(row["rank"] is not None for row in ranked)
    assert len((tmp_path / "ranks.csv").read_text().splitlines()) == len(ranked) + 1
    sold = clarion("spillover", "suppliers", "egy", "--json").data
    assert sold[0]["partner"] == "RUS"
    country = clarion("spillover", "country", "KGZ", "--json").data
    assert country["answer"].startswith("Kyrgyzstan")
    assert country["not_known"]
    assert len(clarion("spillover", "scenarios", "--json").data) == 7


@pytest.mark.django_db
def test_people_read_tables(clarion):
    shown = clarion("spillover", "exposure", "--minimum", "1000000").out
    assert "EGY Egypt" in shown
    assert "79" in shown
    assert "rank" in clarion("spillover", "ranking", "--minimum", "1000000").out
    assert "What is not known" in clarion("spillover", "country", "TJK").out
    assert "black-sea-closure" in clarion("spillover", "scenarios").out
    board = clarion("call").out
    assert "52 countries" in board
    assert "not measured yet" in board
