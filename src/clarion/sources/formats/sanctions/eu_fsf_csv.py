"""The European Union's financial sanctions file as CSV 1.1: semicolons, a row for each name, address, date or document.

A column is named by its element and attribute (NameAlias_WholeName). Rows of one entity stand together; they are put
together as the element that the XML has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.sources.base import Raw
from clarion.sources.formats.sanctions.eu_fsf import entity
from clarion.sources.formats.sanctions.files import Member, Row, table_rows
from clarion.sources.formats.sanctions.gather import Gathered
from clarion.sources.formats.sanctions.xml import Node

if TYPE_CHECKING:
    import polars as pl

NEEDED = (
    "fileGenerationDate", "Entity_LogicalId", "Entity_EU_ReferenceNumber", "Entity_SubjectType",
    "Entity_Regulation_Programme", "NameAlias_WholeName", "BirthDate_Year",
)  # fmt: skip
GROUPS = {"NameAlias": "nameAlias", "Address": "address", "BirthDate": "birthdate", "Identification": "identification",
          "Citizenship": "citizenship"}  # fmt: skip
# Attributes whose name in the XML is not the column's with a small first letter.
RENAMED = {
    "EU_ReferenceNumber": "euReferenceNumber", "birthDate": "birthdate", "Type": "regulationType",
}  # fmt: skip


def read_fsf_csv(member: Member, raw: Raw) -> dict[str, pl.DataFrame]:
    """The list's tables.

    Raises
    ------
    SourceError: the header or a row is not in the form, or the file is not UTF-8.
    """
    gathered = Gathered(raw)
    whole: Node | None = None
    for row in table_rows(member.csv(";"), member.faults, NEEDED):
        day, logical = row.take("fileGenerationDate"), row.take("Entity_LogicalId")
        raw.release = raw.release if raw.release[:2] == "20" else gathered.day(day) or raw.release
        if whole is None or whole.attributes["logicalId"] != logical:
            _finish(whole, gathered)
            whole = Node("sanctionEntity", {"logicalId": logical}, row.line)
        _add(whole, row)
    _finish(whole, gathered)
    return gathered.frames()


def _finish(whole: Node | None, gathered: Gathered) -> None:
    if whole is None:
        return
    entry = entity(whole, gathered)
    gathered.left(entry, whole)


def _add(whole: Node, row: Row) -> None:
    parts: dict[str, Node] = {}
    for column, value in list(row.values.items()):
        if not value.strip():
            continue
        group, _, name = column.partition("_")
        if group == "Entity":
            _of_entity(whole, name, value, row.line)
        elif group in GROUPS and not name.startswith("Regulation_"):
            node = parts.setdefault(group, Node(GROUPS[group], {}, row.line))
            node.attributes[_attribute(name)] = value
        elif group not in GROUPS:
            whole.attributes.setdefault(column, value)
    whole.children += [node for node in parts.values() if set(node.attributes) - {"logicalId", "regulationLanguage"}]


def _of_entity(whole: Node, name: str, value: str, line: int) -> None:
    """What every row of an entity repeats is kept once."""
    if name.startswith("Regulation_"):
        found = next((child for child in whole.children if child.tag == "regulation"), None)
        if found is None:
            found = Node("regulation", {}, line)
            whole.children.append(found)
        found.attributes.setdefault(_attribute(name.removeprefix("Regulation_")), value)
    elif name in ("SubjectType", "SubjectType_ClassificationCode"):
        if not any(child.tag == "subjectType" for child in whole.children):
            whole.children.append(Node("subjectType", {"code": value}, line))
    elif name == "Remark":
        if not any(child.tag == "remark" for child in whole.children):
            remark = Node("remark", {}, line)
            remark.text = value
            whole.children.append(remark)
    else:
        whole.attributes.setdefault(_attribute(name), value)


def _attribute(name: str) -> str:
    small = name[:1].lower() + name[1:]
    return RENAMED.get(name, RENAMED.get(small, small))
