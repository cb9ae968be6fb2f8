"""Ships and aircraft: no hit for an organisation of their name, found where the payee is said to be one."""

import polars as pl
import pytest

from clarion.screening.engine.crafts import craft_of
from clarion.screening.engine.decide import CLEAR, CRAFT, REVIEW
from clarion.screening.engine.identifiers import Identifier
from clarion.screening.engine.parties import parties
from clarion.screening.engine.screen import Screen
from clarion.screening.engine.subject import Payee

IMO, OTHER = "9233349", "9228459"
LISTED = [
    # entry, kind, name, facts
    ("ship", "vessel", "Vesna", [("vessel", "IMO", IMO), ("vessel", "Owner", "Vesna Shipping, IMO 9999993")]),
    ("star", "vessel", "Andromeda Star", [("vessel", "Vessel Registration Identification", f"IMO {OTHER}")]),
    ("plane", "aircraft", "EP-GOM", [("aircraft", "Aircraft Tail Number", "YV2965")]),
    ("port", "unknown", "Begishevo International Airport", []),
    ("firm", "organisation", "Vesna Hotel and Spa", []),
    ("person", "person", "Maria", []),
]


@pytest.fixture(scope="module")
def screen():
    listed = pl.DataFrame([{"entry": entry, "kind": kind, "sex": None, "status": "listed"}
                           for entry, kind, *_ in LISTED])  # fmt: skip
    parts = dict.fromkeys(("given", "family", "middle", "father", "sex"))
    names = pl.DataFrame([parts | {"entry": entry, "whole": name, "quality": "strong"} for entry, _, name, _ in LISTED])
    facts = pl.DataFrame([{"entry": entry, "kind": kind, "document": document, "value": value}
                          for entry, *_, several in LISTED for kind, document, value in several])  # fmt: skip
    return Screen(parties("test", listed, names, facts))


def entries(hits):
    return [hit.party.entry for hit in hits]


@pytest.mark.parametrize("name", ["НГО Весна", "Движение «Весна»", "Vesna", "Фонд Весна", "Andromeda Star", "EP GOM"])
def test_an_organisation_of_a_ships_name_is_no_ship_and_is_told_of_it(screen, name):
    answer = screen.check(Payee(name, "organisation"))
    assert not {"ship", "star", "plane"} & set(entries(answer.hits))
    seen = [hit for hit in answer.seen if hit.party.kind in ("vessel", "aircraft")]
    assert [hit.why for hit in seen] == [CRAFT]
    assert seen[0].outcome == CLEAR


@pytest.mark.parametrize("kind", ["organisation", "person"])
@pytest.mark.parametrize(("name", "entry"), [
    ("т/х Весна", "ship"), ("Т/Х «ВЕСНА»", "ship"), ("теплоход Весна", "ship"), ("M/V VESNA", "ship"),
    ("MV Vesna", "ship"), ("Vesna (vessel)", "ship"), ("Vesna, tanker", "ship"), ("судно Весна", "ship"),
    (f"Vesna IMO {IMO}", "ship"), (f"IMO No. {IMO}", "ship"), (f"Другое имя, ИМО {IMO}", "ship"),
    ("oil tanker Andromeda Star", "star"), ("EP-GOM", "plane"), ("самолёт YV2965", "plane"),
])  # fmt: skip
def test_what_is_said_to_be_a_ship_or_an_aircraft_is_found(screen, kind, name, entry):
    answer = screen.check(Payee(name, kind))
    assert (answer.outcome, entry in entries(answer.hits)) == (REVIEW, True)
    for hit in answer.hits:
        assert hit.score == sum(item.weight for item in hit.items)


def test_the_number_of_another_ship_clears(screen):
    for name, entry in ((f"Vesna IMO {OTHER}", "ship"), (f"M/V Andromeda Star, IMO {IMO}", "star")):
        assert entry not in entries(screen.check(Payee(name, "organisation")).hits), name
    wrong = screen.check(Payee("M/V Vesna IMO 9233340", "organisation"))
    assert "ship" in entries(wrong.hits), "a number whose check digit is wrong clears nobody"


def test_a_longer_name_of_a_ship_is_not_another_ship(screen):
    assert entries(screen.check(Payee("M/V Vesna Balakovo", "organisation")).hits) == []


def test_nobody_is_taken_for_a_ship_by_a_number_that_is_theirs(screen):
    payee = Payee("Олег Сидоров", identifiers=(Identifier("passport", IMO),))
    assert screen.check(payee).outcome == CLEAR
    assert screen.check(Payee("Vesna")).outcome == CLEAR, "people are not compared with ships"


def test_numbers_of_owners_are_not_the_ships(screen):
    held = {party.entry: {one.number for one in party.identifiers} for party in screen.parties}
    assert held["ship"] == {IMO}
    assert held["plane"] == {"EPGOM", "YV2965"}


def test_what_is_neither_is_compared_with_both(screen):
    for kind in ("organisation", "person"):
        assert entries(screen.check(Payee("Begishevo International Airport", kind)).hits) == ["port"]


@pytest.mark.parametrize("name", [
    "Иванов Иван Петрович", "MY THI NGUYEN", "ООО Судоремонт", "Shipilov Ivan", "ООО Прилив 24", "Ship", "IMO", "т/х",
    "Мтс", "Тихий океан", "Фонд М/Ф",
])  # fmt: skip
def test_other_names_tell_of_no_ship(name):
    found = craft_of(name)
    assert found is None or not found.said


def test_no_name_takes_long():
    for name in ("т/х " * 75, "IMO " * 75, "A-" * 150, "(" * 300, "ship " * 60):
        craft_of(name)


def test_a_name_without_lists_of_ships():
    assert Screen([]).check(Payee("т/х Весна", "organisation")).outcome == CLEAR
