"""The desk seals, carries and erases; what opens, opens with the keyholders' keys and nothing of the desk's."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from keyholders import PERSON, Organisation

from clarion.access import Actor
from clarion.config import config
from clarion.errors import BusyError, ClarionError, InputError, NotAllowed, UnknownName
from clarion.outbox.store.models import Proposal
from clarion.outbox.store.verbs import waiting
from clarion.seal import reply as replies
from clarion.seal import request as requests
from clarion.seal import roster as rosters_core
from clarion.seal.crypto import X25519PrivateKey, raw
from clarion.seal.documents import write
from clarion.seal.errors import BadDocument, SealError
from clarion.seal.returned import sign_returned
from clarion.seal.store import against_log, erasure, openings, places, renewal, rosters, sealing
from clarion.seal.store.models import Answer, Opening, SealedValue
from clarion.seal.value import open_with, part_of

pytestmark = pytest.mark.django_db(transaction=True)


def ask(org, actors, *handles, who="officer", **more):
    found = sealing.lookup(actors[who], handles)
    key = X25519PrivateKey.generate()
    more = {"purpose": "open", "policy": "default", "reason": "Payment 7 came back", "device": org.device.name} | more
    made = requests.make_request(
        org.roster, records=[(f["record"], f["envelope"]) for f in found], key=raw(key.public_key()),
        now=timezone.now(), sign=org.device.sign.sign, **more,
    )  # fmt: skip
    openings.ask(actors[who], write(made.document))
    return made, key


def approve(org, actors, request, who, account="keyholder"):
    """As the keyholder's tool does it, from the bundle alone."""
    keys = org.keyholders[who]
    bundle = openings.bundle(actors[account], request.id, keys.name)
    parts = [
        part_of(record["wrap"], named, keys.name, keys.box)
        for record, (_, named) in zip(bundle["records"], request.records, strict=True)
    ]
    reply = replies.approve(requests.parse(bundle["request"]), keys.name, parts, timezone.now(), keys.sign.sign)
    return openings.answer(actors[account], request.id, write(reply))


def send_back(org, actors, request, several, kind="sealed"):
    body = sign_returned(request, kind, several, org.device.sign.sign)
    take = renewal.reseal if kind == "sealed" else renewal.outcomes
    return take(actors["officer"], request.id, several, body["signature"])


def opened(org, actors, request, key, who="officer"):
    found = openings.answers(actors[who], request.id)
    parts = replies.parts_for(request, found["replies"], key)
    return [
        open_with(e, p, org.roster).reveal() for e, p in zip(found["envelopes"], parts, strict=True)
    ]  # fmt: skip


def test_from_sealing_to_opening_through_the_desk(org, actors, kept):
    first, second = kept(), kept({"name": "другая"})
    request, key = ask(org, actors, first, second)
    assert openings.answers(actors["officer"], request.id)["envelopes"] == []
    assert approve(org, actors, request, 0).state == "open"
    assert approve(org, actors, request, 2, "keyholder2").state == "answered"
    assert opened(org, actors, request, key) == [PERSON, {"name": "другая"}]
    assert Opening.objects.get().state == "done"


def test_the_database_and_the_folder_hold_nothing_in_the_clear(org, actors, kept, tmp_path):
    request, _ = ask(org, actors, kept())
    approve(org, actors, request, 0)
    words = [word for value in PERSON.values() for word in (value, value.split()[0])] + ["Payment 7"]
    rows = json.dumps([list(model.objects.values()) for model in (SealedValue, Opening, Answer)], default=str)
    files = b"".join(file.read_bytes() for file in (tmp_path / "sealed").rglob("*") if file.is_file())
    assert not any(word in rows or word.encode() in files for word in words)


def test_nothing_is_sealed_before_there_are_keyholders(actors):
    with pytest.raises(ClarionError, match="no keyholders"):
        sealing.keep(actors["officer"], PERSON, room="giving", fields="payee")


def test_only_the_right_roles(org, actors, kept):
    handle = kept()
    request, _ = ask(org, actors, handle)
    for role in ("viewer", "analyst", "operator"):
        with pytest.raises(NotAllowed):
            sealing.lookup(actors[role], [handle])
        with pytest.raises(NotAllowed):
            openings.bundle(actors[role], request.id, org.keyholders[0].name)
    with pytest.raises(NotAllowed):
        openings.bundle(actors["officer"], request.id, org.keyholders[0].name)
    with pytest.raises(NotAllowed):
        sealing.draw(actors["officer"], "giving", 1)
    with pytest.raises(NotAllowed):
        erasure.erase(actors["keyholder"], [handle], "over")
    with pytest.raises(UnknownName):
        openings.answers(actors["auditor"], request.id)  # another's request
    assert openings.waiting(actors["auditor"])
    assert openings.waiting(actors["officer"])


