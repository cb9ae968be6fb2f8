"""Other people's things: runs, plans, scenarios, tokens, sessions, by every way that names one (IDOR)."""

import json

import pytest
from addresses import declared, written

from clarion.access import ROLES
from clarion.access.store import secrets
from clarion.access.store.models import ApiToken
from clarion.spillover.models import OwnScenario, Plan, Run

FORMS = ["again", "cancel", "remove", "publish", "take-back", "propose", "save"]


@pytest.fixture
def owner(visitor):
    return visitor("analyst", "owner")


def owned(path):
    return any(part in path for part in ("runs/<", "plans/<", "own/<"))


def state():
    return [list(model.objects.order_by("pk").values()) for model in (Run, Plan, OwnScenario)]


@pytest.mark.parametrize("role", ROLES)
def test_private_things_are_not_there_whoever_asks(owner, visitor, role):
    """Reading or changing what is somebody else's answers as for what does not exist, and changes nothing."""
    comes, before = visitor(role, "other"), state()
    tried = 0
    for path in declared():
        if not owned(path):
            continue
        there, nowhere = written(path, owner.own), written(path, {})
        for method, form in [("GET", {}), ("DELETE", {}), *(("POST", {"do": do}) for do in FORMS)]:
            body = {"body": json.dumps({"question": {"budget": 1e6}})} if path.startswith("api/") else {}
            theirs, nobodys = (comes.send(method, where, form, **body) for where in (there, nowhere))
            assert theirs.status_code == nobodys.status_code, (method, form, path)
            no_step = theirs.status_code == 302 and theirs.url == "/" + there  # a word that this form does not know
            assert no_step or theirs.status_code in (403, 404, 405), (method, form, path, theirs.status_code)
            assert b"of owner" not in theirs.content
            tried += 1
    assert tried > 150
    assert state()[:3] == before


def test_a_published_run_and_a_proposed_plan_may_be_read_only(owner, visitor):
    comes = visitor("analyst", "other")
    Run.objects.filter(pk=owner.own["run"]).update(published=True)
    Plan.objects.filter(pk=owner.own["plan"]).update(proposed_at="2026-01-01T00:00Z", status="done")
    before = state()
    for do in ("cancel", "remove", "publish", "take-back"):
        assert comes.send("POST", f"spillover/runs/{owner.own['run']}/", {"do": do}).status_code == 403, do
    for do in ("remove", "propose"):
        assert comes.send("POST", f"spillover/plans/{owner.own['plan']}/", {"do": do}).status_code == 403, do
    for method, path in (
        ("DELETE", f"runs/{owner.own['run']}"), ("POST", f"runs/{owner.own['run']}/cancel"),
        ("DELETE", f"plans/{owner.own['plan']}"), ("POST", f"plans/{owner.own['plan']}/propose"),
    ):  # fmt: skip
        assert comes.send(method, f"api/v1/spillover/{path}").status_code == 403, path
    assert state() == before


def test_lists_hold_ones_own_only(owner, visitor):
    comes = visitor("operator", "other")
    for path in (
        "spillover/runs/",
        "spillover/scenarios/",
        "api/v1/spillover/runs",
        "api/v1/spillover/scenarios",
        "log/",
    ):
        page = comes.send("GET", path)
        assert page.status_code == 200
        assert b"of owner" not in page.content, path
        assert path == "log/" or b"of other" in page.content, path


def test_two_runs_are_compared_only_where_both_may_be_seen(owner, visitor):
    comes = visitor("analyst", "other")
    for pair in ((comes.own["run"], owner.own["run"]), (owner.own["run"], comes.own["run"])):
        for path in ("spillover/runs/{}/compare/{}/", "spillover/runs/{}/compare/{}/table.csv",
                     "api/v1/spillover/runs/{}/compare/{}"):  # fmt: skip
            assert comes.send("GET", path.format(*pair)).status_code == 404


def test_a_token_is_its_owners_to_see_and_to_revoke(owner, visitor, account):
    secrets.new_token(account("analyst", "holder"), "holders-laptop")
    held = ApiToken.objects.get()
    for role in ROLES[:3]:
        comes = visitor(role, f"curious-{role}")
        assert b"holders-laptop" not in comes.send("GET", "account/tokens/").content
        comes.send("POST", "account/tokens/", {"revoke": str(held.pk)})
    assert ApiToken.objects.filter(pk=held.pk).exists()


def test_a_second_factor_is_its_owners(owner, visitor, account):
    from allauth.mfa.models import Authenticator

    key = Authenticator.objects.create(user=account("analyst", "holder"), type="webauthn", data={"name": "holders-key"})
    comes = visitor("operator", "other")
    for step in ("remove", "edit"):
        for method in ("GET", "POST"):
            answer = comes.send(method, f"account/2fa/webauthn/keys/{key.pk}/{step}/", {"name": "mine now"})
            assert answer.status_code == 404, (method, step)
            assert b"holders-key" not in answer.content
    assert Authenticator.objects.get(pk=key.pk).data == {"name": "holders-key"}


def test_no_field_of_a_body_names_an_owner(visitor):
    """Mass assignment: what a form or a body holds beside its own fields is not taken."""
    comes, other = visitor("analyst", "me"), visitor("analyst", "other")
    more = {
        "owner": other.actor.id, "published": True, "status": "done", "id": other.own["run"], "pk": 1, "is_staff": True,
        "form": 99, "kept_bytes": 1, "role": "operator", "error": {"what": "x"}, "proposed_at": "2026-01-01",
    }  # fmt: skip
    asked = {"scenario": "kazakhstan-wheat-export-ban", "draws": 2, "rule": "pta"} | more
    made = comes.send("POST", "api/v1/spillover/runs", body=json.dumps(asked))
    assert made.status_code == 201
    run = Run.objects.get(pk=made.json()["id"])
    assert (run.owner, run.published, run.status, run.form, run.kept_bytes) == (comes.actor.id, False, "waiting", 0, 0)
    form = {"draws": "2", "rule": "pta", "trade": "corrected"} | {k: str(v) for k, v in more.items()}
    comes.send("POST", "spillover/scenarios/shipped/black-sea-closure/", form)
    mine = Run.objects.filter(owner=comes.actor.id)
    assert mine.count() == 3
    assert not mine.filter(published=True).exists()
    assert Run.objects.filter(owner=other.actor.id).count() == 1


def test_a_form_of_the_account_changes_no_role(visitor):
    from clarion.access.store.models import User

    comes = visitor("viewer", "me")
    for path in ("account/password/set/", "account/2fa/webauthn/add/", "account/login/", "language/"):
        comes.send("POST", path, {
            "role": "operator", "is_staff": "on", "is_superuser": "on", "username": "root", "next": "/",
            "language": "ru", "password1": "Xq9-long-secret", "password2": "Xq9-long-secret",
        })  # fmt: skip
    found = User.objects.get(username="me")
    assert (found.role, found.is_staff, found.is_superuser) == ("viewer", False, False)
    assert not User.objects.filter(username="root").exists()
