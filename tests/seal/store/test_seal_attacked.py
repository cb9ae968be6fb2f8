"""Attacks on the desk's store: a wrong database, a second account, a chosen audit, a stolen token, a race."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from keyholders import Organisation, sign_all
from test_seal_store import approve, ask

from clarion.access.store.models import LogEntry
from clarion.desk.sealed.overview import overview
from clarion.errors import ClarionError
from clarion.outbox.store.verbs import waiting
from clarion.seal import reply as replies
from clarion.seal import request as requests
from clarion.seal import roster as rosters_core
from clarion.seal.crypto import X25519PrivateKey, raw
from clarion.seal.documents import write
from clarion.seal.errors import SealError
from clarion.seal.keyfile import new_keys
from clarion.seal.returned import sign_returned
from clarion.seal.store import erasure, openings, places, renewal, rosters, sealing
from clarion.seal.store.models import Opening, SealedValue

pytestmark = pytest.mark.django_db(transaction=True)


def next_roster(org, **more):
    """The roster after the organisation's, signed by all who were and are in it; the organisation then has it."""
    document = org.roster.document
    asked = {
        "keyholders": org.roster.keyholders, "threshold": 2, "devices": document["devices"],
        "policies": document["policies"],
    } | more  # fmt: skip
    made = rosters_core.draft(org.roster, organisation=org.id, made="2026-12-01", **asked)
    org.roster = sign_all(made, org.keyholders)
    return org.roster


def test_a_database_that_was_restored_too_old_erases_nobody(org, kept):
    kept()
    for _ in range(3):
        kept()
    newest = list(SealedValue.objects.order_by("pk")[:3].values())
    SealedValue.objects.filter(pk__in=[row["id"] for row in newest]).delete()
    today = timezone.now().date()
    # The log of the older database does not know them either.
    LogEntry.objects.filter(action="sealed a value").delete()
    for days in range(14):
        assert erasure.finish(today + timedelta(days=days)) == {"erased": 0, "swept": 0}
    SealedValue.objects.bulk_create(SealedValue(**row) for row in newest)
    assert {row["digest"] for row in newest} <= places.wraps().envelopes()
    assert erasure.finish(today + timedelta(days=30)) == {"erased": 0, "swept": 0}


def test_another_or_an_empty_database_erases_nobody(org, kept):
    kept()
    SealedValue.objects.all().delete()
    for days in (0, 1, 400):
        erasure.finish(timezone.now().date() + timedelta(days=days))
    assert len(places.wraps().envelopes()) == 1


def test_a_replaced_value_whose_erasure_was_cut_off_is_erased_at_the_next_start(org, actors, kept, monkeypatch):
    handle = kept()
    former = SealedValue.objects.get().digest

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr("clarion.seal.wraps.Wraps.erase", killed)
        with pytest.raises(KeyboardInterrupt):
            sealing.replace(actors["officer"], handle, {"name": "b"})
    assert places.wraps().of(former)
    assert erasure.finish() == {"erased": 1, "swept": 0}
    assert not places.wraps().of(former)
    assert places.wraps().of(SealedValue.objects.get().digest)


def test_a_keyholder_with_a_second_account_does_not_approve_what_their_own_device_asks(org, actors, kept):
    next_roster(org, devices=[org.entry(keyholder=org.keyholders[0].name)])
    rosters.install(actors["operator"], write(org.roster.document))
    handle = kept()
    request, _ = ask(org, actors, handle, who="officer")  # the colleague's account, or token, hands it in
    with pytest.raises(SealError, match="who asks does not approve"):
        approve(org, actors, request, 0)
    approve(org, actors, request, 1)
    assert Opening.objects.get().state == "open"
    approve(org, actors, request, 2)
    assert Opening.objects.get().state == "answered"


