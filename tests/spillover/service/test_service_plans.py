"""Plans as a use case: shown, kept, private, proposed once, decided on the board."""

from __future__ import annotations

from collections import OrderedDict

import pytest
from django.utils import timezone

from clarion.access import Actor
from clarion.access.store.models import LogEntry
from clarion.call.service import commitments
from clarion.errors import BusyError, InputError, NotAllowed, ScenarioError, UnknownName
from clarion.outbox.store.models import Proposal
from clarion.spillover.engine.support import worth
from clarion.spillover.models import Answer, Plan, Run
from clarion.spillover.service import runs
from clarion.spillover.service.support import job, plans, shown, work
from clarion.spillover.service.support.job import work_plan
from clarion.spillover.service.support.turns import Turns

ASKED = {"budget": 2e7}


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    """Tests share the ids of their accounts, and on a busy machine more than a minute of work."""
    shown.turns.spent.clear()


@pytest.fixture
def owner(account):
    return account("analyst", "olena")


@pytest.fixture
def run(owner, finished_run):
    return finished_run(owner, "black-sea-closure", rule="monthly", draws=12)


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(work, "RUNS", 2)
    monkeypatch.setattr(work, "POINTS", 3)


@pytest.fixture
def kept(owner, run, few):
    plan = plans.keep(owner.actor, run.pk, ASKED)
    work_plan.func(str(plan.pk))
    plan.refresh_from_db()
    assert plan.status == Plan.Status.DONE, plan.error
    return plan


def test_what_is_shown_is_what_is_kept(owner, run, kept):
    shown, whole = plans.show(owner.actor, run.pk, ASKED), plans.result(kept)
    assert [(g.iso3, g.measure["id"], g.money.value) for g in shown.grants] == [
        (g.iso3, g.measure["id"], g.money.value) for g in whole.grants if g.money.value >= 1.0
    ]
    for country in whole.helped:
        assert country.money == sum(g.money.value for g in country.grants)
    assert sum(c.money for c in whole.helped) == pytest.approx(whole.spent, abs=len(whole.data["countries"]))
    assert shown.quick
    assert not whole.quick
    assert len(whole.curve) == 3
    assert all(g.often.known for g in whole.grants)
    assert shown.sentence("en") == whole.sentence("en")
    assert "provenance" not in whole.data["funded"][0]["money"]
    assert whole.provenance


def test_a_plan_is_private_until_it_is_proposed(owner, kept, account, run):
    other = account("operator").actor
    with pytest.raises(UnknownName):
        plans.get(other, kept.pk)
    assert [p.pk for p in plans.index(owner.actor, run.pk)] == [kept.pk]
    plans.propose(owner.actor, kept.pk)
    assert plans.get(other, kept.pk).proposed_by == "olena"
    for act in (plans.propose, plans.remove):
        with pytest.raises(NotAllowed):
            act(other, kept.pk)


def test_from_plan_to_board_to_decision(owner, kept):
    plans.propose(owner.actor, kept.pk)
    console = Actor.console()
    (standing,) = commitments.index(console)
    found = standing.commitment
    assert (found.action, found.author, found.href) == ("economies", "olena", f"/spillover/plans/{kept.pk}/")
    assert found.cost.amount == sum(s.cost.amount for s in found.supports)
    assert float(found.cost.amount) <= ASKED["budget"] * (1 + 1e-9)
    assert found.expected.interval.low <= found.expected.value <= found.expected.interval.high
    assert found.expected.provenance
    corridor = next(s for s in found.supports if s.measure == "Alternative supplier or corridor")
    assert corridor.quantity.unit == "USD of extra cost of supply"
    assert corridor.quantity.amount == float(corridor.cost.amount)
    assert commitments.decide(console, standing.kept.pk, "committed").kept.status == "committed"
    assert LogEntry.objects.filter(actor=owner.actor.id, action="proposed a support plan", object=str(kept.pk)).exists()


def test_proposing_twice_changes_nothing(owner, kept):
    plans.propose(owner.actor, kept.pk)
    with pytest.raises(BusyError, match="before"):
        plans.propose(owner.actor, kept.pk)
    assert Proposal.objects.count() == 1


def test_what_was_proposed_stays(owner, kept, run):
    plans.propose(owner.actor, kept.pk)
    with pytest.raises(BusyError, match="board"):
        plans.remove(owner.actor, kept.pk)
    with pytest.raises(BusyError, match="board"):
        runs.remove(owner.actor, run.pk)
    assert Plan.objects.filter(pk=kept.pk).exists()


