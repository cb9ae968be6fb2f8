"""A stranger on the network, and a colleague who is too curious, at the desk's doors."""

import logging
import time
from importlib import import_module

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as RECORDS
from allauth.mfa.utils import decrypt
from django.apps import apps
from django.urls import reverse

from clarion.access import Actor
from clarion.access.store import secrets
from clarion.access.store.models import ApiToken, User
from clarion.desk import people
from clarion.desk.logs import formatter

HIDDEN = (
    "signup/", "email/", "confirm-email/", "confirm-email/abc/", "password/reset/", "password/reset/done/",
    "password/reset/key/1-set-password/", "login/code/confirm/",
)  # fmt: skip


def entering(user):
    return reverse("enter", args=[secrets.new_link(user)])


def hours_ago(client):
    """As if the session's owner had signed in some hours ago."""
    session = client.session
    session[RECORDS] = [record | {"at": time.time() - 7200} for record in session[RECORDS]]
    session.save()


@pytest.mark.parametrize("address", HIDDEN)
def test_what_nobody_needs_is_not_there(address, client, signed_in):
    for _ in ("a stranger", "an analyst"):
        assert client.get(f"/account/{address}").status_code == 404
        assert client.post(f"/account/{address}", {"email": "eve@example.org", "username": "eve"}).status_code == 404
        signed_in("analyst", f"ana{User.objects.count()}")


class TestLink:
    @pytest.mark.parametrize(
        "header", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"}]
    )
    def test_a_fetch_ahead_of_time_does_not_spend_it(self, client, account, header):
        address = entering(account("viewer"))
        assert client.get(address, headers=header).status_code == 410
        assert "sessionid" not in client.cookies
        assert client.get(address).status_code == 302

    def test_it_does_not_move_a_reader_into_somebody_elses_account(self, client, account):
        mine, theirs = account("analyst", "mine"), account("analyst", "theirs")
        client.get(entering(mine))
        address = entering(theirs)
        refused = client.get(address)
        assert refused.status_code == 409
        assert b"Sign out first" in refused.content
        assert client.session["_auth_user_id"] == str(mine.pk)
        client.logout()
        assert client.get(address).status_code == 302

    def test_the_session_is_a_new_one(self, client, account):
        client.cookies["sessionid"] = "a" * 32
        client.get("/account/login/")
        client.get(entering(account("viewer")))
        assert client.cookies["sessionid"].value != "a" * 32

    def test_closing_an_account_ends_everything_at_once(self, client, account):
        user = account("analyst", "mole")
        client.get(entering(user))
        token, link = secrets.new_token(user, "x"), entering(user)
        people.close(Actor.console(), "mole")
        assert client.get("/").status_code == 302
        assert client.get(link).status_code == 410
        assert client.get("/api/v1/call/actions", headers={"authorization": f"Bearer {token}"}).status_code == 401
        assert not ApiToken.objects.exists()


