"""Two at once: links, steps of a commitment, roles, names, proposals. Real threads on the real database."""

import threading

import pytest
from django.db import connection

from clarion.access import Actor
from clarion.access.store.models import User
from clarion.desk import people
from clarion.errors import ClarionError

CONSOLE = Actor.console()
pytestmark = [pytest.mark.django_db(transaction=True)]


def at_once(*calls):
    """What each call gave or the error that it met, all begun at the same moment."""
    gate, found = threading.Barrier(len(calls)), [None] * len(calls)

    def one(at, call):
        gate.wait()
        try:
            found[at] = call()
        except ClarionError as error:
            found[at] = error
        except BaseException as error:  # what is not foreseen must not be lost in a thread
            found[at] = AssertionError(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(at, call)) for at, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not [f for f in found if isinstance(f, AssertionError)], found
    return found


def refused(found):
    return sum(isinstance(one, ClarionError) for one in found)


def test_a_commitment_takes_one_step(commitment, account):
    from clarion.access.store.models import LogEntry
    from clarion.call.service import commitments

    actor, kept = account("operator").actor, commitment()
    found = at_once(*[lambda: commitments.decide(actor, kept.pk, "committed")] * 3,
                    *[lambda: commitments.decide(actor, kept.pk, "declined", "no")] * 3)  # fmt: skip
    assert refused(found) >= 4  # declining what was committed is a further step
    steps = LogEntry.objects.filter(action__startswith="moved a commitment").count()
    assert steps == len(found) - refused(found)


def test_two_operators_cannot_demote_each_other(account):
    account("operator", "one"), account("operator", "two")
    found = at_once(
        lambda: people.set_role(CONSOLE, "one", "viewer"), lambda: people.close(CONSOLE, "two"),
        lambda: people.set_role(CONSOLE, "two", "viewer"), lambda: people.close(CONSOLE, "one"),
    )  # fmt: skip
    assert User.objects.filter(role="operator", is_active=True).count() == 1, found


def test_of_names_that_look_alike_one_is_opened(account):
    account("operator", "first")
    names = ["maria", "Maria", "MARIA", "m\u0430ria", "mari\u0430"]
    found = at_once(*[lambda name=name: people.add(CONSOLE, name, "viewer") for name in names])
    assert refused(found) == 4
    assert User.objects.exclude(username="first").count() == 1


def test_a_plan_is_proposed_once(account, monkeypatch):
    from clarion.outbox.store.models import Proposal
    from clarion.spillover.models import Plan, Run
    from clarion.spillover.service.support import plans

    user = account("analyst")
    run = Run.objects.create(
        owner=user.actor.id, title="t", text="", trade="raw", rule="monthly", draws=2, seed=1, status="done"
    )
    plan = Plan.objects.create(run=run, owner=user.actor.id, title="t", question={}, status="done")

    class Funds:
        helped = True

    class Said:
        TOPIC = "attacks"

        def to_dict(self):
            return {}

    # The plan itself is not at stake, only that it leaves once.
    monkeypatch.setattr(plans, "result", lambda _: Funds())
    monkeypatch.setattr("clarion.spillover.service.support.commitment.commitment", lambda *_: Said())
    found = at_once(*[lambda: plans.propose(user.actor, plan.pk)] * 5)
    assert refused(found) == 4
    assert Proposal.objects.filter(topic="attacks").count() == 1


def test_no_more_runs_wait_than_may(account):
    from clarion.spillover.models import Run
    from clarion.spillover.service import runs, scenarios

    actor, text = account("analyst").actor, scenarios.shipped_text("kazakhstan-wheat-export-ban")
    found = at_once(*[lambda: runs.start(actor, text, draws=2, rule="pta")] * 8)
    assert refused(found) == 8 - runs.MOST_WAITING
    assert Run.objects.filter(owner=actor.id, status="waiting").count() == runs.MOST_WAITING


def test_no_more_scenarios_are_kept_than_may(account, monkeypatch):
    from clarion.spillover.models import OwnScenario
    from clarion.spillover.service import scenarios

    monkeypatch.setattr(scenarios, "MOST_OWN", 2)
    actor, text = account("analyst").actor, scenarios.shipped_text("kazakhstan-wheat-export-ban")
    texts = [text.replace("kazakhstan-wheat-export-ban", name, 1) for name in "abcdef"]
    found = at_once(*[lambda text=text: scenarios.save(actor, text) for text in texts])
    assert refused(found) == 4
    assert OwnScenario.objects.count() == 2


def test_a_token_is_shown_to_one(account):
    """Two tokens made at once are two; a token revoked while it is used is worth nothing after."""
    from clarion.access.store import secrets
    from clarion.access.store.models import ApiToken

    user = account("analyst")
    made = at_once(*[lambda: secrets.new_token(user, "x")] * 4)
    assert len(set(made)) == 4
    at_once(lambda: ApiToken.objects.all().delete(), *[lambda t=t: secrets.token_owner(t) for t in made])
    assert [secrets.token_owner(t) for t in made] == [None] * 4


def test_an_act_and_its_line_in_the_log_are_kept_together_or_not_at_all(commitment, visitor, monkeypatch):
    """Where the log cannot be written, what it would tell is not done."""
    from clarion.access.store import log
    from clarion.call.models import Commitment
    from clarion.call.service import commitments
    from clarion.spillover.models import OwnScenario, Run
    from clarion.spillover.service import runs, scenarios

    comes, kept = visitor("operator", "op"), commitment()

    def full(*_, **__):
        raise OSError("the disk is full")

    monkeypatch.setattr(log, "record", full)
    Run.objects.create(
        id="00000000-0000-4000-8000-000000000001", owner=comes.actor.id, title="t", text="", trade="raw", rule="pta",
        draws=2, seed=1,
    )  # fmt: skip
    for act in (
        lambda: commitments.decide(comes.actor, kept.pk, "committed"),
        lambda: runs.publish(comes.actor, comes.own["run"], published=True),
        lambda: runs.cancel(comes.actor, "00000000-0000-4000-8000-000000000001"),
        lambda: scenarios.remove(comes.actor, comes.own["scenario"]),
        lambda: runs.remove(comes.actor, comes.own["run"]),
    ):
        with pytest.raises(OSError, match="full"):
            act()
    assert Commitment.objects.get().status == "proposed"
    assert not Run.objects.filter(published=True).exists()
    assert not Run.objects.filter(cancel_asked=True).exists()
    assert Run.objects.count() == 2
    assert OwnScenario.objects.count() == 1
