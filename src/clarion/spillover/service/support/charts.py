"""Pictures of a plan: what each budget avoids, and where."""

from __future__ import annotations

from clarion.locale import gettext
from clarion.pictures.charts import Frame, Mark, Point, curve_with_bands, interval_bars
from clarion.pictures.words import number
from clarion.spillover.service.bars import bar
from clarion.spillover.service.support.results import MILLION, PlanResult

MOST_BARS = 12


def budget_curve(result: PlanResult, language: str, *, standalone: bool = False) -> str:
    """What the best plan of each budget avoids on average, with its sampling error and a mark at the plan's budget."""
    points = [
        Point(p.budget / MILLION, p.avoided.value, *((p.avoided.interval.low, p.avoided.interval.high)
              if p.avoided.interval else (None, None)))
        for p in result.curve
    ]  # fmt: skip
    title = gettext("What each budget avoids", language)
    said = gettext("Line: mean of the draws; band: its 90 % interval. The table has every point.", language)
    here = Mark(
        result.budget / MILLION,
        gettext("%(budget)s million USD", language) % {"budget": number(result.budget / MILLION, language, 1)},
    )
    return curve_with_bands(
        points, Frame(title, said, language, "budget-curve", standalone),
        axis=gettext("person-years avoided", language), below=gettext("budget, million USD", language), form="~s",
        marks=(here,),
    )  # fmt: skip


def avoided_bars(result: PlanResult, language: str, *, standalone: bool = False) -> str:
    """Person-years avoided in the countries that get most money."""
    bars = [bar(c.iso3, c.avoided, "number", language) for c in result.helped[:MOST_BARS]]
    title = gettext("Person-years avoided, by country", language)
    said = gettext("The countries that get most money; the table has them all.", language)
    return interval_bars(bars, Frame(title, said, language, "avoided", standalone), form="~s")
