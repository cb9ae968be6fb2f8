"""The board for programs."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import override
from ninja import Router

from clarion.call.service import board
from clarion.desk.indicators import indicators
from clarion.desk.page import actor

router = Router()
# Its name becomes a path to a catalogue: nothing else may come in.
Language = Literal["en", "ru", "uk", "kk", "hy", "ka"]


@router.get("/actions", summary="The eight actions and what is measured of each", response=list[dict[str, Any]])
def list_actions(request: HttpRequest, language: Language = "en") -> list[dict[str, Any]]:
    with override(language):
        return [card.to_dict() for card in board(actor(request), indicators(actor(request), language))]
