"""UN Comtrade and BACI: codes of their own, repeated totals, missing quantities."""

from __future__ import annotations

import polars as pl
import pytest
from official_files import BACI_COUNTRIES, baci, comtrade, comtrade_record, load, zipped

from clarion.errors import SourceError
from clarion.sources.baci import baci as baci_source
from clarion.sources.comtrade import comtrade as comtrade_source
from clarion.sources.comtrade_inputs import comtrade_inputs as comtrade_inputs_source
from clarion.vocab.commodity import FLOUR_TO_WHEAT, MILLED_PER_PADDY


def flows(path) -> tuple[pl.DataFrame, dict[str, int]]:
    tables, counts = load(comtrade_source, path)
    return tables["trade_flows"], counts


def test_comtrade_counts_each_flow_once(tmp_path) -> None:
    records = [
        comtrade_record(818, 643),
        comtrade_record(818, 643, motCode=2100, mosCode="0"),
        comtrade_record(818, 643, customsCode="C03"),
        comtrade_record(818, 643, partner2Code=899),
        comtrade_record(818, 0),
        comtrade_record(818, 899),
        comtrade_record(818, 837),
        comtrade_record(643, 818, flow="X", netWgt=4_800_000.0),
        comtrade_record(643, 818, flow="RX"),
        comtrade_record(818, 643, code="1101", netWgt=76_000.0, primaryValue=10.0),
        comtrade_record(818, 643, code="8471"),
        comtrade_record(842, 842),
    ]
    frame, counts = flows(comtrade(tmp_path, records))
    assert frame.height == 2
    got = frame.filter(reported_by="importer").row(0, named=True)
    assert (got["exporter_iso3"], got["importer_iso3"], got["period"]) == ("RUS", "EGY", "2021")
    assert got["tonnes"] == pytest.approx(5000 + 76 * FLOUR_TO_WHEAT)
    assert got["usd"] == pytest.approx(1_500_010.5)
    assert frame.filter(reported_by="exporter")["tonnes"].to_list() == [4800]
    assert counts == {
        "re-exports and re-imports": 1, "parts by customs procedure": 1, "parts by mode of transport": 1,
        "parts by second partner": 1, "other commodities": 1, "the world as partner": 1, "areas not specified": 1,
        "bunkers, free zones and special categories": 1, "trade of a country with itself": 1,
    }  # fmt: skip


def test_comtrade_codes_that_differ_from_iso(tmp_path) -> None:
    codes = {757: "CHE", 842: "USA", 699: "IND", 251: "FRA", 579: "NOR", 490: "TWN", 380: "ITA", 156: "CHN"}
    frame, _ = flows(comtrade(tmp_path, [comtrade_record(818, code) for code in codes]))
    assert set(frame["exporter_iso3"]) == set(codes.values())


def test_partners_that_are_no_more_are_counted(tmp_path) -> None:
    frame, counts = flows(comtrade(tmp_path, [comtrade_record(818, 643), comtrade_record(818, 886, period="1989")]))
    assert frame["exporter_iso3"].to_list() == ["RUS"]
    assert counts == {"states that are gone": 1}


def test_an_answer_without_any_commodity_of_ours_is_an_empty_table(tmp_path) -> None:
    frame, counts = flows(comtrade(tmp_path, [comtrade_record(818, 643, code="0901")]))
    assert frame.is_empty()
    assert counts == {"other commodities": 1}
    tables, counts = load(baci_source, baci(tmp_path, "2021,643,818,90111,1,5\n"))
    assert tables["trade_flows"].is_empty()
    assert counts == {"other products": 1}


def test_headings_hold_their_parts_only_once(tmp_path) -> None:
    paddy = comtrade_record(818, 643, code="100610", netWgt=1000.0)
    milled = comtrade_record(818, 643, code="100630", netWgt=500.0)
    whole = comtrade_record(818, 643, code="1006", netWgt=1500.0)
    frame, _ = flows(comtrade(tmp_path, [paddy, milled]))
    assert frame["tonnes"][0] == pytest.approx(MILLED_PER_PADDY + 0.5)
    frame, counts = flows(comtrade(tmp_path, [paddy, milled, whole]))
    assert frame["tonnes"][0] == 1.5
    assert counts["parts of a heading that is there too"] == 2
    other = comtrade_record(792, 643, code="100630", netWgt=700.0)
    frame, counts = flows(comtrade(tmp_path, [paddy, milled, whole, other]))
    assert dict(frame.select("importer_iso3", "tonnes").iter_rows()) == pytest.approx({"EGY": 1.5, "TUR": 0.7})
    assert counts["parts of a heading that is there too"] == 2


def test_a_missing_weight_stays_missing(tmp_path) -> None:
    by_quantity = comtrade_record(818, 643, netWgt=None)
    no_weight = comtrade_record(818, 804, netWgt=0, qtyUnitAbbr="u", qty=12)
    frame, counts = flows(comtrade(tmp_path, [by_quantity, no_weight]))
    assert dict(frame.select("exporter_iso3", "tonnes").iter_rows()) == {"RUS": 5000.0, "UKR": None}
    assert counts["rows without a weight (their value is kept)"] == 1


