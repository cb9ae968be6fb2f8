"""Some acts take a second person: another one, in time, and with nothing changed meanwhile."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from clarion.access import Actor
from clarion.access import four_eyes as policies
from clarion.access.store import four_eyes
from clarion.access.store.models import LogEntry, SecondPerson, User
from clarion.config import config
from clarion.desk import people, waiting
from clarion.errors import BusyError, ClarionError, NotAllowed, UnknownName

CONSOLE = Actor.console()


@pytest.fixture
def three(account):
    return [account("operator", name) for name in ("anna", "boris", "vera")]


@pytest.fixture
def asked(three, account):
    """Anna asked to make Dina an operator."""
    account("analyst", "dina")
    assert people.set_role(three[0].actor, "dina", "operator") is False
    return SecondPerson.objects.get()


def role(name):
    return User.objects.get(username=name).role


def test_an_operator_is_made_by_two(asked, three):
    assert role("dina") == "analyst"
    waiting.confirm(three[1].actor, asked.pk)
    assert role("dina") == "operator"
    acts = LogEntry.objects.filter(action__contains="second person").order_by("pk")
    assert [(e.action, e.actor) for e in acts] == [
        ("asked for a second person", str(three[0].pk)), ("confirmed as second person", str(three[1].pk)),
    ]  # fmt: skip
    assert acts[1].detail == {"kind": "give-operator", "account": str(asked.subject_id), "asked_by": str(three[0].pk)}
    assert "dina" not in str([e.detail for e in LogEntry.objects.all()])


def test_not_by_the_one_who_asked(asked, three):
    with pytest.raises(NotAllowed, match="asked for this yourself"):
        waiting.confirm(three[0].actor, asked.pk)
    assert role("dina") == "analyst"


@pytest.mark.parametrize("role_name", ["analyst", "officer", "viewer"])
def test_not_by_somebody_who_may_not_do_it(asked, account, role_name):
    with pytest.raises(NotAllowed, match="role does not allow"):
        waiting.confirm(account(role_name, "other").actor, asked.pk)
    with pytest.raises(NotAllowed, match="role does not allow"):
        four_eyes.refuse(User.objects.get(username="other").actor, asked.pk)


def test_not_by_somebody_who_became_an_operator_afterwards(asked, account):
    late = account("viewer", "late")
    people.set_role(CONSOLE, "late", "operator")
    late.refresh_from_db()
    with pytest.raises(NotAllowed, match="after this was asked"):
        waiting.confirm(late.actor, asked.pk)
    assert role("dina") == "analyst"


def test_only_once(asked, three):
    waiting.confirm(three[1].actor, asked.pk)
    with pytest.raises(UnknownName):
        waiting.confirm(three[2].actor, asked.pk)
    assert LogEntry.objects.filter(action="changed a role").count() == 1


def test_not_after_a_week(asked, three):
    SecondPerson.objects.update(asked_at=timezone.now() - policies.LIFE)
    with pytest.raises(UnknownName):
        waiting.confirm(three[1].actor, asked.pk)
    # What is too old does not stand in the way of asking anew.
    assert people.set_role(three[0].actor, "dina", "operator") is False


@pytest.mark.parametrize("who", ["anna", "dina"])
@pytest.mark.parametrize("change", ["role", "close", "there and back"])
def test_a_change_meanwhile_drops_it(asked, three, who, change):
    if change == "close":
        people.close(CONSOLE, who)
    else:
        before = role(who)
        people.set_role(CONSOLE, who, "viewer")
        if change == "there and back":
            people.set_role(CONSOLE, who, before)
    with pytest.raises(NotAllowed, match="Roles have changed"):
        waiting.confirm(three[1].actor, asked.pk)
    assert role("dina") != "operator"
    assert SecondPerson.objects.get().state == "void"
    assert LogEntry.objects.filter(action="dropped what waited for a second person").exists()


def test_what_no_longer_counts_is_not_listed_nor_in_the_way(asked, three):
    assert four_eyes.standing() == [asked]
    people.set_role(CONSOLE, "dina", "viewer")
    assert four_eyes.standing() == []
    assert people.set_role(three[2].actor, "dina", "operator") is False
    assert [row.asked_by for row in four_eyes.standing()] == [three[2]]
    asked.refresh_from_db()
    assert asked.state == "void"


def test_it_can_be_refused_and_taken_back(asked, three):
    four_eyes.refuse(three[2].actor, asked.pk)
    with pytest.raises(UnknownName):
        waiting.confirm(three[1].actor, asked.pk)
    people.set_role(three[0].actor, "dina", "operator")
    again = SecondPerson.objects.get(state="waiting")
    four_eyes.refuse(three[0].actor, again.pk)
    assert not four_eyes.waiting().exists()


def test_the_same_is_asked_for_once(asked, three):
    with pytest.raises(BusyError, match="already"):
        people.set_role(three[2].actor, "dina", "operator")
    assert SecondPerson.objects.count() == 1


class TestOperatorsGo:
    def test_nobody_sends_the_others_away_alone(self, three):
        assert people.close(three[0].actor, "boris") is False
        assert people.set_role(three[0].actor, "vera", "viewer") is False
        assert four_eyes.operators() == 3
        waiting.confirm(three[2].actor, SecondPerson.objects.get(kind="close-operator").pk)
        assert four_eyes.operators() == 2

    def test_one_of_two_does_not_send_the_other_away_with_a_puppet(self, account):
        anna = account("operator", "anna").actor
        account("operator", "boris")
        account("viewer", "puppet")
        assert people.set_role(anna, "puppet", "operator"), "one of two makes a third alone"
        puppet = User.objects.get(username="puppet").actor
        assert not people.set_role(anna, "boris", "viewer")
        with pytest.raises(NotAllowed, match="gave you your role alone") as refused:
            waiting.confirm(puppet, SecondPerson.objects.get().pk)
        assert "ask for it yourself" in refused.value.next_step
        assert role("boris") == "operator"
        waiting.confirm(User.objects.get(username="boris").actor, SecondPerson.objects.get().pk)
        assert role("boris") == "viewer"

    def test_whose_role_two_agreed_on_may_confirm_what_one_of_them_asks(self, three, account):
        account("viewer", "dina")
        people.set_role(three[0].actor, "dina", "operator")
        waiting.confirm(three[1].actor, SecondPerson.objects.get().pk)
        people.set_role(three[1].actor, "vera", "viewer")
        waiting.confirm(User.objects.get(username="dina").actor, SecondPerson.objects.get(state="waiting").pk)
        assert role("vera") == "viewer"

    def test_the_last_but_one_agrees_to_go(self, account):
        anna, boris = account("operator", "anna"), account("operator", "boris")
        assert people.close(anna.actor, "boris") is False
        with pytest.raises(NotAllowed):
            waiting.confirm(anna.actor, SecondPerson.objects.get().pk)
        waiting.confirm(boris.actor, SecondPerson.objects.get().pk)
        assert four_eyes.operators() == 1

    def test_two_confirmed_at_different_times_do_not_take_the_last_one(self, account):
        anna, boris = account("operator", "anna"), account("operator", "boris")
        people.close(anna.actor, "boris")
        people.close(boris.actor, "anna")
        first, second = SecondPerson.objects.order_by("pk")
        waiting.confirm(boris.actor, first.pk)
        with pytest.raises(ClarionError):
            waiting.confirm(boris.actor, second.pk)
        assert role("anna") == "operator"
        assert User.objects.get(username="anna").is_active


class TestWhenItHolds:
    def test_with_fewer_than_three_an_operator_is_made_at_once(self, account):
        anna = account("operator", "anna")
        account("operator", "boris")
        account("viewer", "dina")
        assert people.set_role(anna.actor, "dina", "operator") is True

    def test_a_setting_ends_it(self, three, account, monkeypatch):
        account("viewer", "dina")
        monkeypatch.setattr(four_eyes, "config", lambda: replace(config(), four_eyes=False))
        assert people.set_role(three[0].actor, "dina", "operator") is True

    def test_the_command_line_is_not_held_up(self, three, account):
        account("viewer", "dina")
        assert people.set_role(CONSOLE, "dina", "operator") is True

    def test_a_new_account_begins_as_a_viewer_and_waits(self, three):
        people.add(three[0].actor, "emil", "operator")
        assert role("emil") == "viewer"
        waiting.confirm(three[1].actor, SecondPerson.objects.get().pk)
        assert role("emil") == "operator"

    def test_other_changes_do_not_wait(self, three, account):
        account("viewer", "dina")
        assert people.set_role(three[0].actor, "dina", "analyst") is True
        assert people.set_role(three[0].actor, "anna", "operator") is True  # which she is
        assert people.close(three[0].actor, "dina") is True


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_are_one(asked, three):
    done, start = [], threading.Barrier(2)

    def confirm(actor):
        try:
            start.wait(10)
            waiting.confirm(actor, asked.pk)
            done.append(actor.id)
        except ClarionError:
            pass
        finally:
            connection.close()

    both = [threading.Thread(target=confirm, args=(user.actor,)) for user in three[1:]]
    for one in both:
        one.start()
    for one in both:
        one.join(30)
    assert len(done) == 1
    assert LogEntry.objects.filter(action="changed a role").count() == 1


class TestPage:
    def test_it_shows_who_asks_and_takes_a_confirmation(self, asked, three, client):
        client.force_login(three[1])
        assert b"1 step waits" in client.get("/people/").content
        said = client.get("/people/waiting/").content.decode()
        assert "anna" in said
        assert "dina" in said
        client.post("/people/waiting/", {"do": "confirm", "number": asked.pk})
        assert role("dina") == "operator"
        assert b"Nothing waits" in client.get("/people/waiting/").content

    def test_the_one_who_asked_is_not_offered_to_confirm(self, asked, three, client):
        client.force_login(three[0])
        page = client.get("/people/waiting/").content
        assert b'value="confirm"' not in page
        said = client.post("/people/waiting/", {"do": "confirm", "number": asked.pk}, follow=True)
        assert b"You asked for this yourself" in said.content
        assert role("dina") == "analyst"

    def test_odd_numbers_are_no_failure(self, three, client):
        client.force_login(three[0])
        for odd in ("", "x", "-1", "9" * 5000, "²"):
            for verb in ("confirm", "refuse", "link"):
                assert client.post("/people/waiting/", {"do": verb, "number": odd}).status_code == 302

    @pytest.mark.parametrize("role_name", ["analyst", "officer", "viewer"])
    def test_only_operators_see_it(self, signed_in, role_name):
        assert signed_in(role_name).get("/people/waiting/").status_code == 403


def test_every_policy_is_about_a_permission_that_exists():
    from clarion.access import permissions

    assert all(policy.permission in permissions("desk") for policy in policies.POLICIES.values())
    assert timedelta(days=7) == policies.LIFE
