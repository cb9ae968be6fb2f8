"""OFAC's SDN.XML and CONSOLIDATED.XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.sources.base import Raw
from clarion.sources.formats.sanctions.files import Member
from clarion.sources.formats.sanctions.gather import Gathered
from clarion.sources.formats.sanctions.ofac_words import ALIASES, PARTIES, numbered, remark, split_remarks
from clarion.sources.formats.sanctions.xml import Node, read_xml

if TYPE_CHECKING:
    import polars as pl

ROOT = "sdnList"
ADDRESS = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")
VESSEL = {
    "callSign": "Call sign", "vesselType": "Vessel type", "vesselFlag": "Vessel flag", "vesselOwner": "Vessel owner",
    "tonnage": "Tonnage", "grossRegisteredTonnage": "Gross registered tonnage",
}  # fmt: skip


def read_ofac_xml(member: Member, raw: Raw) -> dict[str, pl.DataFrame]:
    """The list's tables.

    Raises
    ------
    SourceError: as ``read_xml``; also when the file holds another number of entries than it says.
    """
    gathered = Gathered(raw)
    said, entries = "", 0
    with member.open() as stream:
        for node in read_xml(stream, member.faults, ROOT):
            if node.tag == ROOT:
                continue
            if node.tag == "publshInformation":
                said = node.value("Record_Count")
                raw.release = gathered.day(node.value("Publish_Date"), american=True) or raw.release
                left = ""
            elif node.tag == "sdnEntry":
                left, entries = _entry(node, gathered), entries + 1
            else:
                left = ""
            gathered.left(left, node)
    if said and said != str(entries):
        raise member.faults(
            f"The file says that it holds {said[:20]} entries, and holds {entries}.",
            next_step="Download it again; something is missing.",
        )
    return gathered.frames()


def _entry(node: Node, gathered: Gathered) -> str:
    kind = node.value("sdnType").lower()
    if kind not in PARTIES:
        gathered.raw.count(f"entries of a kind that is not known: {kind[:40]}", 1)
    line = node.line
    entry = gathered.party(node.value("uid"), PARTIES.get(kind, "unknown"), line)
    _name(node, gathered, entry, kind="primary", quality="strong")
    gathered.fact(entry, "title", node.value("title"), line)
    for programme in node.under("programList", "program"):
        gathered.fact(entry, "programme", programme.own(), programme.line)
    for alias in node.under("akaList", "aka"):
        label, quality = alias.value("type"), alias.value("category").lower()
        alias.value("uid")
        _name(
            alias, gathered, entry, kind=ALIASES.get(label.lower().replace(".", ""), "alias"), label=label,
            quality=quality if quality in ("strong", "weak") else "unstated",
        )  # fmt: skip
        gathered.left(entry, alias)
    for part in split_remarks(node.value("remarks")):
        remark(gathered, entry, part, line)
    for born in _items(node, "dateOfBirthList", "dateOfBirthItem"):
        gathered.born(entry, born.value("dateOfBirth"), born.line)
        gathered.left(entry, born)
    for place in _items(node, "placeOfBirthList", "placeOfBirthItem"):
        gathered.fact(entry, "birth_place", place.value("placeOfBirth"), place.line)
        gathered.left(entry, place)
    for outer, inner, fact in (("nationalityList", "nationality", "nationality"),
                               ("citizenshipList", "citizenship", "citizenship")):  # fmt: skip
        for held in _items(node, outer, inner):
            country = held.value("country")
            gathered.fact(entry, fact, country, held.line, country=country)
            gathered.left(entry, held)
    for number in _items(node, "idList", "id"):
        dates = ", ".join(f"{word} {day}" for word, tag in (("issued", "issueDate"), ("expires", "expirationDate"))
                          if (day := number.value(tag)))  # fmt: skip
        numbered(
            gathered, entry, number.value("idType"), number.value("idNumber"), number.line, number.value("idCountry"),
            dates,
        )  # fmt: skip
        gathered.left(entry, number)
    for address in _items(node, "addressList", "address"):
        parts = [address.value(tag) for tag in ADDRESS]
        gathered.fact(entry, "address", ", ".join(filter(None, parts)), address.line, country=parts[-1])
        gathered.left(entry, address)
    for vessel in node.nodes("vesselInfo"):
        for tag, label in VESSEL.items():
            gathered.fact(entry, "vessel", vessel.value(tag), vessel.line, document=label)
        gathered.left(entry, vessel)
    return entry


def _items(node: Node, outer: str, inner: str) -> list[Node]:
    """Items of a list; their numbers and which of them is the main one order nothing here."""
    found = node.under(outer, inner)
    for item in found:
        item.value("uid")
        item.value("mainEntry")
    return found


def _name(node: Node, gathered: Gathered, entry: str, *, kind: str, quality: str, label: str = "") -> None:
    """Persons have a first name apart; of anything else the last name is the whole."""
    last, first = node.value("lastName"), node.value("firstName")
    gathered.name(
        entry, f"{last}, {first}" if first else last, node.line, kind=kind, quality=quality, label=label,
        family=last if first else "", given=first,
    )  # fmt: skip
