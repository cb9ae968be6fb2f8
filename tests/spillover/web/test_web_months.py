"""Pages of a run by month: the answer, one country, two runs side by side, files to keep."""

from __future__ import annotations

import pytest

ASKED = {"rule": "monthly", "draws": 40}
LEGEND = "//ul[@class='legend']/li"


@pytest.fixture
def done(account, client, finished_run):
    user = account("analyst")
    client.force_login(user)
    return finished_run(user, "kazakhstan-wheat-export-ban", **ASKED)


def test_the_run(done, look):
    page = look(f"/spillover/runs/{done.pk}/")
    assert page.h1.startswith("World prices at their peak: wheat")
    for words in ("Who loses how much", "World prices", "What drives the uncertainty", "Scenario, not a forecast"):
        assert words in page.text
    assert page.faults() == []
    pictures = page.tree.xpath("//*[local-name()='svg'][contains(@class, 'chart')]")
    assert len(pictures) >= 3
    assert len(page.tree.xpath("//table")) >= len(pictures), "every picture has its table"


def test_a_country(done, look):
    page = look(f"/spillover/runs/{done.pk}/country/TJK/")
    assert page.h1.startswith("Tajikistan:")
    assert "Missing in the end" in page.text
    assert page.faults() == []
    assert look(f"/spillover/runs/{done.pk}/country/ZZZ/", status=404)


def test_a_country_s_money(done, look):
    page = look(f"/spillover/runs/{done.pk}/country/TJK/")
    assert "Imports cost more by" in page.text
    assert "The scenario says nothing of Russia's economy." in page.text
    assert "The next harvest" not in page.text


def test_a_country_s_next_harvest_and_money_from_russia(account, client, finished_run, look):
    user = account("analyst")
    client.force_login(user)
    run = finished_run(user, "russia-shock-2022", **ASKED)
    page = look(f"/spillover/runs/{run.pk}/country/TJK/")
    assert "The next harvest" in page.text
    assert "Chance that it grows" in page.text
    assert "Months of reserves that the dearer imports take" in page.text
    assert page.faults() == []
    whole = look(f"/spillover/runs/{run.pk}/")
    assert "fertiliser and energy" in whole.text
    assert whole.faults() == []


def test_in_russian(done, client, look):
    client.cookies["django_language"] = "ru"
    page = look(f"/spillover/runs/{done.pk}/")
    assert "Таджикистан" in page.text
    assert page.faults() == []


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize("part", ["table", "prices", "country/TJK/table"])
def test_files_to_keep(done, client, form, part):
    answer = client.get(f"/spillover/runs/{done.pk}/{part}.{form}")
    assert answer.status_code == 200
    assert len(answer.content) > 200


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_the_brief(done, client, form):
    assert client.get(f"/spillover/runs/{done.pk}/brief.{form}").status_code == 200


def test_the_map(done, client):
    assert client.get(f"/spillover/runs/{done.pk}/map.svg").content.startswith(b"<svg")


def test_the_map_has_the_classes_of_losses_over_months(done, look):
    """The breaks of losses before a response would leave nearly every country in the lowest class."""
    keys = {li.text_content().strip() for li in look(f"/spillover/runs/{done.pk}/").tree.xpath(LEGEND)}
    assert {"< 1", "1 – 3", "3 – 10", "10 – 30", "≥ 30"} <= keys


def test_side_by_side(done, finished_run, look, client):
    user = type("U", (), {"actor": type("A", (), {"id": done.owner})})
    other = finished_run(user, "russia-wheat-export-ban", **ASKED)
    assert "Set it beside another run" in look(f"/spillover/runs/{done.pk}/").text
    page = look(f"/spillover/runs/{done.pk}/compare/{other.pk}/")
    assert "person-years under the requirement" in page.h1
    assert "world price, mean over the months" in page.text
    assert "not a forecast" in page.text
    assert page.faults() == []
    for form in ("csv", "xlsx", "parquet", "svg"):
        address = f"/spillover/runs/{done.pk}/compare/{other.pk}/table.{form}"
        assert address in page.links()
        assert client.get(address).status_code == 200
    assert client.get(f"/spillover/runs/{done.pk}/compare/{other.pk}/table.doc").status_code == 404


def test_somebody_elses_is_not_there(done, account, client, look):
    client.force_login(account("analyst", "eve"))
    for part in ("", "country/TJK/", "table.csv", "prices.csv", "country/TJK/table.csv", "brief.html", "map.svg"):
        assert client.get(f"/spillover/runs/{done.pk}/{part}").status_code == 404
