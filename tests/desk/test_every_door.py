"""Every address of the desk, as a stranger, with somebody else's ids, with every role, and without a CSRF token."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from clarion.access import ROLES
from clarion.access.store import secrets
from clarion.access.store.models import ApiToken
from clarion.spillover.models import OwnScenario, Run
from clarion.spillover.service import scenarios

# What a stranger may see: signing in and out, whether the desk answers, and the schema of the API.
OPEN = {
    "account_login", "account_logout", "account_inactive", "account_reauthenticate", "enter", "language", "healthz",
    "openapi-json", "mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_login_webauthn",
    "exit",
}  # fmt: skip
SAMPLES = {
    "iso3": "KGZ", "item": "wheat", "form": "csv", "table": "trade_flows", "source": "staple-trade",
    "name": "black-sea-closure", "secret": "x" * 43, "uidb36": "1", "key": "1-x",
    "programme": "main", "file": "release.json",
}  # fmt: skip
OWN = [
    "run", "run-country", "compare", "compare-file", "run-table", "run-map", "run-brief", "scenario-own", "get_run",
    "get_answer", "cancel", "remove", "run-country-table", "run-prices", "get_country", "plan", "list_plans",
]  # fmt: skip


def patterns(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield path, entry
        else:
            yield from patterns(entry, path)


def address(entry, path, ids):
    """The pattern with a value for every part."""
    for name, converter in entry.pattern.converters.items():
        kind = type(converter).__name__
        value = str(ids) if kind == "UUIDConverter" else "1" if kind == "IntConverter" else SAMPLES.get(name, "x")
        for written in (f"<uuid:{name}>", f"<str:{name}>", f"<slug:{name}>", f"<int:{name}>", f"<{name}>"):
            path = path.replace(written, value)
    # ninja writes a UUID as plain text.
    return "/" + path.replace("/x/", f"/{ids}/").removesuffix("/x") + (f"/{ids}" if path.endswith("/x") else "")


def doors(ids):
    return [
        (entry.name, address(entry, path, ids))
        for path, entry in patterns()
        if "^" not in path and not path.startswith("account/confirm")
    ]


def test_a_stranger_finds_every_door_closed(client, db):
    seen = 0
    for name, where in doors(uuid.uuid4()):
        for method in ("get", "post", "put", "patch", "delete"):
            answer = getattr(client, method)(where)
            assert answer.status_code < 500, (method, where)
            if name not in OPEN and method in ("get", "post"):
                led_away = answer.status_code == 302 and answer.url.startswith("/account/")
                assert led_away or answer.status_code in (401, 404, 405), (method, where, answer.status_code)
                seen += 1
    assert seen > 70


@pytest.mark.parametrize("role", ROLES)
def test_what_is_somebody_elses_is_not_there(role, account, client):
    owner = account("analyst", "owner")
    text = scenarios.shipped_text("kazakhstan-wheat-export-ban")
    run = Run.objects.create(
        owner=owner.actor.id, title="t", text=text, trade="raw", rule="pta", draws=2, seed=1, status="done"
    )
    own = OwnScenario.objects.create(owner=owner.actor.id, name="n", title="t", text=text, id=run.pk)
    client.force_login(account(role, "other"))
    tried = set()
    for name, where in doors(run.pk):
        if str(run.pk) in where:
            tried.add(name)
            for method, form in (
                ("get", {}), ("post", {"do": "remove"}), ("post", {"do": "publish"}), ("post", {"do": "cancel"}),
                ("post", {"do": "save", "mode": "text", "text": text}), ("delete", {}),
            ):  # fmt: skip
                answer = getattr(client, method)(where, form)
                nothing_done = answer.status_code == 302 and form.get("do") == "save" and answer.url == where
                # A body that is no JSON is refused before anything is looked up: the same whether it is there or not.
                unread = answer.status_code in (400, 422) and where.startswith("/api/") and method == "post"
                shut = nothing_done or unread or answer.status_code in (403, 404, 405)
                assert shut, (method, where, answer.status_code)
    assert set(OWN) <= tried
    run.refresh_from_db()
    own.refresh_from_db()
    assert not run.published
    assert not run.cancel_asked


def test_every_change_asks_for_the_csrf_token(account):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account("operator"))
    for _name, where in doors(uuid.uuid4()):
        for method in ("post", "put", "patch", "delete"):
            answer = getattr(strict, method)(where, "{}", content_type="application/json")
            assert answer.status_code in (403, 404, 405), (method, where, answer.status_code)
    assert Run.objects.count() == 0


class TestTokens:
    def ask(self, client, token, method="get", path="call/actions", body=None):
        return getattr(client, method)(
            f"/api/v1/{path}", body, content_type="application/json", headers={"authorization": f"Bearer {token}"}
        ).status_code

    def test_an_expired_one_is_worth_nothing(self, client, account):
        token = secrets.new_token(account("analyst"), "x")
        ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert self.ask(client, token) == 401

    def test_it_follows_its_owners_role(self, client, account):
        user = account("analyst")
        token = secrets.new_token(user, "x")
        run = {"scenario": "kazakhstan-wheat-export-ban", "draws": 2, "owner": "1", "published": True}
        assert self.ask(client, token, "post", "spillover/runs", run) == 201
        made = Run.objects.get()
        assert (made.owner, made.published) == (user.actor.id, False)
        user.role = "viewer"
        user.save()
        assert self.ask(client, token) == 200
        assert self.ask(client, token, "post", "spillover/runs", run) == 403
        assert self.ask(client, token, "post", f"spillover/runs/{made.pk}/cancel") == 403
        assert self.ask(client, token, "delete", f"spillover/runs/{made.pk}") == 403
