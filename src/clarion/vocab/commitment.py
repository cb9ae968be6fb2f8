"""What somebody proposes to do for an action of the call: support for places, its cost, and what it should achieve."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from clarion.vocab.estimate import Estimate
from clarion.vocab.money import Money
from clarion.vocab.quantity import Quantity
from clarion.vocab.support import Support


@dataclass(frozen=True, slots=True)
class Commitment:
    """A proposal to the board; rooms leave it in the outbox under ``TOPIC``.

    ``action`` is an action's id; ``expected`` what the money should achieve, ``caption`` the words for it;
    ``author`` names who proposes it, ``href`` leads to where it was worked out, a path of this desk.
    """

    TOPIC: ClassVar[str] = "call.commitment"
    action: str
    title: str
    summary: str
    supports: tuple[Support, ...]
    cost: Money
    expected: Estimate
    caption: str
    author: str
    href: str

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; amounts of money as text, exact to the cent."""
        return {
            "action": self.action, "title": self.title, "summary": self.summary,
            "supports": [_support(s) for s in self.supports],
            "cost": _money(self.cost), "expected": self.expected.to_dict(), "caption": self.caption,
            "author": self.author, "href": self.href,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Commitment:
        """What ``to_dict`` wrote."""
        supports = tuple(
            Support(s["measure"], s["to"], Quantity(s["amount"], s["unit"]), _read_money(s.get("cost")))
            for s in data["supports"]
        )
        cost = _read_money(data["cost"])
        if cost is None:
            raise ValueError("a commitment names its cost")
        return cls(
            data["action"], data["title"], data["summary"], supports, cost, Estimate.from_dict(data["expected"]),
            data["caption"], data["author"], data["href"],
        )  # fmt: skip


def _support(support: Support) -> dict[str, Any]:
    return {
        "measure": support.measure, "to": support.to, "amount": support.quantity.amount, "unit": support.quantity.unit,
        "cost": _money(support.cost) if support.cost else None,
    }  # fmt: skip


def _money(money: Money) -> dict[str, str]:
    return {"amount": str(money.amount), "currency": money.currency}


def _read_money(data: dict[str, str] | None) -> Money | None:
    return Money(Decimal(data["amount"]), data["currency"]) if data else None
