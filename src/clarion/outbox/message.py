"""A proposal from one room to whichever room answers its topic."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    """``key`` makes a proposal unique within its topic: proposing it again changes nothing. ``body`` is JSON-ready."""

    topic: str
    key: str
    body: dict[str, Any] = field(default_factory=dict)
