"""KNOMAD and World Bank: estimated remittances between pairs of countries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from clarion.sources.base import Raw, source
from clarion.sources.formats.fault import Faults

if TYPE_CHECKING:
    import polars as pl

TITLE = re.compile(r"Bilateral Remittance Estimates for (\d{4}) .*millions of US\$", re.DOTALL)
TOTAL = "WORLD"
ABSENT = {None, "", "-", "..", "n/a"}


@source(
    id="knomad-remittances",
    title="Bilateral remittance matrix",
    publisher="KNOMAD, World Bank",
    url="https://www.knomad.org/data/remittances",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    cadence="irregular, last for 2021",
    tables=("remittances",),
    rows=(5_000, 50_000),
    file_format="Excel workbook: senders down, receivers across, USD million",
    file_name="bilateral_remittance_matrix_2021_0.xlsx",
    notes="Modelled from migrant stocks and incomes, not measured. The publisher's old address was retired in 2025.",
)
def knomad_remittances(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """Pairs with a remittance above zero, in dollars a year; the year stands in the title."""
    import polars as pl

    from clarion.sources.formats.workbook import open_workbook

    with open_workbook(raw.path) as book:
        year, rows, faults = _find(book, raw)
    receivers = _receivers(rows[1], faults)
    total_column = next((at for at, cell in enumerate(rows[1]) if _text(cell) == TOTAL), None)
    found: list[tuple[str, str, str, float, int]] = []
    senders: set[str] = set()
    for line, row in enumerate(rows[2:], start=3):
        name = _text(row[0]) if row else ""
        if name == TOTAL:
            break
        sender, reason = _area(name, line, faults)
        if reason:
            raw.count(reason, 1)
            continue
        if sender in senders:
            raise faults(f"{name!r} is listed twice as a sender.", line=line)
        senders.add(sender)
        amounts = _amounts(row, line, receivers, faults)
        _agrees(amounts, row, total_column, line, faults)
        for at, amount in amounts.items():
            receiver, reason = receivers[at]
            if reason:
                raw.count(reason, int(amount > 0))
            elif sender == receiver:
                raw.count("a country to itself", int(amount > 0))
            elif amount > 0:
                found.append((sender, receiver, year, amount * 1e6, line))
            else:
                raw.count("pairs without remittances", 1)
    else:
        raise faults(f"No row {TOTAL} ends the table: the file may have been cut short.", line=len(rows))
    schema = {
        "sender_iso3": pl.String, "receiver_iso3": pl.String, "period": pl.String, "usd": pl.Float64,
        "source_row": pl.Int64,
    }  # fmt: skip
    return {"remittances": pl.DataFrame(found, schema=schema, orient="row")}


def _text(cell: Any) -> str:
    return " ".join(str(cell).split()) if cell is not None else ""


def _find(book: Any, raw: Raw) -> tuple[str, list[tuple[Any, ...]], Faults]:
    """The year and rows of the sheet whose first cell is the title (its name ends in a blank in some releases)."""
    from clarion.sources.formats.workbook import rows_of

    for sheet in book.worksheets:
        rows = rows_of(sheet, Faults(raw.path, sheet.title))
        title = TITLE.search(_text(rows[0][0])) if rows and rows[0] else None
        if title and len(rows) > 2:
            return title[1], rows, Faults(raw.path, sheet.title)
    names = ", ".join(map(repr, book.sheetnames))
    raise Faults(raw.path)(
        f"No sheet begins with 'Bilateral Remittance Estimates for ... (millions of US$)'. The sheets are: {names}."
    )


def _area(name: str, line: int, faults: Faults) -> tuple[str, str]:
    from clarion.sources.formats.world_bank import named_area

    iso3, reason = named_area(name)
    if not iso3 and not reason:
        raise faults(
            f"The country {name!r} is not known.",
            line=line,
            next_step="Add the name to sources/formats/world_bank.py, or correct the file.",
            value=name,
        )
    return iso3, reason


def _receivers(header: tuple[Any, ...], faults: Faults) -> dict[int, tuple[str, str]]:
    """Column number to receiver. The first cell is a long padded label; the table ends at WORLD."""
    names = [_text(cell) for cell in header]
    if not names or "receiving" not in names[0].lower():
        raise faults("The first header cell does not say that receivers run across.", line=2, value=names[:1])
    if TOTAL not in names:
        raise faults(f"No column {TOTAL} ends the table: the file may have been cut short.", line=2)
    out = {at: _area(names[at], 2, faults) for at in range(1, names.index(TOTAL))}
    codes = [iso3 for iso3, _ in out.values() if iso3]
    twice = next((c for c in codes if codes.count(c) > 1), None)
    if twice:
        raise faults(f"{twice} is listed twice as a receiver.", line=2, value=twice)
    return out


def _amounts(row: tuple[Any, ...], line: int, receivers: Mapping[int, Any], faults: Faults) -> dict[int, float]:
    out = {}
    for at in receivers:
        cell = row[at] if at < len(row) else None
        if isinstance(cell, str):
            cell = cell.strip()
        if cell in ABSENT:
            out[at] = 0.0
            continue
        if isinstance(cell, bool) or not isinstance(cell, (int, float)) or not 0 <= cell < float("inf"):
            raise faults(f"{cell!r} is not an amount.", line=line, column=str(at + 1), value=str(cell))
        out[at] = float(cell)
    return out


def _agrees(
    amounts: Mapping[int, float], row: tuple[Any, ...], total_column: int | None, line: int, faults: Faults
) -> None:
    """The sender's own total is the check that no column was lost or shifted."""
    stated = row[total_column] if total_column is not None and total_column < len(row) else None
    total = sum(amounts.values())
    if isinstance(stated, (int, float)) and abs(total - stated) > 0.01 * max(total, stated, 1.0):
        raise faults(
            f"The amounts add up to {total:,.2f}, the row's total says {stated:,.2f}.", line=line, value=stated
        )
