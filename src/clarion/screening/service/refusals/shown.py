"""Words of the register in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.screening.service.letter_words import gettext
from clarion.vocab import Money

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import TextChoices

SIDES = ("by", "service", "reason", "status", "outcome")


def choices(side: str, language: str) -> list[tuple[str, str]]:
    """What a side of a refusal can be: values and labels."""
    return [(value, label(side, value, language)) for value in _kind(side).values]


def label(side: str, value: str, language: str) -> str:
    """One value in words; a month as it stands."""
    return gettext(_english(side, value), language) if side in SIDES else value


def amount(money: Money, language: str) -> str:
    """An amount as a language writes it, its currency by its code."""
    from babel.numbers import format_decimal

    pattern = "#,##0.00" if money.amount % 1 else "#,##0"
    return f"{format_decimal(money.amount, format=pattern, locale=language)} {money.currency}"


def day(when: date, language: str) -> str:
    """A day as a letter writes it: in English with its month in words, as 03/04 is two days there."""
    from babel.dates import format_date

    return format_date(when, format="d MMMM y" if language == "en" else "dd.MM.y", locale=language)


def _kind(side: str) -> type[TextChoices]:
    from clarion.screening.models import Refusal

    kinds: dict[str, type[TextChoices]] = {
        "by": Refusal.By, "service": Refusal.Service, "reason": Refusal.Reason, "status": Refusal.Status,
        "outcome": Refusal.Outcome,
    }  # fmt: skip
    return kinds[side]


def _english(side: str, value: str) -> str:
    from django.utils import translation

    with translation.override("en"):
        return str(_kind(side)(value).label)