def test_whoever_asks_does_not_approve(org, actors, kept):
    request, _ = ask(org, actors, kept(), who="keyholder")
    with pytest.raises(NotAllowed, match="Whoever asks"):
        approve(org, actors, request, 0, "keyholder")
    assert approve(org, actors, request, 0, "keyholder2").state == "open"


def test_a_stop_ends_it_even_after_enough_approvals(org, actors, kept):
    request, key = ask(org, actors, kept())
    approve(org, actors, request, 0)
    approve(org, actors, request, 1)
    third = org.keyholders[2]
    stop = replies.stop(request, third.name, timezone.now(), third.sign.sign)
    assert openings.answer(actors["keyholder2"], request.id, write(stop)).state == "stopped"
    with pytest.raises(SealError, match="stopped"):
        opened(org, actors, request, key)
    with pytest.raises(SealError, match="stopped"):
        approve(org, actors, request, 1)
    assert not Answer.objects.filter(kind="approval").exclude(document="").exists(), "the boxes are forgotten"


def test_a_refusal_leaves_it_to_the_others(org, actors, kept):
    request, key = ask(org, actors, kept())
    keys = org.keyholders[0]
    refusal = write(replies.refuse(request, keys.name, timezone.now(), keys.sign.sign))
    assert openings.answer(actors["keyholder"], request.id, refusal).state == "open"
    approve(org, actors, request, 1)
    approve(org, actors, request, 2)
    assert opened(org, actors, request, key) == [PERSON]


def test_what_is_sent_twice_counts_once(org, actors, kept):
    request, _ = ask(org, actors, kept())
    openings.ask(actors["officer"], write(request.document))
    assert Opening.objects.count() == 1
    approve(org, actors, request, 0)
    assert approve(org, actors, request, 0).state == "open"


def test_a_request_past_its_time_is_over_and_its_boxes_forgotten(org, actors, kept):
    request, _ = ask(org, actors, kept())
    approve(org, actors, request, 0)
    Opening.objects.update(until=timezone.now() - timedelta(minutes=1))
    with pytest.raises(SealError, match="past its time"):
        approve(org, actors, request, 1)
    assert openings.end_old() == 1
    assert not Answer.objects.exclude(document="").exists()


def test_values_that_changed_since_they_were_asked_for(org, actors, kept):
    handle = kept()
    request, _ = ask(org, actors, handle)
    sealing.replace(actors["officer"], handle, {"name": "new"})
    with pytest.raises(SealError, match="replaced or erased"):
        approve(org, actors, request, 0)
    again, key = ask(org, actors, handle)
    approve(org, actors, again, 0)
    approve(org, actors, again, 1)
    assert opened(org, actors, again, key) == [{"name": "new"}]


def test_no_more_than_twenty_requests_wait(org, actors, kept):
    handle = kept()
    for _ in range(openings.MOST_OPEN):
        ask(org, actors, handle)
    with pytest.raises(BusyError):
        ask(org, actors, handle)


def test_one_account_does_not_erase_everybody(org, actors, kept, monkeypatch):
    """Whoever took it over would; a colleague and the command line go on, and tomorrow it may again."""
    monkeypatch.setattr(erasure, "config", lambda: replace(config(), erase_daily=2))
    handles = [kept({"name": f"person {n}"}) for n in range(6)]
    officer = actors["officer"]
    with pytest.raises(NotAllowed, match="2 values in 24 hours; this one has erased 0"):
        erasure.erase(officer, handles[:3], "asked")
    assert erasure.erase(officer, handles[:2], "asked") == 2
    with pytest.raises(NotAllowed, match="has erased 2"):
        erasure.erase(officer, handles[2:3], "asked")
    assert sealing.get(handles[2]).envelope
    assert erasure.erase(Actor.console(), handles[2:5], "asked") == 3
    later = timezone.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr("clarion.seal.store.erasure.timezone.now", lambda: later)
    assert erasure.erase(officer, handles[5:], "asked") == 1


def test_an_erased_value_is_gone_and_nothing_else(org, actors, kept):
    handle, other = kept(), kept()
    digest = SealedValue.objects.get(handle=handle).digest
    request, _ = ask(org, actors, handle)
    assert erasure.erase(actors["officer"], [handle], "asked") == 1
    assert places.wraps().of(digest) == {}
    assert SealedValue.objects.get(handle=handle).envelope == ""
    for refused in (lambda: sealing.get(handle), lambda: erasure.erase(actors["officer"], [other, handle], "asked")):
        with pytest.raises(UnknownName):
            refused()
    with pytest.raises(SealError):
        approve(org, actors, request, 0)
    assert sealing.get(other)
    with pytest.raises(InputError, match="reason"):
        erasure.erase(actors["officer"], [other], "because")