def test_removing(owner, kept, run):
    plans.remove(owner.actor, kept.pk)
    assert not Plan.objects.exists()
    runs.remove(owner.actor, run.pk)
    assert not Run.objects.exists()


def test_a_plan_that_waits_can_be_removed(owner, run):
    plan = plans.keep(owner.actor, run.pk, ASKED)
    plans.remove(owner.actor, plan.pk)
    work_plan.func(str(plan.pk))
    assert not Plan.objects.exists()


def test_a_plan_removed_while_it_is_worked_is_not_worked_further(owner, run, monkeypatch):
    plan = plans.keep(owner.actor, run.pk, ASKED)
    read = work.outlook_of_run

    def removed_meanwhile(of):
        plans.remove(owner.actor, plan.pk)
        return read(of)

    monkeypatch.setattr(work, "outlook_of_run", removed_meanwhile)
    solved = []
    solve = worth.solve
    monkeypatch.setattr(worth, "solve", lambda problem: solved.append(problem) or solve(problem))
    work_plan.func(str(plan.pk))
    assert not Plan.objects.exists()
    assert solved == []


def test_a_plan_removed_between_its_parts_stops_there(owner, run, monkeypatch):
    monkeypatch.setattr(job, "_EVERY", 0.0)
    plan = plans.keep(owner.actor, run.pk, ASKED)
    solved, solve = [], worth.solve

    def remove_at_the_third(problem):
        solved.append(problem)
        if len(solved) == 3:
            plans.remove(owner.actor, plan.pk)
        return solve(problem)

    monkeypatch.setattr(worth, "solve", remove_at_the_third)
    work_plan.func(str(plan.pk))
    assert len(solved) == 3
    assert not Plan.objects.exists()


@pytest.fixture
def works(monkeypatch):
    """How often a plan was worked; what others were shown is forgotten."""
    monkeypatch.setattr(shown, "_kept", OrderedDict())
    monkeypatch.setattr(shown, "turns", Turns())
    done, worked = [], shown.worked
    monkeypatch.setattr(shown, "worked", lambda *given, **more: done.append(given[1]) or worked(*given, **more))
    return done


def test_the_same_question_of_the_same_run_is_worked_once(owner, run, works, finished_run, account):
    first = plans.show(owner.actor, run.pk, ASKED)
    assert plans.show(owner.actor, run.pk, ASKED).data is first.data
    plans.show(owner.actor, run.pk, {"budget": 3e7})
    assert len(works) == 2
    other = account("analyst", "ivan")
    with pytest.raises(UnknownName):
        plans.show(other.actor, run.pk, ASKED)
    same = finished_run(other, "black-sea-closure", rule="monthly", draws=12)
    assert plans.show(other.actor, same.pk, ASKED).data is first.data
    less = finished_run(other, "black-sea-closure", rule="monthly", draws=10)
    assert plans.show(other.actor, less.pk, ASKED).data is not first.data
    assert len(works) == 3


def test_few_shown_plans_are_kept(owner, run, works, monkeypatch):
    monkeypatch.setattr(shown, "MOST_KEPT", 2)
    for budget in (1e7, 2e7, 1e7, 3e7, 1e7, 2e7):
        plans.show(owner.actor, run.pk, {"budget": budget})
    assert [asked.budget for asked in works] == [1e7, 2e7, 3e7, 2e7]


def test_what_a_person_asks_within_two_minutes_has_an_end(owner, run, works, monkeypatch):
    monkeypatch.setattr("clarion.spillover.service.support.turns.MOST_SECONDS", 0.0)
    with pytest.raises(BusyError, match="within two minutes") as error:
        plans.show(owner.actor, run.pk, ASKED)
    assert "Wait two minutes" in error.value.next_step
    assert works == []


def test_a_plan_that_a_page_cannot_wait_for_can_be_kept(owner, run, works, monkeypatch):
    monkeypatch.setattr(shown, "MOST_SECONDS", 0.0)
    with pytest.raises(BusyError, match="longer than a page") as error:
        plans.show(owner.actor, run.pk, ASKED)
    assert error.value.details["may_keep"]
    assert plans.keep(owner.actor, run.pk, ASKED).status == Plan.Status.WAITING


