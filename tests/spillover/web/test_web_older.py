"""Pages, files and the API meet what an earlier version kept: no reader fails, each is told what to do."""

from __future__ import annotations

import pytest

from clarion.spillover.models import Plan, Run

SAID = "kept by an earlier version of Clarion"


@pytest.fixture
def user(account, client):
    user = account("analyst")
    client.force_login(user)
    return user


@pytest.fixture
def run(user, finished_run, aged):
    found = finished_run(user, rule="monthly", draws=12)
    aged(found)
    return found


@pytest.fixture
def plan(user, run):
    return Plan.objects.create(
        run=run, owner=user.actor.id, title=run.title, question={"budget": 1e6}, data={"budget": 1e6}, status="done"
    )


def test_a_run_is_run_again_from_its_page(look, client, run):
    page = look(f"/spillover/runs/{run.pk}/", status=409)
    assert page.faults() == []
    assert SAID in page.h1
    assert "Run it again" in page.text
    sent = client.post(f"/spillover/runs/{run.pk}/", {"do": "again"})
    again = Run.objects.exclude(pk=run.pk).get()
    assert sent.url == f"/spillover/runs/{again.pk}/"
    assert (again.text, again.seed, again.status) == (run.text, run.seed, "waiting")
    assert "kept by an earlier version" in look("/spillover/runs/").text


def test_every_other_page_of_it_leads_there(look, user, run, finished_run):
    other = finished_run(user, rule="monthly", draws=12)
    here = f"/spillover/runs/{run.pk}/"
    for where in (
        "country/TJK/", "country/TJK/table.csv", "table.csv", "prices.csv", "map.svg", "brief.html", "brief.pdf",
        f"compare/{other.pk}/", f"compare/{other.pk}/table.csv", "plan/", "plan/grants.csv", "plan/curve.svg",
    ):  # fmt: skip
        page = look(here + where, status=409)
        assert SAID in page.h1, where
        assert here in page.links(), where


def test_a_yearly_run_too(look, user, finished_run, aged):
    run = finished_run(user)
    aged(run)
    for where in ("", "country/TJK/", "table.csv", "map.svg", "brief.html"):
        assert SAID in look(f"/spillover/runs/{run.pk}/{where}", status=409).h1


def test_a_plan_is_made_again_from_its_page(look, client, user, run, plan, finished_run):
    here = f"/spillover/plans/{plan.pk}/"
    page = look(here, status=409)
    assert page.faults() == []
    assert "Make it again" in page.text
    for where in ("brief.html", "grants.csv", "curve.svg"):
        assert here in look(here + where, status=409).links()
    assert f"/spillover/runs/{run.pk}/" in look(here, {"do": "again"}, status=409).links()
    since = finished_run(user, rule="monthly", draws=12)
    sent = client.post(here, {"do": "again"})
    again = Plan.objects.exclude(pk=plan.pk).get()
    assert (again.run, again.question, sent.url) == (since, plan.question, f"/spillover/plans/{again.pk}/")


def test_who_may_not_run_is_told_alone(look, client, account, run):
    Run.objects.filter(pk=run.pk).update(published=True)
    client.force_login(account("viewer"))
    page = look(f"/spillover/runs/{run.pk}/", status=409)
    assert SAID in page.h1
    assert page.tree.xpath("//main//form") == []


def test_in_the_readers_language(look, client, run):
    client.cookies["django_language"] = "ru"
    page = look(f"/spillover/runs/{run.pk}/", status=409)
    assert "прежней версией" in page.h1
    assert "earlier" not in page.text


def test_programs_get_409(client, run, plan):
    api = "/api/v1/spillover"
    for where in (f"runs/{run.pk}/answer", f"runs/{run.pk}/countries/TJK", f"plans/{plan.pk}"):
        told = client.get(f"{api}/{where}")
        assert told.status_code == 409
        assert told.json()["code"] == "out-of-date"
    assert client.get(f"{api}/runs/{run.pk}").json()["older"]
