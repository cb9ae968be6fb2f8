"""Designations transcribed from the Official Journal of the European Union: one CSV for each act.

Each row is one whom an annex of the act names, with the measure of that annex: an asset freeze under 269/2014, the
restrictions of 833/2014 that the financial sanctions file does not hold.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from clarion.sources.base import Raw
from clarion.sources.formats.sanctions.dates import split_dates
from clarion.sources.formats.sanctions.eu_cells import birth, names, values
from clarion.sources.formats.sanctions.files import Member, Row, table_rows
from clarion.sources.formats.sanctions.gather import Gathered
from clarion.sources.formats.sanctions.text import sex_of

if TYPE_CHECKING:
    import polars as pl

CELEX = re.compile(r"3\d{4}[A-Z]\d{4}")
PARTIES = {
    "Person": "person", "LegalEntity": "organisation", "Organization": "organisation", "Company": "organisation",
    "Vessel": "vessel", "Asset": "unknown",
}  # fmt: skip
NAMES = (("name", "primary", "strong"), ("alias", "alias", "strong"), ("weakAlias", "alias", "weak"),
         ("previousName", "former", "unstated"))  # fmt: skip
FORMER, MAIDEN = ("f.k.a", "fka", "formerly", "previously"), ("née", "nee", "born", "maiden")
SCRIPTS = ("script", "original script", "in arabic", "in cyrillic")
# Column, kind of fact, and what the number or contact is.
FACTS = (
    ("birthPlace", "birth_place", ""), ("position", "position", ""), ("passportNumber", "document", "Passport"),
    ("idNumber", "document", "Identity number"), ("appearance", "appearance", ""), ("ethnicity", "appearance", ""),
    ("fatherName", "family", "Father's name"), ("motherName", "family", "Mother's name"),
    ("incorporationDate", "founded", ""), ("legalForm", "legal_form", ""), ("sector", "sector", ""),
    ("registrationNumber", "registration_number", ""), ("ogrnCode", "registration_number", "OGRN"),
    ("kppCode", "registration_number", "KPP"), ("okpoCode", "registration_number", "OKPO"),
    ("leiCode", "registration_number", "LEI"), ("taxNumber", "tax_number", ""), ("innCode", "tax_number", "INN"),
    ("swiftBic", "account", "SWIFT/BIC"), ("ticker", "account", "Ticker"), ("imoNumber", "vessel", "IMO"),
    ("mmsi", "vessel", "MMSI"), ("flag", "vessel", "Flag"), ("address", "address", ""), ("phone", "contact", "Phone"),
    ("email", "contact", "Email"), ("website", "contact", "Website"), ("notes", "remark", ""),
)  # fmt: skip
COUNTRIES = (("nationality", "nationality"), ("jurisdiction", "jurisdiction"), ("country", "address"))
NEEDED = ("recordId", "programKey", "annex", "measure", "startDate", "reason", "schema", "name", "alias", "birthDate")


def read_eu_journal(member: Member, raw: Raw) -> dict[str, pl.DataFrame]:
    """The tables of one act; an act that lists nobody gives none, and is whole all the same.

    Raises
    ------
    SourceError: the header or a row is not in the form, or a row belongs to another act than the file's name says.
    """
    gathered = Gathered(raw)
    act = member.name.rpartition("/")[2].rpartition(".")[0].upper()
    for row in table_rows(member.csv(), member.faults, NEEDED):
        own, amended = row.take("celex") or row.take("amendmentCelex"), row.take("amendedCelex")
        if own != act or not CELEX.fullmatch(own):
            raise member.faults(
                f"The row belongs to the act {own[:30]!r}, and the file is named after {act[:30]!r}.", line=row.line,
                next_step="Give each act a file of its own, named by its CELEX number, such as 32014R0269.csv.",
            )  # fmt: skip
        _entry(row, gathered, own, amended)
    return gathered.frames()


def _entry(row: Row, gathered: Gathered, act: str, amended: str) -> None:
    line, schema = row.line, row.take("schema")
    name, annex, number = row.take("name"), row.take("annex"), row.take("recordId")
    # An act that prints no number is told by the name, so that the mark outlives a change of order.
    mark = f"{annex or 'annex'}/{number or hashlib.sha256(name.encode()).hexdigest()[:10]}"
    if schema not in PARTIES:
        gathered.raw.count(f"entries of a kind that is not known: {schema[:40]}", 1)
    births = [(cell, *birth(cell)) for cell in values(row.take("birthDate"))]
    behind = [found for *_, labelled in births for found in labelled]
    sexes = {sex_of(value) for value in (*values(row.take("gender")), *(text for text, _ in behind))} - {""}
    sex = sexes.pop() if len(sexes) == 1 else ""
    entry = gathered.party(
        mark, PARTIES.get(schema, "unknown"), line, sex=sex, listed=gathered.day(row.take("startDate"))
    )
    gathered.fact(entry, "regulation", act, line, document="CELEX", note=f"annex {annex}" if annex else "")
    gathered.fact(entry, "regulation", amended, line, document="CELEX of the act that it amends")
    gathered.fact(entry, "programme", row.take("programKey"), line)
    gathered.fact(entry, "measure", row.take("measure"), line, note=f"annex {annex}" if annex else "")
    gathered.fact(entry, "reason", row.take("reason"), line)
    for column, kind, quality in NAMES:
        cells = [name] if column == "name" else values(row.take(column))
        for at, (text, printed) in (found for cell in cells for found in enumerate(names(cell))):
            label = "" if (beside := printed == SCRIPTS[0]) else printed
            gathered.name(
                entry, text, line, kind="spelling" if beside else _kind(label, kind), label=label,
                quality=quality if at == 0 or not label else "unstated",
            )  # fmt: skip
    for cell, printed, _ in births:
        for date in split_dates(printed):
            gathered.born(entry, date, line, note=cell if date != cell else "")
    for text, label in behind:
        if label == "POB":
            gathered.fact(entry, "birth_place", text, line)
        elif label == "Nationality":
            gathered.fact(entry, "nationality", text, line, country=text)
    for column, kind, document in FACTS:
        for value in values(row.take(column)):
            gathered.fact(entry, kind, value, line, document=document)
    for column, kind in COUNTRIES:
        for value in values(row.take(column)):
            gathered.fact(entry, kind, value, line, country=value)
    for column, value in row.left():
        gathered.unread(entry, column, value, line)


def _kind(label: str, kind: str) -> str:
    """What a printed label makes of a name that stands in a column for ``kind``."""
    low = label.lower()
    if not low:
        return kind
    if low.startswith(FORMER):
        return "former"
    if low.startswith(MAIDEN):
        return "maiden"
    return "spelling" if low.startswith(SCRIPTS) else "alias"
