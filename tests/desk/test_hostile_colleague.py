"""Whoever holds a session, a password, a copied database or many addresses, and what the log says of them."""

import time
from dataclasses import replace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clarion.access import Actor
from clarion.access.store import secrets
from clarion.access.store.log import record
from clarion.access.store.models import ApiToken, LogEntry, Session, User
from clarion.config import config
from clarion.desk import people, views
from clarion.errors import InputError, NotAllowed

PASSWORD = "Xq9-long-secret"
CONSOLE = Actor.console()


@pytest.fixture
def with_password(account):
    user = account("analyst")
    user.set_password(PASSWORD)
    user.save()
    return user


def acts(user):
    return list(LogEntry.objects.filter(actor=user.actor.id).order_by("pk").values_list("action", flat=True))


def code_of(secret):
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))


def test_a_stranger_cannot_fill_the_disk_with_sessions(db):
    statuses = set()
    for _ in range(60):
        asked = Client().get(
            reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"}, REMOTE_ADDR="192.0.2.1"
        )
        statuses.add(asked.status_code)
    assert statuses == {200, 429}
    assert Session.objects.count() == 30


def test_sessions_that_have_ended_go_when_somebody_signs_in(client, account, with_password):
    def ended():
        yesterday = timezone.now() - timezone.timedelta(days=1)
        Session.objects.create(pk="x" * 32, session_data="", expire_date=yesterday, seen_at=yesterday)
        return Session.objects.filter(pk="x" * 32)

    gone = ended()
    client.get(reverse("enter", args=[secrets.new_link(account("viewer"))]))
    assert not gone.exists()
    gone = ended()
    Client().post("/account/login/", {"login": with_password.username, "password": PASSWORD})
    assert not gone.exists()


class TestLog:
    def test_it_tells_how_people_signed_in(self, client, with_password):
        client.post("/account/login/", {"login": with_password.username, "password": PASSWORD})
        assert acts(with_password) == ["signed in by password"]

    def test_it_tells_of_each_change_of_the_way_in(self, client, account, django_capture_on_commit_callbacks):
        user = account("analyst")
        client.get(reverse("enter", args=[secrets.new_link(user)]))
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/account/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
            client.get("/account/2fa/totp/activate/")
            secret = client.session["mfa.totp.secret"]
            client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
            client.post("/account/2fa/recovery-codes/generate/")
            client.post("/account/2fa/totp/deactivate/")
        assert set(acts(user)) == {
            "signed in by link", "set a password", "added a way to sign in", "made recovery codes",
            "removed a way to sign in",
        }  # fmt: skip
        assert not LogEntry.objects.filter(detail__icontains=secret).exists()

    def test_it_tells_of_somebody_who_knows_the_password_only(self, client, with_password):
        auth.TOTP.activate(with_password, auth.generate_totp_secret())
        client.post("/account/login/", {"login": with_password.username, "password": PASSWORD})
        client.post("/account/2fa/authenticate/", {"code": "000000"})
        assert acts(with_password) == ["gave a wrong second factor"]

    def test_nobody_pushes_an_act_out_of_sight(self, signed_in):
        reader = signed_in("operator")
        record(Actor("77", "", "analyst"), "published a run", "the-evil-one")
        for number in range(120):
            record(Actor("77", "", "analyst"), "saved a scenario", str(number))
        first = reader.get("/log/")
        assert b"the-evil-one" not in first.content
        earlier = first.content.decode().partition('href="?before=')[2].partition('"')[0]
        second = reader.get(f"/log/?before={earlier}")
        assert b"the-evil-one" in second.content
        assert b'href="?before=' not in second.content
        for odd in ("9" * 5000, "-1", "x", "\u00b2"):
            assert reader.get("/log/", {"before": odd}).status_code == 200


@pytest.mark.parametrize("name", ["console", "CONSOLE", "Maria", "MARIA", "\u041e\u043b\u044c\u0433\u0430"])
def test_a_name_that_another_could_be_taken_for_is_refused(account, name):
    account("viewer", "maria")
    account("viewer", "\u043e\u043b\u044c\u0433\u0430")
    with pytest.raises(InputError, match="taken"):
        people.add(CONSOLE, name, "viewer")


