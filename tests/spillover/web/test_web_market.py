"""Export bans, prices and money from Russia as pages and files: answer first, both signs, bad input told and kept."""

import io

import openpyxl
import polars as pl
import pytest

from clarion.spillover.service import bans, macro, prices


def _workbook(file):
    head, *rows = openpyxl.load_workbook(file).active.iter_rows(values_only=True)
    return pl.DataFrame(rows, schema=list(head), orient="row", infer_schema_length=None)


FORMS = {"csv": pl.read_csv, "parquet": pl.read_parquet, "xlsx": _workbook}


@pytest.fixture(autouse=True)
def signed_in(account, client):
    client.force_login(account("viewer"))


def frame(client, address, form):
    response = client.get(address)
    assert response.status_code == 200
    return FORMS[form](io.BytesIO(response.content))


class TestBans:
    def test_answer_first(self, look):
        page = look("/spillover/bans/?date=2022-04-15")
        assert page.h1.startswith("On 15 April 2022, 17 % of traded calories")
        assert page.faults() == []
        assert "Lines: 90 % interval" in page.text
        assert "Published for that year:" in page.text
        assert any(link.startswith("/spillover/rows/restrictions/export-restrictions/?lines=") for link in page.links())

    def test_a_day_of_which_the_list_is_silent(self, look):
        page = look("/spillover/bans/?date=2015-01-01")
        assert "is not known" in page.h1
        assert "the list of restrictions tells only of" in page.text
        assert page.faults() == []

    def test_what_is_no_day_is_told_and_kept(self, look):
        page = look("/spillover/bans/?date=April", status=422)
        assert "is not a day" in page.text
        assert page.values()["date"] == "April"

    @pytest.mark.parametrize("form", FORMS)
    def test_a_table_to_keep(self, client, form):
        found = frame(client, f"/spillover/bans.{form}?date=2022-04-15", form)
        assert "RUS" in found["iso3"].to_list()
        assert found["share_of_traded_calories"].sum() > 0.15
        assert frame(client, f"/spillover/bans.{form}?date=2015-01-01", form).height == 0

    def test_rows_behind_a_measure(self, look):
        page = look("/spillover/bans/?date=2022-04-15")
        link = next(link for link in sorted(page.links()) if "/rows/restrictions/" in link)
        assert "as published" in look(link).text


class TestPrices:
    def test_answer_first_and_the_first_miss_told(self, look):
        page = look("/spillover/prices/")
        assert page.h1.startswith("Wheat came 48 % dearer in spring 2022")
        assert "chosen after a first miss" in page.text
        assert "Sunflower oil" in page.text
        assert page.faults() == []

    @pytest.mark.parametrize("form", FORMS)
    def test_a_table_to_keep(self, client, form):
        found = frame(client, f"/spillover/prices.{form}", form)
        assert found["item"].to_list() == ["wheat", "maize", "sunflower-oil", "palm-oil"]
        assert ((found["foretold_low"] <= found["came"]) & (found["came"] <= found["foretold_high"])).all()


class TestMoney:
    def test_never_one_sign(self, look):
        page = look("/spillover/macro/")
        assert page.h1.startswith("Money from Russia may fall or grow")
        assert page.faults() == []
        assert "Medicine" in page.text
        assert "every official forecast had the sign wrong" in page.text

    def test_a_country(self, look):
        page = look("/spillover/macro/UZB/?rupture=no")
        assert "Uzbekistan" in page.h1
        assert "without a boom" in page.text
        assert page.values()["rupture"] == "no"
        assert page.faults() == []

    def test_a_country_of_which_nothing_is_known(self, look):
        page = look("/spillover/macro/UKR/")
        assert "is not known" in page.h1
        assert "at war" in page.text
        assert page.faults() == []
        look("/spillover/macro/XXX/", status=404)

    @pytest.mark.parametrize("bad", ["growth=much", "rouble=1,2", "growth=-2", "base_year=20", "base_year=1999"])
    def test_what_cannot_be_used_is_told_and_kept(self, look, bad):
        page = look(f"/spillover/macro/?{bad}", status=422)
        name, _, value = bad.partition("=")
        assert page.values()[name] == value
        assert "Below is the answer to the usual question" in page.text
        assert page.faults() == []

    @pytest.mark.parametrize("form", FORMS)
    def test_a_table_to_keep(self, client, form):
        found = frame(client, f"/spillover/macro.{form}", form)
        row = found.filter(pl.col("iso3") == "UZB")
        assert row["change_low"][0] < 0 < row["change_high"][0]
        assert row["statement"][0].startswith("Scenario, not a forecast")


@pytest.mark.parametrize("name", ["bans", "prices", "macro"])
def test_a_picture_to_keep_and_no_other_form(client, name, monkeypatch):
    drawn = client.get(f"/spillover/{name}.svg")
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    assert drawn.content.startswith(b"<svg")
    for service, verb in ((bans, "restricted"), (prices, "lookback"), (macro, "answer")):
        monkeypatch.setattr(service, verb, lambda *_, **__: pytest.fail("it was worked"))
    assert client.get(f"/spillover/{name}.doc").status_code == 404


@pytest.mark.parametrize("door", ["/spillover/", "/spillover/method/"])
def test_the_room_leads_to_them(look, door):
    assert look(door).links() >= {"/spillover/bans/", "/spillover/prices/", "/spillover/macro/"}
