"""A run on its pages: waiting, working, done, failed, cancelled; published, compared, removed."""

import pytest
from django.core.cache import caches

from clarion.access.store.models import LogEntry
from clarion.config import config
from clarion.desk.database import is_sqlite
from clarion.desk.locks import working
from clarion.spillover.models import Answer, Run
from clarion.spillover.service import runs
from clarion.spillover.service.jobs import answer_run
from clarion.spillover.service.results import Result
from clarion.spillover.service.scenarios import shipped_text
from clarion.spillover.service.tables import SEED
from clarion.vocab import place

TEXT = shipped_text("kazakhstan-wheat-export-ban")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def mine(account, client):
    user = account("analyst")
    client.force_login(user)
    return runs.start(user.actor, TEXT, rule="pta", draws=20)


def test_following_a_run(mine, client, look):
    address = f"/spillover/runs/{mine.pk}/"
    page = look(address)
    assert "Waiting for its turn" in page.text
    assert page.tree.xpath("//progress")[0].get("value") == "0.0"
    Run.objects.filter(pk=mine.pk).update(status=Run.Status.RUNNING, progress=0.25)
    part = client.get(address, headers=HTMX).content.decode()
    assert "<html" not in part
    assert 'value="0.25"' in part
    assert "25" in part
    client.cookies["django_language"] = "ru"  # a comma would not be a number to the browser
    assert 'value="0.25"' in client.get(address, headers=HTMX).content.decode()
    client.cookies["django_language"] = "en"
    Run.objects.filter(pk=mine.pk).update(status=Run.Status.WAITING)
    answer_run.func(str(mine.pk))
    assert client.get(address, headers=HTMX).headers["HX-Refresh"] == "true"
    page = look(address)
    assert page.h1.startswith("Hit hardest:")
    assert "before anybody responds, in " in page.h1
    assert "Scenario, not a forecast" in page.text
    assert "Private until you publish it." in page.text
    assert page.faults() == []


def test_a_run_that_nothing_works_on_says_so(mine, client, look):
    address, said = f"/spillover/runs/{mine.pk}/", "no job worker runs on this desk"
    Run.objects.filter(pk=mine.pk).update(status=Run.Status.RUNNING, progress=0.8)
    with working(config()):
        assert said not in look(address).text
    for part in (look(address).text, client.get(address, headers=HTMX).content.decode()):
        assert (said in part) == is_sqlite(config())  # a team's worker may be on another machine
    Run.objects.filter(pk=mine.pk).update(status=Run.Status.CANCELLED)
    assert said not in look(address).text


def test_cancel_then_remove(mine, client, look):
    address = f"/spillover/runs/{mine.pk}/"
    assert client.post(address, {"do": "cancel"}).url == address
    page = look(address)
    assert "This run was cancelled." in page.text
    assert not page.tree.xpath("//noscript | //*[@hx-get]")
    assert client.get(address, headers=HTMX).headers["HX-Refresh"] == "true"
    assert client.post(address, {"do": "remove"}).url == "/spillover/runs/"
    assert "The run was removed." in look("/spillover/runs/").text
    look(address, status=404)


def test_a_failure_says_what_and_the_next_step(mine, look):
    error = {"what": "No answer <b>", "where": "here", "next_step": "Ask again."}
    Run.objects.filter(pk=mine.pk).update(status=Run.Status.FAILED, error=error)
    page = look(f"/spillover/runs/{mine.pk}/")
    alert = page.tree.xpath("//*[@role='alert']")[0].text_content()
    assert "No answer <b>" in alert
    assert "Ask again." in alert
    assert page.faults() == []


def test_downloads_of_a_run_that_is_not_done(mine, look):
    for part in ("table.csv", "map.svg", "brief.html", "brief.pdf", "country/EGY/", f"compare/{mine.pk}/"):
        page = look(f"/spillover/runs/{mine.pk}/{part}", status=409)
        assert "no answer yet" in page.text
        assert page.faults() == []


def test_private_until_published(account, client, look, finished_run):
    owner, reader = account("analyst", "olena"), account("viewer")
    run = finished_run(owner)
    address = f"/spillover/runs/{run.pk}/"
    client.force_login(reader)
    for part in ("", "table.csv", "map.svg", "brief.html", "country/TJK/", f"compare/{run.pk}/"):
        look(address + part, status=404)
    assert run.title not in look("/spillover/runs/").text
    client.force_login(owner)
    client.post(address, {"do": "publish"})
    client.force_login(reader)
    page = look(address)
    assert not page.tree.xpath("//main//form")
    assert "Private" not in page.text
    assert run.title in look("/spillover/runs/").text
    for do in ("publish", "take-back", "cancel", "remove"):
        look(address, {"do": do}, status=403)
    client.force_login(owner)
    client.post(address, {"do": "take-back"})
    client.force_login(reader)
    look(address, status=404)


def test_an_operator_takes_back_what_somebody_else_has_published(account, client, look, finished_run):
    """Its owner may have left, and it stands before everybody."""
    owner, operator, other = account("analyst", "olena"), account("operator"), account("analyst", "ivan")
    run = finished_run(owner)
    address = f"/spillover/runs/{run.pk}/"
    client.force_login(operator)
    assert client.post(address, {"do": "take-back"}).status_code == 404
    Run.objects.filter(pk=run.pk).update(published=True)
    client.force_login(other)
    assert "Take it back" not in look(address).text
    assert client.post(address, {"do": "take-back"}).status_code == 403
    client.force_login(operator)
    assert "Take it back" in look(address).text
    assert client.post(address, {"do": "publish"}).status_code == 403
    taken = client.post(address, {"do": "take-back"})
    assert taken.url == "/spillover/runs/"
    assert client.get(address).status_code == 404
    run.refresh_from_db()
    assert not run.published
    assert LogEntry.objects.filter(actor=operator.actor.id, action="took a run back", object=str(run.pk)).exists()


