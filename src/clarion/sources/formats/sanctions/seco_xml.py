"""The Swiss list of SECO as XML: programmes and places, then targets with identities and the history of each.

Targets that were taken off the list stay in the file; their last change says so. Places may stand behind the targets
that name them, so that the file is read twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.sources.base import Raw
from clarion.sources.formats.sanctions.dates import read_parts
from clarion.sources.formats.sanctions.files import Member
from clarion.sources.formats.sanctions.gather import Gathered
from clarion.sources.formats.sanctions.seco_names import COLUMNS, WHOLE, combined, parts_of
from clarion.sources.formats.sanctions.text import clean, sex_of
from clarion.sources.formats.sanctions.xml import Node, read_xml

if TYPE_CHECKING:
    import polars as pl

ROOT = "swiss-sanctions-list"
PARTIES = {"individual": "person", "entity": "organisation", "vessel": "vessel", "aircraft": "aircraft"}
NAMES = {"primary-name": "primary", "alias": "alias", "formerly-known-as": "former", "former-name": "former"}
QUALITIES = {"good": "strong", "low": "weak"}
DELISTED = ("de-listed", "delisted")


class Known:
    """Programmes by sanctions set, and places by number."""

    def __init__(self) -> None:
        self.programmes: dict[str, tuple[str, str]] = {}
        self.places: dict[str, tuple[str, str]] = {}


def read_seco(member: Member, raw: Raw) -> dict[str, pl.DataFrame]:
    """The list's tables.

    Raises
    ------
    SourceError: as ``read_xml``.
    """
    gathered, known = Gathered(raw), Known()
    with member.open() as stream:
        for node in read_xml(stream, member.faults, ROOT):
            if node.tag == ROOT:
                raw.release = gathered.day(node.attribute("date")) or raw.release
                node.attribute("list-type")
            elif node.tag == "sanctions-program":
                _programme(node, known)
            elif node.tag == "place":
                _place(node, known)
            if node.tag != "target":
                gathered.left("", node)
    with member.open() as stream:
        for node in read_xml(stream, member.faults, ROOT):
            if node.tag == "target":
                entry = _target(node, gathered, known)
                gathered.left(entry, node)
    return gathered.frames()


def _english(nodes: list[Node]) -> str:
    """The English text of several languages, or the first."""
    texts = [(node.attribute("lang"), node.own()) for node in nodes]
    return next((text for language, text in texts if language == "eng"), texts[0][1] if texts else "")


def _programme(node: Node, known: Known) -> None:
    for name in ("ssid", "version-date", "predecessor-version-date"):
        node.attribute(name)
    key, title = _english(node.nodes("program-key")), _english(node.nodes("program-name"))
    node.nodes("origin")
    sets: dict[str, list[Node]] = {}
    for measure in node.nodes("sanctions-set"):
        sets.setdefault(measure.attribute("ssid"), []).append(measure)
    for number, measures in sets.items():
        known.programmes[number] = f"{key}: {title}" if title else key, _english(measures)


def _place(node: Node, known: Known) -> None:
    number, country = node.attribute("ssid"), ""
    parts = [text for tag in ("location", "area") for found in node.nodes(tag) if (text := _told(found))]
    for found in node.nodes("country"):
        code = found.attribute("iso-code")
        country = found.own() or code
    for variant in ("location-variant", "area-variant"):
        parts += [text for found in node.nodes(variant) if (text := _told(found))]
    known.places[number] = ", ".join(filter(None, (*parts, country))), country


def _told(node: Node) -> str:
    node.attributes.clear()
    return node.own()


def _target(node: Node, gathered: Gathered, known: Known) -> str:
    line = node.line
    changes = [
        (change.attribute("modification-type"), gathered.day(change.attribute("effective-date")), change)
        for change in node.nodes("modification")
    ]
    changes.sort(key=lambda change: change[1])  # by day; the file has the last first
    about = node.nodes("individual", "entity", "object")
    kinds = [one.attribute("object-type") or one.tag for one in about]
    kind = PARTIES.get(kinds[0], "unknown") if kinds else "unknown"
    sexes = {sex_of(one.attribute("sex")) for one in about} - {""}
    gone = bool(changes) and changes[-1][0].lower() in DELISTED
    entry = gathered.party(
        node.attribute("ssid"), kind, line, sex=sexes.pop() if len(sexes) == 1 else "",
        listed=min((day for what, day, _ in changes if what == "listed" and day), default=""),
        amended=max((day for _, day, _ in changes), default=""), status="delisted" if gone else "listed",
    )  # fmt: skip
    for what, day, change in changes:
        days = [f"{name} {value}" for name in ("enactment-date", "publication-date")
                if (value := change.attribute(name))]  # fmt: skip
        gathered.fact(
            entry, "modification", " ".join(filter(None, (what, day))), change.line, document=what, note="; ".join(days)
        )
        for part in change.children:  # what was added or removed, as it stood then
            value = "; ".join(text for _, text, _ in part.left())
            gathered.fact(entry, "modification", value, part.line, document=f"{what}: {part.tag}", note=day)
    sets = [found.own() for found in node.nodes("sanctions-set-id")] + [node.attribute("sanctions-set-id")]
    for number in filter(None, sets):
        programme, measure = known.programmes.get(number, (number, ""))
        gathered.fact(entry, "programme", programme, line, note=measure)
        gathered.fact(entry, "measure", measure, line)
    for found in node.nodes("foreign-identifier"):
        gathered.fact(entry, "reference", found.own(), found.line, document="foreign-identifier")
    for one in about:
        for identity in one.nodes("identity"):
            _identity(identity, gathered, entry, known)
        for tag, fact in (("justification", "reason"), ("other-information", "remark"), ("relation", "linked_to")):
            for found in one.nodes(tag):
                found.attribute("ssid")
                target, what = found.attribute("target-id"), found.attribute("relation-type")
                note = "; ".join(remark.own() for remark in found.nodes("remark"))
                gathered.fact(entry, fact, found.own() or target, found.line, document=what, note=note)
                gathered.left(entry, found)
        for found in one.nodes("generic-attribute"):
            found.attribute("ssid")
            gathered.fact(entry, "remark", found.own(), found.line, document=found.attribute("name"))
        gathered.left(entry, one)
    return entry


def _identity(identity: Node, gathered: Gathered, entry: str, known: Known) -> None:
    identity.attribute("ssid")
    main = identity.attribute("main").lower() != "false"
    note = "" if main else "of another identity"
    for name in identity.nodes("name"):
        _name(name, gathered, entry, main)
    for found in identity.nodes("nationality"):
        countries = [(country.own(), country.attribute("iso-code")) for country in found.nodes("country")]
        found.attribute("ssid")
        for told, code in countries:
            gathered.fact(entry, "nationality", told or code, found.line, country=told or code, note=note)
        gathered.left(entry, found)
    for born in identity.nodes("day-month-year"):
        _born(born, gathered, entry, note)
    for tag, fact in (("place-of-birth", "birth_place"), ("address", "address")):
        for found in identity.nodes(tag):
            found.attribute("ssid")
            value, country = known.places.get(found.attribute("place-id"), ("", ""))
            parts = [found.value(part) for part in ("c-o", "address-details", "p-o-box", "zip-code")]
            remark = found.value("remark")
            said = [found.attribute("quality"), remark, note]
            gathered.fact(
                entry, fact, ", ".join(filter(None, (*parts, value))), found.line, country=country,
                note="; ".join(text for text in said if text and text != "good"),
            )  # fmt: skip
            gathered.left(entry, found)
    for found in identity.nodes("identification-document"):
        _document(found, gathered, entry, note)
    gathered.left(entry, identity)


def _name(name: Node, gathered: Gathered, entry: str, main: bool) -> None:
    printed, quality = name.attribute("name-type"), QUALITIES.get(name.attribute("quality").lower(), "unstated")
    language = name.attribute("lang")
    name.attribute("ssid")
    kind = NAMES.get(printed, "alias")
    kind = "alias" if kind == "primary" and not main else kind
    for texts, other, first in combined(parts_of(name)):
        columns = {COLUMNS[part]: text for part, text in texts.items() if part in COLUMNS}
        maiden = columns.pop("maiden", "")
        rest = {part: text for part, text in texts.items() if part not in COLUMNS and part not in WHOLE}
        rest |= {"maiden-name": maiden} if maiden else {}
        gathered.name(
            entry, " ".join(texts.values()), name.line, kind=kind if first else "spelling", quality=quality,
            label=printed, language=language if first else other, parts=rest, **columns,
        )  # fmt: skip
    gathered.left(entry, name)


def _born(born: Node, gathered: Gathered, entry: str, note: str) -> None:
    born.attribute("ssid")
    printed = [born.attribute(part) for part in ("year", "month", "day")]
    year, month, day = (int(text) if text.isdecimal() and len(text) <= 4 else 0 for text in printed)
    calendar, quality = born.attribute("calendar"), born.attribute("quality").lower()
    circa = quality not in ("", "good")
    value = "-".join(text.zfill(2) for text in printed if text)
    said = "; ".join(filter(None, (f"quality {quality}" if circa else "", note)))
    if calendar not in ("", "Gregorian"):
        gathered.raw.count("birth dates in another calendar than the Gregorian, kept as printed", 1)
        gathered.fact(entry, "birth_date", value, born.line, note=f"{calendar} calendar; {said}".strip("; "))
    elif value:
        date = read_parts(year, month, day, gathered.latest, circa=circa)
        gathered.fact(entry, "birth_date", value, born.line, date=date, note=said)
    gathered.left(entry, born)


def _document(node: Node, gathered: Gathered, entry: str, note: str) -> None:
    node.attribute("ssid")
    kind, number = node.attribute("document-type"), node.value("number")
    issuers = [(found.own(), found.attribute("code")) for found in node.nodes("issuer")]
    said = [f"{tag} {value}" for tag in ("date-of-issue", "expiry-date") if (value := node.value(tag))]
    country = clean(" ".join(told or code for told, code in issuers))
    remark = node.value("remark")
    gathered.fact(
        entry, "document", number or remark, node.line, country=country, document=kind,
        note="; ".join(filter(None, (*said, remark, note))),
    )  # fmt: skip
    gathered.left(entry, node)
