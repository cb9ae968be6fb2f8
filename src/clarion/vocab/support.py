"""A measure that helps: food aid, a grant, a bed, a voucher."""

from __future__ import annotations

from dataclasses import dataclass

from clarion.vocab.money import Money
from clarion.vocab.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Support:
    """``to`` is a place (ISO 3166 alpha-3) or a room's handle, never a name."""

    measure: str
    to: str
    quantity: Quantity
    cost: Money | None = None
