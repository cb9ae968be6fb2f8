"""FAOSTAT's three bulk files, good and hostile."""

from __future__ import annotations

import polars as pl
import pytest
from official_files import (
    AREA_HEADER,
    FBS_HEADER,
    TM_HEADER,
    TRADE_ROWS,
    area_row,
    bomb,
    faostat_zip,
    load,
    tm,
    trade_zip,
    zipped,
)

from clarion.errors import SourceError
from clarion.sources.faostat_balances import faostat_balances
from clarion.sources.faostat_production import faostat_production
from clarion.sources.faostat_trade import faostat_trade
from clarion.spillover.engine.trade import as_reported
from clarion.vocab.commodity import FLOUR_TO_WHEAT, MILLED_PER_PADDY


def one(frame: pl.DataFrame, **key: str) -> dict[str, object]:
    found = frame.filter(pl.all_horizontal(pl.col(k) == v for k, v in key.items()))
    assert found.height == 1
    return found.row(0, named=True)


def test_trade_keeps_both_sides_and_turns_flour_into_wheat(tmp_path) -> None:
    tables, counts = load(faostat_trade, trade_zip(tmp_path))
    flows = tables["trade_flows"]
    pair = {"item": "wheat", "exporter_iso3": "RUS", "importer_iso3": "EGY", "period": "2021"}
    sent = one(flows, reported_by="exporter", **pair)
    assert sent["tonnes"] == pytest.approx(5_000_000 + 7600 * FLOUR_TO_WHEAT)
    assert sent["usd"] == 1.3e9
    assert sent["source_row"] == 2
    assert sent["more_rows"] == "3, 4", "the lines of its value and of the flour in it"
    assert one(flows, reported_by="importer", **pair)["more_rows"] is None
    assert one(flows, reported_by="importer", **pair)["tonnes"] == 5_200_000
    assert one(flows, item="rice")["importer_iso3"] == "TWN"
    assert set(flows.filter(pl.col("item") == "maize")["importer_iso3"]) == {"CIV", "CHN"}
    assert one(flows, importer_iso3="XSD")["period"] == "2010"
    assert counts == {
        "other items": 1,
        "aggregate areas": 1,
        "China as one area, beside its four parts": 1,
        "areas not specified": 1,
        "trade of a country with itself": 1,
        "no value given": 1,
        "flows of nothing (weight and value are zero or absent)": 1,
        "rows of areas that no longer exist, kept under their own code": 1,
    }


def test_areas_that_are_no_more_are_counted_and_do_not_stop_the_load(tmp_path) -> None:
    """FAO's list of partners goes back to 1986 and holds islands that ISO counts among others."""
    gone = ("111,'396,Johnston Island", "246,'886,Yemen Ar Rp", "247,'720,Yemen Dem")
    rows = "".join(tm("USA", area, 15, 5910, 1988, "5") for area in gone)
    tables, counts = load(faostat_trade, trade_zip(tmp_path, rows + tm("USA", "EGY", 15, 5910, 2021, "5")))
    assert tables["trade_flows"]["importer_iso3"].to_list() == ["EGY"]
    assert counts == {"islands of the United States": 1, "states that are gone": 2}


def test_a_flow_is_cited_by_a_row_that_weighs_something(tmp_path) -> None:
    rows = tm("RUS", "EGY", 15, 5922, 2021, "1300") + tm("RUS", "EGY", 15, 5910, 2021, "5000")
    flows = load(faostat_trade, trade_zip(tmp_path, rows))[0]["trade_flows"]
    assert flows["source_row"].to_list() == [3]
    assert flows["more_rows"].to_list() == ["2"], "the line of the value stays to be found"
    assert flows["usd"].to_list() == [1_300_000]


def test_a_weight_of_zero_with_a_value_leaves_the_word_to_the_partner(tmp_path) -> None:
    rows = (
        tm("RUS", "EGY", 15, 5910, 2021, "0.000000") + tm("RUS", "EGY", 15, 5922, 2021, "1300.000000")
        + tm("EGY", "RUS", 15, 5610, 2021, "5200.000000")
    )  # fmt: skip
    tables, counts = load(faostat_trade, trade_zip(tmp_path, rows))
    flows = tables["trade_flows"].sort("reported_by")
    assert flows.select("reported_by", "tonnes", "usd").rows() == [
        ("exporter", None, 1_300_000.0), ("importer", 5200.0, None),
    ]  # fmt: skip
    assert counts == {"flows with a value and a weight of zero (the weight is taken as unknown)": 1}
    assert as_reported(flows, "tonnes", 1)["amount"].to_list() == [5200.0]


