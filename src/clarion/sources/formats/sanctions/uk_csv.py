"""The UK Sanctions List as CSV: a line with its date, a header, one row for each pairing of what an entry has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.sources.base import Raw
from clarion.sources.formats.sanctions import uk_words
from clarion.sources.formats.sanctions.files import Member, Row, table_rows
from clarion.sources.formats.sanctions.gather import Gathered
from clarion.sources.formats.sanctions.text import sex_of

if TYPE_CHECKING:
    import polars as pl

NAMES = tuple(f"Name {number}" for number in range(1, 7))
ADDRESS = (*(f"Address Line {number}" for number in range(1, 7)), "Address Postal Code", "Address Country")
# The column, the kind of fact and what it is; the list changed two headings over the years.
RENAMED = {"Individual, Entity, Ship": "Designation Type", "Parent Company": "Parent company"}
FACTS = (
    ("Regime Name", "programme", ""), ("Designation source", "regulation", "Designation source"),
    ("Other Information", "remark", ""), ("UK Statement of Reasons", "reason", ""), ("Title", "title", ""),
    ("Phone number", "contact", "Phone"), ("Website", "contact", "Website"), ("Email address", "contact", "Email"),
    ("Type of entity", "legal_form", ""), ("Subsidiaries", "ownership", "Subsidiary"),
    ("Parent company", "ownership", "Parent company"),
    ("Business registration number (s)", "registration_number", ""), ("IMO number", "vessel", "IMO"),
    ("Current owner/operator (s)", "vessel", "Current owner or operator"),
    ("Previous owner/operator (s)", "vessel", "Previous owner or operator"),
    ("Current believed flag of ship", "vessel", "Flag"), ("Previous flags", "vessel", "Previous flag"),
    ("Type of ship", "vessel", "Type"), ("Tonnage of ship", "vessel", "Tonnage"),
    ("Length of ship", "vessel", "Length"), ("Year Built", "vessel", "Year built"),
    ("Hull identification number (HIN)", "vessel", "Hull identification number"),
    ("OFSI Group ID", "reference", "OFSI Group ID"), ("UN Reference Number", "reference", "UN Reference Number"),
)  # fmt: skip
NEEDED = ("Unique ID", *NAMES, "Name type", "Designation Type", "Regime Name", "Sanctions Imposed", "D.O.B")


def read_uk_csv(member: Member, raw: Raw) -> dict[str, pl.DataFrame]:
    """The list's tables.

    Raises
    ------
    SourceError: the header or a row is not in the form, or the file is not UTF-8.
    """
    gathered = Gathered(raw, combine=True)
    rows = member.csv()
    _, first = next(rows, (1, [""]))
    if not first[0].lower().startswith("report date"):
        raise member.faults(
            "The first line does not give the report's date.", line=1,
            next_step="Download UK-Sanctions-List.csv again, and do not save it from a spreadsheet.",
        )  # fmt: skip
    raw.release = gathered.day(first[0].partition(":")[2] or "".join(first[1:2])) or raw.release
    marks: dict[str, str] = {}
    for row in table_rows(rows, member.faults, NEEDED, renamed=RENAMED):
        _row(row, gathered, marks)
    return gathered.frames()


def _row(row: Row, gathered: Gathered, marks: dict[str, str]) -> None:
    number, line = row.take("Unique ID"), row.line
    kind, sex = uk_words.party_kind(gathered, row.take("Designation Type")), sex_of(row.take("Gender"))
    listed, amended = gathered.day(row.take("Date Designated")), gathered.day(row.take("Last Updated"))
    entry = uk_words.entry_of(gathered, marks, number, kind, line)
    gathered.amend(entry, listed=listed, amended=amended, sex=sex)
    uk_words.name(
        gathered, entry, [row.take(column) for column in NAMES], line, kind=row.take("Name type"),
        strength=row.take("Alias strength"), person=kind == "person", sex=sex,
    )  # fmt: skip
    uk_words.native_name(
        gathered, entry, row.take("Name non-latin script"), line, script=row.take("Non-latin script type"),
        language=row.take("Non-latin script language"), sex=sex,
    )  # fmt: skip
    uk_words.measures(gathered, entry, row.take("Sanctions Imposed"), line)
    for date in uk_words.numbered(row.take("D.O.B")):
        gathered.born(entry, date, line)
    for nationality in uk_words.numbered(row.take("Nationality(/ies)")):
        gathered.fact(entry, "nationality", nationality, line, country=nationality)
    for column, note, document in (
        ("Passport number", "Passport additional information", "Passport"),
        ("National Identifier number", "National Identifier additional information", "National identifier"),
    ):
        said = row.take(note)
        for value in uk_words.numbered(row.take(column)) or ([said] if said else []):
            gathered.fact(entry, "document", value, line, document=document, note=said)
    for position in uk_words.numbered(row.take("Position")):
        gathered.fact(entry, "position", position, line)
    born = [row.take("Town of birth"), row.take("Country of birth")]
    gathered.fact(entry, "birth_place", ", ".join(filter(None, born)), line, country=born[1])
    address = [row.take(column) for column in ADDRESS]
    gathered.fact(entry, "address", ", ".join(filter(None, address)), line, country=address[-1])
    for column, fact, document in FACTS:
        gathered.fact(entry, fact, row.take(column), line, document=document)
    for column, value in row.left():
        gathered.unread(entry, column, value, line)
