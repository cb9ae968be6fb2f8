"""The backtest at the command line, on files as they are published, and on bad ones."""

import gzip

import pytest

HEADERS = {"trade": "year,item,exporter_iso3,importer_iso3,tonnes", "production": "year,item,iso3,tonnes"}
TRADE = [f"{y},Wheat,{s},{b},{3e5 + 1e4 * i + 7e3 * (y % 5)}" for y in (2018, 2019, 2020, 2021)
         for i, (s, b) in enumerate((s, b) for s in ("RUS", "UKR", "USA") for b in ("EGY", "TUN", "KEN"))]  # fmt: skip
GROWN = [f"{y},Wheat,{c},{2e6 + 1e5 * (y % 3)}" for y in (2018, 2019, 2020, 2021) for c in ("RUS", "UKR", "EGY")]


@pytest.fixture
def ask(tmp_path):
    """The command's words for these rows; a file's name ends in .gz."""

    def words(trade=TRADE, production=GROWN, year=2020, headers=HEADERS, **options):
        for name, rows in (("trade", trade), ("production", production)):
            (tmp_path / f"{name}.csv.gz").write_bytes(gzip.compress("\n".join([headers[name], *rows, ""]).encode()))
        files = [part for name in HEADERS for part in (f"--{name}", tmp_path / f"{name}.csv.gz")]
        more = [part for name, value in options.items() for part in (f"--{name}", value)]
        return ["spillover", "backtest", *files, "--base-year", str(year), *more]

    return words


def test_the_answer(ask, clarion):
    data = clarion(*ask(item="wheat", exporters="RUS,UKR"), "--json").data
    assert {"method", "wape_all", "wape_exposed", "coverage_90", "width_90", "baselines"} <= set(data)
    assert set(data["baselines"]) == {"persistence", "static_cut", "blend"}
    assert data["known_of_target_year"].keys() == {"RUS", "UKR"}
    assert [row["iso3"] for row in data["countries"]] == ["EGY", "KEN", "TUN"]
    assert all(len(p["sha256"]) == 64 for p in data["provenance"])
    shown = clarion(*ask()).out
    assert f"{data['wape_all']:.3f}" in shown
    assert "without 2020-2021" in shown


def test_a_plain_csv_will_do(ask, clarion, tmp_path):
    packed = [str(word) for word in ask()]
    for name in HEADERS:
        (tmp_path / f"{name}.csv").write_bytes(gzip.decompress((tmp_path / f"{name}.csv.gz").read_bytes()))
    plain = clarion(*(word.removesuffix(".gz") for word in packed), "--json").data
    assert plain["wape_all"] == clarion(*packed, "--json").data["wape_all"]


BAD = {
    "no such commodity": ({"item": "gold"}, "commodity"),
    "commodity not in the file": ({"item": "maize"}, "maize"),
    "unknown exporter": ({"exporters": "RUS,XXX"}, "XXX"),
    "no exporter": ({"exporters": ","}, "exporter"),
    "exporter twice": ({"exporters": "RUS,RUS"}, "once"),
    "year ahead missing": ({"year": 2021}, "2022"),
    "base year missing": ({"year": 2010}, "2010"),
    "no production then": ({"production": [row for row in GROWN if not row.startswith("2020")]}, "2020"),
    "empty": ({"trade": []}, "no rows"),
    "columns": ({"headers": HEADERS | {"trade": "year,item,exporter,importer,tonnes"}}, "exporter"),
    "cut short": ({"trade": [*TRADE[:-1], "2021,Wheat,USA"]}, "3 fields"),
    "not a number": ({"trade": [*TRADE, "2021,Wheat,USA,JPN,many"]}, "number"),
    "negative": ({"trade": [*TRADE, "2021,Wheat,USA,JPN,-5"]}, "less than 0"),
    "a row twice": ({"trade": [*TRADE, TRADE[0]]}, "same key"),
    "a name for a code": ({"trade": [*TRADE, "2021,Wheat,USA,Japan,5"]}, "Japan"),
    "not a year": ({"trade": [*TRADE, "20.5,Wheat,USA,JPN,5"]}, "whole"),
    "year of another calendar": ({"year": 99999999}, "99999999"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input(name, ask, refused):
    given, named = BAD[name]
    assert named in refused(*ask(**given))["what"]


@pytest.mark.parametrize("kind", ["empty", "no gzip at all", "cut short"])
def test_a_file_that_cannot_be_read(kind, ask, refused, tmp_path):
    words = ask()
    # Named, not given as bytes: a gzip header holds the second it was made in, and a test's name must not.
    content = {"empty": b"", "no gzip at all": b"plain", "cut short": gzip.compress(b"year,item\n" * 500)[:20]}[kind]
    (tmp_path / "trade.csv.gz").write_bytes(content)
    assert str(tmp_path) in refused(*words)["where"]


def test_a_file_that_is_not_there(ask, refused, tmp_path):
    words = ask()
    (tmp_path / "production.csv.gz").unlink()
    assert "production.csv.gz" in refused(*words)["where"]
