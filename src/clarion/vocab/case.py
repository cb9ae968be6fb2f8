"""The work done for one person or family that asked for it and consented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Case:
    """``handle`` is random and belongs to one room; ``stage`` is a word of that room."""

    room: str
    handle: str
    stage: str
    opened: date
