"""The consolidated list of the UK's Office of Financial Sanctions Implementation, closed on 28 January 2026.

CSV or XLSX: a line with the day of the last change, a header, one row for each pairing of what an entry has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from clarion.sources.base import Raw
from clarion.sources.formats.sanctions import uk_words
from clarion.sources.formats.sanctions.files import Member, Row, table_rows
from clarion.sources.formats.sanctions.gather import Gathered
from clarion.sources.formats.sanctions.text import clean, sex_of
from clarion.tables.sniff import kind_of

if TYPE_CHECKING:
    import polars as pl

NAMES = tuple(f"Name {number}" for number in range(1, 7))
ADDRESS = (*(f"Address {number}" for number in range(1, 7)), "Post/Zip Code", "Country")
NEEDED = (*NAMES, "DOB", "Nationality", "Group Type", "Alias Type", "Regime", "Listed On", "Last Updated", "Group ID")
MAX_ROWS, MAX_COLUMNS = 200_000, 60  # the largest list has about 20,000 rows
# Labels within Other Information, which the list writes as (Label):value.
_LABEL = re.compile(r"\(([A-Z][A-Za-z /]{1,40})\):")
LABELS = {
    "UK Sanctions List Ref": ("reference", "UK Sanctions List Ref"), "UN Ref": ("reference", "UN Ref"),
    "UK Statement of Reasons": ("reason", ""), "Phone number": ("contact", "Phone"), "Fax": ("contact", "Fax"),
    "Email address": ("contact", "Email"), "Website": ("contact", "Website"), "Type of entity": ("legal_form", ""),
    "Parent company": ("ownership", "Parent company"), "Subsidiaries": ("ownership", "Subsidiary"),
    "Business Reg No": ("registration_number", ""), "IMO number": ("vessel", "IMO"), "Flag of ship": ("vessel", "Flag"),
    "Previous flags": ("vessel", "Previous flag"), "Type of ship": ("vessel", "Type"),
    "Tonnage of ship": ("vessel", "Tonnage"), "Length of ship": ("vessel", "Length"),
    "Year built": ("vessel", "Year built"), "Current owners": ("vessel", "Current owner or operator"),
    "Previous owners": ("vessel", "Previous owner or operator"),
    "Hull identification number": ("vessel", "Hull identification number"),
}  # fmt: skip


def read_conlist(member: Member, raw: Raw) -> dict[str, pl.DataFrame]:
    """The list's tables.

    Raises
    ------
    SourceError: the header or a row is not in the form, or the file or workbook is damaged.
    """
    gathered = Gathered(raw, combine=True)
    rows = _sheet(member) if kind_of(member.head(8)) == "zip" else member.csv()
    _, first = next(rows, (1, [""]))
    if not first[0].lower().startswith("last updated"):
        raise member.faults(
            "The first line does not give the day of the last change.", line=1,
            next_step="Give ConList.csv or ConList.xlsx as the UK published it.",
        )  # fmt: skip
    raw.release = gathered.day("".join(first[1:2])) or raw.release
    marks: dict[str, str] = {}
    for row in table_rows(rows, member.faults, NEEDED):
        _row(row, gathered, marks)
    return gathered.frames()


def _sheet(member: Member) -> Iterator[tuple[int, list[str]]]:
    from clarion.sources.formats.workbook import open_workbook

    with open_workbook(member.path) as book:
        sheet = book.worksheets[0] if book.worksheets else ()
        if sheet:
            sheet.reset_dimensions()
        width = 0
        for line, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS) if sheet else (), start=1):
            if line > MAX_ROWS:
                raise member.faults(f"The sheet has more than {MAX_ROWS:,} rows.", line=line)
            row = [clean(cell) for cell in cells]
            if line == 2:  # the header: rows are as wide as it
                width = max((at + 1 for at, cell in enumerate(row) if cell), default=0)
            if any(row):
                yield line, row if any(row[width:]) else row[:width]


def _row(row: Row, gathered: Gathered, marks: dict[str, str]) -> None:
    number, line = row.take("Group ID"), row.line
    kind = uk_words.party_kind(gathered, row.take("Group Type"))
    entry = uk_words.entry_of(gathered, marks, number, kind, line)
    gathered.amend(entry, listed=gathered.day(row.take("Listed On")), amended=gathered.day(row.take("Last Updated")))
    sex = _information(row.take("Other Information"), gathered, entry, line)
    gathered.amend(entry, sex=sex)
    uk_words.name(
        gathered, entry, [row.take(column) for column in NAMES], line, kind=row.take("Alias Type"),
        strength=row.take("Alias Quality"), person=kind == "person", sex=sex,
    )  # fmt: skip
    uk_words.native_name(
        gathered, entry, row.take("Name Non-Latin Script"), line, script=row.take("Non-Latin Script Type"),
        language=row.take("Non-Latin Script Language"), sex=sex,
    )  # fmt: skip
    gathered.fact(entry, "title", row.take("Title"), line)
    for date in uk_words.numbered(row.take("DOB")):
        gathered.born(entry, date, line)
    born = [row.take("Town of Birth"), row.take("Country of Birth")]
    gathered.fact(entry, "birth_place", ", ".join(filter(None, born)), line, country=born[1])
    for nationality in uk_words.numbered(row.take("Nationality")):
        gathered.fact(entry, "nationality", nationality, line, country=nationality)
    for stem, document in (("Passport", "Passport"), ("National Identification", "National identification")):
        note = row.take(f"{stem} Details")
        for value in uk_words.numbered(row.take(f"{stem} Number")) or ([note] if note else []):
            gathered.fact(entry, "document", value, line, document=document, note=note)
    for position in uk_words.numbered(row.take("Position")):
        gathered.fact(entry, "position", position, line)
    address = [row.take(column) for column in ADDRESS]
    gathered.fact(entry, "address", ", ".join(filter(None, address)), line, country=address[-1])
    gathered.fact(entry, "programme", row.take("Regime"), line)
    gathered.fact(
        entry, "modification", row.take("UK Sanctions List Date Designated"), line,
        document="UK Sanctions List Date Designated",
    )  # fmt: skip
    for column, value in row.left():
        gathered.unread(entry, column, value, line)


def _information(text: str, gathered: Gathered, entry: str, line: int) -> str:
    """Keep what Other Information labels, and what stands before the first label or under one that is not known as a
    remark; the sex that it gives."""
    before, *labelled = _LABEL.split(text)
    gathered.fact(entry, "remark", before, line)
    sex = ""
    for label, value in zip(labelled[::2], labelled[1::2], strict=True):
        if label == "Gender":
            sex = sex_of(value.split()[0].strip(".,")) if value.split() else ""
            value = " ".join(value.split()[1:])
            gathered.fact(entry, "remark", value, line)
            continue
        kind, document = LABELS.get(label, ("remark", label))
        if kind == "reference":  # free text goes on behind the reference, without a label of its own
            value, _, rest = value.strip().partition(" ")
            gathered.fact(entry, "remark", rest, line)
        gathered.fact(entry, kind, value, line, document=document)
    return sex
