"""Recovery by two colleagues, and how one of them, or somebody else, would abuse it."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clarion.access import Actor
from clarion.access.store import secrets
from clarion.access.store.models import ApiToken, Device, LogEntry, SecondPerson, Session, SignInLink, User
from clarion.config import config
from clarion.desk import people, recovery, waiting
from clarion.errors import ClarionError, InputError, NotAllowed, UnknownName

CONSOLE = Actor.console()
PASSWORD = "Xq9-long-secret"


@pytest.fixture
def two(account):
    """Anna and Boris, operators, and a third one."""
    account("operator", "vera")
    return account("operator", "anna"), account("operator", "boris")


@pytest.fixture
def lost(account):
    """Dina had a password, an app, a token and a session, and lost them all."""
    user = account("analyst", "dina")
    user.set_password(PASSWORD)
    user.save()
    auth.TOTP.activate(user, auth.generate_totp_secret())
    secrets.new_token(user, "x")
    return user


def begin(two, lost):
    recovery.begin(two[0].actor, lost, met=True)
    return SecondPerson.objects.get(state="waiting").pk


def agree(two, lost):
    number = begin(two, lost)
    waiting.confirm(two[1].actor, number, met=True)
    return number


def test_two_who_met_the_person_let_them_in_once_and_every_other_way_is_gone(two, lost):
    thief, known = Client(), Client()
    thief.force_login(lost)
    known.get(reverse("enter", args=[secrets.new_link(lost)]))
    assert Device.objects.filter(user=lost).exists()
    path = recovery.hand_out(two[1].actor, agree(two, lost))
    # Nothing is taken away before the link is used.
    assert thief.get("/").status_code == 200
    assert Authenticator.objects.filter(user=lost).exists()

    browser = Client()
    assert browser.get(path).status_code == 302
    assert browser.get("/").status_code == 200
    assert thief.get("/").status_code == known.get("/").status_code == 302
    lost.refresh_from_db()
    assert not lost.has_usable_password()
    assert not Authenticator.objects.filter(user=lost).exists()
    assert not ApiToken.objects.exists()
    assert Session.objects.filter(user=lost).count() == 1
    assert Device.objects.filter(user=lost).count() == 1
    assert Client().get(path).status_code == 410
    with pytest.raises(UnknownName):
        recovery.hand_out(two[0].actor, SecondPerson.objects.get().pk)
    asked = LogEntry.objects.get(action="asked for a second person")
    acts = list(LogEntry.objects.filter(pk__gt=asked.pk).order_by("pk").values_list("action", flat=True))
    assert acts == [
        "confirmed as second person", "printed a recovery link", "recovered their account", "signed in by link"
    ]  # fmt: skip


def test_from_a_session_of_their_own_too(two, lost):
    path = recovery.hand_out(two[1].actor, agree(two, lost))
    browser = Client()
    browser.force_login(lost)
    assert browser.get(path).status_code == 302
    assert browser.get("/").status_code == 200


class TestAbuse:
    def test_one_alone(self, two, lost):
        number = begin(two, lost)
        with pytest.raises(NotAllowed):
            waiting.confirm(two[0].actor, number, met=True)
        with pytest.raises(UnknownName):
            recovery.hand_out(two[0].actor, number)
        assert not SignInLink.objects.exists()

    def test_one_with_two_accounts_of_which_the_first_is_closed_in_between(self, two, lost):
        number = begin(two, lost)
        people.close(CONSOLE, "anna")
        with pytest.raises(NotAllowed, match="Roles have changed"):
            waiting.confirm(two[1].actor, number, met=True)
        assert not SignInLink.objects.exists()

    def test_one_who_makes_the_second_account_for_it(self, two, lost, account):
        number = begin(two, lost)
        second = account("operator", "anna2")
        with pytest.raises(NotAllowed, match="after this was asked"):
            waiting.confirm(second.actor, number, met=True)

    @pytest.mark.parametrize("who", [0, 1])
    @pytest.mark.parametrize("change", ["close", "role", "there and back"])
    def test_a_role_lost_after_both_agreed(self, two, lost, who, change):
        number = agree(two, lost)
        name = two[who].username
        if change == "close":
            people.close(CONSOLE, name)
        else:
            people.set_role(CONSOLE, name, "viewer")
            if change == "there and back":
                people.set_role(CONSOLE, name, "operator")
        other = User.objects.get(pk=two[1 - who].pk)
        with pytest.raises(NotAllowed, match="Roles have changed"):
            recovery.hand_out(other.actor, number)
        with pytest.raises(UnknownName):
            recovery.hand_out(other.actor, number)
        assert not SignInLink.objects.exists()

    def test_a_third_operator_takes_no_link(self, two, lost):
        number = agree(two, lost)
        with pytest.raises(NotAllowed, match="Only the two"):
            recovery.hand_out(User.objects.get(username="vera").actor, number)

    def test_the_person_is_none_of_the_two(self, two, account):
        anna, boris = two
        with pytest.raises(NotAllowed, match="about yourself"):
            recovery.begin(anna.actor, anna, met=True)
        recovery.begin(anna.actor, boris, met=True)
        with pytest.raises(NotAllowed, match="about yourself"):
            waiting.confirm(boris.actor, SecondPerson.objects.get().pk, met=True)

    @pytest.mark.parametrize("role", ["analyst", "officer", "viewer"])
    def test_nobody_but_operators(self, two, lost, account, role):
        outsider = account(role, "outsider").actor
        with pytest.raises(NotAllowed):
            recovery.begin(outsider, lost, met=True)
        number = begin(two, lost)
        with pytest.raises(NotAllowed):
            waiting.confirm(outsider, number, met=True)
        with pytest.raises(NotAllowed):
            recovery.hand_out(outsider, number)

    def test_not_without_having_met(self, two, lost):
        with pytest.raises(InputError, match="in person"):
            recovery.begin(two[0].actor, lost, met=False)
        number = begin(two, lost)
        with pytest.raises(InputError, match="in person"):
            waiting.confirm(two[1].actor, number, met=False)
        assert SecondPerson.objects.get().state == "waiting"  # and it can still be confirmed
        waiting.confirm(two[1].actor, number, met=True)

    def test_a_plain_link_does_not_go_past_a_factor(self, two, lost, account):
        with pytest.raises(NotAllowed, match="a way of their own"):
            people.link(two[0].actor, "dina", str)
        assert "/enter/" in people.link(CONSOLE, "dina", str)
        account("viewer", "fresh")
        assert "/enter/" in people.link(two[0].actor, "fresh", str)  # who only ever used links has no other way

    def test_the_link_ends_after_half_an_hour(self, two, lost):
        path = recovery.hand_out(two[0].actor, agree(two, lost))
        SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert Client().get(path).status_code == 410
        assert Authenticator.objects.filter(user=lost).exists()

    def test_what_was_agreed_on_ends_after_a_week(self, two, lost):
        number = agree(two, lost)
        User.objects.filter(pk=lost.pk).update(recovery_at=timezone.now() - timedelta(days=7))
        with pytest.raises(UnknownName):
            recovery.hand_out(two[0].actor, number)

    def test_a_closed_account_stays_closed(self, two, lost):
        path = recovery.hand_out(two[0].actor, agree(two, lost))
        people.close(CONSOLE, "dina")
        assert Client().get(path).status_code == 410
        with pytest.raises(NotAllowed, match="closed"):
            recovery.begin(two[0].actor, User.objects.get(username="dina"), met=True)

    def test_fetching_ahead_of_time_does_nothing(self, two, lost):
        path = recovery.hand_out(two[0].actor, agree(two, lost))
        assert Client().get(path, headers={"Sec-Purpose": "prefetch"}).status_code == 410
        assert Client().head(path).status_code == 410
        assert Authenticator.objects.filter(user=lost).exists()


class TestNotice:
    @pytest.fixture(autouse=True)
    def _a_day(self, monkeypatch):
        monkeypatch.setattr(recovery, "config", lambda: replace(config(), recovery_hours=24))

    def test_the_link_waits(self, two, lost):
        number = agree(two, lost)
        with pytest.raises(NotAllowed, match="given notice"):
            recovery.hand_out(two[0].actor, number)
        User.objects.filter(pk=lost.pk).update(recovery_at=timezone.now())
        assert "/enter/" in recovery.hand_out(two[0].actor, number)

    def test_the_person_sees_it_and_stops_it(self, two, lost):
        owner = Client()
        owner.force_login(lost)
        number = agree(two, lost)
        assert b"That was not me" in owner.get("/").content
        owner.post("/account/sessions/", {"do": "stop-recovery"})
        assert b"That was not me" not in owner.get("/").content
        with pytest.raises(UnknownName):
            recovery.hand_out(two[0].actor, number)
        assert LogEntry.objects.get(action="stopped a recovery").actor == lost.actor.id


def test_with_fewer_than_three_operators_it_says_what_remains(account, lost):
    anna = account("operator", "anna")
    account("operator", "boris")
    with pytest.raises(NotAllowed, match="needs three") as refused:
        recovery.begin(anna.actor, lost, met=True)
    assert "can enter as them" in refused.value.next_step
    assert "/enter/" in people.link(anna.actor, "dina", str)


def test_the_pages_lead_through_it(two, lost):
    anna, boris = Client(), Client()
    anna.force_login(two[0])
    boris.force_login(two[1])
    assert b"Ask a second operator" in anna.get("/people/").content
    anna.post("/people/", {"do": "recover", "name": "dina"})
    assert not SecondPerson.objects.exists()  # the box was not ticked
    anna.post("/people/", {"do": "recover", "name": "dina", "met": "yes"})
    number = SecondPerson.objects.get().pk
    boris.post("/people/waiting/", {"do": "confirm", "number": number, "met": "yes"})
    shown = boris.post("/people/waiting/", {"do": "link", "number": number}).content.decode()
    path = "/enter/" + shown.partition("/enter/")[2].partition("<")[0]
    assert (
        "/enter/" not in anna.post("/people/waiting/", {"do": "link", "number": number}, follow=True).content.decode()
    )
    assert Client().get(path).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_who_take_the_link_at_once_get_one(two, lost):
    number, links, start = agree(two, lost), [], threading.Barrier(2)

    def take(actor):
        try:
            start.wait(10)
            links.append(recovery.hand_out(actor, number))
        except ClarionError:
            pass
        finally:
            connection.close()

    both = [threading.Thread(target=take, args=(user.actor,)) for user in two]
    for one in both:
        one.start()
    for one in both:
        one.join(30)
    assert len(links) == 1
