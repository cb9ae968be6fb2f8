"""Ways to decide alone, on what nobody has seen, or to certify what people doubt."""

import pytest
from test_screening_attacked import OTHERS, clears
from test_screening_review import PEOPLE, keep

from clarion.errors import BusyError, NotAllowed
from clarion.screening.models import Decision
from clarion.screening.service import decisions, rescreen, reviews
from clarion.screening.service.certificate import certificate


def test_who_decided_what_is_objected_to_does_not_confirm_it_either(listed, officers):
    first, second, third, fourth, _ = officers
    listed(people=PEOPLE)
    made = keep(first)
    reviews.decide(first, made.pk, "same", "The same year")
    reviews.confirm(second, made.pk)
    reviews.appeal(third, made.pk, "I am not he")
    reviews.decide(third, made.pk, "other", "Passport seen")
    for before in (first, second):
        with pytest.raises(NotAllowed):
            reviews.confirm(before, made.pk)
        with pytest.raises(NotAllowed):
            reviews.send_back(before, made.pk, "No")
    assert reviews.confirm(fourth, made.pk).state == Decision.State.OTHER


def test_those_who_left_do_not_let_the_others_judge_themselves(listed, officers, account):
    """Who counts as somebody else is who may review now, not how many decided once."""
    from clarion.access.store.models import User

    first, second, third, _, fifth = officers
    listed(people=PEOPLE)
    made = keep(first)
    reviews.decide(first, made.pk, "same", "The same year")
    reviews.send_back(second, made.pk, "Look again")
    reviews.decide(second, made.pk, "same", "The same year")
    reviews.confirm(third, made.pk)
    User.objects.filter(username__in=("third", "fourth")).update(is_active=False)
    User.objects.filter(username="second").update(role="viewer")
    reviews.appeal(first, made.pk, "I am not he")
    with pytest.raises(NotAllowed):
        reviews.decide(first, made.pk, "same", "As before")
    assert reviews.decide(fifth, made.pk, "other", "Passport seen").state == Decision.State.SECOND
    assert reviews.confirm(first, made.pk).state == Decision.State.OTHER, "nobody else is left"


def test_after_an_objection_whoever_was_sent_back_decides_again(listed, officers):
    first, _, third, fourth, _ = officers
    listed(people=PEOPLE)
    made = clears(officers, keep(first))
    reviews.appeal(first, made.pk, "I am not he")
    reviews.decide(third, made.pk, "other", "Seen")
    reviews.send_back(fourth, made.pk, "What was seen?")
    assert reviews.decide(third, made.pk, "other", "A passport").state == Decision.State.SECOND


def test_nobody_agrees_to_what_they_have_not_seen(listed, officers):
    """The page that somebody pressed the button on showed another verdict."""
    first, second, third, *_ = officers
    listed(people=PEOPLE)
    made = keep(first)
    reviews.decide(first, made.pk, "other", "Passport seen")
    shown = len(decisions.get(second, made.pk).steps)
    reviews.send_back(third, made.pk, "Another one")
    reviews.decide(third, made.pk, "same", "It is he")
    with pytest.raises(BusyError):
        reviews.confirm(second, made.pk, shown)
    with pytest.raises(BusyError):
        reviews.send_back(second, made.pk, "No", shown)
    assert reviews.confirm(second, made.pk, shown + 2).state == Decision.State.SAME


def test_a_step_that_came_between_reading_and_writing_stops_it(listed, officers, monkeypatch):
    first, second, third, *_ = officers
    listed(people=PEOPLE)
    made = keep(first)
    reviews.decide(first, made.pk, "other", "Passport seen")
    stale = decisions.get(second, made.pk)
    reviews.send_back(third, made.pk, "Another one")
    reviews.decide(second, made.pk, "same", "It is he")
    monkeypatch.setattr(decisions, "get", lambda *_: stale)
    with pytest.raises(BusyError):
        reviews.confirm(second, made.pk)
    assert Decision.objects.get(pk=made.pk).state == Decision.State.SECOND


@pytest.mark.parametrize("decided", [False, True])
def test_a_list_that_asks_anew_takes_the_verdict_back(listed, officers, decided):
    """Two people looked at one listed person; of the next, whom the payee may be, they know nothing."""
    said = {"name": "Златогоров Аркадий", "birth": "1961-05-18", "inn": ""}
    first = OTHERS | {"T.1": (("Аркадий ЗЛАТОГОРОВ",), "", "asset freeze")}
    listed(people=first)
    made = keep(officers[0], **said)
    if made.state == Decision.State.MADE:
        reviews.send(officers[0], made.pk)
    reviews.decide(officers[0], made.pk, "other", "Passport seen")
    if decided:
        reviews.confirm(officers[1], made.pk)
    listed(people=first | {"T.2": (("Аркадий Иннокентьевич ЗЛАТОГОРОВ",), "", "asset freeze")})
    assert rescreen.rescreen(officers[0]).changes
    assert decisions.get(officers[0], made.pk).latest["subjects"][0]["hits"]
    assert Decision.objects.get(pk=made.pk).state == Decision.State.WAITING
    with pytest.raises(BusyError):
        certificate(officers[0], made.pk, "en")


def test_the_page_says_what_it_showed(listed, officers, client):
    from clarion.access.store.models import User

    listed(people=PEOPLE)
    made = keep(officers[0])
    reviews.decide(officers[0], made.pk, "other", "Passport seen")
    client.force_login(User.objects.get(username="second"))
    where = f"/screening/decisions/{made.pk}/"
    assert 'name="seen" value="1"' in client.get(where).content.decode()
    reviews.send_back(officers[2], made.pk, "Another one")
    reviews.decide(officers[2], made.pk, "same", "It is he")
    assert client.post(where, {"do": "confirm", "seen": "1"}).status_code == 409
    assert client.post(where, {"do": "confirm", "seen": "3"}).status_code == 302


def test_no_certificate_by_a_list_that_is_too_old_or_there_in_part(listed, officers, monkeypatch, client):
    from clarion.access.store.models import User

    listed(people=PEOPLE, days=30)
    made = clears(officers, keep(officers[0]))
    with pytest.raises(BusyError):
        certificate(officers[0], made.pk, "en")
    client.force_login(User.objects.get(username="first"))
    assert "certificate/" not in client.get(f"/screening/decisions/{made.pk}/").content.decode()
    assert client.post(f"/screening/decisions/{made.pk}/certificate/").status_code == 409
    listed(people=PEOPLE)
    rescreen.rescreen(officers[0])
    again = keep(officers[0], name="Сидоров Олег")
    assert certificate(officers[0], again.pk, "en")


@pytest.mark.parametrize("state", ["waiting", "second", "same"])
def test_no_certificate_while_people_doubt_it(listed, officers, state):
    listed(people=PEOPLE)
    made = keep(officers[0], name="Сидоров Олег")
    assert certificate(officers[0], made.pk, "en")
    reviews.send(officers[0], made.pk)
    if state != "waiting":
        reviews.decide(officers[0], made.pk, "same", "It is he, under another name")
    if state == "same":
        reviews.confirm(officers[1], made.pk)
    assert Decision.objects.get(pk=made.pk).state == state
    with pytest.raises(BusyError):
        certificate(officers[0], made.pk, "en")
