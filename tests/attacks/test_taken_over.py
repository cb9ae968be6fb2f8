"""Who has a session, a cookie or one operator's account, and wants more than it opens."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal import auth
from django.test import Client
from django.utils import timezone

from clarion.access.store.models import Device, SecondPerson, Session, SignInLink, User
from clarion.desk import guessing
from clarion.desk.session_store import hashed

PASSWORD, WRONG = "Xq9-long-secret", "wrong-wrong-12"
LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the hash is not at stake


@pytest.fixture
def opened(account):
    def open_(name, role="operator"):
        user = account(role, name)
        user.set_password(PASSWORD)
        user.save()
        return user

    return open_


def enters(client, name, password=PASSWORD, network="192.0.2.1"):
    return client.post(LOGIN, {"login": name, "password": password}, REMOTE_ADDR=network).status_code == 302


def holding(cookie, value):
    client = Client()
    client.cookies[cookie] = value
    return client


def confirm(client, purpose, where):
    client.get(client.get(where).url)
    back = f"/account/confirm/{purpose}/?next={where}"
    client.get(client.post("/account/reauthenticate/", {"password": PASSWORD, "next": back}).url)


@pytest.fixture
def inside(opened):
    """Somebody who signed in and confirmed, for the pages of people, who they are."""

    def come(name):
        if not User.objects.filter(username=name).exists():
            opened(name)
        client = Client()
        assert enters(client, name)
        confirm(client, "people", "/people/")
        return client

    return come


def test_a_session_known_before_a_confirmation_does_not_get_it(opened):
    """Fixation: a copy of the cookie waits until its owner has confirmed who they are."""
    opened("owner")
    owner = Client()
    assert enters(owner, "owner")
    thief = holding("sessionid", owner.cookies["sessionid"].value)
    assert thief.get("/").status_code == 200
    confirm(owner, "people", "/people/")
    assert owner.get("/people/").status_code == 200
    for where in ("/people/", "/", "/account/confirm/people/"):
        answer = thief.get(where)
        assert answer.status_code == 302, where
        assert answer.url.startswith(LOGIN), where


def test_a_confirmation_is_not_carried_into_the_next_session(opened):
    opened("owner")
    browser = Client()
    assert enters(browser, "owner")
    confirm(browser, "people", "/people/")
    browser.post("/account/logout/")
    assert enters(browser, "owner")
    assert browser.get("/people/").url.startswith("/account/confirm/people/")


def test_an_idle_session_is_not_brought_back(opened):
    opened("owner", "analyst")
    browser = Client()
    assert enters(browser, "owner")
    key = browser.cookies["sessionid"].value
    Session.objects.update(seen_at=timezone.now() - timedelta(minutes=30))
    for headers in ({}, {"HX-Request": "true"}, {"HX-Request": "true", "HX-Trigger": "progress"}):
        assert holding("sessionid", key).get("/", headers=headers).content == b""  # led to the door
        assert holding("sessionid", key).get("/api/v1/call/actions", headers=headers).status_code == 401
    for where in (LOGIN, "/language/", "/account/sessions/", "/exit/"):
        thief = holding("sessionid", key)
        thief.post(where, {"language": "ru", "do": "others"})
        assert thief.get("/").status_code == 302
    assert enters(Client(), "owner")  # who comes anew does not wake it
    assert holding("sessionid", key).get("/").status_code == 302


def test_a_forged_or_moved_browser_gives_no_allowance(opened):
    """Only the browser that signed in to the account itself may guess on once its network may not."""
    opened("owner", "analyst"), opened("thief", "analyst")
    known, thiefs = Client(), Client()
    assert enters(known, "owner", network="198.51.100.7")
    assert enters(thiefs, "thief", network="192.0.2.1")
    for _ in range(guessing.PAIR):
        enters(Client(), "owner", WRONG)
    kept = Device.objects.get(user__username="owner").token_hash
    forged = ("", "x", kept, thiefs.cookies["device"].value, "a" * 4000, "' OR 1=1--", "*", hashed(kept))
    assert not any(enters(holding("device", value), "owner") for value in forged)
    assert enters(holding("device", known.cookies["device"].value), "owner")
    # And it says who somebody is to nobody: it opens nothing.
    assert holding("device", known.cookies["device"].value).get("/").status_code == 302


def test_one_operator_alone_becomes_nobody_and_makes_no_second_self(opened, inside):
    """The forms that one of three has, with a second account of their own to confirm what the first asks for."""
    opened("boris"), opened("vera")
    lost = opened("dina", "analyst")
    auth.TOTP.activate(lost, auth.generate_totp_secret())
    anna, second = inside("anna"), Client()

    def people(**form):
        return anna.post("/people/", form, follow=True).content.decode()

    said = people(do="add", name="anna2", role="operator")
    path = re.search(r"/enter/[\w-]+/", said)[0]
    assert second.get(path).status_code == 302
    said += people(do="recover", name="dina", met="yes")
    tries = [(who, do, row.pk) for _ in range(2) for row in SecondPerson.objects.all() for who in (anna, second)
             for do in ("confirm", "link")]  # fmt: skip
    assert len({pk for *_, pk in tries}) == 2
    for who, do, number in tries:
        answer = who.post("/people/waiting/", {"do": do, "number": number, "met": "yes"}, follow=True)
        assert "/enter/" not in answer.content.decode()
    people(do="role", name="anna2", role="operator")
    for name in ("dina", "boris", "vera"):
        assert "/enter/" not in people(do="link", name=name)
    for name in ("boris", "vera"):
        people(do="close", name=name), people(do="role", name=name, role="viewer")
    assert User.objects.get(username="anna2").role == "viewer"
    assert User.objects.filter(role="operator", is_active=True).count() == 3
    assert not SignInLink.objects.filter(user=lost).exists()


def test_a_second_account_that_became_an_operator_later_confirms_nothing_older(opened, inside):
    opened("dina", "analyst"), opened("anna2", "viewer"), opened("vera")
    anna, boris = inside("anna"), inside("boris")
    anna.post("/people/", {"do": "recover", "name": "dina", "met": "yes"})
    recovery = SecondPerson.objects.get()
    anna.post("/people/", {"do": "role", "name": "anna2", "role": "operator"})
    given = SecondPerson.objects.get(kind="give-operator")
    boris.post("/people/waiting/", {"do": "confirm", "number": given.pk})
    inside("anna2").post("/people/waiting/", {"do": "confirm", "number": recovery.pk, "met": "yes"})
    recovery.refresh_from_db()
    assert recovery.state == "waiting"


@pytest.mark.parametrize("end", ["confirm", "refuse"])
def test_a_step_that_is_over_is_not_taken_again(opened, inside, end):
    """The same form sent once more, by the second person, by the third, and after the role was taken back."""
    opened("boris"), opened("vera")
    clients = {name: inside(name) for name in ("anna", "boris", "vera")}
    opened("dina", "viewer")
    clients["anna"].post("/people/", {"do": "role", "name": "dina", "role": "operator"})
    number = SecondPerson.objects.get().pk

    def send(name, do):
        clients[name].post("/people/waiting/", {"do": do, "number": number})

    send("boris", end)
    assert User.objects.get(username="dina").role == ("operator" if end == "confirm" else "viewer")
    User.objects.filter(username="dina").update(role="viewer")
    for name in clients:
        for do in ("confirm", "link", "confirm", "refuse", "confirm"):
            send(name, do)
    assert User.objects.get(username="dina").role == "viewer"
    assert SecondPerson.objects.get().state != "waiting"


def test_no_other_site_makes_anybody_leave_confirm_or_end_sessions(opened):
    """Without the token, with somebody else's, and by reading."""
    user, stranger = opened("owner"), Client(enforce_csrf_checks=True)
    stranger.get(LOGIN)
    token = stranger.cookies["csrftoken"].value
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    other = Client()
    other.force_login(user)
    for where, form in (
        ("/exit/", {}), ("/account/logout/", {}), ("/account/sessions/", {"do": "others"}),
        ("/account/sessions/", {"do": "stop-recovery"}), ("/people/waiting/", {"do": "confirm", "number": 1}),
        ("/account/reauthenticate/", {"password": PASSWORD}),
    ):  # fmt: skip
        for sent in (form, form | {"csrfmiddlewaretoken": token}):
            assert browser.post(where, sent).status_code == 403, where
        browser.get(where, form)
    assert browser.get("/").status_code == other.get("/").status_code == 200


def test_whoever_copied_a_session_is_out_when_the_owner_says_so_after_a_factor_has_changed(opened):
    user = opened("owner", "analyst")
    owner, thief = Client(), Client()
    for client in (owner, thief):
        client.force_login(user)
    auth.TOTP.activate(user, auth.generate_totp_secret())
    assert thief.get("/").status_code == 200  # a passkey or app more ends nothing by itself
    assert b'value="others"' in owner.get("/account/sessions/").content
    owner.post("/account/sessions/", {"do": "others"})
    assert thief.get("/").status_code == 302
    assert owner.get("/").status_code == 200