def test_an_audit_of_chosen_values_is_refused(org, actors, kept):
    wanted = kept()
    for _ in range(6):
        kept()
    with pytest.raises(SealError, match="one draw"):
        ask(org, actors, wanted, who="auditor", purpose="audit")
    drawn = [row["record"] for row in sealing.draw(actors["auditor"], "giving", 4)]
    with pytest.raises(SealError, match="one draw"):
        ask(org, actors, *drawn[:1], who="auditor", purpose="audit")  # one out of the draw
    with pytest.raises(SealError, match="one draw"):
        ask(org, actors, *drawn, who="officer", purpose="audit")  # another account's draw
    ask(org, actors, *reversed(drawn), who="auditor", purpose="audit")


def test_values_of_the_keyholders_in_force_are_not_opened_under_the_pretence_of_sealing_anew(org, actors, kept):
    with pytest.raises(SealError, match="sealed for the keyholders in force"):
        ask(org, actors, kept(), purpose="reseal")


def test_a_request_that_came_in_while_the_roster_changed_is_answered_by_nobody(org, actors, kept, monkeypatch):
    handle, old = kept(), org.roster
    key = X25519PrivateKey.generate()
    found = sealing.lookup(actors["officer"], [handle])
    late = requests.make_request(
        old, purpose="open", policy="default", records=[(found[0]["record"], found[0]["envelope"])], reason="why",
        device=org.device.name, key=raw(key.public_key()), now=timezone.now(), sign=org.device.sign.sign,
    )  # fmt: skip
    gone = org.keyholders[2]
    org.keyholders = [*org.keyholders[:2], Organisation(people=2).keyholders[0]]
    new = next_roster(org, keyholders=[k.card for k in org.keyholders])

    def changed_meanwhile(*_):
        monkeypatch.undo()
        rosters.install(actors["operator"], write(new.document))

    monkeypatch.setattr(openings, "_as_they_are", changed_meanwhile)
    openings.ask(actors["officer"], write(late.document))
    reply = replies.approve(late, gone.name, [b"p" * 64], timezone.now(), gone.sign.sign)
    with pytest.raises(SealError, match="former roster"):
        openings.answer(actors["keyholder"], late.id, write(reply))


def test_of_a_request_that_is_over_neither_reason_nor_handle_is_left(org, actors, kept, client):
    handle = kept()
    over, _ = ask(org, actors, handle)
    stopped, _ = ask(org, actors, handle)
    live, _ = ask(org, actors, handle)
    Opening.objects.filter(request_id=over.id).update(until=timezone.now() - timedelta(minutes=1))
    stop = replies.stop(stopped, org.keyholders[0].name, timezone.now(), org.keyholders[0].sign.sign)
    openings.answer(actors["keyholder"], stopped.id, write(stop))
    openings.waiting(actors["keyholder"])
    left = {row.request_id: row.document for row in Opening.objects.all()}
    for request in (over, stopped):
        assert handle not in left[request.id]
        assert "reasons" not in left[request.id]
        assert org.device.name in left[request.id]
    assert requests.parse(left[live.id]).id == live.id
    assert len(overview(actors["keyholder"])["requests"]) == 3


def test_many_old_requests_do_not_make_the_list_too_long_for_the_tools(org, actors, kept, client, account):
    """The list held every document: two hundred requests of a thousand values were more than a tool reads."""
    request, _ = ask(org, actors, kept())
    client.force_login(account("keyholder", "third"))
    found = client.get("/api/v1/seal/requests")
    assert len(found.content) < 400, json.loads(found.content)
    assert json.loads(found.content)["requests"][0]["id"] == request.id


