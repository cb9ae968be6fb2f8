"""The first part of OFAC's advanced XML: value sets, places and documents, to which parties refer by number."""

from __future__ import annotations

from clarion.sources.formats.sanctions.xml import Node

SETS = {
    "AliasTypeValues", "AreaCodeTypeValues", "AreaCodeValues", "CalendarTypeValues", "CountryRelevanceValues",
    "CountryValues", "DecisionMakingBodyValues", "DetailReferenceValues", "DetailTypeValues", "DocNameStatusValues",
    "EntryEventTypeValues", "EntryLinkTypeValues", "ExRefTypeValues", "FeatureTypeValues", "FeatureTypeGroupValues",
    "IDRegDocDateTypeValues", "IDRegDocTypeValues", "IdentityFeatureLinkTypeValues", "LegalBasisTypeValues",
    "LegalBasisValues", "ListValues", "LocPartTypeValues", "LocPartValueStatusValues", "LocPartValueTypeValues",
    "NamePartTypeValues", "OrganisationValues", "PartySubTypeValues", "PartyTypeValues", "RelationQualityValues",
    "RelationTypeValues", "ReliabilityValues", "SanctionsProgramValues", "SanctionsTypeValues", "ScriptValues",
    "ScriptStatusValues", "SubsidiaryBodyValues", "SupInfoTypeValues", "TargetTypeValues", "ValidityValues",
}  # fmt: skip


class Sets:
    """What numbers mean: ``name("AliasType", "1400")`` is A.K.A."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._above: dict[str, str] = {}
        self.places: dict[str, tuple[str, str]] = {}
        self.documents: dict[str, list[tuple[str, str, str, str, int]]] = {}

    def name(self, kind: str, number: str) -> str:
        """The meaning of a number; the number itself where the file does not say."""
        return self._names.get((kind, number), number)

    def party_type(self, subtype: str) -> str:
        """The kind of party that a subtype belongs to: Individual, Entity, Transport with what it is."""
        name = self.name("PartySubType", subtype)
        above = self.name("PartyType", self._above.get(subtype, ""))
        return (name if name.lower() in ("vessel", "aircraft") else above or name).lower()

    def value(self, node: Node) -> None:
        """Note one value of a set."""
        number = node.attribute("ID")
        if node.tag == "PartySubType":
            self._above[number] = node.attribute("PartyTypeID")
        text = node.own() or node.value("LegalBasisShortRef") or node.attribute("ISO2")
        self._names[node.tag, number] = text

    def place(self, node: Node) -> None:
        """Note a ``Location``: its text in the order of its parts, and its country."""
        parts = []
        for part in node.nodes("LocationPart"):
            parts += [value.value("Value") for value in part.nodes("LocationPartValue")]
        countries = [self.name("Country", found.attribute("CountryID")) for found in node.nodes("LocationCountry")]
        country = countries[0] if countries else ""
        areas = [self.name("AreaCode", found.attribute("AreaCodeID")) for found in node.nodes("LocationAreaCode")]
        text = ", ".join(filter(None, (*parts, *(areas if not countries else ()), country)))
        self.places[node.attribute("ID")] = text, country

    def document(self, node: Node) -> None:
        """Note an ``IDRegDocument`` under the identity that it belongs to: kind, number, country, note, line."""
        kind = self.name("IDRegDocType", node.attribute("IDRegDocTypeID"))
        country = self.name("Country", node.attribute("IssuedBy-CountryID"))
        notes = [node.value("Comment"), node.value("IssuingAuthority")]
        for date in node.nodes("DocumentDate"):
            what = self.name("IDRegDocDateType", date.attribute("IDRegDocDateTypeID"))
            notes += [f"{what} {day}" for period in date.nodes("DatePeriod") if (day := first_day(period))]
        validity = self.name("Validity", node.attribute("ValidityID"))
        notes.append("" if validity.isdecimal() or validity.lower() == "valid" else validity)
        number = node.value("IDRegistrationNo")
        note = "; ".join(filter(None, notes))
        self.documents.setdefault(node.attribute("IdentityID"), []).append((kind, number, country, note, node.line))


def first_day(period: Node) -> str:
    """The first day of a period as the file gives it, such as 2001-12-04."""
    for start in period.nodes("Start"):
        for found in start.nodes("From"):
            return "-".join(number.zfill(2) for number in numbers(found) if number)
    return ""


def numbers(node: Node) -> list[str]:
    """Year, month and day of a date."""
    return [node.value(tag) for tag in ("Year", "Month", "Day")]
