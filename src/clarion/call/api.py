"""The board for programs."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import override
from ninja import Field, Router, Schema

from clarion.call.service import board, commitments
from clarion.desk.indicators import indicators
from clarion.desk.page import actor

router = Router()
# Its name becomes a path to a catalogue: nothing else may come in.
Language = Literal["en", "ru", "uk", "kk", "hy", "ka"]


class Decision(Schema):
    """The next step of a commitment; declining needs a reason."""

    status: Literal["committed", "under-way", "done", "declined"]
    reason: str = Field("", max_length=commitments.MOST_REASON)


@router.get("/actions", summary="The eight actions and what is measured of each", response=list[dict[str, Any]])
def list_actions(request: HttpRequest, language: Language = "en") -> list[dict[str, Any]]:
    with override(language):
        me = actor(request)
        return [card.to_dict() for card in board(me, indicators(me, language), commitments.index(me))]


@router.get("/commitments", summary="What is proposed and committed", response=list[dict[str, Any]])
def list_commitments(request: HttpRequest) -> list[dict[str, Any]]:
    return [found.to_dict() for found in commitments.index(actor(request))]


@router.post("/commitments/{pk}/decide", summary="Take a commitment one step on", response=dict[str, Any])
def decide(request: HttpRequest, pk: UUID, body: Decision) -> dict[str, Any]:
    return commitments.decide(actor(request), pk, body.status, body.reason).to_dict()
