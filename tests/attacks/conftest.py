"""Everybody who comes to the desk, each with things of their own, and a desk that runs."""

from pathlib import Path
from runpy import run_path

import pytest
from addresses import Visitor
from django.test import Client

from clarion.access import ROLES

# The running desk and the browser of the browser tests: one way of starting them.
_shared = run_path(str(Path(__file__).parents[1] / "browser" / "conftest.py"))
desk, browser, opened = _shared["desk"], _shared["browser"], _shared["opened"]


def belongings(user):
    """A finished run, a plan on it, a scenario: made as they stand in the database, whatever the role may."""
    from clarion.spillover import form
    from clarion.spillover.models import OwnScenario, Plan, Run
    from clarion.spillover.service.scenarios import shipped_text

    owner, text = user.actor.id, shipped_text("kazakhstan-wheat-export-ban")
    run = Run.objects.create(
        owner=owner, title=f"run of {user.username}", text=text, trade="corrected", rule="pta", draws=2, seed=1,
        status="done", form=form.ANSWER,
    )  # fmt: skip
    plan = Plan.objects.create(
        run=run, owner=owner, title=f"plan of {user.username}", question={"budget": 1e6}, status="failed"
    )
    own = OwnScenario.objects.create(owner=owner, name="own", title=f"scenario of {user.username}", text=text)
    return {"run": str(run.pk), "plan": str(plan.pk), "scenario": str(own.pk)}


@pytest.fixture
def commitment(db):
    """A proposal on the board, which is everybody's to see; ``commitment(title=...)`` changes what it says."""
    from decimal import Decimal

    from clarion.call.models import Commitment as Kept
    from clarion.vocab import Commitment, Estimate, Money, Quantity, Support

    def make(key="one", **said):
        cost = Money(Decimal("1000"), "USD")
        body = Commitment(
            "economies", "A plan", "What is to be done.", (Support("wheat-aid", "KGZ", Quantity(1.0, "t"), cost),),
            cost, Estimate(1.0, "kcal", None, "a sum"), "calories", "the-analyst", "",
        ).to_dict() | said  # fmt: skip
        return Kept.objects.create(key=key, action=body["action"], title=body["title"], body=body)

    return make


@pytest.fixture
def visitor(account):
    """Somebody with a role and things of their own; "stranger" and "closed" have no way in."""

    def come(role, name="", **options):
        from clarion.access.store.models import User

        client = Client(**options)
        if role == "stranger":
            return Visitor(role, client)
        user = account("operator" if role == "closed" else role, name or f"a-{role}")
        client.force_login(user)
        found = Visitor(role, client, user.actor, belongings(user))
        if role == "closed":  # a session that was not ended, as one of a restored back-up
            User.objects.filter(pk=user.pk).update(is_active=False)
        return found

    return come


@pytest.fixture
def everybody(visitor):
    return [visitor(role) for role in ("stranger", "closed", *ROLES)]
