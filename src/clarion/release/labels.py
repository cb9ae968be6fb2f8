"""Names of dimensions and categories, as they stand in the columns of a published table."""

from __future__ import annotations

import unicodedata
from typing import Any

from clarion.release.errors import ReleaseError

Labels = dict[str, tuple[str, ...]]
LONGEST = 80
_FORMULA = ("=", "+", "-", "@")


def labels(values: Any, where: str, key: str) -> tuple[str, ...]:
    """Check a list of names: texts, no two alike, none that a spreadsheet would run as a formula.

    Raises
    ------
    ReleaseError: naming the entry.
    """
    place = f"{where}, {key}"
    if not isinstance(values, list) or not values:
        raise ReleaseError("There is no category.", where=place, next_step='Write it like ["A", "B"].')
    for value in values:
        if not isinstance(value, str) or not value.strip() or value != value.strip() or len(value) > LONGEST:
            raise ReleaseError(
                f"{str(value)[:LONGEST]!r} cannot be a category.", where=place,
                next_step=f"Use a text of 1 to {LONGEST} characters without spaces at its ends.",
            )  # fmt: skip
        if value.startswith(_FORMULA) or any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") for c in value):
            raise ReleaseError(
                f"{value!r} could be taken for a formula or hides a control character.", where=place,
                next_step="Begin it with a letter or digit.",
            )  # fmt: skip
    alike: dict[str, str] = {}
    for value in values:
        folded = unicodedata.normalize("NFKC", value).casefold()
        if folded in alike:
            raise ReleaseError(
                f"{alike[folded]!r} and {value!r} overlap: readers cannot tell them apart.", where=place,
                next_step="Keep one of them, or name them apart.",
            )  # fmt: skip
        alike[folded] = value
    return tuple(values)
