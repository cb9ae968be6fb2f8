"""The page of a support plan, with and without JavaScript, and a plan that is kept until the board decides."""

from __future__ import annotations

from collections import OrderedDict

import pytest
from django.http import QueryDict

from clarion.spillover.engine.support import shipped_measures
from clarion.spillover.models import Plan, Run
from clarion.spillover.service.support import shown, work
from clarion.spillover.service.support.job import work_plan
from clarion.spillover.web.plan_form import PlanForm

HTMX = {"HX-Request": "true"}
MENU = "&".join(f"menu={m.id}" for m in shipped_measures())


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    """Tests share the ids of their accounts, and on a busy machine more than a minute of work."""
    shown.turns.spent.clear()


@pytest.fixture
def run(account, client, finished_run):
    user = account("analyst")
    client.force_login(user)
    return finished_run(user, "black-sea-closure", rule="monthly", draws=12)


@pytest.fixture
def address(run):
    return f"/spillover/runs/{run.pk}/plan/"


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(work, "RUNS", 2)
    monkeypatch.setattr(work, "POINTS", 3)


def test_the_first_look(address, look, run):
    page = look(address)
    assert page.faults() == []
    assert page.h1.startswith("100.0 million USD could avoid")
    for words in ("Who gets what", "What more money buys", "Compared with simpler rules", "What each measure costs",
                  "In proportion to population", "The plan rests most on one measure: Alternative supplier or corridor",
                  "the best plan of the same budget would avoid", "come from choosing better measures",
                  "World Food Programme 2022", "How sure, and from where"):  # fmt: skip
        assert words in page.text
    assert len(page.tree.xpath("//main//*[name()='svg']")) == 2
    assert page.tree.xpath("//input[@type='range']")[0].get("name") == "slider"
    assert f"/spillover/runs/{run.pk}/plan/" in look(f"/spillover/runs/{run.pk}/").links()


def test_a_change_asks_for_the_plan_alone(address, client):
    response = client.get(f"{address}?budget=30&was=100&{MENU}", headers=HTMX)
    text = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in text
    assert 'hx-swap-oob="true">30.0 million USD' in text


@pytest.mark.parametrize(
    ("query", "budget"),
    [
        ("budget=30&was=100&slider=100&slider-was=100", 30e6),
        ("budget=100&was=100&slider=250&slider-was=100", 250e6),
        ("budget=30&was=100&slider=250&slider-was=100", 30e6),
        ("budget=2,5&was=100&slider=100&slider-was=100", 2.5e6),
        ("budget=1 200&was=100&slider=100&slider-was=100", 1.2e9),
        ("budget=30", 30e6),
    ],
)
def test_slider_and_number_mean_one_budget(query, budget):
    """Without JavaScript the two can say different things: the one that was touched counts, the number first."""
    assert PlanForm(QueryDict(f"{query}&{MENU}")).asked()["budget"] == budget


def test_every_field_reaches_the_question():
    form = PlanForm(QueryDict(
        "budget=50&menu=food-aid&menu=corridor&cost-food-aid=230&cost-corridor=35&most-corridor=10&lot-food-aid=0.5"
        "&floor=money&floor-share=20&risk=1&e-name-0=Horn&e-amount-0=5&e-countries-0=eth, som&e-measure-0=food-aid"
        "&cost-fertiliser-voucher=9"
    ))  # fmt: skip
    assert form.asked() == {
        "budget": 5e7, "menu": ["food-aid", "corridor"],
        "measures": [{"id": "food-aid", "cost": 230.0}, {"id": "corridor", "most": 1e7}],
        "lots": [{"measure": "food-aid", "amount": 5e5}],
        "earmarks": [{"name": "Horn", "amount": 5e6, "countries": ["ETH", "SOM"], "measures": ["food-aid"]}],
        "floor": {"kind": "money", "share": 0.2}, "risk": 1.0,
    }  # fmt: skip
    asked = work.question(form.asked())
    food = next(m for m in asked.measures if m.id == "food-aid")
    assert (food.cost.low, food.cost.high, food.assumed()[0]) == (230.0, 230.0, "cost")
    corridor = next(m for m in asked.measures if m.id == "corridor")
    assert corridor.cost == next(m for m in shipped_measures() if m.id == "corridor").cost


