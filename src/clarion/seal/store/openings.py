"""Carry requests and answers between people; the desk checks them, counts them, and cannot read them."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from clarion.access import Actor, require
from clarion.access.store.log import one_writer, record
from clarion.errors import BusyError, InputError, NotAllowed, UnknownName
from clarion.seal import reply as replies
from clarion.seal import request as requests
from clarion.seal.documents import Document, write
from clarion.seal.errors import SealError
from clarion.seal.request import Request
from clarion.seal.roster import Roster
from clarion.seal.store import places, sealing
from clarion.seal.store.models import Answer, Opening, SealedValue
from clarion.seal.store.rosters import chain, in_force
from clarion.seal.value import read_envelope, stub
from clarion.vocab import Phrase

MOST_OPEN = 20  # requests of one account that wait for keyholders
State = Opening.State
_WHOLE = '{"clarion":'  # how a request's document begins; of one that is over less is left


def ask(actor: Actor, source: str | bytes) -> Opening:
    """Take a request in, for the keyholders to see.

    Raises
    ------
    BadDocument, InputError, SealError: it is none, or its device may not ask, or a value has changed since.
    BusyError: this account has ``MOST_OPEN`` requests waiting.
    """
    require(actor, "desk.openings")
    request, roster = requests.parse(source), in_force()
    requests.allow(request, roster, timezone.now())
    with transaction.atomic():
        one_writer()  # of two at once the second sees the first's: the same is kept once, and no more than may wait
        found = Opening.objects.filter(request_id=request.id).first()
        if found is not None:
            return found  # sent twice over a bad line
        if Opening.objects.filter(asked_by=actor.id, state=State.OPEN, until__gt=timezone.now()).count() >= MOST_OPEN:
            raise BusyError(
                Phrase("{most} of your requests wait for keyholders.", most=MOST_OPEN),
                next_step="Wait for their answers.",
            )
        _as_they_are(request)
        _fits(actor, request, roster)
        opening = Opening.objects.create(
            request_id=request.id, document=write(request.document), purpose=request.document["purpose"],
            policy=request.document["policy"], count=len(request.records), asked_by=actor.id, until=request.until,
        )  # fmt: skip
        record(actor, "asked to open sealed values", request.id[:22], purpose=opening.purpose, count=opening.count)
    return opening


def waiting(actor: Actor) -> list[Opening]:
    """Requests that this actor may see: keyholders, auditors and operators all, others their own; newest end first."""
    require(actor, "desk.sealed")
    end_old()
    rows = Opening.objects.order_by("-until", "pk")
    return list(rows if actor.role in ("keyholder", "auditor", "operator") else rows.filter(asked_by=actor.id))


def bundle(actor: Actor, request_id: str, keyholder: str) -> dict[str, Any]:
    """All that the keyholder called ``keyholder`` needs to decide: no ciphertext, and nobody else's wraps.

    Raises
    ------
    UnknownName: no such request. SealError: it was stopped, a value has changed since, or nobody is called so.
    """
    require(actor, "desk.keyholding")
    opening = get(request_id)
    request = _live(opening)
    rows = _as_they_are(request)
    in_force().keyholder(keyholder)
    boxes = places.wraps().for_keyholder([named for _, named in request.records], keyholder)
    records = [
        {"record": row.handle, "stub": stub(read_envelope(row.envelope)), "wrap": boxes.get(row.digest, "")}
        for row in rows
    ]
    return {
        "request": request.document, "rosters": _rosters(), "replies": _replies(opening), "records": records,
        "keyholder": keyholder,
    }  # fmt: skip


def answer(actor: Actor, request_id: str, source: str | bytes) -> Opening:
    """Take a keyholder's answer in.

    Raises
    ------
    UnknownName: no such request. BadDocument, SealError: the answer is none, or false, or the request is over.
    NotAllowed: the account that asked cannot answer.
    """
    require(actor, "desk.keyholding")
    with transaction.atomic():
        opening = get(request_id, lock=True)
        request = _live(opening)
        roster = in_force()
        reply = replies.parse(source, request, roster)
        kind = reply["clarion"]
        if kind == "approval" and actor.id == opening.asked_by:
            raise NotAllowed("Whoever asks cannot approve.", next_step="Leave it to two other keyholders.")
        if Answer.objects.filter(opening=opening, keyholder=reply["keyholder"], kind=kind).exists():
            return opening  # sent twice over a bad line
        Answer.objects.create(opening=opening, keyholder=reply["keyholder"], kind=kind, document=write(reply))
        _move(opening, kind, roster)
        record(actor, _SAID[kind], request_id[:22], count=opening.count)
    return opening


_SAID = {
    "approval": Phrase("approved an opening"), "refusal": Phrase("refused an opening"),
    "stop": Phrase("stopped an opening"),
}  # fmt: skip


def answers(actor: Actor, request_id: str) -> dict[str, Any]:
    """What the requester needs to open the values on their own machine; of a stopped request, nothing to open.

    Raises
    ------
    UnknownName: no such request of this account. SealError: stopped, ended, or a value has changed since.
    """
    require(actor, "desk.openings")
    with transaction.atomic():
        opening = _mine(actor, request_id, lock=True)
        request = _live(opening)
        rows = _as_they_are(request)
        enough = opening.state in (State.ANSWERED, State.DONE)
        if enough:
            Opening.objects.filter(pk=opening.pk).update(state=State.DONE)
            record(actor, "took approved answers away", request_id[:22], count=opening.count)
        return {
            "request": request.document, "rosters": _rosters(), "replies": _replies(opening) if enough else [],
            "envelopes": [read_envelope(row.envelope) for row in rows] if enough else [],
            "state": str(opening.state), "approved": opening.answer_set.filter(kind="approval").count(),
        }  # fmt: skip


def end_old() -> int:
    """Let requests that are past their time end, and forget boxes, reasons and handles of all that are over.

    A reason opens with the key of one keyholder, and may name the person whose value was erased since.
    """
    now = timezone.now()
    ended = Opening.objects.filter(until__lte=now).exclude(state__in=(State.ENDED, State.STOPPED))
    count = ended.update(state=State.ENDED)
    Answer.objects.filter(opening__until__lte=now, kind="approval").exclude(document="").update(document="")
    over = Opening.objects.filter(state__in=(State.ENDED, State.STOPPED), document__startswith=_WHOLE)
    for opening in over.iterator():
        document = json.loads(opening.document)
        opening.document = json.dumps({name: document[name] for name in ("device", "made")})
        opening.save(update_fields=["document"])
    return count


def get(request_id: str, *, lock: bool = False) -> Opening:
    opening = _found(request_id, lock=lock)
    if opening is None:
        raise UnknownName("There is no such request.", next_step="See them with: clarion keyholder show")
    return opening


def approved(actor: Actor, request_id: str, purpose: str) -> tuple[Opening, Request]:
    """A request of this account's for ``purpose`` that enough keyholders have approved.

    Raises
    ------
    UnknownName: there is none of theirs. SealError: it is for another purpose, over, or not approved.
    """
    require(actor, "desk.openings")
    opening = _mine(actor, request_id, lock=True)
    request = _live(opening)
    if opening.purpose != purpose or opening.state not in (State.ANSWERED, State.DONE):
        raise SealError("This request was not approved for that.", next_step="Ask for what is needed: clarion open")
    return opening, request


def _found(request_id: str, *, lock: bool) -> Opening | None:
    rows = Opening.objects.select_for_update() if lock else Opening.objects
    return rows.filter(request_id=request_id).first() if request_id.isprintable() else None


def _mine(actor: Actor, request_id: str, *, lock: bool) -> Opening:
    opening = _found(request_id, lock=lock)
    if opening is None or opening.asked_by != actor.id:  # one answer: whoever asks learns of nobody else's
        raise UnknownName("There is no such request of yours.", next_step="See yours with: clarion open list")
    return opening


def _live(opening: Opening) -> Request:
    """The request of an opening that is not over; it was made under the roster in force."""
    if opening.state == State.STOPPED:
        raise SealError("A keyholder has stopped this request.", next_step="Ask them why before you ask again.")
    over = SealError("This request is past its time, or of a former roster.", next_step="Make a new one: clarion open")
    if opening.until <= timezone.now() or opening.state == State.ENDED:
        raise over
    request = requests.parse(opening.document)
    if request.document["roster"] != in_force().digest:  # it came in while the roster changed
        raise over
    return request


def _as_they_are(request: Request) -> list[SealedValue]:
    """The request's values, in its order; refuse ones that were replaced, erased or are under another policy since."""
    rows = {row.handle: row for row in SealedValue.objects.filter(handle__in=[r for r, _ in request.records])}
    for handle, named in request.records:
        row = rows.get(handle)
        if row is None or row.erased or row.digest != named:
            raise SealError(
                "A value of this request was replaced or erased since it was made, or never was.",
                next_step="Make the request anew: clarion open",
            )
        if row.policy != request.document["policy"]:
            raise InputError("The values of one request share one policy.", next_step="Ask for each policy apart.")
    return [rows[handle] for handle, _ in request.records]


