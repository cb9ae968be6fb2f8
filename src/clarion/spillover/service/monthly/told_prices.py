"""What a run's prices count and what they do not, in words for page and brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.locale import gettext, say
from clarion.spillover.service.words import commodity_name

if TYPE_CHECKING:
    from clarion.spillover.service.monthly.results import MonthlyResult


def price_note(language: str) -> str:
    """What the change of a price is of. The figures are those of ``benchmarks/prices.py``; docs/methods/prices.md has
    them step by step."""
    text = gettext(
        "Change against the same months without the shock: what the shock alone does. What prices had done before"
        " it, and what moves them besides, is not in it. In spring 2022 wheat stood 48 %% above the twelve months"
        " before: 18 points had come by February, such a shock explains 5 to 11, and some 20 nothing in this model"
        " does.",
        language,
    )
    return text % {}


def unpriced(result: MonthlyResult, language: str) -> list[tuple[str, str]]:
    """Each item without a price: its name, and that its price is not known, with the reason."""
    return [(commodity_name(item, language), say(reason, language)) for item, reason in result.unpriced.items()]
