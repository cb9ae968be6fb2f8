"""Why somebody is clear: who came nearest, and what spoke against it; weak names that are seen and never hit."""

import pytest

from clarion.screening.engine.answer import Hit
from clarion.screening.engine.births import Birth
from clarion.screening.engine.decide import AGAINST, ALONE
from clarion.screening.engine.screen import Screen
from clarion.screening.engine.subject import ListedName, Party, Payee

LISTED = [
    Party("l", "1", "person", (ListedName("Ivan Petrovich IVANOV"),), births=(Birth(1958, 3, 2),)),
    Party("l", "2", "person", (ListedName("Semyon Rodionov"), ListedName("Аркаша Огурец", weak=True))),
]


@pytest.mark.parametrize(
    ("payee", "entry", "why"),
    [
        (Payee("Иванов Иван Петрович", birth=Birth(1990, 5, 1)), "1", AGAINST),
        (Payee("Огурец Аркадий"), "2", ALONE),
    ],
    ids=repr,
)
def test_the_nearest_says_why_it_is_somebody_else(payee, entry, why):
    answer = Screen(LISTED).check(payee)
    assert answer.outcome == "clear"
    assert isinstance(answer.nearest, Hit)
    assert (answer.nearest.party.entry, answer.nearest.why) == (entry, why)
    assert sum(item.weight for item in answer.nearest.items) == answer.nearest.score


def test_a_weak_name_is_seen_and_never_hits():
    answer = Screen(LISTED).check(Payee("Огурец Аркадий"))
    assert (answer.hits, [hit.name.whole for hit in answer.seen]) == ((), ["Аркаша Огурец"])
    assert not Screen(LISTED).check(Payee("Родионов Семён")).seen


def test_where_nobody_is_alike_nobody_is_near():
    answer = Screen(LISTED).check(Payee("Щебетнёв Фаддей"))
    assert (answer.cleared, answer.nearest, answer.seen) == (0, None, ())


def test_a_name_in_another_case_stands_as_written_with_what_it_was_read_as():
    items = Screen(LISTED).check(Payee("Иванову Ивану Петровичу")).hits[0].items
    assert {(item.given, item.read) for item in items} == {
        ("иванову", "иванов"), ("ивану", "иван"), ("петровичу", "петрович")
    }  # fmt: skip
    assert not any(item.read for item in Screen(LISTED).check(Payee("Иванов Иван Петрович")).hits[0].items)
    left = Screen(LISTED).check(Payee("Иванову Ивану Сергеевичу")).nearest.items[-1]
    assert (left.item, left.given, left.read) == ("other parts", "сергеевичу", "сергеевич")
