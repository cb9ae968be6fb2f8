"""The European Union's consolidated financial sanctions (FSF), version 1.1: what its elements mean.

The CSV spreads the same elements over rows and columns; its reader puts them together again, so that both forms are
understood here. ``strong`` is missing from the CSV.
"""

from __future__ import annotations

from clarion.sources.formats.sanctions.dates import read_date, read_parts
from clarion.sources.formats.sanctions.gather import Gathered
from clarion.sources.formats.sanctions.text import sex_of
from clarion.sources.formats.sanctions.xml import Node

PARTIES = {"person": "person", "p": "person", "enterprise": "organisation", "entity": "organisation",
           "e": "organisation", "ship": "vessel", "vessel": "vessel"}  # fmt: skip
PLACE = ("street", "poBox", "city", "place", "zipCode", "region")
FLAGS = ("knownExpired", "knownFalse", "reportedLost", "revokedByIssuer", "diplomatic")
# How the publisher writes that a name is of low quality, slips of the pen included.
LOW = ("low quality", "lo quality", "ood quality", "low-quality")
STRONG = {"true": "strong", "false": "weak"}


def entity(node: Node, gathered: Gathered) -> str:
    """Keep a ``sanctionEntity``; the mark under which it is kept."""
    line, logical, reference = node.line, node.attribute("logicalId"), node.attribute("euReferenceNumber")
    kinds = [kind.attribute("code") or kind.attribute("classificationCode") for kind in node.nodes("subjectType")]
    for kind in kinds:
        if kind.lower() not in PARTIES:
            gathered.raw.count(f"entries of a kind that is not known: {kind[:40]}", 1)
    entry = gathered.party(
        reference or logical, PARTIES.get(kinds[0].lower() if kinds else "", "unknown"), line,
        listed=gathered.day(node.attribute("designationDate")),
    )  # fmt: skip
    if reference:
        gathered.fact(entry, "reference", logical, line, document="logicalId")
    gathered.fact(entry, "reference", node.attribute("unitedNationId"), line, document="unitedNationId")
    gathered.fact(entry, "remark", node.attribute("designationDetails"), line, document="designationDetails")
    for remark in node.nodes("remark"):
        gathered.fact(entry, "remark", remark.own(), remark.line)
    for regulation in node.nodes("regulation", "regulationSummary"):
        _regulation(regulation, gathered, entry)
    named = [_name(alias, gathered, entry) for alias in node.nodes("nameAlias")]
    if len(set(named) - {""}) == 1:
        gathered.amend(entry, sex=(set(named) - {""}).pop())
    for held in node.nodes("citizenship"):
        country, note = _country(held), _note(held)
        gathered.fact(entry, "citizenship", country, held.line, country=country, note=note)
        _rest(held, gathered, entry)
    for born in node.nodes("birthdate"):
        _born(born, gathered, entry)
    for address in node.nodes("address"):
        parts, note = [*map(address.attribute, PLACE), _country(address)], _note(address)
        value = ", ".join(filter(None, parts))
        when = {"true": "as at the time of listing"}.get(address.attribute("asAtListingTime").lower(), "")
        contact = address.attribute("contactInfo")
        gathered.fact(
            entry, "address", value, address.line, country=parts[-1], note="; ".join(filter(None, (when, note)))
        )
        gathered.fact(entry, "contact", contact, address.line)
        for info in address.nodes("contactInfo"):
            gathered.fact(entry, "contact", info.attribute("value") or info.own(), info.line,
                          document=info.attribute("key"))  # fmt: skip
        _rest(address, gathered, entry)
    for document in node.nodes("identification"):
        _document(document, gathered, entry)
    return entry


def _regulation(node: Node, gathered: Gathered, entry: str) -> None:
    """An act: its programme, number and days. The latest publication is when the entry was last changed."""
    published = gathered.day(node.attribute("publicationDate"))
    force, programme = node.attribute("entryIntoForceDate"), node.attribute("programme")
    url = node.value("publicationUrl") or node.attribute("publicationUrl")
    kinds = [node.attribute("regulationType"), node.attribute("organisationType")]
    node.attribute("logicalId")
    note = "; ".join(filter(None, (
        f"published {published}" if published else "", f"in force {force}" if force else "", url,
    )))  # fmt: skip
    gathered.fact(
        entry, "regulation", node.attribute("numberTitle") or url, node.line, document=" ".join(filter(None, kinds)),
        note=note,
    )  # fmt: skip
    gathered.fact(entry, "programme", programme, node.line)
    gathered.amend(entry, amended=published)
    _rest(node, gathered, entry)


