"""A run by month as tables to download."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clarion.spillover.service.frames import spread
from clarion.vocab import place

if TYPE_CHECKING:
    import polars as pl

    from clarion.spillover.service.monthly.results import CountryDetail, MonthlyResult, Months


def losses_frame(result: MonthlyResult) -> pl.DataFrame:
    """A row a country and item: totals over all months, each with its interval."""
    import polars as pl

    rows = []
    for c in result.ranked():
        whole = spread({
            "kcal_before_mean": c.kcal_before, "kcal_lost_mean": c.kcal_lost,
            "kcal_lost_worst_month": c.kcal_worst, "kcal_lost_total": c.kcal_total,
            "person_days_before": c.person_days_before, "person_days": c.person_days, "rank": c.rank,
        } | {f"money_from_russia_{name}": e for name, e in c.remittances.items()}
          | {f"import_bill_{name}": e for name, e in c.bill.items()}
          | {f"person_days_of_{name}": e for name, e in c.groups.items()})  # fmt: skip
        for item, figures in c.items.items():
            totals = {name: figures[name] for name in ("supply_lost_total", "use_lost_total")}
            part = spread(totals | ({"next_harvest": c.next_harvest[item]} if item in c.next_harvest else {}))
            chance = figures.get("any_ban")
            rows.append(
                {"iso3": c.iso3, "country": place(c.iso3).name(), "item": item} | part
                | {"chance_of_ban": chance.value if chance else None} | whole | {"statement": result.statement}
            )  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def prices_frame(result: MonthlyResult) -> pl.DataFrame:
    """A row a commodity and month: the change of the world price, 0.1 for a tenth."""
    import polars as pl

    rows = [
        {"item": item} | row for item, path in result.prices.items() for row in _months(result, path)
    ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def country_frame(result: MonthlyResult, detail: CountryDetail) -> pl.DataFrame:
    """A row a figure and month of one country."""
    import polars as pl

    paths: dict[tuple[str, str], Months | None] = {
        ("", name): detail.months(name) for name in ("kcal_before", "kcal_lost", "people")
    }
    paths |= {
        (item, name): detail.item(item, name) for item in detail.items for name in ("supply_lost", "use_lost", "stocks")
    }
    rows = [
        {"iso3": detail.data["iso3"], "item": item, "figure": name} | row
        for (item, name), path in paths.items()
        if path
        for row in _months(result, path)
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def _months(result: MonthlyResult, path: Months) -> list[dict[str, Any]]:
    return [
        {
            "month": step + 1, "calendar_month": result.steps[step], "low": path.low[step], "p10": path.p10[step],
            "p50": path.p50[step], "p90": path.p90[step], "high": path.high[step], "level": path.level,
            "unit": path.unit,
        }
        for step in range(len(path.p50))
    ]  # fmt: skip
