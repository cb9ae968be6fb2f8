"""Two runs by month side by side: each country's mean loss in both, and the paired difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clarion.spillover.service.comparison import Row
from clarion.vocab import place

if TYPE_CHECKING:
    from clarion.spillover.engine.monthly import MonthlyComparison
    from clarion.spillover.service.monthly.results import MonthlyResult


def compared(first: MonthlyResult, second: MonthlyResult, found: MonthlyComparison) -> list[Row]:
    """Countries by the size of the difference, the largest first; those that do not differ by 1 kcal are left out."""
    one, two = first.kcal(), second.kcal()
    rows = [
        Row(iso3, one.get(iso3), two.get(iso3), figures["kcal_lost_mean"])
        for iso3, figures in found.countries.items()
    ]  # fmt: skip
    known = [r for r in rows if r.difference.value is not None and abs(r.difference.value) >= 1.0]
    return sorted(known, key=lambda r: (-abs(r.difference.value or 0.0), r.iso3))


def comparison_sentence(rows: Sequence[Row], found: MonthlyComparison, language: str) -> str:
    """How many person-years lie between the two, and where the difference is largest."""
    from clarion.locale import gettext
    from clarion.pictures.words import number, rounded
    from clarion.spillover.service.words import worded

    if not rows:
        return gettext("The two runs do not differ by a kilocalorie a person a day anywhere", language)
    years = (found.person_days.value or 0.0) / 365.0
    form = (
        gettext("The second costs %(people)s more person-years under the requirement; the largest difference:"
                " %(place)s, %(value)s kcal a person a day", language)
        if years >= 0
        else gettext("The second saves %(people)s person-years under the requirement; the largest difference:"
                     " %(place)s, %(value)s kcal a person a day", language)
    )  # fmt: skip
    first = rows[0]
    return form % {
        "people": number(rounded(abs(years), 2), language), "place": place(first.iso3).name(language),
        "value": worded(first.difference, "number", language),
    }  # fmt: skip