def _name(alias: Node, gathered: Gathered, entry: str) -> str:
    """Keep a name; the sex that it carries. The first is the primary one: the file marks none."""
    sex, note = sex_of(alias.attribute("gender")), _note(alias)
    strong = STRONG.get(alias.attribute("strong").lower(), "unstated")
    quality = "weak" if any(word in note.lower() for word in LOW) else strong
    first = not gathered.named(entry)
    gathered.name(
        entry, alias.attribute("wholeName"), alias.line, kind="primary" if first else "alias", quality=quality,
        family=alias.attribute("lastName"), given=alias.attribute("firstName"), middle=alias.attribute("middleName"),
        language=alias.attribute("nameLanguage"), sex=sex,
    )  # fmt: skip
    gathered.fact(entry, "title", alias.attribute("title"), alias.line)
    gathered.fact(entry, "position", alias.attribute("function"), alias.line)
    gathered.fact(entry, "remark", note, alias.line, document="of a name")
    _rest(alias, gathered, entry)
    return sex


def _born(born: Node, gathered: Gathered, entry: str) -> None:
    circa = born.attribute("circa").lower() == "true"
    calendar, note = born.attribute("calendarType"), _note(born)
    first_day, day, named, month, year, first, last = (
        int(text) if text.isdecimal() and len(text) <= 4 else 0
        for text in map(
            born.attribute, ("dayOfMonth", "day", "monthOfYear", "month", "year", "yearRangeFrom", "yearRangeTo")
        )
    )
    day, month = first_day or day, named or month  # the XML says dayOfMonth and monthOfYear, the CSV Day and Month
    whole = born.attribute("birthdate")
    place = [*map(born.attribute, PLACE), _country(born)]
    note = "; ".join(filter(None, (note, f"{calendar} calendar" if calendar not in ("", "GREGORIAN") else "")))
    if calendar not in ("", "GREGORIAN"):
        printed = whole or f"{day or ''} {month or ''} {year or ''}"
        gathered.fact(entry, "birth_date", printed, born.line, note=note)
        gathered.raw.count("birth dates in another calendar than the Gregorian, kept as printed", 1)
    elif first or last:
        date = read_parts(first or last, 0, 0, gathered.latest, circa=circa, last=last or first)
        gathered.fact(entry, "birth_date", f"{first} to {last}", born.line, date=date, note=note)
    elif whole or year:
        date = read_date(whole, gathered.latest, circa=circa) if whole else \
            read_parts(year, month, day, gathered.latest, circa=circa)  # fmt: skip
        gathered.fact(
            entry, "birth_date", whole or "-".join(f"{part:02d}" for part in (year, month, day) if part), born.line,
            date=date, note=note,
        )  # fmt: skip
    gathered.fact(entry, "birth_place", ", ".join(filter(None, place)), born.line, country=place[-1])
    _rest(born, gathered, entry)


def _document(node: Node, gathered: Gathered, entry: str) -> None:
    code, described = node.attribute("identificationTypeCode"), node.attribute("identificationTypeDescription")
    code, described = code or node.attribute("typeCode"), described or node.attribute("typeDescription")
    number, latin = node.attribute("number"), node.attribute("latinNumber")
    notes = [flag for flag in FLAGS if node.attribute(flag).lower() == "true"]
    notes += [f"{words} {value}" for words, name in (
        ("issued by", "issuedBy"), ("issued", "issueDate"), ("issued", "issuedDate"), ("valid from", "validFrom"),
        ("valid to", "validTo"), ("name on it", "nameOnDocument"),
    ) if (value := node.attribute(name))]  # fmt: skip
    region, note = node.attribute("region"), _note(node)
    kind = "tax_number" if code.lower() == "fiscalcode" else "registration_number" if code.lower() in (
        "regnumber", "tradelic", "swiftbic") else "vessel" if code.lower() == "imo" else "document"  # fmt: skip
    gathered.fact(
        entry, kind, number or latin or note, node.line, country=_country(node), document=described or code,
        note="; ".join(filter(None, (*notes, region, note, f"in Latin: {latin}" if latin and number else ""))),
    )  # fmt: skip
    _rest(node, gathered, entry)


def _country(node: Node) -> str:
    """The country as described; its code where there is no description. 00 stands for one that is not known."""
    code, described = node.attribute("countryIso2Code"), node.attribute("countryDescription")
    return "" if code == "00" else described or code


def _note(node: Node) -> str:
    """Remarks of an element; the CSV has them as an attribute."""
    return "; ".join(filter(None, (node.attribute("remark"), *(remark.own() for remark in node.nodes("remark")))))


def _rest(node: Node, gathered: Gathered, entry: str) -> None:
    """Set aside what names the act of each detail again, and tell of anything else."""
    for name in ("logicalId", "regulationLanguage"):
        node.attribute(name)
    node.nodes("regulationSummary")
    region = node.attribute("region")
    gathered.fact(entry, "remark", region, node.line, document=f"region of {node.tag}")
    gathered.left(entry, node)
