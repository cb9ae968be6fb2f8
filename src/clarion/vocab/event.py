"""Something that happened at a place on a day, as sources report it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clarion.vocab.provenance import Provenance


@dataclass(frozen=True, slots=True)
class Event:
    """``day_last`` equals ``day_first`` when the day is certain; the two bound it when it is not."""

    id: str
    kind: str
    place: str
    day_first: date
    day_last: date
    provenance: tuple[Provenance, ...] = ()