def test_a_plan_proposed_while_it_is_removed_stays(owner, kept, monkeypatch):
    own = plans._own

    def proposed_meanwhile(actor, pk):
        plan = own(actor, pk)
        Plan.objects.filter(pk=pk).update(proposed_at=timezone.now())
        return plan

    monkeypatch.setattr(plans, "_own", proposed_meanwhile)
    with pytest.raises(BusyError, match="board"):
        plans.remove(owner.actor, kept.pk)
    assert Plan.objects.filter(pk=kept.pk).exists()


def test_a_run_stays_while_others_plan_on_it(owner, run, account):
    Run.objects.filter(pk=run.pk).update(published=True)
    other = account("analyst", "ivan").actor
    plan = plans.keep(other, run.pk, ASKED)
    with pytest.raises(BusyError, match="Other people"):
        runs.remove(owner.actor, run.pk)
    plans.remove(other, plan.pk)
    runs.remove(owner.actor, run.pk)
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        ({"budget": -1}, ScenarioError, "budget"),
        ({"budget": 1e6, "menu": ["bread"]}, ScenarioError, "bread"),
        ({"budget": 1e6, "earmarks": [{"name": "a", "amount": 2e6}]}, InputError, "earmarks are 2.0 million USD"),
        ({"budget": 1e9, "floor": {"kind": "harm", "share": 1.0}}, InputError, "floor"),
    ],
)  # fmt: skip
def test_what_cannot_be_planned_says_which_limit(owner, run, asked, error, said):
    with pytest.raises(error, match=said):
        plans.show(owner.actor, run.pk, asked)


def test_what_cannot_be_planned_is_not_kept(owner, run):
    for more in ({"earmarks": [{"name": "a", "amount": 2e8}]}, {"floor": {"kind": "harm", "share": 1.0}}):
        with pytest.raises(InputError):
            plans.keep(owner.actor, run.pk, {"budget": 1e6} | more)
    assert not Plan.objects.exists()


def test_a_plan_that_cannot_be_made_fails_with_its_reason(owner, run):
    asked = {"budget": 1e6, "earmarks": [{"name": "a", "amount": 2e6}]}
    plan = Plan.objects.create(run=run, owner=owner.actor.id, title=run.title, question=asked)
    work_plan.func(str(plan.pk))
    plan.refresh_from_db()
    assert plan.status == Plan.Status.FAILED
    assert "earmarks" in plan.error["what"]
    with pytest.raises(BusyError):
        plans.propose(owner.actor, plan.pk)


def test_only_a_run_by_month_that_is_done_can_be_planned_on(owner, finished_run):
    yearly = finished_run(owner)
    with pytest.raises(InputError, match="by month"):
        plans.show(owner.actor, yearly.pk, ASKED)
    waiting = Run.objects.create(owner=owner.actor.id, title="t", text="", trade="raw", rule="monthly", draws=5, seed=1)
    with pytest.raises(BusyError, match="no answer"):
        plans.show(owner.actor, waiting.pk, ASKED)


def test_tables_that_have_changed_are_noticed(owner, run):
    work._of_run.cache_clear()
    answer = Answer.objects.get(run=run)
    Answer.objects.filter(run=run).update(data=answer.data | {"baseline": "of other tables"})
    with pytest.raises(InputError, match="changed"):
        plans.show(owner.actor, run.pk, ASKED)


def test_who_may_plan(run, account):
    Run.objects.filter(pk=run.pk).update(published=True)
    with pytest.raises(NotAllowed):
        plans.show(account("viewer").actor, run.pk, ASKED)
    assert plans.keep(account("analyst", "ivan").actor, run.pk, ASKED).owner != run.owner


def test_five_may_wait(owner, run):
    for _ in range(plans.MOST_WAITING):
        plans.keep(owner.actor, run.pk, ASKED)
    with pytest.raises(BusyError, match="waiting"):
        plans.keep(owner.actor, run.pk, ASKED)


def test_a_worker_takes_up_what_was_left(owner, run, few, monkeypatch):
    plan = plans.keep(owner.actor, run.pk, ASKED)
    Plan.objects.filter(pk=plan.pk).update(status=Plan.Status.RUNNING)
    asked = []
    monkeypatch.setattr(job, "work_plan", type("T", (), {"enqueue": staticmethod(asked.append)}))
    job.take_up_again()
    assert asked == [str(plan.pk)]
    assert Plan.objects.get(pk=plan.pk).status == Plan.Status.WAITING