class TestSignOut:
    def test_everywhere(self, account):
        user, other = account("analyst", "lost"), account("analyst", "kept")
        laptop, phone, bystander = Client(), Client(), Client()
        laptop.force_login(user)
        phone.force_login(user)
        bystander.force_login(other)
        token, link = secrets.new_token(user, "x"), reverse("enter", args=[secrets.new_link(user)])
        operator = Client()
        operator.force_login(account("operator"))
        assert b"Sign out everywhere" in operator.get("/people/").content
        operator.post("/people/", {"do": "sign-out", "name": "lost"})
        assert laptop.get("/").status_code == phone.get("/").status_code == 302
        assert bystander.get("/").status_code == 200
        assert Client().get(link).status_code == 410
        assert secrets.token_owner(token) is None
        assert Client().get(reverse("enter", args=[secrets.new_link(user)])).status_code == 302
        assert LogEntry.objects.filter(action="signed somebody out everywhere", object=str(user.pk)).exists()

    def test_only_operators_may(self, account):
        with pytest.raises(NotAllowed):
            people.sign_out(account("analyst").actor, "the-analyst")

    def test_a_closed_account_leaves_no_session(self, account):
        user = account("analyst", "mole")
        client = Client()
        client.force_login(user)
        people.close(CONSOLE, "mole")
        User.objects.filter(pk=user.pk).update(is_active=True)  # as a restored back-up would
        assert client.get("/").status_code == 302

    def test_tokens_go_with_a_role_that_cannot_see_them(self, account):
        user = account("analyst")
        secrets.new_token(user, "x")
        people.set_role(CONSOLE, user.username, "officer")
        assert ApiToken.objects.count() == 1
        people.set_role(CONSOLE, user.username, "viewer")
        assert not ApiToken.objects.exists()


class TestCopiedDatabase:
    def test_it_holds_no_second_factor(self, account):
        user, secret = account("analyst"), auth.generate_totp_secret()
        app = auth.TOTP.activate(user, secret)
        codes = RecoveryCodes.activate(user)
        kept = [str(entry.data) for entry in Authenticator.objects.all()]
        assert not any(secret in text for text in kept)
        assert app.validate_code(code_of(secret))
        assert codes.validate_code(codes.get_unused_codes()[0])

    def test_with_another_key_no_code_is_right(self, account, settings):
        user, secret = account("analyst"), auth.generate_totp_secret()
        app = auth.TOTP.activate(user, secret)
        codes = RecoveryCodes.activate(user)
        code = codes.get_unused_codes()[0]
        settings.SECRET_KEY = "another" * 8
        assert not app.validate_code(code_of(secret))
        assert not codes.validate_code(code)


class TestPublicDesk:
    @pytest.fixture(autouse=True)
    def _public(self, monkeypatch):
        monkeypatch.setattr(views, "config", lambda: replace(config(), base_url="https://desk.example.org"))

    def test_a_program_that_looks_at_the_link_does_not_use_it_up(self, client, account):
        address = reverse("enter", args=[secrets.new_link(account("viewer"))])
        for _ in range(2):
            seen = client.get(address)
            assert seen.status_code == 200
            assert b'<form method="post"' in seen.content
            assert "sessionid" not in client.cookies
        assert client.post(address).status_code == 302
        assert client.get("/").status_code == 200
        assert Client().post(address).status_code == 410
        assert Client().get(address).status_code == 410

    def test_the_button_asks_for_the_csrf_token(self, account):
        address = reverse("enter", args=[secrets.new_link(account("viewer"))])
        assert Client(enforce_csrf_checks=True).post(address).status_code == 403


def test_odd_numbers_are_no_failure(signed_in):
    reader = signed_in("operator")
    for odd in ("9" * 5000, "9" * 30):
        assert reader.post("/account/tokens/", {"revoke": odd}).status_code == 302
    many = reader.get("/api/v1/spillover/rows/trade_flows/x?" + "&".join(f"line={n}" for n in range(1500)))
    assert many.status_code == 400
    assert many.headers["Content-Type"] == "application/problem+json"
