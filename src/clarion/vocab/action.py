"""One of the things that the call asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActionStatus(StrEnum):
    """Where an action stands: asked of somebody, committed by them, under way, or done with proof."""

    ASKED = "asked"
    COMMITTED = "committed"
    UNDER_WAY = "under-way"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Action:
    """What is asked (``title``, ``summary``), of whom (``addressees``), and which room answers."""

    id: str
    title: str
    summary: str
    addressees: tuple[str, ...]
    room: str
