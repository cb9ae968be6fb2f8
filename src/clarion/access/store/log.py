"""Write the log of who did what."""

from __future__ import annotations

from typing import Any

from clarion.access import Actor
from clarion.access.store.models import LogEntry


def record(actor: Actor, action: str, object: str = "", **detail: Any) -> None:
    """Note an act. ``detail`` must hold no personal data and no secret: it is read by operators and kept."""
    LogEntry.objects.create(actor=actor.id, action=action, object=object, detail=detail)