def test_an_erasure_that_was_cut_off_is_finished_later(org, actors, kept, monkeypatch):
    handle = kept()
    digest = SealedValue.objects.get().digest

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr("clarion.seal.wraps.Wraps.erase", killed)
        with pytest.raises(KeyboardInterrupt):
            erasure.erase(actors["officer"], [handle], "over")
    assert SealedValue.objects.get().erased
    assert places.wraps().of(digest)
    assert erasure.finish() == {"erased": 1, "swept": 0}
    assert places.wraps().of(digest) == {}


def test_a_roll_back_leaves_wraps_that_are_swept_up(org, actors, kept):
    kept()

    def cut_off():
        with transaction.atomic():
            kept()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cut_off()
    assert len(places.wraps().envelopes()) == 2
    today = timezone.now().date()
    assert erasure.finish(today) == {"erased": 0, "swept": 0}, "it could be on its way"
    assert erasure.finish(today + timedelta(days=14)) == {"erased": 0, "swept": 0}, "as long as back-ups of them live"
    assert erasure.finish(today + timedelta(days=15)) == {"erased": 0, "swept": 1}
    assert len(places.wraps().envelopes()) == 1


def test_clocks_ask_for_a_decision(org, actors, kept):
    today = timezone.now().date()
    late, soon = kept(review_on=today - timedelta(days=3)), kept(review_on=today + timedelta(days=20))
    kept(review_on=today + timedelta(days=300))
    found = erasure.due(actors["auditor"])
    assert [(row["record"], row["overdue"]) for row in found] == [(late, True), (soon, False)]
    erasure.keep_until(actors["officer"], late, today + timedelta(days=365))
    assert [row["record"] for row in erasure.due(actors["auditor"])] == [soon]
    for wrong in (today, today - timedelta(days=1), today + timedelta(days=4000)):
        with pytest.raises(InputError):
            erasure.keep_until(actors["officer"], late, wrong)


def test_a_forged_roster_is_not_put_in_force(org, actors):
    other = Organisation()
    for document in (other.roster.document, org.roster.document | {"threshold": 3, "serial": 2}):
        with pytest.raises(ClarionError):
            rosters.install(Actor.console(), write(document))
    assert rosters.in_force().digest == org.roster.digest
    assert rosters.install(Actor.console(), write(org.roster.document)).digest == org.roster.digest


def test_a_keyholder_leaves_and_everything_is_sealed_anew(org, actors, kept):
    from clarion.seal.keyfile import new_keys
    from clarion.seal.value import seal

    handle = kept()
    old_wraps = places.wraps().of(SealedValue.objects.get().digest)
    before, _ = ask(org, actors, handle)
    approve(org, actors, before, 0)
    new = new_keys("keyholder", "new")
    cards = [k.card for k in org.keyholders[:2]] + [new.card]
    later = rosters_core.draft(
        org.roster, organisation=org.id, made="2026-12-01", keyholders=cards, threshold=2, devices=[org.entry()],
        policies=org.roster.document["policies"],
    )  # fmt: skip
    for keys in (*org.keyholders[:2], new):
        later = rosters_core.sign(later, keys.name, keys.sign.sign)
    rosters.install(actors["keyholder"], write(later.document))
    with pytest.raises(SealError, match="former roster"):
        approve(org, actors, before, 2)  # the one who left
    assert not Answer.objects.exclude(document="").exists()
    assert [row["record"] for row in sealing.stale(actors["officer"], 10)] == [handle]

    old = org.roster
    org.roster = later
    request, key = ask(org, actors, handle, purpose="reseal")
    approve(org, actors, request, 0)
    approve(org, actors, request, 1, "keyholder2")
    found = openings.answers(actors["officer"], request.id)
    parts = replies.parts_for(request, found["replies"], key)
    value = open_with(found["envelopes"][0], parts[0], old).reveal()
    renewed = seal(value, later, record=handle, room="giving", fields="payee", revision=2)
    wrong = seal(value, later, record=handle, room="giving", fields="payee", revision=3)
    one = {"envelope": wrong.envelope, "wraps": wrong.wraps}
    with pytest.raises(SealError, match="next revision"):
        send_back(org, actors, request, [one])
    one = {"envelope": renewed.envelope, "wraps": {org.keyholders[0].name: renewed.wraps[org.keyholders[0].name]}}
    with pytest.raises(SealError, match="every keyholder"):
        send_back(org, actors, request, [one])
    one = {"envelope": renewed.envelope, "wraps": renewed.wraps}
    assert send_back(org, actors, request, [one]) == 1
    assert send_back(org, actors, request, [one]) == 1  # sent twice
    assert sealing.stale(actors["officer"], 10) == []
    assert places.wraps().of(found["request"]["records"][0][1]) == {}
    left = old_wraps[org.keyholders[2].name]
    assert left not in str(list(places.wraps().rows())), "what the one who left could open is erased"
    again, key = ask(org, actors, handle)
    approve(org, actors, again, 0)
    approve(org, actors, again, 1)
    assert opened(org, actors, again, key) == [PERSON]


