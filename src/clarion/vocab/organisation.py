"""An organisation that gives, asks, hosts or answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Organisation:
    """``kind`` is one of donor, government, civil-society, newsroom, un, host, company."""

    id: str
    name: str
    kind: str
    country: str = ""
