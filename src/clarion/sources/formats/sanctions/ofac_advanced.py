"""OFAC's SDN_ADVANCED.XML and CONS_ADVANCED.XML: the form with scripts, parts of names, periods and relations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.sources.base import Raw
from clarion.sources.formats.sanctions.dates import Dated, read_parts
from clarion.sources.formats.sanctions.files import Member
from clarion.sources.formats.sanctions.gather import Gathered
from clarion.sources.formats.sanctions.ofac_sets import SETS, Sets, numbers
from clarion.sources.formats.sanctions.ofac_words import ALIASES, PARTIES, kind_of, numbered
from clarion.sources.formats.sanctions.text import sex_of
from clarion.sources.formats.sanctions.xml import Node, read_xml

if TYPE_CHECKING:
    import polars as pl

ROOT = "Sanctions"
CONTAINERS = (
    "ReferenceValueSets", "Locations", "IDRegDocuments", "DistinctParties", "ProfileRelationships", "SanctionsEntries",
    *SETS,
)  # fmt: skip
NAME_PARTS = {"last name": "family", "first name": "given", "middle name": "middle", "patronymic": "father"}
WHOLE_PARTS = ("entity name", "vessel name", "aircraft name", "nickname")
FEATURES = {"birthdate": "birth_date", "place of birth": "birth_place", "nationality country": "nationality",
            "nationality": "nationality", "citizenship country": "citizenship", "citizenship": "citizenship",
            "location": "address", "title": "title"}  # fmt: skip
NOT_FOUND = "relations and entries of parties that the file does not have"


def read_ofac_advanced(member: Member, raw: Raw) -> dict[str, pl.DataFrame]:
    """The list's tables.

    Raises
    ------
    SourceError: as ``read_xml``.
    """
    gathered, sets = Gathered(raw), Sets()
    profiles: dict[str, str] = {}
    with member.open() as stream:
        for node in read_xml(stream, member.faults, ROOT, CONTAINERS):
            entry = ""
            if node.tag == ROOT:
                node.attribute("Version")
            elif node.tag == "DateOfIssue":
                raw.release = gathered.day("-".join(numbers(node))) or raw.release
                node.attribute("CalendarTypeID")
            elif node.tag == "Location":
                sets.place(node)
            elif node.tag == "IDRegDocument":
                sets.document(node)
            elif node.tag == "DistinctParty":
                entry = _party(node, gathered, sets, profiles)
            elif node.tag == "ProfileRelationship":
                _relation(node, gathered, sets, profiles)
            elif node.tag == "SanctionsEntry":
                entry = _listing(node, gathered, sets, profiles)
            else:
                sets.value(node)
            if entry:
                gathered.left(entry, node)
    return gathered.frames()


def _party(node: Node, gathered: Gathered, sets: Sets, profiles: dict[str, str]) -> str:
    entry = ""
    reference, remarks = node.attribute("FixedRef"), [found.own() for found in node.nodes("Comment")]
    for profile in node.nodes("Profile"):
        kind = sets.party_type(profile.attribute("PartySubTypeID"))
        number = profile.attribute("ID")
        if not entry:
            if kind not in PARTIES:
                gathered.raw.count(f"entries of a kind that is not known: {kind[:40]}", 1)
            entry = gathered.party(reference or number, PARTIES.get(kind, "unknown"), profile.line)
        profiles[number] = entry
        for identity in profile.nodes("Identity"):
            _identity(identity, gathered, entry, sets)
        for feature in profile.nodes("Feature"):
            _feature(feature, gathered, entry, sets)
        gathered.left(entry, profile)
    for remark in remarks:
        gathered.fact(entry, "remark", remark, node.line)
    return entry


def _identity(identity: Node, gathered: Gathered, entry: str, sets: Sets) -> None:
    number, main = identity.attribute("ID"), identity.attribute("Primary").lower() != "false"
    false = identity.attribute("False").lower() == "true"
    identity.attribute("FixedRef")
    groups = {
        group.attribute("ID"): sets.name("NamePartType", group.attribute("NamePartTypeID")).lower()
        for group in identity.under("NamePartGroups", "MasterNamePartGroup", "NamePartGroup")
    }
    identity.nodes("NamePartGroups")
    for alias in identity.nodes("Alias"):
        label = sets.name("AliasType", alias.attribute("AliasTypeID"))
        low, primary = alias.attribute("LowQuality").lower(), alias.attribute("Primary").lower() == "true"
        alias.attribute("FixedRef")
        kind = "primary" if primary and main else ALIASES.get(label.lower().replace(".", ""), "alias")
        for at, name in enumerate(alias.nodes("DocumentedName")):
            _name(
                name, gathered, entry, groups, sets, kind="alias" if kind == "primary" and not main else kind,
                spelling=at > 0, quality="weak" if low == "true" else "strong" if low == "false" else "unstated",
                label=label + (" (false identity)" if false else ""),
            )  # fmt: skip
        gathered.left(entry, alias)
    for kind, value, country, note, line in sets.documents.pop(number, ()):
        numbered(gathered, entry, kind, value or note, line, country, note)
    gathered.left(entry, identity)


def _name(
    name: Node, gathered: Gathered, entry: str, groups: dict[str, str], sets: Sets, *, kind: str, spelling: bool,
    quality: str, label: str,
) -> None:  # fmt: skip
    """A name of parts, family name first as OFAC writes persons; others of the same alias are its spellings."""
    texts: dict[str, str] = {}
    scripts = []
    for part in name.under("DocumentedNamePart", "NamePartValue"):
        group = groups.get(part.attribute("NamePartGroupID"), "")
        scripts.append(sets.name("Script", part.attribute("ScriptID")))
        for tag in ("ScriptStatusID", "Acronym"):
            part.attribute(tag)
        text = part.own()
        texts[group] = f"{texts[group]} {text}" if group in texts else text
    for tag in ("ID", "FixedRef", "DocNameStatusID"):
        name.attribute(tag)
    name.nodes("DocumentedNamePart")
    columns = {NAME_PARTS[part]: text for part, text in texts.items() if part in NAME_PARTS}
    rest = {part or "untagged": text for part, text in texts.items() if part not in (*NAME_PARTS, *WHOLE_PARTS, "")}
    whole = " ".join(texts.values())
    if columns.get("family") and len(columns) > 1:
        given = " ".join(columns[part] for part in ("given", "middle", "father") if part in columns)
        whole = " ".join(filter(None, (f"{columns['family']}, {given}", *rest.values())))
    script = " ".join(dict.fromkeys(scripts))
    gathered.name(
        entry, whole, name.line, kind="spelling" if spelling else kind, quality=quality, parts=rest, **columns,
        label=label if script in ("", "Latin") else f"{label}, {script}",
    )  # fmt: skip
    gathered.left(entry, name)


def _feature(feature: Node, gathered: Gathered, entry: str, sets: Sets) -> None:
    label = sets.name("FeatureType", feature.attribute("FeatureTypeID"))
    feature.attribute("ID")
    feature.nodes("IdentityReference")
    fact = FEATURES.get(label.lower().strip())
    for version in feature.nodes("FeatureVersion"):
        for tag in ("ID", "ReliabilityID"):
            version.attribute(tag)
        version.nodes("IdentityReference")
        note = version.value("Comment")
        for period in version.nodes("DatePeriod"):
            printed, date = _period(period, gathered.latest)
            kind = fact or kind_of(label)
            gathered.fact(entry, kind, printed, version.line, date=date, note=note, document="" if fact else label)
            gathered.left(entry, period)
        for place in version.nodes("VersionLocation"):
            text, country = sets.places.get(place.attribute("LocationID"), ("", ""))
            gathered.fact(entry, fact or kind_of(label), text, version.line, country=country, note=note,
                          document="" if fact else label)  # fmt: skip
        for detail in version.nodes("VersionDetail"):
            detail.attribute("DetailTypeID")
            value = detail.own() or sets.name("DetailReference", detail.attribute("DetailReferenceID"))
            detail.attribute("DetailReferenceID")
            if label.lower() == "gender":
                gathered.amend(entry, sex=sex_of(value))
            elif fact:
                gathered.fact(entry, fact, value, version.line, note=note)
            elif value:
                numbered(gathered, entry, label, value, version.line, note=note)
        gathered.left(entry, version)
    gathered.left(entry, feature)


def _period(period: Node, latest: int) -> tuple[str, Dated]:
    """A period's first and last day. OFAC gives a day as a period of one day, a year as its first and last."""
    period.attribute("CalendarTypeID")
    edges: list[list[int]] = []
    circa = False
    for outer in ("Start", "End"):
        for bound in period.nodes(outer):
            circa = circa or bound.attribute("Approximate").lower() == "true"
            for tag in ("From", "To"):
                edges += [
                    [int(text) if text.isdecimal() and len(text) <= 4 else 0 for text in numbers(found)]
                    for found in bound.nodes(tag)
                ]
            for tag in ("YearFixed", "MonthFixed", "DayFixed"):
                bound.attribute(tag)
    for tag in ("YearFixed", "MonthFixed", "DayFixed"):
        period.attribute(tag)
    if not edges:
        return "", Dated(circa=circa)
    first, last = min(edges), max(edges)
    printed = " to ".join(dict.fromkeys("-".join(f"{part:02d}" for part in edge if part) for edge in (first, last)))
    start = read_parts(first[0], first[1], first[2], latest, circa=circa)
    end = read_parts(last[0], last[1], last[2], latest, circa=circa)
    if first == last or not (start.start and end.end):
        return printed, start if not start.start or first == last else end
    if first[1:] == [1, 1] and last[1:] == [12, 31]:
        return printed, read_parts(first[0], 0, 0, latest, circa=circa, last=last[0])
    whole_month = first[:2] == last[:2] and first[2] == 1 and end.end == read_parts(last[0], last[1], 0, latest).end
    return printed, Dated(start.start, end.end, "month" if whole_month else "range", circa)


