"""World Bank: indicators by API and CSV, remittance matrix, Pink Sheet."""

from __future__ import annotations

import zipfile
from pathlib import Path

import polars as pl
import pytest
from official_files import (
    bomb,
    knomad,
    load,
    pink,
    world_bank_csv,
    world_bank_json,
    world_bank_record,
    zipped,
)

from clarion.config import config
from clarion.errors import SourceError
from clarion.sources.base import Raw
from clarion.sources.knomad import knomad_remittances
from clarion.sources.pink_sheet import pink_sheet
from clarion.sources.worldbank import GDP, REMITTANCES, wb_gdp, wb_population, wb_remittances, wb_reserves


def record(iso3: str, year: int, value: object, **more: object):
    return world_bank_record(REMITTANCES.code, iso3, year, value, **more)


def test_the_api_gives_countries_and_counts_the_rest(tmp_path) -> None:
    records = [
        record("TJK", 2021, 33.4), record("KGZ", 2021, 32.6), record("KGZ", 2022, None), record("XKX", 2021, 18.1),
        record("WLD", 2021, 0.8), record("", 2021, 1.5, country="ZH"), record("CHI", 2021, None),
        record("UZB", 2021, "13.3", scale=""),
    ]  # fmt: skip
    tables, counts = load(wb_remittances, world_bank_json(tmp_path, records))
    frame = tables["indicators"]
    assert dict(frame.select("iso3", "value").iter_rows()) == {"TJK": 33.4, "KGZ": 32.6, "XKX": 18.1, "UZB": 13.3}
    assert set(frame["indicator"]) == {"remittances_pct_gdp"}
    assert frame["source_row"].to_list() == [1, 2, 4, 8]
    assert counts == {"aggregate areas": 2, "areas without an ISO code": 1, "no value given": 1}


def test_gdp_comes_in_millions_like_the_embedded_one(tmp_path) -> None:
    path = world_bank_json(tmp_path, [world_bank_record(GDP.code, "KGZ", 2021, 9_249_000_000.0)])
    row = load(wb_gdp, path)[0]["indicators"].row(0, named=True)
    assert (row["value"], row["unit"]) == (pytest.approx(9249.0), "USD m")


@pytest.mark.parametrize(
    ("records", "heading", "said"),
    [
        ([record("QQQ", 2021, 1.0)], {}, "not known: code QQQ"),
        ([record("", 2021, 1.0, country="Q9")], {}, "not known: code Q9"),
        ([record("KGZ", 2021, -1.0)], {}, "is negative"),
        ([record("KGZ", 2021, "much")], {}, "is not a number"),
        ([record("KGZ", 2021, True)], {}, "is not a number"),
        ([record("KGZ", 2021, float("nan"))], {}, "is not a number"),
        ([record("KGZ", 2021, 1.0)] * 2, {}, "Two rows say the same thing"),
        ([record("KGZ", 2021, 1.0, footnote="x")], {}, "'footnote' is new"),
        ([world_bank_record("SP.POP.TOTL", "KGZ", 2021, 1.0)], {}, "not of the series"),
        ([record("KGZ", "2021Q1", 1.0)], {}, "is not a year"),
        ([record("KGZ", 2021, 1.0)], {"pages": 3}, "one page of 3"),
        ([record("KGZ", 2021, 1.0)], {"total": 99}, "99 records in all"),
        ([7], {}, "not an object"),
    ],
)
def test_surprises_in_the_api_are_errors(tmp_path, records, heading, said) -> None:
    with pytest.raises(SourceError) as caught:
        load(wb_remittances, world_bank_json(tmp_path, records, **heading))
    assert said in str(caught.value)


def test_an_api_error_or_cut_answer_is_said(tmp_path) -> None:
    path = tmp_path / "e.json"
    path.write_text('[{"message":[{"id":"120","key":"Invalid value","value":"The indicator was not found."}]}]')
    with pytest.raises(SourceError, match=r"answered with an error.*not found"):
        load(wb_population, path)
    path.write_text('[{"page":1,"pages":1,"total":2},[{"indicator":')
    with pytest.raises(SourceError, match="not whole JSON"):
        load(wb_population, path)
    path.write_text("[" * 100_000)
    with pytest.raises(SourceError, match="not whole JSON"):
        load(wb_population, path)


ROWS = '"Kyrgyz Republic","KGZ","Reserves","FI.RES.TOTL.MO","4.1","",\n'
ROWS += '"World","WLD","Reserves","FI.RES.TOTL.MO","1","2",\n'


def test_the_csv_download_loads_with_its_lines(tmp_path) -> None:
    tables, counts = load(wb_reserves, world_bank_csv(tmp_path, ROWS))
    row = tables["indicators"].row(0, named=True)
    assert (row["iso3"], row["period"], row["value"], row["source_row"]) == ("KGZ", "2020", 4.1, 6)
    assert counts == {"aggregate areas": 2, "no value given": 1}


