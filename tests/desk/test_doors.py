"""Who gets in, and what every answer carries."""

import pytest
from django.urls import reverse

from clarion.access import Actor
from clarion.access.store import secrets
from clarion.access.store.models import LogEntry, SignInLink
from clarion.desk import people
from clarion.errors import InputError, NotAllowed, UnknownName


def test_a_link_signs_in_once(client, account):
    secret = secrets.new_link(account("operator"))
    address = reverse("enter", args=[secret])
    assert client.head(address).status_code == 410  # a probe does not spend it
    assert client.get(address).status_code == 302
    assert client.get("/").status_code == 200
    client.logout()
    spent = client.get(address)
    assert spent.status_code == 410
    assert b"clarion user link" in spent.content


def test_a_link_is_stored_as_a_hash_and_dies_with_the_next(account):
    user = account("viewer")
    first, second = secrets.new_link(user), secrets.new_link(user)
    assert second not in SignInLink.objects.get().token_hash
    assert secrets.use_link(first) is None
    assert secrets.use_link(second) == user


def test_an_old_link_or_a_closed_account_does_not_open(account, monkeypatch):
    from datetime import timedelta

    user = account("viewer")
    monkeypatch.setattr(secrets, "LINK_LIFE", timedelta(seconds=-1))
    assert secrets.use_link(secrets.new_link(user)) is None
    monkeypatch.undo()
    secret = secrets.new_link(user)
    people.close(Actor.console(), user.username)
    assert secrets.use_link(secret) is None


def test_a_stranger_is_sent_to_the_sign_in_page(client, db):
    for address in ("/", "/sources/", "/people/", "/log/", "/account/tokens/"):
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert answer.url.startswith("/account/login/"), address


def test_nobody_signs_up(client, db):
    answer = client.post("/account/signup/", {"username": "eve", "password1": "x" * 20, "password2": "x" * 20})
    assert b"eve" not in answer.content
    from clarion.access.store.models import User

    assert not User.objects.exists()


@pytest.mark.parametrize("role", ["analyst", "officer", "viewer"])
def test_only_operators_see_people_and_the_log(signed_in, role):
    client = signed_in(role)
    assert client.get("/people/").status_code == 403
    assert client.get("/log/").status_code == 403


def test_every_answer_has_closed_doors(client, db):
    answer = client.get("/account/login/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_a_strange_host_name_is_refused(client, db):
    assert client.get("/account/login/", headers={"host": "evil.example"}).status_code == 400


def test_people_page_opens_an_account_and_shows_its_link_once(signed_in):
    client = signed_in("operator")
    answer = client.post("/people/", {"do": "add", "name": "nina", "role": "analyst"})
    assert b"/enter/" in answer.content
    assert b"/enter/" not in client.get("/people/").content
    assert LogEntry.objects.filter(action="opened an account").count() == 2


def test_the_last_operator_stays(account):
    account("operator", "olga")
    with pytest.raises(NotAllowed, match="last operator"):
        people.set_role(Actor.console(), "olga", "viewer")
    with pytest.raises(NotAllowed, match="last operator"):
        people.close(Actor.console(), "olga")


def test_bad_names_and_roles_are_refused(db):
    with pytest.raises(InputError):
        people.add(Actor.console(), "two words", "viewer")
    with pytest.raises(InputError, match="no role"):
        people.add(Actor.console(), "fine", "king")
    with pytest.raises(UnknownName):
        people.find("nobody")


def test_an_officer_cannot_open_accounts(account):
    with pytest.raises(NotAllowed):
        people.add(account("officer").actor, "friend", "operator")


def test_language_is_kept_and_does_not_lead_away(client, db):
    answer = client.post("/language/", {"language": "ru", "next": "https://evil.example/"})
    assert answer.url == "/"
    assert client.cookies["django_language"].value == "ru"
    assert 'lang="ru"' in client.get("/account/login/").content.decode()


class TestTokens:
    def test_a_token_answers_for_its_owner_until_revoked(self, client, account):
        user = account("viewer")
        token = secrets.new_token(user, "a script")
        headers = {"authorization": f"Bearer {token}"}
        assert client.get("/api/v1/call/actions", headers=headers).status_code == 200
        user.apitoken_set.all().delete()
        refused = client.get("/api/v1/call/actions", headers=headers)
        assert refused.status_code == 401
        assert refused.headers["Content-Type"].startswith("application/problem+json")

    def test_the_page_shows_a_token_once_and_revokes(self, signed_in):
        client = signed_in("analyst")
        assert b"clarion_" in client.post("/account/tokens/", {"name": "sheet"}).content
        page = client.get("/account/tokens/")
        assert b"clarion_" not in page.content
        from clarion.access.store.models import ApiToken

        client.post("/account/tokens/", {"revoke": ApiToken.objects.get().pk})
        assert not ApiToken.objects.exists()


def test_errors_are_plain_pages(signed_in):
    client = signed_in("viewer")
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert b"Traceback" not in answer.content
    assert b"Next step" in answer.content
