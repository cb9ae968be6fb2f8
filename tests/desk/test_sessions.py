"""Sessions end: when nobody uses them, after twelve hours, and when their owner says so."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from clarion.access.store.models import Device, LogEntry, Session
from clarion.desk.session_store import hashed

PASSWORD = "Xq9-long-secret"
PAGE, POLL = "/sources/", {"HX-Request": "true", "HX-Trigger": "progress"}


@pytest.fixture
def inside(account):
    """A browser that has just signed in by password."""
    user = account("analyst", "olga")
    user.set_password(PASSWORD)
    user.save()

    def enter():
        browser = Client()
        assert browser.post("/account/login/", {"login": "olga", "password": PASSWORD}).status_code == 302
        return browser

    enter.user = user
    return enter


def unused(minutes):
    Session.objects.update(seen_at=timezone.now() - timedelta(minutes=minutes))


def is_in(browser, **more):
    return browser.get(PAGE, **more).status_code == 200


def test_half_an_hour_without_a_request_ends_it(inside):
    browser = inside()
    unused(29)
    assert is_in(browser)
    unused(29)  # the request before was noted
    assert is_in(browser)
    unused(30)
    assert not is_in(browser)


def test_a_page_that_asks_by_itself_keeps_nobody_in(inside):
    browser = inside()
    unused(29)
    assert is_in(browser, headers=POLL)
    assert browser.get(PAGE + "?unattended").status_code == 200
    assert Session.objects.get(user=inside.user).seen_at < timezone.now() - timedelta(minutes=28)
    unused(31)
    led = browser.get(PAGE, headers=POLL | {"HX-Current-URL": "http://testserver/spillover/"})
    assert led.status_code == 200
    assert led["HX-Redirect"] == "/account/login/?next=%2Fspillover%2F"
    assert led.content == b""


def test_twelve_hours_end_it_whatever_is_done(inside):
    browser = inside()
    end = Session.objects.get(user=inside.user).expire_date
    assert timedelta(hours=11, minutes=59) < end - timezone.now() <= timedelta(hours=12)
    session = browser.session
    session["something"] = "changed"
    session.save()
    browser.get("/account/confirm/open/")
    assert Session.objects.get(user=inside.user).expire_date == end
    Session.objects.update(expire_date=timezone.now())
    assert not is_in(browser)


def test_the_minutes_are_a_setting(inside, monkeypatch):
    from dataclasses import replace

    from clarion.config import config
    from clarion.desk import session_store

    browser = inside()
    monkeypatch.setattr(session_store, "config", lambda: replace(config(), idle_minutes=5))
    unused(6)
    assert not is_in(browser)


def test_a_copied_database_holds_no_key_that_a_browser_could_send(inside):
    browser = inside()
    key = browser.cookies["sessionid"].value
    row = Session.objects.get(user=inside.user)
    assert row.pk == hashed(key)
    thief = Client()
    for copied in (row.pk, row.pk[:32]):
        thief.cookies["sessionid"] = copied
        assert not is_in(thief)


def test_signing_in_gives_a_new_key_and_the_old_one_is_worth_nothing(inside):
    planted = Client()
    planted.get("/account/login/")
    planted.session.save()
    session = planted.session
    session["x"] = 1
    session.save()
    before = session.session_key
    planted.cookies["sessionid"] = before
    planted.post("/account/login/", {"login": "olga", "password": PASSWORD})
    assert planted.cookies["sessionid"].value != before
    assert not Session.objects.filter(pk=hashed(before)).exists()


def test_another_password_ends_the_sessions_elsewhere(inside):
    here, there = inside(), inside()
    form = {"oldpassword": PASSWORD, "password1": "Yr8-longer-secret", "password2": "Yr8-longer-secret"}
    assert here.post("/account/password/change/", form).status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert Session.objects.filter(user=inside.user).count() == 1


class TestPage:
    def test_it_lists_ones_own_without_telling_from_where(self, inside, account):
        here, there = inside(), inside()
        stranger = Client()
        stranger.force_login(account("operator"))
        said = here.get("/account/sessions/").content.decode()
        assert said.count('name="session"') == 2
        assert said.count("this one") == 1
        assert "a password" in said
        assert "127.0.0.1" not in said.partition("<main")[2].partition("</main")[0]
        assert is_in(there)

    def test_each_can_be_ended(self, inside):
        here, there = inside(), inside()
        other = hashed(there.cookies["sessionid"].value)
        here.post("/account/sessions/", {"session": other})
        assert not is_in(there)
        assert is_in(here)
        assert LogEntry.objects.filter(action="ended a session").count() == 1
        here.post("/account/sessions/", {"session": hashed(here.cookies["sessionid"].value)})
        assert not is_in(here)

    def test_nobody_elses(self, inside, account):
        here, stranger = inside(), Client()
        stranger.force_login(account("operator"))
        for odd in (hashed(here.cookies["sessionid"].value), "", "x" * 5000):
            stranger.post("/account/sessions/", {"session": odd})
        assert is_in(here)
        assert not LogEntry.objects.filter(action="ended a session").exists()

    def test_everywhere_else(self, inside):
        here, there = inside(), inside()
        assert Device.objects.count() == 2
        here.post("/account/sessions/", {"do": "others"})
        assert is_in(here)
        assert not is_in(there)
        assert Device.objects.count() == 1


def test_those_that_have_ended_are_removed(inside):
    inside()
    unused(31)
    inside()
    assert Session.objects.filter(user=inside.user).count() == 1