def test_a_latin1_file_with_a_mark_reads_the_same(tmp_path) -> None:
    plain = load(faostat_trade, trade_zip(tmp_path))[0]["trade_flows"]
    assert load(faostat_trade, trade_zip(tmp_path, encoding="latin-1"))[0]["trade_flows"].equals(plain)
    marked = faostat_zip(tmp_path, "Trade_DetailedTradeMatrix", b"\xef\xbb\xbf" + (TM_HEADER + TRADE_ROWS).encode())
    assert load(faostat_trade, marked)[0]["trade_flows"].equals(plain)


def test_the_unpacked_csv_loads_too(tmp_path) -> None:
    path = tmp_path / "Trade_DetailedTradeMatrix_E_All_Data_(Normalized).csv"
    path.write_text(TM_HEADER + TRADE_ROWS)
    assert load(faostat_trade, path)[0]["trade_flows"].height == 8


GOOD = tm("RUS", "EGY", 15, 5910, 2021, "5")


@pytest.mark.parametrize(
    ("rows", "said", "line"),
    [
        (GOOD + tm("RUS", "EGY", 15, 5910, 2020, "-5"), "Value '-5' is negative", 3),
        (GOOD + tm("RUS", "EGY", 15, 5910, 2020, "n.a."), "Value 'n.a.' is not a number", 3),
        (GOOD + tm("RUS", "EGY", 15, 5910, 2020, "NaN"), "Value 'NaN' is not a number", 3),
        (
            GOOD + tm("RUS", "EGY", 15, 5910, 2020, "5", unit="1000 t"),
            "Unit '1000 t' was expected to be t or tonnes",
            3,
        ),
        (GOOD + tm("RUS", "EGY", 15, 5910, 2020, "5", label="Import value"), "was expected to be 'export quantity'", 3),
        (GOOD + GOOD, "Two rows say the same thing", 3),
        (GOOD + tm("999,'999,Atlantis", "EGY", 15, 5910, 2021, "5"), "not known: Reporter Country Code 999", 3),
        (
            GOOD + tm("185,'840,Russian Federation", "EGY", 15, 5910, 2021, "5"),
            "not known: Reporter Country Code 185",
            3,
        ),
        (GOOD + tm("RUS", "EGY", 15, 5910, 20, "5"), "Year '20' is not a year", 3),
        (GOOD + "185,'643,Russian Federation\n", "3 fields where the header has 16", 3),
        (GOOD + "\n" + GOOD, "stands on an empty line", 3),
    ],
)
def test_surprises_in_rows_are_errors_with_their_line(tmp_path, rows: str, said: str, line: int | None) -> None:
    with pytest.raises(SourceError) as caught:
        load(faostat_trade, trade_zip(tmp_path, rows))
    assert said in str(caught.value)
    assert line is None or caught.value.details["line"] == line
    assert caught.value.next_step


@pytest.mark.parametrize(
    ("header", "column"),
    [
        (TM_HEADER.replace("Value", "Amount"), "Value"),
        (TM_HEADER.replace("Flag", "Confidence"), "Confidence"),
        (TM_HEADER.replace("Unit,", ""), "Unit"),
    ],
)
def test_a_changed_column_is_named(tmp_path, header: str, column: str) -> None:
    with pytest.raises(SourceError) as caught:
        load(faostat_trade, trade_zip(tmp_path, header=header))
    assert caught.value.details["column"] == column
    assert "line 1" in caught.value.where


