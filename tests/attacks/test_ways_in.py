"""Signing in: what can be told of names, guessed, fixed beforehand, used twice or after it has ended."""

import re
import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from clarion.access import Actor
from clarion.access.store import secrets
from clarion.access.store.models import User
from clarion.desk import people
from clarion.errors import InputError

PASSWORD = "Xq9-long-secret"
CONSOLE = Actor.console()


@pytest.fixture(autouse=True)
def quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # where the hash is not at stake


@pytest.fixture
def argon2(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@pytest.fixture
def somebody(account):
    user = account("analyst", "somebody")
    user.set_password(PASSWORD)
    user.save()
    return user


def entering(user):
    return reverse("enter", args=[secrets.new_link(user)])


def told(answer):
    """An answer without what differs by chance."""
    text = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", answer.content.decode())
    text = re.sub(r'(name="login"[^>]*value=")[^"]*', r"\1", text)
    return answer.status_code, re.sub(r'(name="next" value=")[^"]*', r"\1", text)


class TestNames:
    def test_known_closed_and_unknown_names_answer_alike(self, somebody, account):
        closed = account("analyst", "closed")
        closed.set_password(PASSWORD)
        closed.save()
        people.close(CONSOLE, "closed")
        account("analyst", "link-only")
        names = ("somebody", "closed", "link-only", "nobody", "console", "root", "admin")
        answers = {told(Client().post("/account/login/", {"login": n, "password": "wrong-wrong-1"})) for n in names}
        assert len(answers) == 1
        right = told(Client().post("/account/login/", {"login": "closed", "password": PASSWORD}))
        assert right[0] == 302 or right in answers

    def test_an_unknown_name_takes_a_hash_too(self, argon2, somebody, monkeypatch):
        """Not by time either: a hash is worked for a name that nobody has (counted, not timed)."""
        from django.contrib.auth.hashers import Argon2PasswordHasher

        worked = []
        encode = Argon2PasswordHasher.encode
        verify = Argon2PasswordHasher.verify
        monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda *a, **k: worked.append(1) or encode(*a, **k))
        monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *a, **k: worked.append(1) or verify(*a, **k))
        counts = []
        for name in ("somebody", "nobody"):
            worked.clear()
            Client().post("/account/login/", {"login": name, "password": "wrong-wrong-1"})
            counts.append(bool(worked))
        assert counts == [True, True]

    def test_a_made_up_and_a_spent_link_answer_alike(self, somebody):
        spent = entering(somebody)
        assert Client().get(spent).status_code == 302
        answers = {told(Client().get(where)) for where in (spent, reverse("enter", args=["x" * 43]), "/enter/y/")}
        assert len(answers) == 1

    def test_no_default_account(self, db):
        assert not User.objects.exists()
        for name in ("admin", "root", "operator", "console", "sa", "test"):
            for password in ("admin", "root", "password", name, ""):
                Client().post("/account/login/", {"login": name, "password": password})
        assert not Session.objects.filter(session_data__contains="_auth").exists()

    @pytest.mark.parametrize("name", [
        "s\u043emebody", "\uff53omebody", "some\u200bbody", "some\u00adbody", "somebody\u202e", "SOMEBODY", "somebody ",
        "s\u03bfmebody", "\u0455omebody", "somebody\n", "some body", "somebody\x00", "con\u0455ole",
        "\U000e0061somebody",
        "consol\u0435",
    ], ids=ascii)  # fmt: skip
    def test_a_name_that_looks_like_anothers(self, somebody, name):
        with pytest.raises(InputError):
            people.add(CONSOLE, name, "viewer")

    def test_names_of_every_language_are_names(self, db):
        for name in ("ольга", "мария.п", "anna-maria", "հայկ", "ანა", "сергій", "жанна+1", "josé"):
            assert people.add(CONSOLE, name, "viewer").username == name

    def test_a_tokens_name_cannot_rearrange_a_line(self, visitor):
        comes = visitor("analyst")
        page = comes.send("POST", "account/tokens/", {"name": "sheet\u202e\u200b\x1b[31m"}).content.decode()
        assert "sheet" in page
        assert not re.search("[\u202e\u200b\x1b]", page)