def test_a_step_that_does_not_exist_changes_nothing(mine, client):
    assert client.post(f"/spillover/runs/{mine.pk}/", {"do": "explode"}).status_code == 302
    mine.refresh_from_db()
    assert mine.status == Run.Status.WAITING


def test_one_country_of_a_run(account, client, look, finished_run):
    user = account("analyst")
    client.force_login(user)
    run = finished_run(user)
    page = look(f"/spillover/runs/{run.pk}/country/tjk/")
    assert page.h1.startswith("Tajikistan")
    assert "Kazakhstan" in page.text
    for country in ("ATA", "XYZ"):
        look(f"/spillover/runs/{run.pk}/country/{country}/", status=404)


def test_a_share_stands_under_its_own_commodity(account, client, look, finished_run):
    user = account("analyst")
    client.force_login(user)
    run = finished_run(user, "black-sea-closure-and-india-rice-ban")
    losers = Result(runs.answer(run)).losers()
    assert any(len(country.items) < 3 for country in losers), "some have no part in wheat"
    page = look(f"/spillover/runs/{run.pk}/")
    rows = {row.xpath("string(th)").strip(): row for row in page.tree.xpath("//table/tbody/tr")}
    for country in losers:
        cells = rows[place(country.iso3).name()].xpath("td")
        assert len(cells) == 3 + 3
        held = {found.item for found in country.items}
        assert [cell.text_content() == "no data" for cell in cells[2:5]] == [
            item not in held for item in ("wheat", "maize", "rice")
        ]
    assert client.get(f"/spillover/runs/{run.pk}/brief.pdf").content.startswith(b"%PDF")


def test_a_country_that_one_of_two_runs_does_not_reach(account, client, look, finished_run):
    user = account("analyst")
    client.force_login(user)
    one, two = finished_run(user, "black-sea-closure-and-india-rice-ban"), finished_run(user, "black-sea-closure")
    pair = look(f"/spillover/runs/{one.pk}/compare/{two.pk}/")
    assert "no data" in [cell.text_content() for cell in pair.tree.xpath("//tbody//td")]
    for row in pair.tree.xpath("//tbody/tr"):  # to the run that has figures for it
        run = one if row.xpath("td")[1].text_content() == "no data" else two
        assert row.xpath("th/a/@href")[0].startswith(f"/spillover/runs/{run.pk}/country/")
    for link in pair.tree.xpath("//tbody//th/a/@href"):
        look(link)


def test_both_runs_warn_where_they_are_compared(account, client, look, finished_run):
    user = account("analyst")
    client.force_login(user)
    one, two = finished_run(user, "black-sea-closure"), finished_run(user, "ukraine-harvest-halved")
    warning = "//p[@class='note warning']"
    assert len(look(f"/spillover/runs/{one.pk}/compare/{two.pk}/").tree.xpath(warning)) == 1
    for run, said in ((one, "The first warns."), (two, "The second warns.")):
        kept = Answer.objects.get(run=run)
        kept.data |= {"statement": said}
        kept.save()
        caches["pieces"].clear()  # an answer does not change while the desk runs
        page = look(f"/spillover/runs/{one.pk}/compare/{two.pk}/")
        assert [f"{run.title}: {said}" in p.text_content() for p in page.tree.xpath(warning)].count(True) == 1
    table = client.get(f"/spillover/runs/{one.pk}/compare/{two.pk}/table.csv").content.decode()
    assert f"{one.title}: The first warns. {two.title}: The second warns." in table


def test_the_list_tells_two_runs_of_one_scenario_apart(account, client, look):
    user = account("analyst")
    client.force_login(user)
    runs.start(user.actor, TEXT, rule="pta", draws=20)
    runs.start(user.actor, TEXT, trade="raw", draws=1200, seed=7, horizon=24)
    runs.start(user.actor, TEXT, draws=100, seed=7)
    page = look("/spillover/runs/")
    assert [cell.text_content() for cell in page.tree.xpath("//tbody/tr/th/span")] == [
        "month by month · months as the scenario says · 100 draws · seed 7",
        "month by month · 24 months · trade as reported · 1,200 draws · seed 7",
        f"one year, in proportion to trade · 20 draws · seed {SEED}",
    ]
    assert page.faults() == []
    client.cookies["django_language"] = "ru"
    assert "24 месяца · торговля по отчётам" in look("/spillover/runs/").text


def test_only_runs_that_can_be_compared_are_offered(account, client, look, finished_run):
    user = account("analyst")
    client.force_login(user)
    run, like, unlike = finished_run(user), finished_run(user, "ukraine-harvest-halved"), finished_run(user, seed=2)
    page = look(f"/spillover/runs/{run.pk}/")
    assert f"/spillover/runs/{run.pk}/compare/{like.pk}/" in page.links()
    assert f"/spillover/runs/{run.pk}/compare/{unlike.pk}/" not in page.links()
    pair = look(f"/spillover/runs/{run.pk}/compare/{like.pk}/")
    assert pair.h1.startswith("The largest difference: ")
    same = look(f"/spillover/runs/{run.pk}/compare/{run.pk}/")
    assert same.h1 == "The two runs do not differ by a kilocalorie a person a day anywhere"
    refused = look(f"/spillover/runs/{run.pk}/compare/{unlike.pk}/", status=400)
    assert "seed" in refused.text
