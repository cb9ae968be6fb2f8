"""The World Bank's Pink Sheet: commodity prices by month since 1960."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from clarion.sources.base import Raw, source
from clarion.sources.formats.fault import Faults

if TYPE_CHECKING:
    import polars as pl

# dollars a tonne, for one unit of the sheet; other units (barrels, ounces, mmbtu) have no weight to turn into
PER_TONNE = {"($/mt)": 1.0, "($/kg)": 1000.0}
ABSENT = {None, "", "…", "..", "...", "#VALUE!", "n/a"}
MONTH = re.compile(r"(\d{4})M(0[1-9]|1[0-2])")


@source(
    id="pink-sheet",
    title="Commodity prices by month (the Pink Sheet)",
    publisher="World Bank",
    url="https://www.worldbank.org/en/research/commodity-markets",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    cadence="monthly",
    tables=("prices",),
    rows=(20_000, 60_000),
    file_format="Excel workbook, sheet Monthly Prices: months down, series across",
    download="https://www.worldbank.org/en/research/commodity-markets",
    link="CMO-Historical-Data-Monthly.xlsx",
    file_name="CMO-Historical-Data-Monthly.xlsx",
    notes="Only series priced by weight. Prices are nominal US dollars.",
)
def pink_sheet(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """Every series in dollars by tonne or kilogram, one row a month."""
    import polars as pl

    from clarion.sources.formats.workbook import open_workbook, rows_of, sheet

    with open_workbook(raw.path) as book:
        faults = Faults(raw.path, "Monthly Prices")
        rows = rows_of(sheet(book, "Monthly Prices", faults), faults)
    first = next((at for at, row in enumerate(rows) if row and MONTH.fullmatch(str(row[0]).strip())), None)
    if first is None or first < 2:
        raise faults("No month such as 1960M01 stands in the first column.", column="A")
    units_at = next(
        (at for at in range(first - 1, 0, -1) if any(str(cell).strip().startswith("($") for cell in rows[at])), None
    )
    if units_at is None:
        raise faults("No row of units such as ($/mt) stands above the first month.", line=first)
    series = _series(rows[units_at - 1], rows[units_at], units_at, raw, faults)
    found = [price for at in range(first, len(rows)) for price in _month(rows[at], at + 1, series, raw, faults)]
    frame = pl.DataFrame(
        found,
        schema={"series": pl.String, "month": pl.String, "usd_per_tonne": pl.Float64, "source_row": pl.Int64},
        orient="row",
    )
    faults.twins(frame, ("series", "month"))
    return {"prices": frame}


def _series(
    names: tuple[Any, ...], units: tuple[Any, ...], line: int, raw: Raw, faults: Faults
) -> dict[int, tuple[str, float]]:
    """Column number to the series' name, cleaned of blanks and footnote marks, and its factor."""
    out: dict[int, tuple[str, float]] = {}
    for at in range(1, max(len(names), len(units))):
        name = str(names[at] or "").strip(" *\n") if at < len(names) else ""
        unit = str(units[at] or "").replace(" ", "") if at < len(units) else ""
        if not name and not unit:
            continue
        if not name or not unit:
            raise faults(f"Column {at + 1} has a name or a unit but not both.", line=line, column=str(at + 1))
        if unit in PER_TONNE:
            if any(name == taken for taken, _ in out.values()):
                raise faults(f"The series {name!r} appears twice.", line=line, column=name)
            out[at] = (name, PER_TONNE[unit])
        else:
            raw.count(f"series not priced by weight {unit}", 1)
    if not out:
        raise faults("No series is priced by weight ($/mt or $/kg).", line=line + 1)
    return out


def _month(
    row: tuple[Any, ...], line: int, series: dict[int, tuple[str, float]], raw: Raw, faults: Faults
) -> list[tuple[str, str, float, int]]:
    label = str(row[0] or "").strip() if row else ""
    if not label:
        if any(row[at] not in ABSENT for at in series if at < len(row)):
            raise faults("A row of prices has no month.", line=line, column="A")
        return []
    month = MONTH.fullmatch(label)
    if month is None:
        raise faults(f"{label!r} is not a month such as 1960M01.", line=line, column="A", value=label)
    out = []
    for at, (name, factor) in series.items():
        value: Any = row[at] if at < len(row) else None
        value = value.strip() if isinstance(value, str) else value
        if value in ABSENT:
            raw.count("no price given", 1)
            continue
        try:
            price = float(value)
        except (TypeError, ValueError):
            price = float("nan")
        if not 0 <= price < float("inf") or isinstance(value, bool):
            raise faults(f"{value!r} is not a price.", line=line, column=name, value=str(value))
        out.append((name, f"{month[1]}-{month[2]}", price * factor, line))
    return out
