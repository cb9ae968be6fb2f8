"""A plan as a proposal to the board of the call."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from clarion.vocab import Commitment, Money, Phrase, Quantity, Support

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clarion.spillover.models import Plan
    from clarion.spillover.service.support.results import PlanResult

ACTION = "economies"
# Of these a dollar pays the price of the good as well as the unit cost, and the price differs by draw: what is known is
# the money, and what it is for.
_PRICED = {
    "purchase": Phrase("USD of purchases"),
    "stock": Phrase("USD of stocks"),
    "transport": Phrase("USD of extra cost of supply"),
}


def commitment(plan: Plan, found: PlanResult, author: str) -> Commitment:
    """What the board is asked to commit: every grant with its cost, and the person-years that all should avoid."""
    grants = [grant for country in found.helped for grant in country.grants if (grant.money.value or 0.0) >= 1.0]
    supports = tuple(
        Support(g.measure["title"], g.iso3, _amount(g.measure, g.money.value or 0.0), _money(g.money.value or 0.0))
        for g in grants
    )
    return Commitment(
        ACTION, f"Support plan for the scenario: {plan.title}"[:200], str(found.statement), supports,
        _money(sum(g.money.value or 0.0 for g in grants)),
        replace(found.headline, provenance=tuple(found.provenance)),
        "person-years under the dietary requirement avoided", author, f"/spillover/plans/{plan.pk}/",
    )  # fmt: skip


def _amount(measure: Mapping[str, Any], usd: float) -> Quantity:
    """Units at the most likely cost, or the money where the price of the good is part of it."""
    if measure["works"] in _PRICED:
        return Quantity(round(usd, 2), _PRICED[measure["works"]])
    return Quantity(float(round(usd / measure["cost"][1])), measure["unit"])


def _money(usd: float) -> Money:
    return Money(Decimal(f"{usd:.2f}"), "USD")
