"""What each recipient received, read from the list: in cents, slot by slot.

Sums that are out already bind what may be said now, so that the list must tell what each had received by then: beside
``grant_eur`` a column ``grant_eur@2026-Q2`` for each earlier release of sums.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clarion.release import calendar
from clarion.release.amounts.asked import CENTS, LARGEST, Amounts
from clarion.release.errors import ReleaseError
from clarion.release.folder import Release, read_text
from clarion.release.people import read_lines
from clarion.release.spec import Spec

_MONEY = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,2}))?")
_FOREIGN = re.compile(r"[A-Z]{3}|[€$£¥₽₴₸]")
Cents = NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """``people``: each recipient's categories; ``paid`` (recipients, slots): cents that each received in each slot;
    ``slots``: the periods in which sums were published, this release's last."""

    people: list[tuple[str, ...]]
    paid: Cents
    slots: tuple[str, ...]

    def commitment(self, opening: str) -> str:
        """HMAC-SHA256 of the rows under a secret ``opening``: whoever is shown the list and the opening can tell that
        they are those of the certificate; without the opening nothing can be guessed from it."""
        lines = sorted(json.dumps([*p, *map(int, x)]) for p, x in zip(self.people, self.paid, strict=True))
        return hmac.new(opening.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()


def that_bind(spec: Spec, amounts: Amounts, earlier: Sequence[Release]) -> list[Release]:
    """The earlier releases whose sums bind this one's.

    Raises
    ------
    ReleaseError: one sums another column, counts differently, or speaks of a period that overlaps.
    """
    found = []
    for release in earlier:
        other = release.spec
        if not other.amounts or not any(s.text for sums in release.sums.values() for s in sums):
            continue
        if other.amounts.column != amounts.column or other.amounts.currency != amounts.currency:
            raise ReleaseError(
                f"{other.id!r} sums {other.amounts.column!r} in {other.amounts.currency}, this release "
                f"{amounts.column!r} in {amounts.currency}: what they say together cannot be proved.",
                where=f"{spec.id}, amounts", next_step="Sum one column of one currency in all releases.",
            )  # fmt: skip
        if other.counts != spec.counts or _overlap(spec, other):
            raise ReleaseError(
                f"The sums of {other.id!r} are of a period that overlaps: what they say together cannot be proved.",
                where=f"{spec.id}, amounts", next_step="Sum since the start in all releases, or by separate periods.",
            )  # fmt: skip
        if spec.counts == "cumulative" or other.period == spec.period:
            found.append(release)
    return found


def _overlap(spec: Spec, other: Spec) -> bool:
    if spec.counts == "cumulative" or not spec.calendar or spec.period == other.period:
        return False
    return calendar.of(spec).meets(calendar.of(other))


def read_rows(path: Path, spec: Spec, amounts: Amounts, binding: Sequence[Release]) -> Rows:
    """Read the list's amounts.

    Raises
    ------
    ReleaseError: a column is missing, an amount is none, negative or of another currency, or falls from one release to
    the next. No error repeats an amount.
    """
    slots = tuple(dict.fromkeys([*(r.spec.period for r in binding), spec.period]))
    columns = [amounts.column if slot == spec.period else f"{amounts.column}@{slot}" for slot in slots]
    by_line = [amounts.currency_column] if amounts.currency_column else []
    people, paid = [], []
    for place, person, values in read_lines(read_text(path), spec, [*columns, *by_line], str(path)):
        if by_line and values[-1] != amounts.currency:
            raise ReleaseError(f"The amount is not in {amounts.currency}.", where=place,
                               next_step="Convert it, or give each currency a release of its own.")  # fmt: skip
        sofar = [_cents(value, amounts, f"{place}, {column}") for value, column in zip(values, columns, strict=False)]
        steps = [b - a for a, b in zip([0, *sofar], sofar, strict=False)]
        if min(steps) < 0:
            raise ReleaseError(
                "The amount is smaller than it was by an earlier release.", where=place,
                next_step="Book money that came back apart: what was paid since the start cannot fall.",
            )  # fmt: skip
        people.append(person)
        paid.append(steps)
    return Rows(people, np.array(paid, np.int64).reshape(len(people), len(slots)), slots)


def _cents(text: str, amounts: Amounts, place: str) -> int:
    found = _MONEY.fullmatch(text)
    if found and int(found[1]) <= LARGEST:
        return int(found[1]) * CENTS + int((found[2] or "0").ljust(2, "0"))
    if text.startswith(("-", "−")):
        what, step = "The amount is negative.", "Book money that came back apart: sums are of what was paid."
    elif _FOREIGN.search(text):
        what, step = "The amount names a currency.", f"Write the number alone, in {amounts.currency}."
    else:
        what = "This is no amount." if text else "There is no amount."
        step = "Write a number with at most two decimals, such as 250.00, and 0 where nothing was paid."
    raise ReleaseError(what, where=place, next_step=step)
