"""``clarion spillover plan``: from a scenario to a plan, its files, and limits that cannot be kept."""

from __future__ import annotations

import pytest

from clarion.access.store.models import LogEntry
from clarion.spillover.models import Plan, Run
from clarion.spillover.service.support import plans, work

PLAN = ("spillover", "plan", "--draws", 12, "--seed", 3)


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(work, "RUNS", 2)
    monkeypatch.setattr(work, "POINTS", 3)


def test_a_plan_and_its_files(clarion, tmp_path):
    ran = clarion(*PLAN, "--budget", 30, "--cost", "food-aid=230", "--out", tmp_path / "out", "--json")
    data = ran.data
    assert data["kind"] == "support-plan"
    assert data["budget"] == 30e6
    assert data["spent"] <= 30e6 * (1 + 1e-9)
    assert next(m for m in data["measures"] if m["id"] == "food-aid")["cost"] == [230.0, 230.0, 230.0]
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        "brief.html", "brief.pdf", "grants.csv", "grants.parquet", "grants.xlsx", "curve.csv", "curve.parquet",
        "curve.xlsx",
    }  # fmt: skip
    assert data["files"] == [f["name"] if isinstance(f, dict) else f for f in data["files"]]
    assert clarion(*PLAN, "--budget", 30, "--cost", "food-aid=230", "--json").data["funded"] == data["funded"]


def test_in_words(clarion):
    ran = clarion(*PLAN, "--budget", 30, "--earmark", "horn=5:ETH,SOM")
    assert "30.0 million USD could avoid" in ran.out
    assert "1.0 million USD more would avoid" in ran.out
    assert "In proportion to population" in ran.out
    assert "World prices stand for prices at the border" in ran.out


def test_a_plan_file_and_options_that_change_it(clarion, tmp_path):
    file = tmp_path / "plan.toml"
    file.write_text('budget = 5_000_000\nmenu = ["food-aid"]\n[[measures]]\nid = "food-aid"\nmost = 4_000_000\n')
    data = clarion(*PLAN, "--file", file, "--cost", "food-aid=100", "--json").data
    assert data["budget"] == 5e6
    assert data["spent"] <= 4e6 * (1 + 1e-9)
    (food,) = data["measures"]
    assert (food["cost"][1], food["most"]) == (100.0, 4e6)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--budget", 1, "--earmark", "a=2"), "earmarks are 2.0 million USD"),
        (("--budget", 1, "--earmark", "a=x"), "not a name and a number"),
        (("--budget", -1), "-1 million USD"),
        (("--budget", 0), "0 million USD"),
        (("--budget", "nan"), "million USD"),
        (("--cost", "bread=2"), "bread"),
        (("--file", "nowhere.toml"), "cannot be read"),
        (("--draws", 5000), "5000 draws"),
        (("--floor", 3), "floor"),
    ],
)
def test_what_cannot_be_planned(refused, options, said):
    assert said in str(refused(*PLAN, *options))


class TestProposed:
    def test_it_comes_to_the_board_with_its_run(self, clarion, db, tmp_path):
        data = clarion(*PLAN, "--budget", 30, "--propose", "--out", tmp_path, "--json").data
        kept = data["proposed"]
        assert (kept["status"], kept["proposed_by"]) == ("done", "console")
        assert kept["question"] == {"budget": 30e6}
        plan = Plan.objects.get(pk=kept["id"])
        assert plan.data["funded"] == data["funded"]
        run = plan.run
        assert (run.owner, run.published, run.status, run.draws, run.seed) == ("console", True, "done", 12, 3)
        (standing,) = clarion("commitments", "--json").data
        assert (standing["status"], standing["author"]) == ("proposed", "console")
        assert standing["href"] == f"/spillover/plans/{plan.pk}/"
        acts = list(LogEntry.objects.order_by("pk").values_list("actor", "action"))
        assert acts == [("console", act) for act in (
            "started a run", "published a run", "kept a support plan", "proposed a support plan")]  # fmt: skip

    def test_the_desk_reads_what_was_kept(self, clarion, db, client, account):
        kept = clarion(*PLAN, "--budget", 30, "--propose", "--json").data["proposed"]
        client.force_login(account("viewer"))
        assert client.get(f"/spillover/plans/{kept['id']}/").status_code == 200
        assert client.get(f"/spillover/runs/{kept['run']}/").status_code == 200
        client.force_login(account("analyst"))
        planned = client.get(f"/spillover/runs/{kept['run']}/plan/")
        assert planned.status_code == 200, "others may plan on the same run"

    def test_as_the_desk_would_have_worked_it(self, clarion, db, account, finished_run):
        """The run behind it is the one that the desk makes of the same question."""
        from clarion.spillover.service import runs

        kept = clarion(*PLAN, "--budget", 30, "--propose", "--json").data["proposed"]
        here = runs.answer(Run.objects.get(pk=kept["run"]))
        there = runs.answer(finished_run(account("analyst"), "black-sea-closure", rule="monthly", draws=12, seed=3))
        assert {k: v for k, v in here.items() if k != "provenance"} == {
            k: v for k, v in there.items() if k != "provenance"
        }

    def test_what_funds_nothing_leaves_nothing(self, refused, db):
        error = refused(*PLAN, "--budget", 0.000001, "--propose", code=5)
        assert "funds nothing" in error["what"]
        assert not Run.objects.exists()
        assert not Plan.objects.exists()
        assert not LogEntry.objects.exists()

    def test_there_is_an_end_to_plans(self, refused, db, monkeypatch):
        monkeypatch.setattr(plans, "MOST_KEPT", 0)
        assert "0 plans" in refused(*PLAN, "--propose", code=5)["what"]