@pytest.mark.parametrize(
    ("query", "said", "field"),
    [
        ("budget=much", "The budget is not a number", "p-budget"),
        ("budget=0", "must be above zero", "p-budget"),
        ("budget=nan", "is not a number", "p-budget"),
        ("budget=1e999", "is not a number", "p-budget"),
        pytest.param(f"budget={'9' * 3000}", "is not a number", "p-budget", id="a budget of 3,000 digits"),
        ("budget=10&cost-food-aid=cheap", "The cost is not a number", "cost-food-aid"),
        ("budget=10&e-name-1=Horn", "Earmark 2 is not complete", "e-amount-1"),
        ("budget=10&e-name-1=Horn&e-amount-1=5&e-countries-1=XXX", "XXX", "e-countries-1"),
        ("budget=10&floor=money&floor-share=5&floor-countries=BGD XXX", "XXX", "p-floor-countries"),
        ("budget=10&floor-countries=BGD", "no floor is fixed", "p-floor"),
        ("budget=10&e-name-0=Horn&e-amount-0=50", "The earmarks are 50.0 million USD", "e-amount-0"),
        ("budget=10&floor=bread&floor-share=5", "no kind of floor", "p-floor-share"),
        ("budget=10&floor=money&floor-share=500", "outside", "p-floor-share"),
        ("budget=10&risk=-1", "outside", "p-risk"),
    ],
)
def test_what_was_typed_is_kept_and_the_fault_is_named(address, look, query, said, field):
    page = look(f"{address}?{query}&{MENU}", status=422)
    assert page.faults() == []
    assert said in page.tree.xpath("//*[@id='error']")[0].text_content()
    assert page.tree.xpath(f"//*[@id='error']//a[@href='#{field}']")
    folded = page.tree.xpath("//main//form//details")[0]
    assert (folded.get("open") is not None) == field.startswith("cost")
    for pair in query.split("&"):
        name, value = pair.split("=")
        assert page.tree.xpath(f"//main//form[@method='get']//*[@name='{name}']")[0].get("value") in (value, None)


def test_no_measure_is_a_fault_too(address, look):
    assert "No measure is chosen" in look(f"{address}?budget=10&was=10", status=422).text


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", {"budget": 1e8}),
        ("budget=50", {"budget": 5e7}),
        ("floor=money&floor-share=20", {"budget": 1e8, "floor": {"kind": "money", "share": 0.2}}),
        ("floor=harm", {"budget": 1e8, "floor": {"kind": "harm", "share": 0.2}}),
        ("floor=harm&floor-share=", {"budget": 1e8, "floor": {"kind": "harm", "share": 0.2}}),
        ("budget=50&menu=corridor", {"budget": 5e7, "menu": ["corridor"]}),
        ("budget=50&cost-food-aid=230", {"budget": 5e7, "measures": [{"id": "food-aid", "cost": 230.0}]}),
        (f"budget=50&was=50&{MENU}", {"budget": 5e7}),
    ],
)
def test_what_an_address_leaves_out_is_as_at_the_first_look(query, asked):
    form = PlanForm(QueryDict(query))
    assert form.asked() == asked
    chosen = [m["id"] for m in form.shown()["measures"] if m["chosen"]]
    assert chosen == asked.get("menu", [m.id for m in shipped_measures()])


def test_an_address_with_a_budget_alone_shows_a_plan(address, look):
    page = look(f"{address}?budget=50")
    assert page.h1.startswith("50.0 million USD could avoid")
    assert len(page.tree.xpath("//main//input[@name='menu' and @checked]")) == len(shipped_measures())


def test_the_floor_is_for_the_countries_that_are_named(address, look):
    page = look(f"{address}?budget=30&floor=money&floor-share=40&floor-countries=bgd, EGY&{MENU}")
    assert page.tree.xpath("//*[@id='p-floor-countries']")[0].get("value") == "bgd, EGY"
    form = PlanForm(QueryDict("floor=harm&floor-share=5&floor-countries=bgd, EGY"))
    assert form.asked()["floor"] == {"kind": "harm", "share": 0.05, "countries": ["BGD", "EGY"]}


def test_money_that_avoids_nothing_is_said_to_stay(address, look):
    page = look(f"{address}?budget=200000&{MENU}")
    assert page.faults() == []
    assert "of the budget stays unspent: within these limits it would avoid no further harm" in page.text
    assert "1.0 million USD more would avoid no further harm in this model." in page.text
    assert "Limits that bind" not in page.text
    assert "other measures would avoid about as much with the same budget." in page.text
    assert "of the budget stays unspent" not in look(f"{address}?budget=30&{MENU}").text


def test_a_floor_of_harm_that_is_too_high_says_the_largest(address, look):
    page = look(f"{address}?budget=30&floor=harm&floor-share=90&{MENU}", status=422)
    assert "The largest floor of harm within these limits is" in page.tree.xpath("//*[@id='error']")[0].text_content()


