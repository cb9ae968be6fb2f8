"""Names of dimensions and categories, as they stand in the columns of a published table."""

from __future__ import annotations

import unicodedata
from typing import Any

from clarion.release.errors import ReleaseError
from clarion.vocab import Phrase

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
                Phrase("{value!r} cannot be a category.", value=str(value)[:LONGEST]), where=place,
                next_step=Phrase("Use a text of 1 to {most} characters without spaces at its ends.", most=LONGEST),
            )  # fmt: skip
        if value.startswith(_FORMULA) or any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") for c in value):
            raise ReleaseError(
                Phrase("{value!r} could be taken for a formula or hides a control character.", value=value),
                where=place,
                next_step="Begin it with a letter or digit.",
            )
    alike: dict[str, str] = {}
    for value in values:
        folded = unicodedata.normalize("NFKC", value).casefold()
        if folded in alike:
            raise ReleaseError(
                Phrase(
                    "{one!r} and {value!r} overlap: readers cannot tell them apart.", one=alike[folded], value=value
                ),
                where=place,
                next_step="Keep one of them, or name them apart.",
            )
        alike[folded] = value
    return tuple(values)
