"""How many refusals, by whom, why, when, and what became of them. For an organisation's own use: small numbers are not
protected, so what is to be published goes through the gate (``clarion.release``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from clarion.access import Actor, require
from clarion.screening.service.refusals import register


@dataclass(frozen=True, slots=True)
class Sum:
    """What was refused in one currency: how many with an amount, and together. Currencies are never converted."""

    currency: str
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of refusals by each of their sides, the most frequent first; months as 2026-11, the newest first."""

    count: int
    by: dict[str, int]
    service: dict[str, int]
    reason: dict[str, int]
    status: dict[str, int]
    outcome: dict[str, int]
    month: dict[str, int]
    amounts: tuple[Sum, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; amounts as text, exact."""
        sums = [asdict(one) | {"amount": str(one.amount)} for one in self.amounts]
        return asdict(self) | {"amounts": sums}


SIDES = ("by", "service", "reason", "status", "outcome", "month")


def totals(actor: Actor) -> Totals:
    """Count every refusal that is kept."""
    require(actor, "screening.view")
    rows = list(register.alive())
    sums: dict[str, list[Decimal]] = {}
    for row in rows:
        money = register.opened(row).said.money
        if money:
            sums.setdefault(money.currency, []).append(money.amount)
    counted = {side: _counted(getattr(row, side) for row in rows) for side in SIDES[:-1]}
    months = Counter(row.refused_on.strftime("%Y-%m") for row in rows)
    return Totals(
        len(rows), **counted, month=dict(sorted(months.items(), reverse=True)),
        amounts=tuple(Sum(code, len(found), sum(found, Decimal(0))) for code, found in sorted(sums.items())),
    )  # fmt: skip


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda one: (-one[1], one[0])))
