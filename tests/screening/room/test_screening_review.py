"""Decisions that are kept, what people decide, namesakes that stay cleared, objections; and nothing in the clear."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from clarion.access import Actor
from clarion.access.store.models import LogEntry
from clarion.config import config
from clarion.errors import BusyError, InputError, NotAllowed, StorageError, UnknownName
from clarion.screening.models import Cleared, Decision, Step
from clarion.screening.service import cleared, decisions, keys, rescreen, reviews
from clarion.screening.service.asked import asked
from clarion.screening.service.check import check
from clarion.screening.service.words import sentence
from clarion.sources.lists.read import TABLES
from clarion.tables.store import Store

NAMESAKE = {"name": "Златогоров Аркадий Иннокентьевич", "birth": "1961", "inn": "500100732259"}
PEOPLE = {"T.1": (("Аркадий Иннокентьевич ЗЛАТОГОРОВ",), "1961-05-17", "asset freeze")}


@pytest.fixture
def officers(account):
    return [account("officer", name).actor for name in ("first", "second", "third")]


@pytest.fixture
def kept(listed, officers):
    """A namesake who has to be reviewed."""
    listed(people=PEOPLE)
    return keep(officers[0])


def keep(actor, **more):
    payee = asked(NAMESAKE | more)
    return decisions.keep(actor, check(actor, payee, known=cleared.known), payee)


def everything():
    """All that the room's tables and the log hold, as text."""
    with connection.cursor() as cursor:
        for table in [m._meta.db_table for m in (Decision, Step, Cleared, LogEntry)]:
            cursor.execute(f"select * from {table}")
            for row in cursor.fetchall():
                yield from (bytes(cell) if isinstance(cell, memoryview | bytes) else str(cell).encode() for cell in row)


def test_a_review_waits_and_opens_again(kept, officers):
    assert kept.state == Decision.State.WAITING
    found = decisions.get(officers[1], kept.pk)
    assert found.asked.name == NAMESAKE["name"]
    assert found.result["outcome"] == "review"
    assert [one.decision.pk for one in reviews.queue(officers[1])] == [kept.pk]


def test_the_register_tells_which_lines_do_not_hold_any_more(kept, officers, listed, signed_in):
    reviews.decide(officers[0], kept.pk, "other", "Passport seen")
    reviews.confirm(officers[1], kept.pk)
    page = signed_in("officer")

    def standing():
        told = page.get(reverse("screening:register")).content.decode()
        says = "does not hold any more" in told, "not loaded now" in told
        return [one.standing for one in cleared.index(officers[0])], says

    assert standing() == (["holds"], (False, False))
    listed("test-other", people={})
    assert standing() == (["holds"], (False, False))
    listed(people=PEOPLE, firms={})
    assert standing() == (["holds"], (False, False)), "another entry changed"
    names, _, measure = PEOPLE["T.1"]
    listed(people={"T.1": (names, "1962-01-02", measure)})
    assert standing() == (["changed"], (True, False))
    assert check(officers[0], asked(NAMESAKE), known=cleared.known).subjects[0].before == ()
    listed(people={})
    assert standing() == (["changed"], (True, False)), "named no more"
    listed(people=PEOPLE)
    assert standing() == (["holds"], (False, False)), "as it was"
    for _ in TABLES:
        Store(config().home).remove("test-eu")
    assert standing() == (["not-loaded"], (False, True))


def test_nobody_is_named_in_the_database(kept, officers):
    reviews.decide(officers[0], kept.pk, "other", "Златогоров показал паспорт")
    reviews.confirm(officers[1], kept.pk)
    held = b"\n".join(everything()).lower()
    for word in ("златогоров", "zlatogorov", "аркадий", "500100732259", "паспорт", "t.1"):
        assert word.encode() not in held, word


def test_two_people_clear_a_namesake_who_then_stays_cleared(kept, officers):
    first, second, _ = officers
    assert reviews.decide(first, kept.pk, "other", "Another person: passport seen").state == Decision.State.SECOND
    assert not cleared.index(first)
    with pytest.raises(NotAllowed):
        reviews.confirm(first, kept.pk)
    assert reviews.confirm(second, kept.pk).state == Decision.State.OTHER
    again = keep(first)
    result = decisions.get(first, again.pk).result
    assert result["outcome"] == "clear"
    before = result["subjects"][0]["before"][0]
    assert (before["by"], before["list"], before["entry"]) == ("first, second", "test-eu", "T.1")
    assert sentence(result, "en").startswith("Clear: first, second cleared this namesake on 20")
    assert [step["kind"] for step in decisions.get(first, kept.pk).steps] == ["decided", "confirmed"]


def test_somebody_else_of_that_name_is_not_cleared(kept, officers):
    cleared_by_two(kept, officers)
    assert keep(officers[0], inn="7707083893").outcome == "review"
    assert keep(officers[0], birth="1961-05-17").outcome == "review"


def test_who_is_known_by_name_only_is_not_cleared_for_good(listed, officers):
    listed(people=PEOPLE)
    made = keep(officers[0], birth="", inn="")
    reviews.send(officers[0], made.pk) if made.state == Decision.State.MADE else None
    cleared_by_two(made, officers)
    assert not cleared.index(officers[0])


@pytest.mark.parametrize(
    "known", [{"birth": "1961"}, {"birth": "05.1961"}, {"inn": "0000000000"}, {"inn": "123"}, {"passport": "нет"}]
)
def test_what_many_share_clears_nobody_for_good(listed, officers, known):
    listed(people=PEOPLE)
    made = keep(officers[0], **({"birth": "", "inn": ""} | known))
    reviews.send(officers[0], made.pk) if made.state == Decision.State.MADE else None
    cleared_by_two(made, officers)
    assert not cleared.index(officers[0])