def test_files_that_are_not_what_they_say(tmp_path) -> None:
    whole = trade_zip(tmp_path, TRADE_ROWS * 50).read_bytes()
    cases = {
        "cut.zip": (whole[: len(whole) // 2], "damaged or was cut short"),
        "bits.zip": (whole[:200] + bytes(60) + whole[260:], "damaged or was cut short"),
        "page.zip": (b"<!DOCTYPE html><html>Service unavailable</html>", "a web page"),
        "none.zip": (b"", "an empty file"),
        "pdf.zip": (b"%PDF-1.4", "pdf data"),
    }
    for name, (content, said) in cases.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SourceError, match=said):
            load(faostat_trade, tmp_path / name)
    with pytest.raises(SourceError, match="holds 0 files"):
        load(faostat_trade, zipped(tmp_path, "other.zip", {"readme.txt": "x"}))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path) -> None:
    with pytest.raises(SourceError, match="official data does not"):
        load(faostat_trade, bomb(tmp_path, "Trade_DetailedTradeMatrix_E_All_Data_(Normalized).csv", "bomb.zip"))


def test_production_takes_only_production(tmp_path) -> None:
    rows = (
        area_row("KAZ", 15, 5510, 2021, "11814108.000000")
        + area_row("KAZ", 15, 5312, 2021, "12908460.000000")
        + area_row("KAZ", 15, 5412, 2021, "915.200000")
        + area_row("CHN", 27, 5510, 2021, "212843000.000000")
        + area_row("CHN", 30, 5510, 2021, "141965000.000000")
        + area_row("CHINA", 27, 5510, 2021, "214404000.000000")
        + area_row("WORLD", 15, 5510, 2021, "770877072.830000")
        + area_row("XET", 15, 5510, 1990, "867000.000000")
        + area_row("SCG", 15, 5510, 2005, "2000000.000000")
        + area_row("SUN", 15, 5510, 1991, "72000000.000000")
        + area_row("TJK", 15, 5510, 2021, "", flag="M")
    )
    tables, counts = load(faostat_production, faostat_zip(tmp_path, "Production_Crops_Livestock", AREA_HEADER + rows))
    made = tables["production"]
    assert one(made, iso3="KAZ")["tonnes"] == 11814108
    assert one(made, iso3="CHN")["tonnes"] == pytest.approx(212843000 * MILLED_PER_PADDY)
    assert set(made["iso3"]) == {"KAZ", "CHN", "XET", "SCG", "SUN"}
    assert counts["other elements: Area harvested"] == 1
    assert counts["other elements: Yield"] == 1
    assert counts["rows of areas that no longer exist, kept under their own code"] == 3
    assert counts["no value given"] == 1


WHEAT, RICE = "2511,'S2511,Wheat and products", "2807,'S2807,Rice and products"


def test_balances_come_in_tonnes_with_their_signs(tmp_path) -> None:
    rows = (
        area_row("EGY", WHEAT, 5511, 2021, "9000.000000")
        + area_row("EGY", WHEAT, 5072, 2021, "-250.000000")
        + area_row("EGY", WHEAT, 645, 2021, "146.300000")
        + area_row("EGY", WHEAT, 664, 2021, "1170.000000")
        + area_row("EGY", WHEAT, 674, 2021, "35.000000")
        + area_row("EGY", RICE, 5142, 2021, "4000.000000")
        + area_row("EGY", RICE, 664, 2021, "370.000000")
        + area_row("EGY", "2901,'S2901,Grand Total", 664, 2021, "3292.000000")
    )
    tables, counts = load(faostat_balances, faostat_zip(tmp_path, "FoodBalanceSheets", FBS_HEADER + rows))
    found = {(r["item"], r["element"]): (r["value"], r["unit"]) for r in tables["food_balance"].iter_rows(named=True)}
    assert found[("wheat", "production")] == (9_000_000, "t")
    assert found[("wheat", "stock_variation")] == (-250_000, "t")
    assert found[("wheat", "kg_per_person_year")] == (146.3, "kg/person/year")
    assert found[("wheat", "kcal_per_person_day")] == (1170, "kcal/person/day")
    assert found[("rice", "food")] == (pytest.approx(4_000_000 * MILLED_PER_PADDY), "t")
    assert found[("rice", "kcal_per_person_day")] == (370, "kcal/person/day")
    assert counts == {"other items": 1, "other elements: Protein supply quantity (g/capita/day)": 1}


def test_a_negative_food_balance_is_refused_where_it_makes_no_sense(tmp_path) -> None:
    bad = faostat_zip(tmp_path, "FoodBalanceSheets", FBS_HEADER + area_row("EGY", WHEAT, 5142, 2021, "-1"))
    with pytest.raises(SourceError, match="is negative"):
        load(faostat_balances, bad)