@pytest.mark.parametrize(
    ("records", "answer", "said"),
    [
        ([comtrade_record(818, 643)] * 2, {}, "Two rows say the same thing"),
        ([comtrade_record(818, 987)], {}, "not known: partnerCode 987"),
        ([comtrade_record(818, 643, netWgt=-1)], {}, "is negative"),
        ([comtrade_record(818, 643, netWgt="heavy")], {}, "is not a number"),
        ([comtrade_record(818, 643, period="202101", freqCode="M")], {}, "not yearly trade"),
        ([comtrade_record(818, 643, tariff=3)], {}, "'tariff' is new"),
        ([{k: v for k, v in comtrade_record(818, 643).items() if k != "netWgt"}], {}, "'netWgt' is missing"),
        ([comtrade_record(818, 643)] * 500, {}, "cut at a limit"),
        ([comtrade_record(818, 643)], {"count": 7}, "cut at a limit"),
        ([], {"data": None, "error": "Rate limit exceeded"}, "Rate limit exceeded"),
        ([], {"data": None, "statusCode": 401, "message": "Access denied"}, "Access denied"),
        (["x"], {}, "not an object"),
    ],
)
def test_surprises_in_comtrade_are_errors(tmp_path, records, answer, said) -> None:
    with pytest.raises(SourceError) as caught:
        flows(comtrade(tmp_path, records, **answer))
    assert said in str(caught.value)


ROWS = (
    "2021,643,818,100199,1300000,5000000\n2021,643,818,110100,10,76\n2021,643,384,100199,25.5,NA\n"
    "2021,842,490,100630,20,  30.5\n2021,643,697,100199,1,2\n2021,643,818,847130,1,2\n2021,643,818,10121,1,2\n"
)


def test_baci_in_tonnes_and_dollars(tmp_path) -> None:
    tables, counts = load(baci_source, baci(tmp_path, ROWS))
    found = {r["importer_iso3"]: r for r in tables["trade_flows"].iter_rows(named=True)}
    assert found["EGY"]["tonnes"] == pytest.approx(5_000_000 + 76 * FLOUR_TO_WHEAT)
    assert found["EGY"]["usd"] == pytest.approx(1_300_010_000)
    assert (found["CIV"]["tonnes"], found["CIV"]["usd"]) == (None, 25_500)
    assert (found["TWN"]["item"], found["TWN"]["tonnes"]) == ("rice", 30.5)
    assert set(tables["trade_flows"]["reported_by"]) == {"reconciled"}
    assert {r["source_row"] for r in found.values()} == {202100000002, 202100000004, 202100000005}
    assert counts == {
        "other products": 2, "areas not specified": 1, "rows without a quantity (their value is kept)": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "more", "said"),
    [
        ("2021,643,555,100199,1,1\n", {}, "not known: j 555"),
        ("2021,643,818,100199,1,-1\n", {}, "is negative"),
        ("2021,643,818,100199,one,1\n", {}, "is not a number"),
        ("2021,643,818,100199,1,1\n" * 2, {}, "Two rows say the same thing"),
        ("2020,643,818,100199,1,1\n", {}, "is not the year 2021"),
        ("2021,643,818,100199,1\n", {}, "5 fields where the header has 6"),
        ("2021,643,818,100199,1,1\n", {"countries": BACI_COUNTRIES.replace("country_iso3", "iso")}, "country_iso3"),
    ],
)
def test_surprises_in_baci_are_errors(tmp_path, rows, more, said) -> None:
    with pytest.raises(SourceError) as caught:
        load(baci_source, baci(tmp_path, rows, **more))
    assert said in str(caught.value)


def test_baci_needs_its_parts(tmp_path) -> None:
    with pytest.raises(SourceError, match="no list of countries"):
        load(baci_source, zipped(tmp_path, "b.zip", {"BACI_HS17_Y2021_V202601.csv": "t,i,j,k,v,q\n"}))
    with pytest.raises(SourceError, match="no file such as"):
        load(baci_source, zipped(tmp_path, "c.zip", {"country_codes_V202601.csv": BACI_COUNTRIES}))


def test_fertiliser_and_fuels_are_read_from_both(tmp_path) -> None:
    urea, gas = comtrade_record(818, 643, code="310210"), comtrade_record(818, 643, code="271121")
    other_gas, mixed = comtrade_record(818, 643, code="271129"), comtrade_record(818, 643, code="310520")
    tables, counts = load(comtrade_inputs_source, comtrade(tmp_path, [urea, gas, other_gas, mixed]))
    found = dict(tables["trade_flows"].select("item", "tonnes").iter_rows())
    assert found == pytest.approx({"nitrogen": 5000 * 0.46, "natural-gas": 5000})
    assert counts == {"other commodities": 2}
    frame = load(baci_source, baci(tmp_path, "2021,643,818,310420,1,10\n2021,643,818,270112,1,7\n"))[0]["trade_flows"]
    assert dict(frame.select("item", "tonnes").iter_rows()) == pytest.approx({"potash": 6.0, "coal": 7.0})


def test_what_is_asked_of_comtrade_is_what_the_vocabulary_lists() -> None:
    foods, inputs = comtrade_source.download, comtrade_inputs_source.download
    assert "100199" in foods
    assert "310420" not in foods
    assert "310420" in inputs
    assert "271121" in inputs