@pytest.mark.parametrize(
    ("rows", "header", "said"),
    [
        (ROWS.replace("4.1", "x"), None, "is not a number"),
        (ROWS.replace("FI.RES.TOTL.MO", "FI.RES.TOTL.CD"), None, "not of the series"),
        ('"Kyrgyz Republic","KGZ"\n', None, "2 fields where"),
        (ROWS, '"Country","Code","Name","Indicator Code","2020","2021",\n', "No header"),
        (ROWS, '"Country Name","Country Code","Indicator Name","Indicator Code","2020","Sum",\n', "'Sum' is new"),
    ],
)
def test_surprises_in_the_csv_are_errors(tmp_path, rows, header, said) -> None:
    with pytest.raises(SourceError) as caught:
        load(wb_reserves, world_bank_csv(tmp_path, rows, header) if header else world_bank_csv(tmp_path, rows))
    assert said in str(caught.value)


def test_remittance_pairs_in_dollars(tmp_path) -> None:
    tables, counts = load(knomad_remittances, knomad(tmp_path))
    pairs = {(r["sender_iso3"], r["receiver_iso3"]): r["usd"] for r in tables["remittances"].iter_rows(named=True)}
    assert pairs[("RUS", "UZB")] == pytest.approx(9_197_500_000)
    assert len(pairs) == 4
    assert set(tables["remittances"]["period"]) == {"2021"}
    assert tables["remittances"]["source_row"].to_list() == [3, 3, 3, 4]
    assert counts["areas without an ISO code"] == 1


TOTAL = ["WORLD", 1, 1, 1, 1, 4]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rows": [["Atlantis", 1, 0, 0, 0, 1], TOTAL]}, "'Atlantis' is not known"),
        ({"rows": [["Kazakhstan", -1, 0, 0, 0, -1], TOTAL]}, "-1 is not an amount"),
        ({"rows": [["Kazakhstan", "much", 0, 0, 0, 1], TOTAL]}, "'much' is not an amount"),
        ({"rows": [["Kazakhstan", 1, 0, 0, 0, 50], TOTAL]}, "row's total says 50"),
        ({"rows": [["Kazakhstan", 1, 0, 0, 0, 1]] * 2 + [TOTAL]}, "listed twice as a sender"),
        ({"rows": [["Kazakhstan", 1, 0, 0, 0, 1]]}, "No row WORLD"),
        ({"receivers": ["Tajikistan", "Tajikistan", "Armenia", "Georgia"]}, "listed twice as a receiver"),
        ({"receivers": ["Tajikistan", "Mu", "Armenia", "Georgia"]}, "'Mu' is not known"),
        ({"title": "Remittances (billions)"}, "No sheet begins with"),
    ],
)
def test_surprises_in_the_matrix_are_errors(tmp_path, change, said) -> None:
    with pytest.raises(SourceError) as caught:
        load(knomad_remittances, knomad(tmp_path, **change))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("name", "pairs", "uzbekistan"),
    [
        ("bilateral_remittance_matrix_2021_0.xlsx", 10_223, 9_197.5),
        ("WB_Bilateral_Remittance_Estimates_2017.xlsx", 11_896, 2_838.7),
    ],
)
def test_the_real_matrices_load(name: str, pairs: int, uzbekistan: float) -> None:
    data = config().evaluation_data
    if data is None:
        pytest.skip("CLARION_EVALUATION_DATA is not set")
    path = data / "spillover" / name
    if not path.is_file():
        pytest.skip(f"{name} is not in the evaluation data")
    tables, counts = load(knomad_remittances, path)
    frame = tables["remittances"]
    assert frame.height == pairs
    found = frame.filter(sender_iso3="RUS", receiver_iso3="UZB")["usd"][0] / 1e6
    assert found == pytest.approx(uzbekistan, abs=0.1)
    assert counts["areas without an ISO code"] == 1
    fewest, most = knomad_remittances.rows
    assert fewest <= frame.height <= most