def _relation(node: Node, gathered: Gathered, sets: Sets, profiles: dict[str, str]) -> None:
    from_, to = (profiles.get(node.attribute(name), "") for name in ("From-ProfileID", "To-ProfileID"))
    if not from_:
        gathered.raw.count(NOT_FOUND, 1)
        return
    what = sets.name("RelationType", node.attribute("RelationTypeID"))
    former = "former" if node.attribute("Former").lower() == "true" else ""
    note = "; ".join(filter(None, (former, node.value("Comment"))))
    gathered.fact(from_, "linked_to", to or "an entry that is not in the file", node.line, document=what, note=note)


def _listing(node: Node, gathered: Gathered, sets: Sets, profiles: dict[str, str]) -> str:
    entry = profiles.get(node.attribute("ProfileID"), "")
    if not entry:
        gathered.raw.count(NOT_FOUND, 1)
        return ""
    node.attribute("ID")
    gathered.fact(entry, "reference", sets.name("List", node.attribute("ListID")), node.line, document="List")
    for event in node.nodes("EntryEvent"):
        event.attribute("ID")
        what = sets.name("EntryEventType", event.attribute("EntryEventTypeID"))
        basis = sets.name("LegalBasis", event.attribute("LegalBasisID"))
        day = ""
        for date in event.nodes("Date"):
            day = gathered.day("-".join(text.zfill(2) for text in numbers(date)))
            date.attribute("CalendarTypeID")
        gathered.amend(entry, listed=day, amended=day)
        gathered.fact(entry, "regulation", basis, event.line, document=what, note=event.value("Comment"))
        gathered.fact(entry, "modification", " ".join(filter(None, (what, day))), event.line, document=what)
        gathered.left(entry, event)
    for measure in node.nodes("SanctionsMeasure"):
        measure.attribute("ID")
        kind = sets.name("SanctionsType", measure.attribute("SanctionsTypeID"))
        said = measure.value("Comment")
        if kind.lower() == "program":
            gathered.fact(entry, "programme", said, measure.line)
        else:
            gathered.fact(entry, "measure", kind, measure.line, note=said)
        for period in measure.nodes("DatePeriod"):
            period.nodes("Start", "End")
            period.attributes.clear()
        gathered.left(entry, measure)
    for supplement in node.nodes("SupportingInfo", "LimitationsToListing"):
        gathered.fact(entry, "remark", supplement.own() or supplement.value("Comment"), supplement.line)
    return entry
