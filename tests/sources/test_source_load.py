"""From file to warehouse, and what the commands print."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from official_files import TM_HEADER, TRADE_ROWS, knomad, pink, tm, trade_zip

from clarion.config import config
from clarion.errors import InputError, SourceError, StorageError, TableError, UnknownName
from clarion.sources import catalogue, find
from clarion.sources.fetch import fetch
from clarion.sources.load import load_source, load_table
from clarion.sources.overview import details, overview
from clarion.sources.warehouse import Warehouse
from clarion.tables import TABLES

OWN = "item,exporter_iso3,importer_iso3,period,reported_by,tonnes\nwheat,RUS,EGY,2021,exporter,5\n"
DAY = datetime(2026, 5, 1, tzinfo=UTC)


def test_a_loaded_source_comes_before_the_embedded_one_with_its_trail(tmp_path: Path) -> None:
    home, path = tmp_path / "home", trade_zip(tmp_path)
    assert Warehouse(home).table("trade_flows").source == "staple-trade"
    note = fetch(find("faostat-trade"), home, origin=str(path), now=lambda: DAY)
    loaded = load_source("faostat-trade", home, partial=True, now=lambda: DAY)
    assert loaded.rows == {"trade_flows": 8}
    table = Warehouse(home).table("trade_flows")
    assert table.source == "faostat-trade"
    trail = table.provenance
    assert trail.sha256 == note.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert trail.retrieved == "2026-05-01T00:00:00+00:00"
    assert trail.release == "retrieved 2026-05-01, a part only", "said wherever the table is cited"
    assert trail.licence == "CC BY 4.0"
    assert str(tmp_path) not in json.dumps(trail.to_dict())
    assert table.cite((2,)).rows == (2,)
    assert Warehouse(home).table("trade_flows", "staple-trade").provenance.sha256
    assert [t.source for t in Warehouse(home).all("trade_flows")] == ["faostat-trade", "staple-trade"]
    assert Warehouse().table("trade_flows").source == "staple-trade"


def test_the_newest_load_wins(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(OWN)
    load_table("trade_flows", file, tmp_path, source="first", now=lambda: DAY + timedelta(days=2))
    load_table("trade_flows", file, tmp_path, source="second", now=lambda: DAY)
    assert Warehouse(tmp_path).table("trade_flows").source == "first"
    assert [t.source for t in Warehouse(tmp_path).all("trade_flows")][:2] == ["first", "second"]


def test_too_few_rows_fail_and_keep_the_earlier_load(tmp_path: Path) -> None:
    load_source("faostat-trade", tmp_path, trade_zip(tmp_path), partial=True)
    before = Warehouse(tmp_path).table("trade_flows").provenance
    with pytest.raises(SourceError, match="at least 300,000") as caught:
        load_source("faostat-trade", tmp_path, trade_zip(tmp_path, tm("RUS", "EGY", 15, 5910, 2021, "5")))
    assert caught.value.details["rows"] == 1
    assert Warehouse(tmp_path).table("trade_flows").provenance == before


def test_no_rows_fail_even_when_bounds_are_waived(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="gives 0 rows"):
        load_source(
            "faostat-trade", tmp_path, trade_zip(tmp_path, tm("RUS", "EGY", 866, 5910, 2021, "5")), partial=True
        )


def test_years_to_come_are_refused_but_for_the_next(tmp_path: Path) -> None:
    """The latest years answer every question, so that one slip of a digit would be the answer."""
    good = tm("RUS", "EGY", 15, 5910, 2027, "5")
    load_source("faostat-trade", tmp_path, trade_zip(tmp_path, good), partial=True, now=lambda: DAY)
    before = Warehouse(tmp_path).table("trade_flows").provenance
    late = good + tm("RUS", "EGY", 15, 5910, 2028, "5")
    with pytest.raises(SourceError, match="speaks of 2028, which has not come yet") as caught:
        load_source("faostat-trade", tmp_path, trade_zip(tmp_path, late), partial=True, now=lambda: DAY)
    assert "line 3" in str(caught.value.where)
    prices = pink(tmp_path, [["2092M02", 1, 1, 1, 1, 1]])
    with pytest.raises(SourceError, match="speaks of 2092-02"):
        load_source("pink-sheet", tmp_path, prices, partial=True, now=lambda: DAY)
    assert Warehouse(tmp_path).table("trade_flows").provenance == before


def test_more_rows_only_warn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    small = replace(find("faostat-trade"), rows=(1, 2))
    monkeypatch.setattr("clarion.sources.load.find", lambda _: small)
    loaded = load_source("faostat-trade", tmp_path, trade_zip(tmp_path))
    assert loaded.rows == {"trade_flows": 8}
    assert "more than the 2 expected" in loaded.warnings[0]


def test_a_file_of_ones_own_gets_lines_and_a_name(tmp_path: Path) -> None:
    file = tmp_path / "My Survey 2021.csv"
    file.write_text(OWN)
    loaded = load_table("trade_flows", file, tmp_path, licence="ours")
    assert loaded.source == "my-survey-2021"
    table = Warehouse(tmp_path).table("trade_flows")
    assert table.frame["source_row"].to_list() == [2]
    assert (table.provenance.release, table.provenance.licence) == (file.name, "ours")
    assert details("my-survey-2021", tmp_path)["loads"][0]["sha256"] == loaded.sha256


def test_names_and_files_that_cannot_be(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(OWN)
    with pytest.raises(InputError, match="name of an official source"):
        load_table("trade_flows", file, tmp_path, source="faostat-trade")
    with pytest.raises(UnknownName, match="no table 'trade'"):
        load_table("trade", file, tmp_path)
    with pytest.raises(InputError, match="Nothing has been fetched"):
        load_source("baci", tmp_path)
    with pytest.raises(InputError, match="comes with Clarion"):
        load_source("staple-trade", tmp_path)
    with pytest.raises(UnknownName, match="no source"):
        load_source("faostat", tmp_path)
    with pytest.raises(UnknownName, match="is loaded") as caught:
        Warehouse(tmp_path).table("trade_flows", "baci")
    assert "clarion sources fetch baci" in caught.value.next_step
    with pytest.raises(UnknownName, match="Nothing is loaded for the table food_balance"):
        Warehouse(tmp_path).table("food_balance")
    file.write_text(OWN.replace("RUS", "RUX"))
    with pytest.raises(TableError, match="RUX"):
        load_table("trade_flows", file, tmp_path)


def test_a_file_swapped_after_the_fetch_does_not_borrow_its_note(tmp_path: Path) -> None:
    fetch(find("faostat-trade"), tmp_path / "h", origin=str(trade_zip(tmp_path)), now=lambda: DAY)
    (tmp_path / "other").mkdir()
    other = trade_zip(tmp_path / "other", TRADE_ROWS + tm("RUS", "EGY", 15, 5910, 2019, "5"))
    load_source("faostat-trade", tmp_path / "h", other, partial=True)
    trail = Warehouse(tmp_path / "h").table("trade_flows").provenance
    assert trail.retrieved == ""
    assert trail.url == find("faostat-trade").url


def test_every_declaration_is_complete() -> None:
    for source in catalogue().values():
        assert source.title, source.id
        assert source.url.startswith("https://")
        assert source.licence
        assert source.cadence
        assert set(source.tables) <= set(TABLES)
        assert 0 < source.rows[0] <= source.rows[1]
        assert source.embedded or source.file_name
        assert not source.download or source.download.startswith("https://")
    promised = "faostat-trade faostat-production faostat-balances usda-psd wb-remittances wb-population wb-gdp "
    promised += "wb-reserves knomad-remittances pink-sheet comtrade baci"
    assert set(promised.split()) <= set(catalogue())


def test_the_overview_says_state_and_age(tmp_path: Path) -> None:
    fetch(find("faostat-trade"), tmp_path, origin=str(trade_zip(tmp_path)), now=lambda: DAY)
    states = {e["id"]: e for e in overview(tmp_path, DAY + timedelta(days=40))}
    assert states["faostat-trade"]["state"] == "fetched"
    load_source("faostat-trade", tmp_path, partial=True, now=lambda: DAY)
    states = {e["id"]: e for e in overview(tmp_path, DAY + timedelta(days=40))}
    assert (states["faostat-trade"]["state"], states["faostat-trade"]["age_days"]) == ("loaded", 40)
    assert states["faostat-trade"]["rows"] == 8
    assert (states["staple-trade"]["state"], states["staple-trade"]["rows"]) == ("embedded", 7107)
    assert states["baci"]["state"] == "absent"
    shown = details("faostat-trade", tmp_path, DAY)
    assert shown["loads"][0]["left_out"]["aggregate areas"] == 1
    with pytest.raises(UnknownName):
        details("nothing", tmp_path)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """The real command line, in this process: what it printed and the code it left with."""
    from clarion.__main__ import main

    monkeypatch.setenv("CLARION_HOME", str(tmp_path / "home"))
    config.cache_clear()

    def call(*args: str) -> SimpleNamespace:
        monkeypatch.setattr(sys, "argv", ["clarion", *args])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return SimpleNamespace(exit_code=left.value.code, stdout=said.out, stderr=said.err)

    yield call
    config.cache_clear()


def test_the_commands_list_show_fetch_and_load(run, tmp_path: Path) -> None:
    listed = run("sources", "--json")
    assert listed.exit_code == 0
    assert {e["id"] for e in json.loads(listed.stdout)} == set(catalogue())
    assert "faostat-trade" in run("sources").stdout
    assert json.loads(run("sources", "show", "baci", "--json").stdout)["state"] == "absent"
    assert "Etalab" in run("sources", "show", "baci").stdout
    matrix = knomad(tmp_path)
    got = run("sources", "fetch", "knomad-remittances", "--from", str(matrix), "--no-load", "--json")
    assert json.loads(got.stdout)["bytes"] == matrix.stat().st_size
    few = run("sources", "load", "knomad-remittances")
    assert few.exit_code == 3
    assert "at least 5,000" in few.stderr
    (tmp_path / "f.csv").write_text(OWN)
    loaded = run("load", "trade_flows", str(tmp_path / "f.csv"), "--source", "mine", "--licence", "CC0", "--json")
    assert json.loads(loaded.stdout)["rows"] == {"trade_flows": 1}
    assert "mine" in run("sources").stdout
    assert "CC0" in run("sources", "show", "mine").stdout


def test_a_part_says_so_and_can_be_taken_away_again(run, tmp_path: Path) -> None:
    extract = str(trade_zip(tmp_path))
    refused = run("sources", "load", "faostat-trade", extract)
    assert refused.exit_code == 3
    assert "--partial" in refused.stderr
    told = json.loads(run("sources", "load", "faostat-trade", extract, "--partial", "--json").stdout)
    assert told["warnings"][0].startswith("Part of the source only: 8 rows")
    assert "no longer from staple-trade" in told["warnings"][1]
    home = tmp_path / "home"
    assert "Part of the source only" in Warehouse(home).table("trade_flows").provenance.note
    gone = json.loads(run("sources", "remove", "faostat-trade", "--json").stdout)
    assert gone == {
        "source": "faostat-trade", "removed": ["trade_flows"], "answers_now_from": {"trade_flows": "staple-trade"}
    }  # fmt: skip
    assert Warehouse(home).table("trade_flows").source == "staple-trade"
    assert run("sources", "load", "faostat-trade", extract, "--partial").exit_code == 0
    said = run("sources", "remove", "faostat-trade").stdout
    assert "trade flows: staple-trade" in said
    assert "lists" not in said
    assert run("sources", "remove", "faostat-trade").exit_code == 2
    assert "comes with Clarion" in run("sources", "remove", "staple-trade").stderr


def test_loading_own_figures_says_what_answers_from_now_on(run, tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text(OWN)
    told = run("load", "trade_flows", str(tmp_path / "f.csv"), "--source", "mine").stdout
    assert "clarion sources remove mine" in told
    assert "counts" not in told  # nothing was left out
    again = run("load", "trade_flows", str(tmp_path / "f.csv"), "--source", "mine", "--json")
    assert json.loads(again.stdout)["warnings"] == []


def test_the_list_shows_the_bounds_where_there_is_room(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    assert "300k to 6M" in run("sources").stdout
    monkeypatch.setenv("COLUMNS", "80")
    assert "embedded" in run("sources").stdout


def test_errors_leave_with_their_code_and_no_traceback(run, tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text(TM_HEADER)
    bad = run("load", "trade_flows", str(tmp_path / "f.csv"), "--json")
    assert bad.exit_code == 2
    assert json.loads(bad.stderr)["error"]["code"] == "bad-table"
    assert run("sources", "show", "nope").exit_code == 2
    assert "Traceback" not in bad.stderr


def test_the_commands_import_nothing_heavy() -> None:
    heavy = "('polars', 'numpy', 'rich', 'httpx', 'pyarrow')"
    code = "import sys, clarion.sources.cli, clarion.sources as s; s.catalogue(); "
    code += f"print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_a_table_is_held_once_and_not_after_it_changed(tmp_path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("item,iso3,period,tonnes\nwheat,KAZ,2021,1\n")
    home = tmp_path / "home"
    load_table("production", file, home, source="own")

    def frame():
        return Warehouse(home).table("production", "own").frame

    first = frame()
    assert frame() is first
    file.write_text("item,iso3,period,tonnes\nwheat,KAZ,2021,2\n")
    load_table("production", file, home, source="own")
    assert frame()["tonnes"].to_list() == [2.0]
    next(iter(sorted(home.glob("tables/production/own/2*"))[-1:])).joinpath("data.parquet").write_bytes(b"PAR1")
    with pytest.raises(StorageError):
        frame()
