"""Two answers side by side, by month or by a yearly rule: what the pages, the API and the command line show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clarion.spillover.service import comparison as by_year
from clarion.spillover.service.comparison import Row
from clarion.spillover.service.monthly import comparison as by_month
from clarion.spillover.service.monthly.results import MonthlyResult
from clarion.spillover.service.results import Result
from clarion.vocab import Estimate

if TYPE_CHECKING:
    from clarion.spillover.engine.monthly import MonthlyComparison
    from clarion.spillover.engine.simulation import Comparison


@dataclass(frozen=True)
class SideBySide:
    """The titles of two scenarios, each country's figure in both with the paired difference, and the whole comparison.

    ``rows`` are kcal a person a day, the largest difference first: what goes missing before anybody responds under a
    yearly rule, the mean loss over the months by month. ``statements`` say what each answer is and is not, with what
    its draws warn of.
    """

    titles: tuple[str, str]
    statements: tuple[str, str]
    rows: list[Row]
    whole: Comparison | MonthlyComparison

    @property
    def warnings(self) -> list[tuple[str, str]]:
        """Title and statement of each run; one without a title where both say the same."""
        first, second = self.statements
        same = str(first) == str(second)
        return [("", first)] if same else list(zip(self.titles, self.statements, strict=True))

    @property
    def statement(self) -> str:
        """Both statements as one text in English, for tables and programs."""
        return " ".join(f"{title}: {said}" if title else str(said) for title, said in self.warnings)

    @property
    def months(self) -> MonthlyComparison | None:
        """The comparison of two runs by month; None for one of a yearly rule."""
        from clarion.spillover.engine.monthly import MonthlyComparison

        return self.whole if isinstance(self.whole, MonthlyComparison) else None

    def facts(self) -> list[tuple[str, Estimate]]:
        """What else differs by month: ``person_days`` over all countries, and each world price by commodity."""
        found = self.months
        return [("person_days", found.person_days), *found.prices.items()] if found else []

    def sentence(self, language: str) -> str:
        """The comparison in one sentence."""
        if found := self.months:
            return by_month.comparison_sentence(self.rows, found, language)
        return by_year.comparison_sentence(self.rows, language)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""

        def plain(figure: Estimate | None) -> dict[str, Any] | None:
            return figure.to_dict() if figure else None

        rows = [
            {"iso3": r.iso3, "first": plain(r.first), "second": plain(r.second), "difference": plain(r.difference)}
            for r in self.rows
        ]
        return self.whole.to_dict() | {"titles": list(self.titles), "statement": self.statement, "rows": rows}


def side_by_side(
    titles: tuple[str, str], first: Result | MonthlyResult, second: Result | MonthlyResult,
    whole: Comparison | MonthlyComparison,
) -> SideBySide:  # fmt: skip
    """Two answers and their comparison, all three by month or all by a yearly rule."""
    from clarion.spillover.engine.monthly import MonthlyComparison

    if isinstance(whole, MonthlyComparison):
        assert isinstance(first, MonthlyResult)
        assert isinstance(second, MonthlyResult)
        rows = by_month.compared(first, second, whole)
    else:
        assert isinstance(first, Result)
        assert isinstance(second, Result)
        rows = by_year.compared(first, second, whole)
    return SideBySide(titles, (first.statement, second.statement), rows, whole)