def test_pink_sheet_prices_by_weight_only(tmp_path) -> None:
    tables, counts = load(pink_sheet, pink(tmp_path))
    prices = {(r["series"], r["month"]): r["usd_per_tonne"] for r in tables["prices"].iter_rows(named=True)}
    assert prices[("Wheat, US HRW", "2022-03")] == pytest.approx(486.3)
    assert prices[("Rice, Thai 5%", "2022-03")] == 422
    assert prices[("Coffee, Arabica", "2022-02")] == 5500
    assert not any("oil" in name for name, _ in prices)
    assert tables["prices"]["source_row"].min() == 7
    assert counts == {"series not priced by weight ($/bbl)": 1, "no price given": 4}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rows": [["2022M02", 1, "dear", 1, 1, 1]]}, "'dear' is not a price"),
        ({"rows": [["2022M02", 1, -4, 1, 1, 1]]}, "-4 is not a price"),
        ({"rows": [["2022M02", 1, 1, 1, 1, 1], ["2022M13", 1, 1, 1, 1, 1]]}, "'2022M13' is not a month"),
        ({"rows": [["2022M02", 1, 1, 1, 1, 1]] * 2}, "Two rows say the same thing"),
        ({"rows": [["2022M02", 1, 1, 1, 1, 1], [None, 1, 1, 1, 1, 1]]}, "has no month"),
        ({"rows": [["Feb 2022", 1, 1, 1, 1, 1]]}, "No month such as"),
        ({"units": [None, "bbl", "mt", "mt", "mt", "kg"]}, "No row of units"),
        ({"names": [None, "Oil", "Wheat", "Wheat", "Coal", "Coffee"]}, "'Wheat' appears twice"),
        ({"names": [None, "Oil", "Wheat", None, "Coal", "Coffee"]}, "a name or a unit but not both"),
    ],
)
def test_surprises_in_the_pink_sheet_are_errors(tmp_path, change, said) -> None:
    with pytest.raises(SourceError) as caught:
        load(pink_sheet, pink(tmp_path, **change))
    assert said in str(caught.value)


def rewritten(path: Path, member: str, text: bytes) -> Path:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zipped(path.parent, "changed.xlsx", members | {member: text})


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&b;</t></si></sst>"""


def test_a_workbook_with_entities_is_refused(tmp_path) -> None:
    for text in (LAUGHS, LAUGHS.decode().replace("1.0", '1.0" encoding="utf-16').encode("utf-16")):
        with pytest.raises(SourceError, match="document type"):
            load(pink_sheet, rewritten(pink(tmp_path), "xl/sharedStrings.xml", text))


def test_entities_in_a_sheet_of_another_name_are_refused(tmp_path) -> None:
    """A sheet may be called anything: the workbook's own list says where it is."""
    path = pink(tmp_path)
    with zipfile.ZipFile(path) as archive:
        members = {
            name.replace("sheet2.xml", "sheet2.dat"): archive.read(name).replace(b"sheet2.xml", b"sheet2.dat")
            for name in archive.namelist()
        }
    plain = zipped(tmp_path, "plain.xlsx", members | {"xl/media/image1.png": b"\x89PNG\r\n"})
    assert load(pink_sheet, plain)
    with pytest.raises(SourceError, match="document type"):
        load(pink_sheet, rewritten(plain, "xl/worksheets/sheet2.dat", LAUGHS))


def test_one_line_of_some_gigabytes_is_not_read_whole(tmp_path, monkeypatch) -> None:
    from clarion.sources import worldbank

    path = zipped(tmp_path, "w.zip", {"API_X.csv": "x" * 5_000_000})
    monkeypatch.setattr(worldbank, "MAX_LINE", 1000)
    with pytest.raises(SourceError, match="line is far too long"):
        worldbank.wb_population.load(Raw(path))


def test_a_cell_in_a_far_corner_does_not_fill_the_memory(tmp_path) -> None:
    far = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    far += b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    with pytest.raises(SourceError, match="more than 5000 rows"):
        load(pink_sheet, rewritten(pink(tmp_path), "xl/worksheets/sheet2.xml", far))


def test_workbooks_that_are_not(tmp_path) -> None:
    with pytest.raises(SourceError, match="official data does not"):
        load(pink_sheet, bomb(tmp_path, "xl/worksheets/sheet1.xml", "bomb.xlsx"))
    with pytest.raises(SourceError, match="not an Excel workbook"):
        load(pink_sheet, zipped(tmp_path, "z.xlsx", {"a.txt": "x"}))
    with pytest.raises(SourceError, match="not XML"):
        load(pink_sheet, rewritten(pink(tmp_path), "xl/workbook.xml", b"<a><b></a>"[:2]))
    with pytest.raises(SourceError):
        load(pink_sheet, rewritten(pink(tmp_path), "xl/worksheets/sheet2.xml", b"<worksheet><sheetData><row>"))
    whole = zipfile.ZipFile(pink(tmp_path)).read("xl/worksheets/sheet2.xml")
    for broken in (whole[: len(whole) // 2], whole.replace(b"<v>390.5</v>", b"<v>3x9</v>")):
        with pytest.raises(SourceError):
            load(pink_sheet, rewritten(pink(tmp_path), "xl/worksheets/sheet2.xml", broken))
    half = tmp_path / "half.xlsx"
    half.write_bytes(pink(tmp_path).read_bytes()[:2000])
    with pytest.raises(SourceError, match="damaged"):
        load(pink_sheet, half)
    page = tmp_path / "page.xlsx"
    page.write_text("<html><body>Access denied</body></html>")
    with pytest.raises(SourceError, match="web page"):
        pink_sheet.load(Raw(page))


def test_the_whole_frame_is_typed(tmp_path) -> None:
    assert load(pink_sheet, pink(tmp_path))[0]["prices"].schema["usd_per_tonne"] == pl.Float64