class TestSessions:
    def test_a_session_given_beforehand_is_not_the_one_signed_in(self, somebody):
        """Fixation: by link, by password, and after a passkey's question."""
        for way in ("link", "password"):
            client = Client()
            client.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"})
            before = client.cookies["sessionid"].value
            if way == "link":
                client.get(entering(somebody))
            else:
                client.post("/account/login/", {"login": "somebody", "password": PASSWORD})
            after = client.cookies["sessionid"].value
            assert after != before, way
            assert client.get("/").status_code == 200
            thief = Client()
            thief.cookies["sessionid"] = before
            assert thief.get("/").status_code == 302
            assert not Session.objects.filter(pk=before).exists()

    def test_the_csrf_token_changes_with_the_session(self, somebody):
        client = Client(enforce_csrf_checks=True)
        page = client.get("/account/login/").content.decode()
        old = client.cookies["csrftoken"].value
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)[1]
        client.post("/account/login/", {"login": "somebody", "password": PASSWORD, "csrfmiddlewaretoken": token})
        client.get("/")
        assert client.cookies["csrftoken"].value != old

    def test_signing_out_ends_it_on_the_server(self, somebody):
        client, thief = Client(), Client()
        client.get(entering(somebody))
        thief.cookies["sessionid"] = client.cookies["sessionid"].value
        assert thief.get("/").status_code == 200
        client.post("/account/logout/")
        assert thief.get("/").status_code == 302

    def test_a_changed_password_ends_the_other_sessions(self, somebody):
        mine, thief = Client(), Client()
        for client in (mine, thief):
            client.force_login(somebody)
        answer = mine.post(
            "/account/password/change/",
            {"oldpassword": PASSWORD, "password1": "Another-9-secret", "password2": "Another-9-secret"},
        )
        assert answer.status_code == 302
        assert thief.get("/").status_code == 302

    def test_a_password_is_changed_only_by_who_knows_it(self, somebody):
        client = Client()
        client.force_login(somebody)
        form = {"oldpassword": "wrong-wrong-1", "password1": "Another-9-secret", "password2": "Another-9-secret"}
        client.post("/account/password/change/", form)
        somebody.refresh_from_db()
        assert somebody.check_password(PASSWORD)

    def test_made_up_sessions_are_nobodys(self, db):
        for value in ("a" * 32, "", "x", "' OR 1=1--", "../../x", "a" * 4000, "0" * 8):
            client = Client()
            client.cookies["sessionid"] = value
            assert client.get("/").status_code == 302
            assert client.get("/api/v1/call/actions").status_code == 401

    def test_a_session_is_random_and_long(self, somebody):
        seen = set()
        for _ in range(20):
            client = Client()
            client.force_login(somebody)
            seen.add(client.cookies["sessionid"].value)
        assert len(seen) == 20
        assert min(map(len, seen)) >= 32  # of 36 letters: 165 bits

    def test_a_lower_role_holds_at_once(self, visitor):
        comes = visitor("operator", "falls")
        visitor("operator", "stays")
        people.set_role(CONSOLE, "falls", "viewer")
        assert comes.send("GET", "people/").status_code == 403
        assert comes.send("GET", "log/").status_code == 403


class TestPasswords:
    def test_any_letters_and_a_hundred_of_them(self, account):
        user = account("analyst")
        for password in (
            "correct horse battery staple",
            "пароль-из-двух-слов",
            "x9" * 60,
            "   leading and trailing   ",
        ):
            client = Client()
            user.set_unusable_password()
            user.save()
            client.get(entering(user))
            client.post("/account/password/set/", {"password1": password, "password2": password})
            user.refresh_from_db()
            assert user.check_password(password), password
            assert not user.check_password(password[:-1])
            assert not user.check_password(password.swapcase())

    def test_kept_by_argon2_with_a_salt(self, argon2, somebody):
        first = somebody.password
        assert first.startswith("argon2$argon2id$")
        somebody.set_password(PASSWORD)
        assert somebody.password != first
        memory, passes = (int(re.search(rf"{k}=(\d+)", first)[1]) for k in "mt")
        assert memory >= 19_456
        assert passes >= 2

    def test_fields_are_masked_and_a_manager_may_fill_them(self, client, somebody):
        page = client.get("/account/login/").content.decode()
        field = re.search(r'<input[^>]*name="password"[^>]*>', page)[0]
        assert 'type="password"' in field
        assert 'autocomplete="current-password"' in field
        assert "onpaste" not in page


class TestCodes:
    def test_a_code_is_good_once(self, somebody):
        from allauth.mfa.totp.internal import auth

        secret = auth.generate_totp_secret()
        auth.TOTP.activate(somebody, secret)
        code = auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))
        inside = []
        for _ in range(2):
            client = Client()
            client.post("/account/login/", {"login": "somebody", "password": PASSWORD})
            client.post("/account/2fa/authenticate/", {"code": code})
            inside.append(client.get("/").status_code == 200)
        assert inside == [True, False]

    def test_a_recovery_code_is_good_once(self, somebody):
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
        from allauth.mfa.totp.internal import auth

        auth.TOTP.activate(somebody, auth.generate_totp_secret())
        code = RecoveryCodes.activate(somebody).get_unused_codes()[0]
        inside = []
        for _ in range(2):
            client = Client()
            client.post("/account/login/", {"login": "somebody", "password": PASSWORD})
            client.post("/account/2fa/authenticate/", {"code": code})
            inside.append(client.get("/").status_code == 200)
        assert inside == [True, False]

    def test_the_second_step_alone_opens_nothing(self, somebody):
        for where in ("/account/2fa/authenticate/", "/account/2fa/reauthenticate/", "/account/reauthenticate/"):
            client = Client()
            client.post(where, {"code": "000000", "password": PASSWORD})
            assert client.get("/").status_code == 302
