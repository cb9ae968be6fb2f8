"""USDA's PSD: units, the European Union as one block, codes of its own."""

from __future__ import annotations

import polars as pl
import pytest
from official_files import PSD_HEADER, load, psd, zipped

from clarion.errors import SourceError
from clarion.sources.formats.psd_codes import EU_MEMBERS, ISO3, NOT_PLACES
from clarion.sources.usda_psd import usda_psd
from clarion.vocab import places


def psd_zip(folder, rows: str, header: str = PSD_HEADER):
    return zipped(folder, "psd_alldata_csv.zip", {"psd_alldata.csv": header + rows})


def test_stocks_and_balances_in_tonnes(tmp_path) -> None:
    rows = (
        psd("RS", 28, "75158.0000") + psd("RS", 176, "11072.0000") + psd("UP", 88, "18844.0000")
        + psd("EG", 57, "11256.0000") + psd("EG", 125, "20600.0000") + psd("EG", 4, "1400.0000")
        + psd("RS", 176, "10.5", code="4236000") + psd("BR", 28, "1", code="0711100", unit="(1000 60 KG BAGS)")
        + psd("UR", 176, "20000", year=1985) + psd("E2", 176, "15000", year=1995)
    )  # fmt: skip
    tables, counts = load(usda_psd, psd_zip(tmp_path, rows))
    stocks = {(r["item"], r["iso3"], r["period"]): r["tonnes"] for r in tables["stocks"].iter_rows(named=True)}
    assert stocks == {
        ("wheat", "RUS", "2021"): 11_072_000,
        ("sunflower-oil", "RUS", "2021"): 10_500,
        ("wheat", "SUN", "1985"): 20_000_000,
    }
    balance = tables["food_balance"].filter(iso3="EGY")
    assert dict(balance.select("element", "value").iter_rows()) == {
        "imports": 11_256_000,
        "domestic_supply": 20_600_000,
    }
    assert counts["other commodities"] == 1
    assert counts["other attributes"] == 1
    assert counts["the European Union of 15 as one block"] == 1


def test_the_union_is_shared_out_by_production_and_keeps_its_total(tmp_path) -> None:
    rows = psd("E4", 176, "12000") + psd("E4", 28, "138000") + psd("E4", 176, "300", code="4236000")
    tables, counts = load(usda_psd, psd_zip(tmp_path, rows))
    wheat = tables["stocks"].filter(item="wheat")
    assert wheat["tonnes"].sum() == pytest.approx(12_000_000)
    assert set(wheat["iso3"]) <= set(EU_MEMBERS)
    assert wheat.sort("tonnes")["iso3"][-1] == "FRA"
    assert tables["food_balance"].is_empty()
    assert counts["European Union stocks without production to share them by"] == 1
    assert counts["figures of the European Union as one block, other than stocks"] == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (psd("QQ", 28, "1"), "not known: Country_Code QQ"),
        (psd("RS", 28, "1", unit="(MT)"), "was expected to be (1000 MT)"),
        (psd("RS", 28, "-1"), "is negative"),
        (psd("RS", 28, "lots"), "is not a number"),
        (psd("UP", 28, "1") * 2, "Two rows say the same thing"),
        (psd("RS", 28, "1").replace("Production", "Planting"), "was expected to be 'production'"),
        (psd("RS", 28, "1").replace('"Name, of RS"', "Name, of RS"), "13 fields where the header has 12"),
    ],
)
def test_surprises_are_errors(tmp_path, row: str, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        load(usda_psd, psd_zip(tmp_path, psd("UP", 57, "2") + row))
    assert said in str(caught.value)


def test_a_renamed_column_is_named(tmp_path) -> None:
    with pytest.raises(SourceError, match="'Market_Year' is missing"):
        load(usda_psd, psd_zip(tmp_path, psd("RS", 28, "1"), PSD_HEADER.replace("Market_Year", "Marketing_Year")))


def test_every_code_leads_to_a_place() -> None:
    assert set(ISO3.values()) <= set(places())
    assert not ISO3.keys() & NOT_PLACES.keys()
    assert len(EU_MEMBERS) == 27
    alive = {p.iso3 for p in places().values() if not p.historic}
    assert len(alive & set(ISO3.values())) > 200
    assert pl.Series(list(ISO3)).is_unique().all()
