"""The board of the call: eight actions, measured or honestly not, on the page, in the API and on the terminal."""

import pytest

from clarion.access import Actor
from clarion.call import actions
from clarion.call.service import board
from clarion.desk.rooms import rooms
from clarion.errors import NotAllowed
from clarion.vocab import Estimate, Indicator, Interval

ME = Actor.console()
FIGURE = Estimate(52, "countries", Interval(40, 60))


def measured(action):
    return Indicator(action, FIGURE, "52 countries depend", "countries", "a source", "/rows/")


def test_eight_actions_each_with_whom_and_a_room():
    found = actions()
    assert len(found) == len({a.id for a in found}) == 8
    names = {"call", "giving", "broadcast", "resettlement", "evidence", "watch", "screening", "spillover"}
    for action in found:
        assert action.title
        assert action.summary.endswith(".")
        assert action.addressees
        assert action.room in names
    assert "spillover" in {a.room for a in found} & {r.name for r in rooms()}


def test_measured_ones_come_first_in_the_calls_order():
    order = [a.id for a in actions()]
    cards = board(ME, [measured(order[5]), measured(order[2])])
    assert [c.action.id for c in cards][:2] == [order[2], order[5]]
    assert [c.action.id for c in cards][2:] == [a for a in order if a not in (order[2], order[5])]
    assert all(not c.indicators for c in cards[2:])


def test_an_indicator_of_no_action_is_nowhere():
    assert all(not card.indicators for card in board(ME, [measured("no-such-action")]))


def test_for_programs():
    card = board(ME, [measured(actions()[0].id)])[0].to_dict()
    assert card["measured"][0]["figure"]["interval"] == [40, 60]
    assert set(card) == {"id", "title", "summary", "addressees", "room", "measured", "commitments"}


def test_only_for_those_with_a_role():
    with pytest.raises(NotAllowed):
        board(Actor("9", "eve", "stranger"), [])


@pytest.mark.parametrize("role", ["operator", "analyst", "officer", "viewer"])
def test_the_page(role, signed_in):
    page = signed_in(role).get("/").content.decode()
    assert page.count("Not measured yet") == 7
    assert "52" in page
    assert 'href="/spillover/"' in page


def test_the_page_before_any_room_measures(signed_in, monkeypatch):
    import clarion.call.web as web

    monkeypatch.setattr(web, "indicators", lambda *_: [])
    page = signed_in("viewer").get("/")
    assert page.content.decode().count("Not measured yet") == 8
    assert "Eight actions are asked" in page.content.decode()


def test_a_room_that_may_not_be_seen_measures_nothing(monkeypatch):
    from clarion.desk import indicators as desk

    def closed(*_):
        raise NotAllowed("no")

    monkeypatch.setattr(desk, "load", lambda _path: closed)
    assert desk.indicators(ME, "en") == []
