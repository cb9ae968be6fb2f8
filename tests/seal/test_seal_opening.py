"""Requests and answers: who may ask, what a forged, replayed or late one is told."""

from datetime import timedelta

import pytest
from keyholders import NOW, PERSON, Organisation, sign_all

from clarion.errors import ClarionError, InputError
from clarion.seal import reply as replies
from clarion.seal import request as requests
from clarion.seal import roster as rosters
from clarion.seal.crypto import signed
from clarion.seal.documents import canonical, write
from clarion.seal.errors import BadDocument, NotEnough, SealError
from clarion.seal.keyfile import new_keys
from clarion.seal.value import open_with


@pytest.fixture(scope="module")
def org():
    return Organisation()


def opened(org, request, key, answers, *sealed):
    parts = replies.parts_for(request, answers, key)
    return [open_with(s.envelope, p, org.roster).reveal() for s, p in zip(sealed, parts, strict=True)]


def test_from_the_request_to_the_opened_value(org):
    sealed = org.seal(), org.seal({"name": "second"})
    request, key = org.request(*sealed)
    carried = requests.parse(write(request.document))
    requests.allow(carried, org.roster, NOW)
    assert requests.reason_of(carried, org.keyholders[2].name, org.keyholders[2].box) == "Payment 7 came back"
    answers = [org.approve(who, carried, *sealed) for who in (0, 2)]
    answers = [replies.parse(write(a), carried, org.roster) for a in answers]
    assert opened(org, carried, key, answers, *sealed) == [PERSON, {"name": "second"}]
    with pytest.raises(NotEnough):
        opened(org, carried, key, answers[:1], *sealed)


def test_a_request_shows_the_server_neither_reason_nor_length(org):
    sealed = org.seal()
    short, _ = org.request(sealed, reason="ok")
    long, _ = org.request(sealed, reason="x" * 1500)
    assert len(canonical(short.document)) == len(canonical(long.document))
    assert "Payment" not in write(org.request(sealed)[0].document)


@pytest.mark.parametrize("field", ["purpose", "policy", "records", "reasons", "device", "key", "made", "until"])
def test_a_request_that_was_changed_is_not_allowed(org, field):
    sealed, other = org.seal(), org.seal()
    request, _ = org.request(sealed)
    strange, _ = org.request(other, purpose="audit", now=NOW - timedelta(hours=1))
    document = request.document | {field: strange.document[field]}
    if document == request.document:
        document = document | {field: "x" * 26}
    with pytest.raises(ClarionError):
        requests.allow(requests.parse(document), org.roster, NOW)


def test_who_may_not_ask(org):
    sealed = org.seal()
    request, _ = org.request(sealed)
    with pytest.raises(SealError, match="ended"):
        requests.allow(request, org.roster, NOW + timedelta(hours=73))
    with pytest.raises(SealError, match="clock"):
        requests.allow(request, org.roster, NOW - timedelta(hours=1))
    stranger = new_keys("device", "stranger")
    with pytest.raises(SealError, match="No device"):
        requests.allow(
            requests.parse(signed(request.document | {"device": stranger.name}, stranger.sign.sign)), org.roster, NOW
        )
    with pytest.raises(SealError, match="another roster"):
        requests.allow(request, Organisation().roster, NOW)
    with pytest.raises(SealError, match="not signed by the device"):
        requests.allow(requests.parse(signed(request.document, stranger.sign.sign)), org.roster, NOW)
    long = signed(request.document | {"until": "2027-11-26T12:00Z"}, org.device.sign.sign)
    with pytest.raises(SealError, match="longer"):
        requests.allow(requests.parse(long), org.roster, NOW)


def test_a_device_asks_only_for_what_the_roster_lists():
    org = Organisation()
    sealed = org.seal()
    later = rosters.draft(
        org.roster, organisation=org.id, made="2026-11-27", keyholders=org.roster.keyholders, threshold=2,
        devices=[org.entry(purposes=["audit"])], policies=org.roster.document["policies"],
    )  # fmt: skip
    org.roster = sign_all(later, org.keyholders[:2])
    with pytest.raises(SealError, match="purpose"):
        org.request(sealed)
    assert org.request(sealed, purpose="audit")


def test_bad_requests(org):
    sealed = org.seal()
    with pytest.raises(InputError, match="reason"):
        org.request(sealed, reason="  ")
    with pytest.raises(InputError, match="letters"):
        org.request(sealed, reason="я" * 1000)
    with pytest.raises(InputError, match="once"):
        org.request(sealed, sealed)
    with pytest.raises(InputError, match="names 0"):
        org.request()


def test_answers_that_are_forged_replayed_or_cut_are_refused(org):
    sealed = org.seal(), org.seal()
    request, key = org.request(*sealed)
    again, _ = org.request(*sealed)
    answer = org.approve(0, request, *sealed)
    with pytest.raises(SealError, match="another request"):
        replies.parse(answer, again, org.roster)
    forged = signed(answer | {"keyholder": org.keyholders[1].name}, org.keyholders[0].sign.sign)
    with pytest.raises(SealError, match="not signed"):
        replies.parse(forged, request, org.roster)
    stranger = new_keys("keyholder", "stranger")
    with pytest.raises(SealError, match="No keyholder"):
        replies.parse(replies.refuse(request, stranger.name, NOW, stranger.sign.sign), request, org.roster)
    with pytest.raises(SealError, match="every value"):
        replies.parse(signed(answer | {"boxes": answer["boxes"][:1]}, org.keyholders[0].sign.sign), request, org.roster)
    with pytest.raises(BadDocument):
        replies.parse(write(answer)[:-9], request, org.roster)
    with pytest.raises(BadDocument, match="no keyholder's answer"):
        replies.parse(write(request.document), request, org.roster)
    swapped = signed(answer | {"boxes": answer["boxes"][::-1]}, org.keyholders[0].sign.sign)
    with pytest.raises(NotEnough):  # boxes at each other's place do not open
        opened(org, request, key, [swapped, org.approve(1, request, *sealed)], *sealed)


def test_a_stop_ends_it_for_everybody(org):
    sealed = org.seal()
    request, key = org.request(sealed)
    answers = [org.approve(0, request, sealed), org.approve(1, request, sealed)]
    third = org.keyholders[2]
    answers.append(replies.parse(replies.stop(request, third.name, NOW, third.sign.sign), request, org.roster))
    with pytest.raises(SealError, match="stopped"):
        opened(org, request, key, answers, sealed)


def test_approvals_to_one_request_do_not_open_with_another_key(org):
    sealed = org.seal()
    request, _ = org.request(sealed)
    _, other = org.request(sealed)
    with pytest.raises(NotEnough):
        opened(org, request, other, [org.approve(0, request, sealed), org.approve(1, request, sealed)], sealed)