@pytest.mark.parametrize(
    "name", ["grants.csv", "grants.xlsx", "grants.parquet", "curve.csv", "curve.svg", "avoided.svg"]
)
def test_downloads_of_what_is_shown(address, client, name):
    response = client.get(f"{address}{name}?budget=30&{MENU}")
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]
    assert len(response.content) > 200


@pytest.mark.parametrize("name", ["curve.csv", "curve.svg"])
def test_there_is_no_curve_to_download_where_none_is_drawn(address, look, name):
    look(f"{address}{name}?budget=30&risk=1&{MENU}", status=404)


@pytest.mark.parametrize("name", ["bread.csv", "grants.doc", "bread.svg"])
def test_downloads_that_there_are_not(address, look, name):
    look(f"{address}{name}?budget=30&{MENU}", status=404)


def test_keep_follow_propose(address, client, look, few, account):
    response = client.post(f"{address}?budget=30&was=30&{MENU}")
    plan = Plan.objects.get()
    assert response.url == f"/spillover/plans/{plan.pk}/"
    assert plan.question["budget"] == 30e6
    page = look(response.url)
    assert "Waiting for its turn" in page.text
    assert page.tree.xpath("//main//button[@value='remove']")
    assert page.faults() == []
    look(f"{response.url}grants.csv", status=409)
    work_plan.func(str(plan.pk))
    assert client.get(response.url, headers=HTMX).headers["HX-Refresh"] == "true"
    page = look(response.url)
    assert page.faults() == []
    assert page.h1.startswith("30.0 million USD could avoid")
    assert "Funded in plans made anew" in page.text
    assert "Private until you propose it." in page.text
    for name in ("grants.csv", "curve.svg", "brief.html", "brief.pdf"):
        assert client.get(response.url + name).status_code == 200, name
    assert f"/spillover/plans/{plan.pk}/" in look(address).links()
    client.post(response.url, {"do": "propose"})
    assert "Proposed to the board by the-analyst" in look(response.url).text
    look(response.url, {"do": "propose"}, status=409)
    client.force_login(account("operator"))
    page = look(response.url)
    assert not page.tree.xpath("//main//form")
    assert f"/spillover/runs/{plan.run.pk}/" not in page.links(), "the run is somebody else's and private"
    assert "30,000,000 USD" in look("/").text


def test_a_plan_that_failed_says_why_and_can_be_removed(address, client, look, run):
    asked = {"budget": 1e7, "earmarks": [{"name": "Horn", "amount": 5e7}]}
    plan = Plan.objects.create(run=run, owner=run.owner, title=run.title, question=asked)
    work_plan.func(str(plan.pk))
    page = look(f"/spillover/plans/{plan.pk}/")
    assert "The earmarks are 50.0 million USD" in page.tree.xpath("//*[@role='alert']")[0].text_content()
    assert page.faults() == []
    assert client.post(f"/spillover/plans/{plan.pk}/", {"do": "remove"}).url == address
    assert not Plan.objects.exists()


@pytest.mark.parametrize("query", ["budget=x", "budget=10&e-name-0=Horn&e-amount-0=50"])
def test_a_fault_while_keeping_keeps_nothing(address, look, query):
    look(f"{address}?{query}&{MENU}", post={}, status=422)
    assert not Plan.objects.exists()


def test_a_yearly_run_cannot_be_planned_on(account, client, look, finished_run):
    user = account("analyst")
    client.force_login(user)
    page = look(f"/spillover/runs/{finished_run(user).pk}/plan/", status=400)
    assert "needs a run by month" in page.text


def test_a_plan_that_takes_too_long_can_be_kept_from_its_page(address, client, look, monkeypatch):
    monkeypatch.setattr(shown, "MOST_SECONDS", 0.0)
    monkeypatch.setattr(shown, "_kept", OrderedDict())
    page = look(f"{address}?budget=31&{MENU}", status=409)
    assert page.faults() == []
    assert "longer than a page can wait" in page.tree.xpath("//*[@id='error']")[0].text_content()
    assert page.tree.xpath("//main//form[@method='post']")
    assert client.post(f"{address}?budget=31&{MENU}").status_code == 302
    assert Plan.objects.count() == 1


def test_a_viewer_does_not_plan(run, account, client, look, address):
    Run.objects.filter(pk=run.pk).update(published=True)
    client.force_login(account("viewer"))
    look(address, status=403)
    assert address not in look(f"/spillover/runs/{run.pk}/").links()
