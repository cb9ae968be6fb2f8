"""Links and tokens: kept as hashes, used in time, spent once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from clarion.access import Actor
from clarion.access.store import secrets
from clarion.access.store.log import record
from clarion.access.store.models import ApiToken, LogEntry, SignInLink


def move_clock(monkeypatch, by):
    now = timezone.now()
    monkeypatch.setattr(secrets.timezone, "now", lambda: now + by)


class TestTokens:
    @pytest.mark.parametrize(("later", "opens"), [(timedelta(days=89, hours=23), True), (timedelta(days=90), False)])
    def test_they_expire(self, account, monkeypatch, later, opens):
        user = account("analyst")
        token = secrets.new_token(user, "sheet")
        move_clock(monkeypatch, later)
        assert secrets.token_owner(token) == (user if opens else None)

    def test_they_are_kept_as_hashes_and_looked_up_exactly(self, account):
        token = secrets.new_token(account("analyst"), "sheet")
        kept = ApiToken.objects.get()
        assert token not in {kept.token_hash, kept.name}
        assert len(kept.token_hash) == 64
        for wrong in ("", token[:-1], token + "x", token.upper(), kept.token_hash):
            assert secrets.token_owner(wrong) is None

    def test_a_closed_account_has_none(self, account):
        user = account("analyst")
        token = secrets.new_token(user, "sheet")
        user.is_active = False
        user.save()
        assert secrets.token_owner(token) is None

    def test_the_day_of_use_is_kept(self, account, monkeypatch):
        user = account("analyst")
        token = secrets.new_token(user, "sheet")
        assert ApiToken.objects.get().last_used_on is None
        secrets.token_owner(token)
        first = ApiToken.objects.get().last_used_on
        move_clock(monkeypatch, timedelta(days=2))
        secrets.token_owner(token)
        assert (ApiToken.objects.get().last_used_on - first).days == 2

    def test_two_tokens_differ(self, account):
        user = account("analyst")
        assert secrets.new_token(user, "a") != secrets.new_token(user, "a")


class TestLinks:
    @pytest.mark.parametrize(("later", "opens"), [(timedelta(minutes=29), True), (timedelta(minutes=30), False)])
    def test_they_live_half_an_hour(self, account, monkeypatch, later, opens):
        user = account("viewer")
        link = secrets.new_link(user)
        move_clock(monkeypatch, later)
        assert secrets.use_link(link) == (user if opens else None)

    def test_once(self, account):
        link = secrets.new_link(account("viewer"))
        assert secrets.use_link(link) is not None
        assert secrets.use_link(link) is None

    def test_a_new_one_ends_only_its_owners_earlier_ones(self, account):
        one, other = account("viewer", "one"), account("viewer", "other")
        first, others = secrets.new_link(one), secrets.new_link(other)
        second = secrets.new_link(one)
        assert secrets.use_link(first) is None
        assert secrets.use_link(second) == one
        assert secrets.use_link(others) == other
        assert SignInLink.objects.filter(used_at=None).count() == 0

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("_again", range(10))  # PostgreSQL let two in, now and then
    def test_of_many_at_once_one_gets_in(self, account, _again):
        link = secrets.new_link(account("viewer"))
        gate, got = threading.Barrier(6), []

        def enter():
            gate.wait()
            try:
                got.append(secrets.use_link(link))
            finally:
                connection.close()

        threads = [threading.Thread(target=enter) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert len(got) == 6
        assert sum(user is not None for user in got) == 1


@pytest.mark.django_db
def test_the_log_keeps_who_and_what_newest_first():
    record(Actor.console(), "opened an account", "7", role="viewer")
    record(Actor("7", "nina", "viewer"), "ran", "r-1")
    latest, earlier = LogEntry.objects.all()
    assert (latest.actor, latest.action, latest.object, latest.detail) == ("7", "ran", "r-1", {})
    assert earlier.detail == {"role": "viewer"}