def test_a_stolen_token_alone_puts_no_value_and_no_outcome_in_place(org, actors, kept):
    """A laptop without its passphrase has the token in the clear, and no key that signs."""
    handle = kept()
    request, _ = ask(org, actors, handle, purpose="rescreen")
    approve(org, actors, request, 0)
    approve(org, actors, request, 1)
    words, other = [{"record": handle, "outcome": "clear"}], new_keys("device", "thief")
    for body in (
        sign_returned(request, "outcomes", words, other.sign.sign),
        sign_returned(request, "sealed", words, org.device.sign.sign),
        sign_returned(request, "outcomes", [], org.device.sign.sign),
        {"signature": ""},
    ):
        with pytest.raises(SealError, match="not signed by the device"):
            renewal.outcomes(actors["officer"], request.id, words, body["signature"])
    org.keyholders[2] = Organisation(people=2).keyholders[0]
    next_roster(org, keyholders=[k.card for k in org.keyholders])
    rosters.install(actors["operator"], write(org.roster.document))
    request, _ = ask(org, actors, handle, purpose="reseal")
    for at in (0, 1):
        approve(org, actors, request, at)
    planted = org.seal({"iban": "of the thief"}, record=handle, revision=2)
    one = {"envelope": planted.envelope, "wraps": planted.wraps}
    forged = sign_returned(request, "sealed", [one], other.sign.sign)["signature"]
    with pytest.raises(SealError, match="not signed by the device"):
        renewal.reseal(actors["officer"], request.id, [one], forged)


def test_outcomes_count_for_the_request_that_they_were_signed_for_and_from_whoever_asked(org, actors, kept):
    """Replayed for another request, handed in by somebody else, with a row more, less or changed, or for a file."""
    first, second = kept(), kept()
    words = [{"record": first, "outcome": "clear"}]
    requests_ = []
    for _ in range(2):
        request, _ = ask(org, actors, first, second, purpose="rescreen")
        approve(org, actors, request, 0), approve(org, actors, request, 1)
        requests_.append(request)
    one, other = requests_
    signature = sign_returned(one, "outcomes", words, org.device.sign.sign)["signature"]
    for said in (
        [], words * 2, [*words, {"record": second, "outcome": "clear"}], [words[0] | {"outcome": "ask"}],
        [words[0] | {"hits": []}], [words[0] | {"note": "Ivan Ivanov"}],
    ):  # fmt: skip
        with pytest.raises(SealError, match="not signed"):
            renewal.outcomes(actors["officer"], one.id, said, signature)
    with pytest.raises(SealError, match="not signed"):
        renewal.outcomes_file(
            actors["officer"], other.id, json.dumps({"outcomes": words, "signature": signature}).encode()
        )
    for who in ("operator", "keyholder"):
        with pytest.raises(ClarionError):
            renewal.outcomes(actors[who], one.id, words, signature)
    opened, _ = ask(org, actors, first)
    approve(org, actors, opened, 0), approve(org, actors, opened, 1)
    for_opening = sign_returned(opened, "outcomes", words, org.device.sign.sign)["signature"]
    with pytest.raises(SealError, match="not approved"):
        renewal.outcomes(actors["officer"], opened.id, words, for_opening)
    assert not list(waiting(renewal.RESCREENED))
    more = [words[0] | {"name": "Иван Иванов", "hits": [["eu", "1"]]}]
    renewal.outcomes(
        actors["officer"], one.id, more, sign_returned(one, "outcomes", more, org.device.sign.sign)["signature"]
    )
    (message,) = waiting(renewal.RESCREENED)
    assert renewal.returned(message) == [{"record": first, "outcome": "clear", "hits": [["eu", "1"]]}]


def test_what_a_device_found_later_is_not_lost_behind_what_it_sent_first(org, actors, kept):
    """The line broke after the first was taken in; the lists were loaded anew, and now somebody is listed."""
    handle = kept()
    request, _ = ask(org, actors, handle, purpose="rescreen")
    approve(org, actors, request, 0), approve(org, actors, request, 1)
    for outcome in ("clear", "clear", "review"):
        words = [{"record": handle, "outcome": outcome}]
        signature = sign_returned(request, "outcomes", words, org.device.sign.sign)["signature"]
        renewal.outcomes(actors["officer"], request.id, words, signature)
    told = [one["outcome"] for message in waiting(renewal.RESCREENED) for one in renewal.returned(message)]
    assert told == ["clear", "review"]
