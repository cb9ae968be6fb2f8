"""From CSV to CSV: complaints name file, line and column, and nothing is left half-written."""

from __future__ import annotations

import os

import pytest

from clarion.errors import InputError, StorageError
from clarion.spillover.engine.cascade import cascade_files

GOOD = {
    "flows": "exporter_iso3,importer_iso3,quantity\nUKR,EGY,30\nUKR,LBN,10\nEGY,EGY,4\n",
    "production": "iso3,quantity\nUKR,100\nEGY,20\n",
    "reserves": "iso3,quantity\nEGY,5\n",
    "shock": "iso3,fraction\nUKR,0.2\n",
}


def ask(folder, rule="burkholz", out="out.csv", **changed):
    paths = []
    for name, text in (GOOD | changed).items():
        path = folder / f"{name}.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        paths.append(path)
    return cascade_files(*paths, folder / out, rule, 0.5, 0.01)


def test_a_shock_goes_in_and_a_table_comes_out(tmp_path):
    summary = ask(tmp_path)
    text = (tmp_path / "out.csv").read_text()
    assert text == "iso3,dP,dR,dC,C0\nEGY,0.0,0.0,-15.0,50.0\nLBN,0.0,0.0,-5.0,10.0\nUKR,-20.0,0.0,0.0,60.0\n"
    assert summary == {
        "rule": "burkholz", "countries": 3, "unknown_codes": [], "links": 2, "self_trade_rows": 1,
        "iterations": summary["iterations"], "converged": True, "mass_balance_error": 0.0,
        "missing_digits_spread": 0.0, "dP": -20.0, "dR": 0.0, "dC": -20.0, "out": str(tmp_path / "out.csv"),
    }  # fmt: skip
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([*(f"{n}.csv" for n in GOOD), "out.csv"])


@pytest.mark.parametrize("header", ["fraction", "fraction_lost", "fraction of production lost", "year_1"])
def test_spreadsheet_habits_are_understood(tmp_path, header):
    shock = f"\ufeff\r\niso3, {header}\r\n UKR , 0.2 \r\n\r\n"
    assert ask(tmp_path, shock=shock)["dP"] == -20


def test_codes_that_nobody_knows_are_named(tmp_path):
    """Made-up worlds are worth a run too, but a slip must not hide."""
    assert ask(tmp_path, production="iso3,quantity\nUKR,100\nUKX,20\n")["unknown_codes"] == ["UKX"]


def test_a_published_shock_may_list_countries_without_part_in_this_trade(tmp_path):
    assert ask(tmp_path, shock="iso3,fraction\nMDA,0\nUKR,0.2\n")["countries"] == 3


@pytest.mark.parametrize(
    ("name", "text", "where", "what"),
    [
        ("flows", "", "", "empty"),
        ("flows", "exporter_iso3,importer_iso3,quantity\n", None, None),
        ("flows", "exporter_iso3,importer_iso3,tonnes\nUKR,EGY,3\n", ", header", "unknown ['tonnes']"),
        ("flows", "exporter_iso3,importer_iso3,quantity\nUKR,EGY,30\nUKR,LB", ", line 3", "2 cells"),
        ("flows", "exporter_iso3,importer_iso3,quantity\nUKR,EGY,3\n\nUKR,LBN,x\n", ", line 4, column quantity", "'x'"),
        ("flows", "exporter_iso3,importer_iso3,quantity\nUKR,EGY,1_0\n", ", line 2, column quantity", "'1_0'"),
        (
            "flows",
            "exporter_iso3,importer_iso3,quantity\nUKR,EGY,3\nUKR,EGY,4\n",
            ", line 3, column exporter",
            "second",
        ),
        ("flows", b"exporter_iso3,importer_iso3,quantity\n\xff\xfe,EGY,3\n", "", "cannot be read"),
        ("production", "iso3,quantity\nUKR,-1\n", ", line 2, column quantity", "-1.0 is not"),
        ("production", "iso3,quantity\nUKR,nan\n", ", line 2, column quantity", "nan is not"),
        ("production", "iso3,quantity\nUKR,1e308\n", ", line 2, column quantity", "1e+308 is not"),
        ("production", "iso3,quantity\nUkraine,1\n", ", line 2, column iso3", "'Ukraine'"),
        ("production", "iso3,iso3,quantity\nUKR,UKR,1\n", ", header", "twice"),
        ("shock", "iso3,fraction\nUKR,20\n", ", line 2, column fraction", "not a number from 0 to 1"),
        ("shock", "iso3,fraction\nUKR,-0.2\n", ", line 2, column fraction", "-0.2 is not a number from 0 to 1"),
        ("shock", "iso3,fraction\nUKR,0.1\nMDA,0.1\n", ", line 3, column iso3", "MDA is not in the trade network"),
    ],
)
def test_bad_files_are_refused(tmp_path, name, text, where, what):
    (tmp_path / "out.csv").write_text("earlier")
    if what is None:
        assert ask(tmp_path, **{name: text})["links"] == 0
        return
    with pytest.raises(InputError) as caught:
        ask(tmp_path, **{name: text})
    assert caught.value.where.startswith(f"{tmp_path / name}.csv{where}")
    assert what in caught.value.what
    assert caught.value.next_step
    assert (tmp_path / "out.csv").read_text() == "earlier"


def test_an_absent_file_is_named(tmp_path):
    with pytest.raises(InputError, match="cannot be read") as caught:
        cascade_files(*(tmp_path / f"{n}.csv" for n in GOOD), tmp_path / "out.csv")
    assert caught.value.where == str(tmp_path / "flows.csv")


def test_impossible_targets_are_refused_before_any_work(tmp_path):
    with pytest.raises(StorageError, match="cannot be written"):
        ask(tmp_path, out="absent/out.csv")
    with pytest.raises(StorageError, match="cannot be written"):
        ask(tmp_path, out=".")
    with pytest.raises(InputError, match="overwrite an input"):
        ask(tmp_path, out="shock.csv")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StorageError, match="cannot be written"):
        ask(tmp_path, out="pipe")
    (tmp_path / "link").symlink_to("flows.csv")
    with pytest.raises(InputError, match="overwrite an input"):
        ask(tmp_path, out="link")


def test_a_link_is_kept_and_what_it_names_is_written(tmp_path):
    (tmp_path / "link").symlink_to("real.csv")
    ask(tmp_path, out="link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real.csv").read_text().startswith("iso3,dP")


def test_a_full_disk_leaves_the_earlier_result(tmp_path, monkeypatch):
    (tmp_path / "out.csv").write_text("earlier")

    def full(fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="disk is full"):
        ask(tmp_path)
    assert (tmp_path / "out.csv").read_text() == "earlier"
    assert not list(tmp_path.glob(".out*"))