def _fits(actor: Actor, request: Request, roster: Roster) -> None:
    """Refuse a purpose that would be a pretence: keyholders judge an audit, or sealing anew, by what it is for."""
    handles = [handle for handle, _ in request.records]
    purpose = request.document["purpose"]
    if purpose == "audit" and not sealing.was_drawn(actor, handles):
        raise SealError(
            "An audit asks for all values of one draw of this account, and no others.",
            next_step="Draw anew: clarion open draw",
        )
    epoch = roster.document["epoch"]
    if purpose == "reseal" and SealedValue.objects.filter(handle__in=handles, epoch=epoch).exists():
        raise SealError(
            "A value of this request is sealed for the keyholders in force.",
            next_step="Ask for the others alone: clarion open reseal",
        )


def _move(opening: Opening, kind: str, roster: Roster) -> None:
    if kind == "stop":
        opening.state = State.STOPPED
        opening.answer_set.filter(kind="approval").update(document="")
    elif opening.answer_set.filter(kind="approval").count() >= roster.threshold and opening.state == State.OPEN:
        opening.state = State.ANSWERED
    opening.save(update_fields=["state"])


def _rosters() -> list[Document]:
    return [roster.document for roster in chain()]


def _replies(opening: Opening) -> list[Document]:
    return [json.loads(text) for text in opening.answer_set.exclude(document="").values_list("document", flat=True)]
