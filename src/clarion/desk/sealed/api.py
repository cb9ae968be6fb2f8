"""The relay between requesters and keyholders: it carries what their own tools make and check."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Body, Field, Router, Schema, Status

from clarion.access import require
from clarion.desk.page import actor
from clarion.seal.documents import canonical
from clarion.seal.returned import MOST_HITS
from clarion.seal.store import openings, renewal, rosters, sealing

router = Router()
Document = dict[str, Any]


class Handles(Schema):
    records: list[str]


class Resealed(Schema):
    sealed: list[Document]
    signature: str = ""


class Outcome(Schema):
    record: str
    outcome: str
    hits: list[list[str]] = Field([], max_length=MOST_HITS)


class Outcomes(Schema):
    outcomes: list[Outcome]
    signature: str = ""


@router.get("/rosters", summary="Every roster that was in force, oldest first.")
def all_rosters(request: HttpRequest) -> Document:
    require(actor(request), "desk.sealed")
    return {"rosters": [roster.document for roster in rosters.chain()]}


@router.post("/rosters", response={201: Document}, summary="Put a roster in force that its keyholders have signed.")
def install(request: HttpRequest, document: Body[Document]) -> Status:
    return Status(201, {"serial": rosters.install(actor(request), canonical(document)).document["serial"]})


@router.post("/lookup", summary="Which envelope each handle stands for.")
def lookup(request: HttpRequest, asked: Handles) -> Document:
    return {"records": sealing.lookup(actor(request), asked.records)}


@router.get("/draw", summary="Values that chance picks, for an auditor.")
def draw(request: HttpRequest, room: str, count: int = 3) -> Document:
    return {"records": sealing.draw(actor(request), room, count)}


@router.get("/values", summary="Values of a room, by handle, to ask that they be screened anew.")
def of_room(request: HttpRequest, room: str, count: int = 1000, after: str = "") -> Document:
    return {"records": sealing.of_room(actor(request), room, count, after)}


@router.get("/stale", summary="Values sealed for keyholders who are not all there any more.")
def stale(request: HttpRequest, count: int = 1000) -> Document:
    return {"records": sealing.stale(actor(request), count)}


@router.get("/requests", summary="Requests to open, with how far each is.")
def waiting(request: HttpRequest) -> Document:
    return {
        "requests": [
            {
                "id": found.request_id, "state": found.state, "purpose": found.purpose, "count": found.count,
                "until": found.until.isoformat(),
            }
            for found in openings.waiting(actor(request))
        ]
    }  # fmt: skip


@router.post("/requests", response={201: Document}, summary="Ask the keyholders to open values.")
def ask(request: HttpRequest, document: Body[Document]) -> Status:
    return Status(201, {"id": openings.ask(actor(request), canonical(document)).request_id})


@router.get("/requests/{request_id}/bundle", summary="What a keyholder needs to decide; no ciphertext is in it.")
def bundle(request: HttpRequest, request_id: str, keyholder: str = "") -> Document:
    return openings.bundle(actor(request), request_id, keyholder)


@router.post("/requests/{request_id}/replies", response={201: Document}, summary="Approve, refuse or stop a request.")
def answer(request: HttpRequest, request_id: str, document: Body[Document]) -> Status:
    return Status(201, {"state": openings.answer(actor(request), request_id, canonical(document)).state})


@router.get("/requests/{request_id}/answers", summary="What the requester's own machine needs to open the values.")
def answers(request: HttpRequest, request_id: str) -> Document:
    return openings.answers(actor(request), request_id)


@router.post("/requests/{request_id}/reseal", summary="Hand values in that were sealed anew for a new roster.")
def reseal(request: HttpRequest, request_id: str, found: Resealed) -> Document:
    return {"kept": renewal.reseal(actor(request), request_id, found.sealed, found.signature)}


@router.post("/requests/{request_id}/outcomes", summary="Hand in the outcomes of a rescreened batch.")
def outcomes(request: HttpRequest, request_id: str, found: Outcomes) -> Document:
    words = [one.dict(exclude_unset=True) for one in found.outcomes]  # as the device signed them
    return {"kept": renewal.outcomes(actor(request), request_id, words, found.signature)}
