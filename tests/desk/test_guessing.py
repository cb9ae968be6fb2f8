"""Wrong passwords are slowed down, and no stranger shuts an owner out: device cookies, networks, restarts."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clarion.access import Actor
from clarion.access.store import secrets
from clarion.access.store.models import Device, Tally
from clarion.desk import devices, guessing, people
from clarion.desk.tally import Tallies

PASSWORD, WRONG = "Xq9-long-secret", "wrong-wrong-12"
LOGIN = "/account/login/"


@pytest.fixture
def owner(account):
    user = account("analyst", "olga")
    user.set_password(PASSWORD)
    user.save()
    return user


def try_it(client, name="olga", password=PASSWORD, network="192.0.2.1"):
    return client.post(LOGIN, {"login": name, "password": password}, REMOTE_ADDR=network)


def enters(client, **more):
    return try_it(client, **more).status_code == 302


def known_browser(owner):
    """A browser that signed in as the owner some time ago, and is signed out."""
    browser = Client()
    assert enters(browser, network="198.51.100.7")
    browser.post("/account/logout/")
    return browser


def minutes_pass(minutes):
    """As if that much time had passed since everything that is counted."""
    past = timedelta(minutes=minutes)
    for row in Tally.objects.all():
        if isinstance(row.value, list):
            row.value = [at - past.total_seconds() for at in row.value]
        row.expires_at -= past
        row.save()


@pytest.mark.parametrize(("tries", "networks"), [(10_000, 50), (500, 1)], ids=["50 networks", "an onion service"])
def test_ten_thousand_wrong_tries_do_not_shut_the_owner_out(owner, tries, networks):
    phone = known_browser(owner)
    crowd = [f"203.0.113.{n}" for n in range(networks)] if networks > 1 else ["127.0.0.1"]
    stranger, allowed = Client(), 0
    with patch.object(Argon2PasswordHasher, "verify", return_value=False) as verify:
        for _ in range(guessing.PAIR + 2):
            assert not enters(stranger, password=WRONG, network=crowd[-1])
    assert verify.call_count == guessing.PAIR
    # The rest by what each request asks first; a try that is let through is wrong, and so stays counted.
    request = stranger.get(LOGIN).wsgi_request
    for number in range(tries - guessing.PAIR - 2):
        request.META["REMOTE_ADDR"] = crowd[number % networks]
        allowed += guessing.take(request, "olga") is not None
    assert allowed == (networks - 1) * guessing.PAIR  # of 10,000 tries 500 reach the password

    # The owner, from the crowd's own network: at once where they are known.
    assert enters(phone, network=crowd[0])
    # A new device: at once from another network or by a link; by password after the crowd's last quarter hour.
    assert enters(Client(), network="198.51.100.99")
    new = Client()
    link = reverse("enter", args=[secrets.new_link(owner)])
    assert new.get(link, REMOTE_ADDR=crowd[0]).status_code == 302
    assert not enters(Client(), network=crowd[0])
    minutes_pass(15)
    assert enters(Client(), network=crowd[0])


def test_each_wrong_try_that_grows_old_makes_room_for_one(owner):
    for _ in range(guessing.PAIR):
        try_it(Client(), password=WRONG)
        minutes_pass(1)
    assert not enters(Client())
    minutes_pass(6)
    assert enters(Client())


def test_one_password_tried_on_many_names_is_slowed_down(owner):
    with patch.object(Argon2PasswordHasher, "encode", return_value="argon2$x") as worked:
        for number in range(200):
            try_it(Client(), name=f"name{number}", password=WRONG)
        assert worked.call_count == guessing.NETWORK
    assert not enters(Client())  # the sprayer's own network: refused, also with the right one
    assert enters(Client(), network="192.0.2.2")


def test_many_browsers_behind_an_onion_service_are_not_one_sprayer(owner):
    for number in range(guessing.NETWORK + 1):
        with patch.object(Argon2PasswordHasher, "encode", return_value="argon2$x"):
            try_it(Client(), name=f"name{number}", password=WRONG, network="127.0.0.1")
    assert enters(Client(), network="127.0.0.1")


def test_the_same_answer_and_the_same_work_for_a_name_that_nobody_has(owner, account):
    account("viewer", "without-password")
    said, worked = {}, {}
    for name in ("olga", "OLGA", "nobody", "without-password"):
        with (
            patch.object(Argon2PasswordHasher, "verify", side_effect=Argon2PasswordHasher().verify) as verify,
            patch.object(Argon2PasswordHasher, "encode", side_effect=Argon2PasswordHasher().encode) as encode,
        ):
            page = try_it(Client(), name=name, password=WRONG).content.decode()
        said[name] = page.partition('role="alert"')[2].partition("</div>")[0]
        worked[name] = verify.call_count + encode.call_count
    assert len(set(said.values())) == 1
    assert set(worked.values()) == {1}
    stopped = set()
    for name in ("olga", "nobody"):
        for _ in range(guessing.PAIR):
            page = try_it(Client(), name=name, password=WRONG, network=f"192.0.2.{len(name)}").content.decode()
        page = try_it(Client(), name=name, password=WRONG, network=f"192.0.2.{len(name)}").content.decode()
        stopped.add(page.partition('role="alert"')[2].partition("</div>")[0])
    assert len(stopped) == 1
    assert stopped.isdisjoint(said.values())


def test_capitals_are_no_fresh_allowance(owner):
    for number in range(guessing.PAIR):
        try_it(Client(), name="olga" if number % 2 else "OLGA", password=WRONG)
    assert not enters(Client(), name="Olga")


def test_a_right_password_is_not_counted(owner):
    for _ in range(guessing.PAIR + 1):
        assert enters(Client(), network="192.0.2.9")


class TestDevice:
    def test_the_cookie_opens_nothing_and_is_kept_as_a_hash(self, owner):
        browser = known_browser(owner)
        cookie = browser.cookies["device"]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
        assert browser.get("/").status_code == 302
        assert cookie.value not in str(list(Device.objects.values()))

    def test_it_has_an_allowance_of_its_own_and_not_an_endless_one(self, owner):
        thief = known_browser(owner)
        with patch.object(Argon2PasswordHasher, "verify", return_value=False):
            for _ in range(guessing.DEVICE):
                assert not enters(thief, password=WRONG)
        assert not enters(thief)
        assert enters(Client())  # the others are not touched

    def test_it_counts_for_its_account_only(self, owner, account):
        other = account("analyst", "omar")
        other.set_password(PASSWORD)
        other.save()
        browser = known_browser(owner)
        for _ in range(guessing.PAIR):
            try_it(browser, name="omar", password=WRONG)
        assert not enters(browser, name="omar")
        assert enters(browser)

    def test_two_people_of_one_browser_are_both_known(self, owner, account):
        other = account("analyst", "omar")
        other.set_password(PASSWORD)
        other.save()
        browser = known_browser(owner)
        first = browser.cookies["device"].value
        assert enters(browser, name="omar")
        assert browser.cookies["device"].value != first
        assert {d.user.username for d in Device.objects.all()} == {"olga", "omar"}
        assert Device.objects.values("token_hash").distinct().count() == 1

    def test_a_copy_is_worth_nothing_after_the_next_sign_in(self, owner):
        browser, thief = known_browser(owner), Client()
        thief.cookies["device"] = browser.cookies["device"].value
        assert enters(browser)
        for _ in range(guessing.PAIR):
            try_it(thief, password=WRONG)
        assert not enters(thief)

    @pytest.mark.parametrize("end", [people.sign_out, people.close])
    def test_it_goes_with_the_rest(self, owner, account, end):
        account("operator")
        known_browser(owner)
        end(Actor.console(), "olga")
        assert not Device.objects.exists()

    def test_ten_browsers_and_half_a_year(self, owner):
        request = Client().get(LOGIN).wsgi_request
        for _ in range(12):
            devices._renewed(request, owner)
        assert Device.objects.count() == 10
        Device.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        browser = known_browser(owner)
        assert Device.objects.count() == 1
        assert browser.cookies["device"]["max-age"] == 180 * 86400

    def test_nobody_shuts_the_others_out_from_passkeys(self, owner):
        stranger, phone = Client(), known_browser(owner)
        where, asked = reverse("mfa_login_webauthn"), {"X-Requested-With": "XMLHttpRequest"}
        for _ in range(guessing.PASSKEYS):
            assert stranger.get(where, headers=asked, REMOTE_ADDR="192.0.2.1").status_code == 200
        assert stranger.get(where, headers=asked, REMOTE_ADDR="192.0.2.1").status_code == 429
        assert phone.get(where, headers=asked, REMOTE_ADDR="192.0.2.1").status_code == 200


class TestTallies:
    def test_they_are_shared_and_tell_no_name_and_no_address(self, owner):
        try_it(Client(), password=WRONG, network="192.0.2.77")
        rows = str(list(Tally.objects.values()))
        assert "192.0.2.77" not in rows
        assert "olga" not in rows
        again = Tallies("", {})  # as another process, or this one after a restart
        cache.set("k", [1.5, 2.5], 60)
        assert again.get("k") == [1.5, 2.5]
        assert not again.add("k", 1, 60)
        assert again.delete("k")
        assert not again.delete("k")
        assert cache.get("k", "none") == "none"

    def test_what_has_ended_is_not_there_and_goes(self, db):
        cache.set("k", 1, -1)
        assert cache.get("k") is None
        assert cache.add("k", 2, 60)
        cache.set("old", 1, -1)
        from clarion.desk.sessions import forget_ended

        forget_ended()
        assert Tally.objects.count() == 1

    def test_another_key_begins_anew(self, db, settings):
        cache.set("k", 1, 60)
        settings.SECRET_KEY = "another" * 8
        assert cache.get("k") is None

    def test_a_row_that_somebody_else_wrote_runs_nothing(self, db):
        cache.set("k", "\x80\x04. not a pickle to anybody", 60)
        assert cache.get("k") == "\x80\x04. not a pickle to anybody"


def test_a_refused_stranger_writes_nothing_and_works_no_hash(owner):
    for _ in range(guessing.PAIR):
        try_it(Client(), password=WRONG)
    with CaptureQueriesContext(connection) as asked, patch.object(Argon2PasswordHasher, "verify") as verify:
        try_it(Client(), password=WRONG)
    assert not verify.called
    assert not [query["sql"] for query in asked if not query["sql"].startswith("SELECT")]
