"""What an officer says of a refusal, checked field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from clarion.errors import InputError
from clarion.screening.engine.births import read_birth
from clarion.vocab import Money, Phrase, seen

LONGEST, MOST_WORDS = 200, 2000
FIRST_DAY = date(2000, 1, 1)
MOST_AMOUNT = Decimal(10) ** 12
FIELDS = ("by", "service", "reason", "refused_on", "refuser", "whose", "stated", "amount", "currency")


@dataclass(frozen=True, slots=True)
class Said:
    """``by``, ``service`` and ``reason`` are values of ``models.Refusal``; ``refuser`` is the bank or firm by name,
    ``whose`` a label of whose transfer it was, ``stated`` the reason in the refuser's words; ``amount`` is empty where
    there is none."""

    by: str
    service: str
    reason: str
    refused_on: date
    refuser: str
    whose: str = ""
    stated: str = ""
    amount: str = ""
    currency: str = ""

    @property
    def money(self) -> Money | None:
        return Money(Decimal(self.amount), self.currency) if self.amount else None

    def locked(self) -> dict[str, Any]:
        """The part that is kept locked."""
        return {name: value for name, value in asdict(self).items() if name in FIELDS[4:]}


def said(told: Mapping[str, Any], today: date | None = None) -> Said:
    """A refusal out of a form or a command.

    Raises
    ------
    InputError: what has to be told is missing, too long, or cannot be; ``where`` is the field.
    """
    from clarion.screening.models import Refusal

    refuser = words("refuser", told, LONGEST)
    if not refuser:
        raise InputError("Who refused is missing.", where="refuser", next_step="Write the name of the bank or firm.")
    amount = _amount(str(told.get("amount") or ""))
    return Said(
        one_of("by", told, Refusal.By.values), one_of("service", told, Refusal.Service.values),
        one_of("reason", told, Refusal.Reason.values), _day(str(told.get("refused_on") or ""), today), refuser,
        words("whose", told, LONGEST), words("stated", told, MOST_WORDS), amount,
        _currency(str(told.get("currency") or ""), needed=bool(amount)),
    )  # fmt: skip


def words(name: str, told: Mapping[str, Any], most: int) -> str:
    """A text without letters that cannot be seen, its blanks made one.

    Raises
    ------
    InputError: it is longer than ``most`` letters.
    """
    text = " ".join(seen(str(told.get(name) or "")).split())
    if len(text) > most:
        raise InputError(Phrase("A field is too long: {name}.", name=name), where=name,
                         next_step=Phrase("Use {most:,.0f} letters or fewer.", most=most))  # fmt: skip
    return text


def one_of(name: str, told: Mapping[str, Any], known: list[str]) -> str:
    """A choice.

    Raises
    ------
    InputError: it is none of ``known``.
    """
    text = str(told.get(name) or "")
    if text not in known:
        raise InputError(Phrase("This is not known here: {name}.", name=name), where=name,
                         next_step=Phrase("Choose one of: {names}.", names=tuple(known)))  # fmt: skip
    return text


def _day(text: str, today: date | None) -> date:
    last = today or datetime.now(UTC).date()
    try:
        found = read_birth(text, last.year)
    except InputError:
        found = None
    day = date(found.year, found.month, found.day) if found and found.day else None
    if day is None or not FIRST_DAY <= day <= last:
        raise InputError("This is no day on which it can have been refused.", where="refused_on",
                         next_step="Write the day as 2026-11-27 or 27.11.2026; it may not lie ahead.")  # fmt: skip
    return day


def _amount(text: str) -> str:
    """Digits with a point or comma before the cents, written in one way; blanks may part the thousands."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not bare:
        return ""
    try:
        if re.fullmatch(r"\d{1,13}(?:[.,]\d{1,2})?", bare, re.ASCII):
            found = Decimal(bare.replace(",", "."))
            if 0 < found <= MOST_AMOUNT:
                return str(found)
    except InvalidOperation:
        pass
    raise InputError("This is no amount.", where="amount", next_step="Write it as 1500 or 1500.50, without currency.")


def _currency(text: str, needed: bool) -> str:
    from babel.numbers import list_currencies

    code = text.strip().upper()
    if not needed and not code:
        return ""
    if code not in list_currencies():
        raise InputError("This is no currency.", where="currency", next_step="Write its code, such as EUR.")
    return code if needed else ""
