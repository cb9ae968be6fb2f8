"""Small files in the exact form of the official ones, with figures near the real ones. Made, not downloaded."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl

from clarion.sources.base import Raw, Source

TM_HEADER = (
    "Reporter Country Code,Reporter Country Code (M49),Reporter Countries,Partner Country Code,"
    "Partner Country Code (M49),Partner Countries,Item Code,Item Code (CPC),Item,Element Code,Element,Year Code,Year,"
    "Unit,Value,Flag\n"
)
AREA_HEADER = (
    "Area Code,Area Code (M49),Area,Item Code,Item Code (CPC),Item,Element Code,Element,Year Code,Year,Unit,Value,"
    "Flag,Note\n"
)
FBS_HEADER = AREA_HEADER.replace("CPC", "FBS")
AREAS = {
    "RUS": "185,'643,Russian Federation", "UKR": "230,'804,Ukraine", "EGY": "59,'818,Egypt",
    "KAZ": "108,'398,Kazakhstan",
    "TJK": "208,'762,Tajikistan", "CIV": "107,'384,Côte d'Ivoire", "CHN": "41,'156,\"China, mainland\"",
    "CHINA": "351,'159,China", "TWN": "214,'158,\"China, Taiwan Province of\"", "WORLD": "5000,'001,World",
    "SDN": "276,'729,Sudan", "XSD": "206,'736,Sudan (former)", "XET": "62,'230,Ethiopia PDR",
    "SCG": "186,'891,Serbia and Montenegro", "SUN": "228,'810,USSR", "NES": "252,'896,Unspecified Area",
    "ITA": "106,'380,Italy", "USA": "231,'840,United States of America",
}  # fmt: skip
ITEMS = {
    15: "15,'0111,Wheat", 16: "16,'23110,Wheat and meslin flour", 56: "56,'0112,Maize (corn)",
    30: "30,'F0030,\"Rice, paddy (rice milled equivalent)\"", 27: "27,'0113,Rice", 866: "866,'02111,Cattle",
}  # fmt: skip
ELEMENTS = {
    5910: ("Export quantity", "t"), 5610: ("Import quantity", "t"), 5922: ("Export value", "1000 USD"),
    5622: ("Import value", "1000 USD"), 5510: ("Production", "t"), 5312: ("Area harvested", "ha"),
    5412: ("Yield", "kg/ha"), 5511: ("Production", "1000 t"), 5072: ("Stock Variation", "1000 t"),
    5142: ("Food", "1000 t"), 5611: ("Import quantity", "1000 t"),
    674: ("Protein supply quantity (g/capita/day)", "g/cap/d"),
    645: ("Food supply quantity (kg/capita/yr)", "kg/cap"), 664: ("Food supply (kcal/capita/day)", "kcal/cap/d"),
}  # fmt: skip


def tm(
    reporter: str, partner: str, item: int, element: int, year: int, value: object, flag: str = "A", **change: str
) -> str:
    label, unit = ELEMENTS[element]
    label, unit = change.get("label", label), change.get("unit", unit)
    sides = f"{AREAS.get(reporter, reporter)},{AREAS.get(partner, partner)}"
    return f"{sides},{ITEMS[item]},{element},{label},{year},{year},{unit},{value},{flag}\n"


def area_row(area: str, item: int | str, element: int, year: int, value: object, flag: str = "A", **change: str) -> str:
    label, unit = ELEMENTS[element]
    label, unit = change.get("label", label), change.get("unit", unit)
    what = ITEMS[item] if isinstance(item, int) else item
    return f"{AREAS.get(area, area)},{what},{element},{label},{year},{year},{unit},{value},{flag},\n"


def faostat_zip(folder: Path, domain: str, text: str | bytes, name: str = "", encoding: str = "utf-8") -> Path:
    path = folder / (name or f"{domain}_E_All_Data_(Normalized).zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        data = text if isinstance(text, bytes) else text.encode(encoding)
        archive.writestr(f"{domain}_E_All_Data_(Normalized).csv", data)
        archive.writestr(f"{domain}_E_AreaCodes.csv", "Area Code,M49 Code,Area\n")
        archive.writestr(f"{domain}_E_Flags.csv", "Flag,Description\nA,Official figure\n")
    return path


TRADE_ROWS = (
    tm("RUS", "EGY", 15, 5910, 2021, "5000000.000000")
    + tm("RUS", "EGY", 15, 5922, 2021, "1300000.000000")
    + tm("RUS", "EGY", 16, 5910, 2021, "7600.000000")
    + tm("EGY", "RUS", 15, 5610, 2021, "5200000.000000", label="Import Quantity", unit="tonnes")
    + tm("EGY", "UKR", 15, 5610, 2021, "2400000.000000")
    + tm("KAZ", "TJK", 15, 5910, 2021, "1003000.000000")
    + tm("UKR", "CIV", 56, 5910, 2021, "900.000000")
    + tm("UKR", "CHINA", 56, 5910, 2021, "8300000.000000")
    + tm("UKR", "CHN", 56, 5910, 2021, "8200000.000000")
    + tm("UKR", "WORLD", 56, 5910, 2021, "24000000.000000")
    + tm("UKR", "NES", 56, 5910, 2021, "12.000000")
    + tm("ITA", "ITA", 15, 5910, 2021, "3.000000")
    + tm("USA", "TWN", 30, 5910, 2021, "51000.000000")
    + tm("USA", "XSD", 15, 5910, 2010, "70000.000000")
    + tm("USA", "EGY", 15, 5910, 2021, "0.000000")
    + tm("USA", "EGY", 15, 5922, 2021, "", flag="M")
    + tm("USA", "EGY", 866, 5910, 2021, "5.000000")
)  # fmt: skip


def trade_zip(folder: Path, rows: str = TRADE_ROWS, header: str = TM_HEADER, **more: Any) -> Path:
    return faostat_zip(folder, "Trade_DetailedTradeMatrix", header + rows, **more)


PSD_HEADER = (
    "Commodity_Code,Commodity_Description,Country_Code,Country_Name,Market_Year,Calendar_Year,Month,Attribute_ID,"
    "Attribute_Description,Unit_ID,Unit_Description,Value\n"
)
PSD_ATTRIBUTES = {
    28: "Production", 57: "Imports", 88: "Exports", 20: "Beginning Stocks", 125: "Domestic Consumption",
    130: "Feed Dom. Consumption", 176: "Ending Stocks", 4: "Area Harvested", 86: "Total Supply",
}  # fmt: skip


def psd(
    country: str, attribute: int, value: object, year: int = 2021, code: str = "0410000", unit: str = "(1000 MT)"
) -> str:
    goods = {"0410000": "Wheat", "4236000": '"Oil, Sunflowerseed"', "0711100": '"Coffee, Green"'}[code]
    label = PSD_ATTRIBUTES[attribute]
    return f'{code},{goods},{country},"Name, of {country}",{year},{year},06,{attribute:03d},{label},08,{unit},{value}\n'


def zipped(folder: Path, name: str, members: dict[str, str | bytes]) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, text in members.items():
            archive.writestr(member, text)
    return path


def world_bank_record(
    series: str, iso3: str, year: int, value: object, country: str = "XX", **more: object
) -> dict[str, Any]:
    return {
        "indicator": {"id": series, "value": "A series"},
        "country": {"id": country, "value": "A country"},
        "countryiso3code": iso3, "date": str(year), "value": value, "unit": "", "obs_status": "", "decimal": 1,
    } | more  # fmt: skip


def world_bank_json(folder: Path, records: list[Any], **heading: object) -> Path:
    head = {
        "page": 1,
        "pages": 1,
        "per_page": 32500,
        "total": len(records),
        "sourceid": "2",
        "lastupdated": "2026-07-13",
    }
    path = folder / "series.json"
    path.write_text(json.dumps([head | heading, records]))
    return path


def world_bank_csv(
    folder: Path,
    rows: str,
    header: str = '"Country Name","Country Code","Indicator Name","Indicator Code","2020","2021",\n',
) -> Path:
    top = '﻿"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-07-13",\n\n'
    members: dict[str, str | bytes] = {
        "Metadata_Indicator_API_X_DS2_en_csv_v2_1.csv": '"INDICATOR_CODE"\n',
        "API_X_DS2_en_csv_v2_1.csv": top + header + rows,
        "Metadata_Country_API_X_DS2_en_csv_v2_1.csv": '"Country Code"\n',
    }
    return zipped(folder, "API_X.zip", members)


def workbook(folder: Path, sheets: dict[str, list[list[Any]]], name: str = "book.xlsx") -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = folder / name
    book.save(path)
    return path


KNOMAD_TITLE = (
    "Bilateral Remittance Estimates for 2021 using Migrant Stocks, Host Country Incomes, and Origin Country Incomes "
    "(millions of US$) (December 2022 Version)"
)


def knomad(
    folder: Path, rows: list[list[Any]] | None = None, receivers: list[str] | None = None, title: str = KNOMAD_TITLE
) -> Path:
    receivers = receivers or ["Kyrgyz Republic", "Tajikistan", "Uzbekistan", "Channel Islands"]
    rows = rows if rows is not None else [
        ["Russian Federation", 2017.5, 2306.8, 9197.5, None, 13521.8],
        ["Kazakhstan", 10, None, 0, 0, 10],
        ["Channel Islands", 0, 0, 0, 0, 0],
        ["WORLD", 2027.5, 2306.8, 9197.5, None, 13531.8],
        [None],
        ["When using the data, please cite: KNOMAD/World Bank Bilateral Remittance Matrix 2021, December 2022."],
    ]  # fmt: skip
    head = "Remittance-receiving country (across)" + " " * 60 + "\nRemittance-sending country (down)"
    return workbook(folder, {"FINAL BRM 2021 ": [[title], [head, *receivers, "WORLD"], *rows]}, "matrix.xlsx")


def pink(
    folder: Path, rows: list[list[Any]] | None = None, names: list[Any] | None = None, units: list[Any] | None = None
) -> Path:
    names = names or [
        None,
        "Crude oil, Brent",
        "Wheat, US HRW",
        "Rice, Thai 5% ",
        "Coal, South African **",
        "Coffee, Arabica",
    ]
    units = units or [None, "($/bbl)", "($/mt)", "($/mt)", "($/mt)", "($/kg)"]
    rows = rows or [
        ["2022M02", 95.76, 390.5, 427, 226.9, 5.5],
        ["2022M03", 115.59, 486.3, 422, "…", 5.4],
        ["2022M04", 105.78, 495.28, "#VALUE!", "..", None],
    ]
    head: list[list[Any]] = [
        ["World Bank Commodity Price Data (The Pink Sheet)"], ["monthly prices in nominal US dollars, 1960 to present"],
        ["(monthly series are available from 1960M01)"], ["Updated on September 02, 2026"],
    ]  # fmt: skip
    return workbook(folder, {"Mismatch Details": [["x"]], "Monthly Prices": [*head, names, units, *rows]}, "CMO.xlsx")


def comtrade_record(reporter: int, partner: int, flow: str = "M", code: str = "1001", **more: object) -> dict[str, Any]:
    return {
        "typeCode": "C", "freqCode": "A", "refPeriodId": 20210101, "refYear": 2021, "refMonth": 52, "period": "2021",
        "reporterCode": reporter, "reporterISO": None, "reporterDesc": None, "flowCode": flow, "flowDesc": None,
        "partnerCode": partner, "partnerISO": None, "partnerDesc": None, "partner2Code": 0, "partner2ISO": None,
        "partner2Desc": None, "classificationCode": "H5", "classificationSearchCode": "HS",
        "isOriginalClassification": True, "cmdCode": code, "cmdDesc": None, "aggrLevel": None, "isLeaf": None,
        "customsCode": "C00", "customsDesc": None, "mosCode": "0", "motCode": 0, "motDesc": None, "qtyUnitCode": 8,
        "qtyUnitAbbr": "kg", "qty": 5000000.0, "isQtyEstimated": False, "altQtyUnitCode": -1, "altQtyUnitAbbr": "N/A",
        "altQty": 0.0, "isAltQtyEstimated": False, "netWgt": 5000000.0, "isNetWgtEstimated": False, "grossWgt": 0.0,
        "isGrossWgtEstimated": False, "cifvalue": 1500000.5, "fobvalue": None, "primaryValue": 1500000.5,
        "legacyEstimationFlag": 0, "isReported": True, "isAggregate": True,
    } | more  # fmt: skip


def comtrade(folder: Path, records: list[Any], **answer: object) -> Path:
    path = folder / "comtrade.json"
    path.write_text(
        json.dumps({"elapsedTime": "0.1 secs", "count": len(records), "data": records, "error": ""} | answer)
    )
    return path


BACI_COUNTRIES = (
    "country_code,country_name,country_iso2,country_iso3\n643,Russian Federation,RU,RUS\n818,Egypt,EG,EGY\n"
    '384,C\xf4te d\'Ivoire,CI,CIV\n490,"Other Asia, nes",,S19\n842,USA,US,USA\n697,"Europe EFTA, nes",,R20\n'
)


def baci(folder: Path, rows: str, countries: str = BACI_COUNTRIES, year: int = 2021) -> Path:
    return zipped(
        folder, "BACI_HS17_V202601.zip",
        {f"BACI_HS17_Y{year}_V202601.csv": "t,i,j,k,v,q\n" + rows, "Readme.txt": "x",
         "country_codes_V202601.csv": countries.encode("latin-1"),
         "product_codes_HS17_V202601.csv": "code,description\n"},
    )  # fmt: skip


def load(source: Source, path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """A source's tables from a file, checked against their contracts, and what was left out."""
    from clarion.tables import table
    from clarion.tables.check import check

    raw = Raw(path)
    frames = source.load(raw)
    assert set(frames) == set(source.tables)
    return {n: check(f, table(n), lines="source_row") for n, f in frames.items()}, dict(raw.counts)


def bomb(folder: Path, member: str, name: str) -> Path:
    """A member of 64 MB of zeros, deflated about a thousandfold."""
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, io.BytesIO(bytes(64 << 20)).getvalue())
    return path
