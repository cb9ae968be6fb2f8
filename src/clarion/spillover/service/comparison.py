"""Two runs side by side: each country's figure in both, and the paired difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clarion.vocab import place

if TYPE_CHECKING:
    from clarion.spillover.engine.simulation import Comparison
    from clarion.spillover.service.results import Result
    from clarion.vocab import Estimate


@dataclass(frozen=True, slots=True)
class Row:
    """One country: energy that goes missing in each run (None where a run does not reach it), and the difference."""

    iso3: str
    first: Estimate | None
    second: Estimate | None
    difference: Estimate


def compared(first: Result, second: Result, found: Comparison) -> list[Row]:
    """Countries by the size of the difference, the largest first; those that do not differ by 1 kcal are left out."""
    one, two = first.kcal(), second.kcal()
    rows = [
        Row(iso3, one.get(iso3), two.get(iso3), country.people["kcal_before_response"])
        for iso3, country in found.countries.items()
    ]
    known = [r for r in rows if r.difference.value is not None and abs(r.difference.value) >= 1.0]
    return sorted(known, key=lambda r: (-abs(r.difference.value or 0.0), r.iso3))


def comparison_sentence(rows: Sequence[Row], language: str) -> str:
    """Who is worse off under the second run, in one sentence."""
    from clarion.locale import gettext
    from clarion.spillover.service.words import worded

    if not rows:
        return gettext("The two runs do not differ by a kilocalorie a person a day anywhere", language)
    first = rows[0]
    return gettext("The largest difference: %(place)s, %(value)s kcal a person a day", language) % {
        "place": place(first.iso3).name(language), "value": worded(first.difference, "number", language),
    }  # fmt: skip