def test_rescreening_hands_on_words_only(org, actors, kept):
    first, second = kept(), kept()
    request, _ = ask(org, actors, first, second, purpose="rescreen")
    words = [{"record": first, "outcome": "clear"}, {"record": second, "outcome": "ask"}]
    with pytest.raises(SealError, match="not approved"):
        send_back(org, actors, request, words, "outcomes")
    approve(org, actors, request, 0)
    approve(org, actors, request, 1)
    assert send_back(org, actors, request, words, "outcomes") == 2
    for wrong in (b"", b"[]", b"[" * 9999, b'{"outcomes": 1}', b'{"outcomes": [1]}', b'{"outcomes": [{"record": 1}]}',
                  b'{"outcomes": [{"record": "a", "outcome": "clear", "hits": 1}]}'):  # fmt: skip
        with pytest.raises(BadDocument):
            renewal.outcomes_file(actors["officer"], request.id, wrong)
    body = sign_returned(request, "outcomes", words, org.device.sign.sign)
    assert renewal.outcomes_file(actors["officer"], request.id, json.dumps(body).encode()) == 2
    hits = [{"record": first, "outcome": "review", "hits": [["eu", "Иванов"]]}]
    with pytest.raises(InputError, match="a list and an entry"):
        send_back(org, actors, request, hits, "outcomes")
    (proposal,) = waiting(renewal.RESCREENED)
    assert [one["outcome"] for one in renewal.returned(proposal)] == ["clear", "ask"]
    told = str(Proposal.objects.values_list("key", "body")[0])
    assert first not in told, "the table does not say whose outcome it is"
    assert "clear" not in told
    with pytest.raises(InputError, match="one of"):
        send_back(org, actors, request, [{"record": first, "outcome": "Иван"}], "outcomes")
    with pytest.raises(SealError, match="not of this"):
        send_back(org, actors, request, [{"record": kept(), "outcome": "clear"}], "outcomes")


def test_an_auditor_sees_what_chance_picks(org, actors, kept):
    handles = {kept() for _ in range(12)}
    drawn = sealing.draw(actors["auditor"], "giving", 3)
    assert len(drawn) == 3
    assert {row["record"] for row in drawn} < handles
    request, key = ask(org, actors, *(row["record"] for row in drawn), who="auditor", purpose="audit")
    approve(org, actors, request, 0)
    approve(org, actors, request, 1)
    assert opened(org, actors, request, key, "auditor") == [PERSON] * 3


def test_the_store_is_held_against_the_log(org, actors, kept):
    handle, other, third = kept(), kept(), kept()
    assert against_log.compare(actors["auditor"]) == []
    before = SealedValue.objects.filter(handle=handle).values("digest", "envelope", "revision").get()
    wraps = places.wraps().of(before["digest"])
    sealing.replace(actors["officer"], handle, {"name": "new"})
    assert against_log.compare(actors["auditor"]) == []
    SealedValue.objects.filter(handle=handle).update(**before)  # rolled back
    places.wraps().keep(before["digest"], wraps)
    SealedValue.objects.filter(handle=other).update(envelope=SealedValue.objects.get(handle=third).envelope)  # swapped
    SealedValue.objects.filter(handle=third).delete()
    forged = org.seal({"name": "forged"})
    SealedValue.objects.create(
        handle=forged.envelope["record"], room="giving", fields="payee", policy="default", epoch=1, revision=1,
        digest=forged.digest, envelope=write(forged.envelope),
    )  # fmt: skip
    faults = {row["record"]: row["fault"] for row in against_log.compare(actors["auditor"])}
    assert set(faults) == {handle, other, "", forged.envelope["record"]}
    assert "not the last one" in faults[handle]
    assert "not the last one" in faults[other]
    assert "does not know" in faults[forged.envelope["record"]]
    assert "gone" in faults[""]


def test_rows_do_not_tell_who_was_sealed_first(org, kept):
    handles = [kept() for _ in range(12)]
    assert list(SealedValue.objects.order_by("pk").values_list("handle", flat=True)) != handles
