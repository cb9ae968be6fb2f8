"""The UK Sanctions List as XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.sources.base import Raw
from clarion.sources.formats.sanctions import uk_words
from clarion.sources.formats.sanctions.files import Member
from clarion.sources.formats.sanctions.gather import Gathered
from clarion.sources.formats.sanctions.text import sex_of
from clarion.sources.formats.sanctions.xml import Node, read_xml

if TYPE_CHECKING:
    import polars as pl

ROOT = "Designations"
NAMES = tuple(f"Name{number}" for number in range(1, 7))
ADDRESS = (*(f"AddressLine{number}" for number in range(1, 7)), "AddressPostalCode", "AddressCountry")
# Elements with one value each.
SINGLE = (
    ("RegimeName", "programme", ""), ("DesignationSource", "regulation", "Designation source"),
    ("OtherInformation", "remark", ""), ("UKStatementofReasons", "reason", ""),
    ("OFSIGroupID", "reference", "OFSI Group ID"), ("UNReferenceNumber", "reference", "UN Reference Number"),
)  # fmt: skip
# Lists of values under the designation, a person, a body or a ship: path, kind of fact, what it is.
LISTS = (
    (("Titles", "Title"), "title", ""), (("PhoneNumbers", "PhoneNumber"), "contact", "Phone"),
    (("EmailAddresses", "EmailAddress"), "contact", "Email"), (("Websites", "Website"), "contact", "Website"),
    (("Positions", "Position"), "position", ""), (("TypeOfEntities", "TypeOfEntity"), "legal_form", ""),
    (("BusinessRegistrationNumbers", "BusinessRegistrationNumber"), "registration_number", ""),
    (("ParentCompanies", "ParentCompany"), "ownership", "Parent company"),
    (("Subsidiaries", "Subsidiary"), "ownership", "Subsidiary"), (("IMONumbers", "IMONumber"), "vessel", "IMO"),
    (("CurrentOwnerOperators", "CurrentOwnerOperator"), "vessel", "Current owner or operator"),
    (("PreviousOwnerOperators", "PreviousOwnerOperator"), "vessel", "Previous owner or operator"),
    (("CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip"), "vessel", "Flag"),
    (("PreviousFlags", "PreviousFlag"), "vessel", "Previous flag"),
    (("TypeOfShipDetails", "TypeOfShip"), "vessel", "Type"),
    (("TonnageOfShipDetails", "TonnageOfShip"), "vessel", "Tonnage"),
    (("LengthOfShipDetails", "LengthOfShip"), "vessel", "Length"),
    (("YearsBuilt", "YearBuilt"), "vessel", "Year built"),
    (("HullIdentificationNumbers", "HullIdentificationNumber"), "vessel", "Hull identification number"),
)  # fmt: skip
DETAILS = (("IndividualDetails", "Individual"), ("EntityDetails", "Entity"), ("ShipDetails", "Ship"))


def read_uk_xml(member: Member, raw: Raw) -> dict[str, pl.DataFrame]:
    """The list's tables.

    Raises
    ------
    SourceError: as ``read_xml``.
    """
    gathered = Gathered(raw)
    with member.open() as stream:
        for node in read_xml(stream, member.faults, ROOT):
            entry = ""
            if node.tag == "DateGenerated":
                raw.release = gathered.day(node.own()) or raw.release
            elif node.tag == "Designation":
                entry = _entry(node, gathered)
            gathered.left(entry, node)
    return gathered.frames()


def _entry(node: Node, gathered: Gathered) -> str:
    line, kind = node.line, uk_words.party_kind(gathered, node.value("IndividualEntityShip"))
    details = [found for path in DETAILS for found in node.under(*path)]
    sexes = {sex_of(found.own()) for detail in details for found in detail.under("Genders", "Gender")} - {""}
    sex = sexes.pop() if len(sexes) == 1 else ""
    entry = gathered.party(
        node.value("UniqueID"), kind, line, sex=sex, listed=gathered.day(node.value("DateDesignated")),
        amended=gathered.day(node.value("LastUpdated")),
    )  # fmt: skip
    for found in node.under("Names", "Name"):
        parts = [found.value(tag) for tag in NAMES]
        uk_words.name(
            gathered, entry, parts, found.line, kind=found.value("NameType"), strength=found.value("AliasStrength"),
            person=kind == "person", sex=sex,
        )  # fmt: skip
        gathered.left(entry, found)
    for found in node.under("NonLatinNames", "NonLatinName"):
        gathered.name(
            entry, found.value("NameNonLatinScript"), found.line, kind="spelling",
            label=found.value("NonLatinScriptType"), language=found.value("NonLatinScriptLanguage"), sex=sex,
        )  # fmt: skip
        gathered.left(entry, found)
    uk_words.measures(gathered, entry, node.value("SanctionsImposed"), line)
    for indicators in node.nodes("SanctionsImposedIndicators"):
        for measure in indicators.children:
            if measure.own().lower() == "true":
                gathered.fact(entry, "measure", measure.tag, measure.line, document="SanctionsImposedIndicators")
    for tag, fact, document in SINGLE:
        gathered.fact(entry, fact, node.value(tag), line, document=document)
    for found in node.under("Addresses", "Address"):
        address = [found.value(tag) for tag in ADDRESS]
        gathered.fact(entry, "address", ", ".join(filter(None, address)), found.line, country=address[-1])
        gathered.left(entry, found)
    for about in (node, *details):
        for path, fact, document in LISTS:
            for found in about.under(*path):
                gathered.fact(entry, fact, found.own(), found.line, document=document)
    for detail in details:
        _person(detail, gathered, entry)
        gathered.left(entry, detail)
    return entry


def _person(detail: Node, gathered: Gathered, entry: str) -> None:
    for found in detail.under("DOBs", "DOB"):
        gathered.born(entry, found.own(), found.line)
    for found in detail.under("Nationalities", "Nationality"):
        country = found.own()
        gathered.fact(entry, "nationality", country, found.line, country=country)
    for found in detail.under("BirthDetails", "Location"):
        place = [found.value("TownOfBirth"), found.value("CountryOfBirth")]
        gathered.fact(entry, "birth_place", ", ".join(filter(None, place)), found.line, country=place[1])
        gathered.left(entry, found)
    for path, stem, document in (
        (("PassportDetails", "Passport"), "Passport", "Passport"),
        (("NationalIdentifierDetails", "NationalIdentifier"), "NationalIdentifier", "National identifier"),
    ):
        for found in detail.under(*path):
            number, note = found.value(f"{stem}Number"), found.value(f"{stem}AdditionalInformation")
            gathered.fact(entry, "document", number or note, found.line, document=document, note=note)
            gathered.left(entry, found)
