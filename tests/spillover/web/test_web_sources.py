"""Other people's trade figures: loaded into the data folder, seen on the page, kept through its links."""

from dataclasses import replace

import pytest

from clarion.config import config
from clarion.sources.load import load_table
from clarion.spillover.service import tables

ROWS = """item,exporter_iso3,importer_iso3,period,reported_by,tonnes
wheat,RUS,EGY,2019-2021,exporter,600000
wheat,FRA,EGY,2019-2021,exporter,400000
wheat,UKR,TUN,2019-2021,exporter,30000
wheat,FRA,TUN,2019-2021,exporter,70000
wheat,KAZ,TJK,2019-2021,exporter,9000
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setattr(tables, "config", lambda: replace(config(), home=folder))
    return folder


@pytest.fixture
def load(home, tmp_path):
    def put(text, name="my-survey", licence="CC0-1.0"):
        file = tmp_path / f"{name}.csv"
        file.write_text(text)
        return load_table("trade_flows", file, home, licence=licence)

    return put


def test_a_loaded_table_is_used(load, signed_in, look):
    load(ROWS)
    signed_in("viewer")
    page = look("/spillover/")
    assert page.h1.startswith("2 countries take 30")
    assert "CC0-1.0" in page.text
    assert len(page.tree.xpath("//main//tbody/tr")) == 3
    country = look("/spillover/country/EGY/")
    assert "60 % of wheat imports" in country.h1.replace("\u00a0", " ").replace("60%", "60 %")


def test_the_source_is_chosen_in_the_address_and_kept(load, signed_in, look, client):
    load(ROWS)
    signed_in("viewer")
    embedded = look("/spillover/?source=staple-trade")
    assert embedded.h1.startswith("52 countries")
    mine = look("/spillover/?source=my-survey")
    assert mine.h1.startswith("2 countries")
    for page, source in ((embedded, "staple-trade"), (mine, "my-survey")):
        inside = [a for a in page.links() if "/country/" in a or "/exposure." in a or "/ranking/" in a]
        assert inside
        assert all(f"source={source}" in a for a in inside)
        form = page.tree.xpath("//form[@class='filter']")[0]
        assert dict(form.form_values())["source"] == source
    assert client.get("/spillover/exposure.csv?source=my-survey").content.decode().count("\n") == 4


def test_a_choice_of_years_and_smallest_import_is_kept_too(signed_in, look, client):
    signed_in("viewer")
    page = look("/spillover/?minimum=100000&period=2019-2021")
    rows = len(page.tree.xpath("//main//tbody/tr"))
    assert 60 < rows < 130
    form = dict(page.tree.xpath("//form[@class='filter']")[0].form_values())
    assert (form["minimum"], form["period"]) == ("100000", "2019-2021")
    download = next(a for a in page.links() if "exposure.csv" in a)
    assert client.get(download).content.decode().count("\n") == rows + 1
    # A country's own page leaves out none of its commodities, however small.
    link = next(a for a in page.links() if "/country/TUN/" in a and "wheat" not in a.partition("?")[0])
    assert look(link).tree.xpath("//main//tbody/tr")


def test_the_trail_ends_at_the_loaded_rows(load, signed_in, look):
    load(ROWS)
    signed_in("viewer")
    suppliers = look("/spillover/country/EGY/wheat/?source=my-survey")
    link = min(a for a in suppliers.links() if "/rows/" in a)
    page = look(link)
    assert "as they were loaded" in page.text
    assert "my-survey.csv" in page.text
    assert "/tmp" not in page.text
    cells = [c.text for c in page.tree.xpath("//main//tbody/tr[1]/td")]
    assert {"wheat", "RUS", "EGY", "2019-2021"} <= set(cells)
    for lines in ("99", "-1", "99999999999999999999"):
        look(f"/spillover/rows/trade_flows/my-survey/?lines={lines}", status=404)


def test_a_table_without_wheat_leaves_no_page_broken(load, signed_in, look):
    """Whoever loads maize alone sees maize, and the board says what is not measured."""
    load(ROWS.replace("wheat", "maize"))
    signed_in("analyst")
    assert "Not measured yet" in look("/").text
    page = look("/spillover/")
    assert "maize" in page.h1
    for address in (
        "/spillover/ranking/", "/spillover/country/EGY/", "/spillover/country/EGY/maize/", "/spillover/country/FRA/",
        "/spillover/scenarios/new/",
    ):  # fmt: skip
        assert look(address).faults() == []
    wheat = look("/spillover/?item=wheat", status=400)
    assert "Next step:" in wheat.text


def test_a_newer_load_replaces_the_kept_answer(load, signed_in, look):
    load(ROWS)
    signed_in("viewer")
    assert look("/spillover/").h1.startswith("2 countries")
    load(ROWS.replace("30000", "10000"))
    assert look("/spillover/").h1.startswith("1 country takes")


def test_a_damaged_table_is_said_to_be_damaged(load, home, signed_in, look):
    load(ROWS)
    next(home.rglob("data.parquet")).write_bytes(b"PAR1 nonsense")
    signed_in("viewer")
    page = look("/spillover/", status=503)
    assert "Next step:" in page.text
    assert "Traceback" not in page.text


def test_a_table_without_terms_or_address_says_so(load, signed_in, look):
    load(ROWS, licence="")
    signed_in("viewer")
    for address in ("/spillover/", "/spillover/country/EGY/", "/spillover/rows/trade_flows/my-survey/?lines=2"):
        page = look(address)
        assert "terms not stated" in page.text
        assert "" not in page.links()
    brief = look("/spillover/country/EGY/brief.html")
    assert "my-survey: my-survey.csv (terms not stated)" in brief.text


def test_one_country_alone_is_ranked_by_itself(load, signed_in, look):
    load("\n".join(ROWS.splitlines()[:2]))
    signed_in("viewer")
    assert look("/spillover/ranking/").h1 == "Ranking: Egypt"