@pytest.mark.parametrize("known", [{"birth": "03.03.1961"}, {"inn": "7707083893"}, {"passport": "MP1234567"}])
def test_a_day_of_birth_or_a_number_is_enough_to_stay_cleared(known):
    assert asked({"name": "Златогоров Аркадий"} | known).identifying


def test_who_decided_does_not_wait_for_themselves(kept, officers):
    first, second, _ = officers
    assert reviews.barred(first, decisions.get(first, kept.pk)) is None
    reviews.decide(first, kept.pk, "other", "Another person: passport seen")
    assert reviews.barred(first, decisions.get(first, kept.pk)) is not None
    assert reviews.barred(second, decisions.get(second, kept.pk)) is None
    reviews.confirm(second, kept.pk)
    reviews.appeal(first, kept.pk, "It is me")
    assert [reviews.barred(one, decisions.get(one, kept.pk)) is None for one in officers] == [False, False, True]


def test_a_list_of_decisions_shows_the_latest_answer(kept, officers, listed):
    listed(people={"T.7": (("Pyotr NEKTO",), "", "asset freeze")})
    rescreen.rescreen(officers[0])
    assert decisions.get(officers[0], kept.pk).latest["outcome"] == "clear"
    assert decisions.index(officers[0])[0].latest["outcome"] == "clear"


def test_a_change_of_the_listed_entry_asks_again(kept, officers, listed):
    cleared_by_two(kept, officers)
    assert keep(officers[0]).outcome == "clear"
    listed(people={"T.1": (("Аркадий Иннокентьевич ЗЛАТОГОРОВ",), "1961-05-17", "travel ban")})
    assert keep(officers[0]).outcome == "review"


def test_it_ends_on_its_day_or_when_somebody_ends_it(kept, officers):
    cleared_by_two(kept, officers)
    Cleared.objects.update(until=timezone.now().date() - timedelta(1))
    assert keep(officers[0]).outcome == "review"
    Cleared.objects.update(until=timezone.now().date())
    assert keep(officers[0]).outcome == "clear"
    cleared.end(officers[0], cleared.index(officers[0])[0].pk)
    assert keep(officers[0]).outcome == "review"
    with pytest.raises(UnknownName):
        cleared.end(officers[0], 10**6)


def test_a_second_person_may_send_it_back(kept, officers):
    reviews.decide(officers[0], kept.pk, "same", "Same day of birth")
    assert reviews.send_back(officers[1], kept.pk, "Only the year is known").state == Decision.State.WAITING
    assert reviews.decide(officers[1], kept.pk, "other", "Other tax number").state == Decision.State.SECOND


def test_one_alone_decides_where_there_is_nobody_else(listed, account):
    listed(people=PEOPLE)
    only = account("officer").actor
    made = keep(only)
    assert reviews.decide(only, made.pk, "same", "The same day").state == Decision.State.SAME


def test_after_an_objection_others_decide(kept, officers):
    first, second, third = officers
    with pytest.raises(BusyError):
        reviews.appeal(first, kept.pk, "I am not he")
    reviews.decide(first, kept.pk, "same", "The same day")
    reviews.confirm(second, kept.pk)
    assert reviews.appeal(third, kept.pk, "A passport with another day").state == Decision.State.WAITING
    for before in (first, second):
        with pytest.raises(NotAllowed):
            reviews.decide(before, kept.pk, "other", "Now I see")
    assert reviews.decide(third, kept.pk, "other", "Passport seen").state == Decision.State.SECOND


def test_steps_that_do_not_follow(kept, officers):
    with pytest.raises(InputError):
        reviews.decide(officers[0], kept.pk, "perhaps", "x")
    with pytest.raises(InputError):
        reviews.decide(officers[0], kept.pk, "same", "  ")
    with pytest.raises(InputError):
        reviews.decide(officers[0], kept.pk, "same", "x" * 1001)
    with pytest.raises(BusyError):
        reviews.confirm(officers[0], kept.pk)
    with pytest.raises(BusyError):
        reviews.send(officers[0], kept.pk)
    for actor in (Actor("9", "eve", "viewer"), Actor("9", "eve", "auditor")):
        with pytest.raises(NotAllowed):
            reviews.decide(actor, kept.pk, "same", "x")


def test_what_is_kept_goes_on_its_day(kept, officers):
    assert decisions.expire() == 0
    assert decisions.expire(timezone.now().date() + timedelta(6 * 366)) == 1
    with pytest.raises(UnknownName):
        decisions.get(officers[0], kept.pk)


def test_somebody_removes_it(kept, officers):
    decisions.erase(officers[0], kept.pk)
    assert not Decision.objects.exists()


def test_a_row_that_was_moved_or_another_key_opens_nothing(kept, officers, monkeypatch):
    other = keep(officers[0], name="Сидоров Олег")
    Decision.objects.filter(pk=other.pk).update(body=Decision.objects.get(pk=kept.pk).body)
    with pytest.raises(StorageError):
        decisions.get(officers[0], other.pk)
    keys._key.cache_clear()
    held = config().screening_key_file.read_text()
    config().screening_key_file.write_text("another key of thirty-two letters or more")
    try:
        with pytest.raises(StorageError, match="another key"):
            decisions.get(officers[0], kept.pk)
    finally:
        config().screening_key_file.write_text(held)
        keys._key.cache_clear()


def test_earlier_decisions_on_a_payee_are_found(kept, officers):
    assert [one.decision.pk for one in decisions.same_payee(officers[0], asked(NAMESAKE))] == [kept.pk]


def cleared_by_two(kept, officers):
    reviews.decide(officers[0], kept.pk, "other", "Another person")
    reviews.confirm(officers[1], kept.pk)