class TestFreshSignIn:
    @pytest.mark.parametrize(
        "address",
        ["/people/", "/account/tokens/", "/account/password/set/", "/account/2fa/totp/activate/",
         "/account/2fa/webauthn/add/"],
    )  # fmt: skip
    def test_an_old_link_is_not_enough(self, client, account, address):
        user = account("operator")
        client.get(entering(user))
        assert client.get(address).status_code == 200
        hours_ago(client)
        refused = client.get(address, follow=True)
        assert refused.status_code == 403
        assert b"fresh sign-in link" in refused.content
        client.get(entering(user))
        assert client.get(address).status_code == 200

    def test_a_first_password_does_not_go_round_the_passkey(self, client, account):
        from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

        user = account("operator")
        client.get(entering(user))
        TOTP.activate(user, generate_totp_secret())
        hours_ago(client)
        answer = client.post("/account/password/set/", {"password1": "Xq9-long-secret", "password2": "Xq9-long-secret"})
        assert answer.status_code == 302
        assert answer.url.startswith("/account/2fa/reauthenticate/")
        user.refresh_from_db()
        assert not user.has_usable_password()

    def test_a_password_alone_does_not_pass_the_second_factor(self, client, account):
        from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

        user = account("operator")
        user.set_password("Xq9-long-secret")
        user.save()
        TOTP.activate(user, generate_totp_secret())
        answer = client.post("/account/login/", {"login": user.username, "password": "Xq9-long-secret"})
        assert answer.url == "/account/2fa/authenticate/"
        assert client.get("/").status_code == 302

    def test_a_secret_of_an_earlier_version_is_encrypted_by_the_upgrade(self, account):
        from allauth.mfa.models import Authenticator
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
        from allauth.mfa.totp.internal import auth

        user, secret, seed = account("operator"), auth.generate_totp_secret(), "0123456789abcdef" * 5
        app = Authenticator.objects.create(user=user, type="totp", data={"secret": secret})
        codes = Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": seed, "used_mask": 1})
        for _ in range(2):  # a second time changes nothing
            import_module("clarion.desk.migrations.0002_second_factors").encrypt(apps, None)
            app.refresh_from_db()
            codes.refresh_from_db()
            assert secret not in str(app.data)
            assert seed not in str(codes.data)
            assert decrypt(app.data["secret"]) == secret
            assert decrypt(codes.data["seed"]) == seed
        assert len(RecoveryCodes(codes).get_unused_codes()) == 9
        right = auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))
        assert auth.TOTP(app).validate_code(right)

    def test_guessing_codes_is_stopped(self, client, account):
        from allauth.mfa.totp.internal import auth

        user, secret = account("operator"), auth.generate_totp_secret()
        user.set_password("Xq9-long-secret")
        user.save()
        auth.TOTP.activate(user, secret)
        client.post("/account/login/", {"login": user.username, "password": "Xq9-long-secret"})
        for guess in range(6):
            client.post("/account/2fa/authenticate/", {"code": f"00000{guess}"})
        right = auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))
        assert auth.validate_totp_code(secret, right)
        client.post("/account/2fa/authenticate/", {"code": right})
        assert client.get("/").status_code == 302


@pytest.mark.parametrize("password", ["123456789013", "password1234", "short", "the-analyst-1"])
def test_a_weak_password_is_refused(client, account, password):
    user = account("analyst")
    client.get(entering(user))
    answer = client.post("/account/password/set/", {"password1": password, "password2": password})
    assert answer.status_code == 200
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_guessing_is_stopped_and_tells_nothing(client, account):
    user = account("analyst")
    user.set_password("Xq9-long-secret")
    user.save()

    def guess(name, password="wrong-wrong-1"):
        return client.post("/account/login/", {"login": name, "password": password}).content.decode()

    def said(page):
        return page.partition('role="alert"')[2].partition("</div>")[0]

    assert said(guess(user.username)) == said(guess("nobody")) != ""
    for _ in range(9):
        guess(user.username)
    guess(user.username, "Xq9-long-secret")
    assert client.get("/").status_code == 302


def test_logs_hold_no_address_and_no_forms_that_strangers_send(client, account, caplog):
    address = entering(account("viewer"))
    strict = type(client)(enforce_csrf_checks=True)
    assert strict.post(address).status_code == 403
    assert not caplog.records
    record = logging.LogRecord(
        "django.request", logging.ERROR, "", 0, "%s: %s", ("Internal Server Error", address), None
    )
    assert "Internal Server Error" in formatter().format(record)
    assert "/enter/" not in formatter().format(record)


def test_an_error_in_the_log_repeats_nothing():
    """A database says which name is taken, Django which text is no number."""
    name = "".join(["ole", "na"])  # not as it would stand in a line of code
    try:
        try:
            raise KeyError(f"Key (username)=({name}) already exists")
        except KeyError as error:
            raise ValueError(f"expected a number but got {name!r}") from error
    except ValueError as error:
        told = type(error), error, error.__traceback__
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Internal Server Error: /x", (), told)
    said = formatter().format(record)
    assert name not in said
    assert "builtins.KeyError" in said
    assert "which led to:" in said
    assert "builtins.ValueError" in said
    assert "test_hostile_stranger.py" in said


def test_no_page_leads_to_a_way_of_resetting_passwords(client, account):
    user = account("analyst")
    user.set_password("Xq9-long-secret")
    user.save()
    client.get(entering(user))
    page = client.get("/account/password/change/")
    assert page.status_code == 200
    assert b"password/reset" not in page.content
