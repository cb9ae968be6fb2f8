"""OFAC's own words: what its kinds of numbers, programmes and remarks mean in the tables. Shared by its three forms."""

from __future__ import annotations

import re

from clarion.sources.formats.sanctions.gather import Gathered
from clarion.sources.formats.sanctions.text import sex_of

PARTIES = {"individual": "person", "entity": "organisation", "": "organisation", "vessel": "vessel",
           "aircraft": "aircraft"}  # fmt: skip
ALIASES = {"aka": "alias", "fka": "former", "nka": "alias", "name": "primary"}
# What a label means, by a word that it holds; the first line that fits counts.
_MEANS = (
    ("secondary_sanctions", ("secondary sanctions", "additional sanctions", "transactions prohibited", "caatsa")),
    ("measure", ("executive order", "listing date", "effective date", "purchase/sales")),
    ("vessel", ("vessel", "mmsi", "call sign", "tonnage", "maritime")),
    ("aircraft", ("aircraft",)),
    ("account", ("digital currency", "swift", "bik (ru)", "isin", "ticker", "issuer name", "micex", "account")),
    ("contact", ("email", "website", "phone", "telephone", "fax", "telex")),
    ("founded", ("organization established",)),
    ("sector", ("organization type", "target type")),
    ("jurisdiction", ("nationality of registration",)),
    ("tax_number", ("tax", "v.a.t.", "nit #", "ruc #", "r.f.c.", "rfc", "rif #", "rtn", "fein", "fiscal", "c.u.i.t.",
                    "c.i.f.", "ssn")),
    ("registration_number", (
        "registration", "registered", "registry", "company", "commerc", "comm.", "matricula", "folio", "business",
        "trade license", "c.r. no", "romanian c.r.", "d-u-n-s", "gazette", "legal entity", "social credit",
        "enterprise", "incorporation", "public security", "branch unit",
    )),
)  # fmt: skip
# Labels before a number in the remarks of the CSVs, which part nothing but by blanks.
_LABELS = (
    "Additional Sanctions Information", "Aircraft Construction Number (also called L/N or S/N or F/N)",
    "Aircraft Manufacture Date", "Aircraft Manufacturer's Serial Number (MSN)", "Aircraft Mode S Transponder Code",
    "Aircraft Model", "Aircraft Operator", "Aircraft Serial Identification", "Aircraft Tail Number", "BIK (RU)",
    "Birth Certificate Number", "Bosnian Personal ID No.", "Branch Unit Number", "British National Overseas Passport",
    "Business Number", "Business Registration Document #", "Business Registration Number", "C.I.F.", "C.R. No.",
    "C.U.I.P.", "C.U.I.T.", "C.U.R.P. #", "C.U.R.P.", "CAATSA Section 235 Information",
    "Cartilla de Servicio Militar Nacional", "Cedula No.", "Central Registration System Number",
    "Certificate of Incorporation Number", "Chamber of Commerce Number", "Chinese Commercial Code",
    "Citizen's Card Number", "Commercial Registry Number", "Company Number", "Credencial electoral",
    "D-U-N-S Number", "D.N.I.", "Digital Currency Address", "Diplomatic Passport", "Driver's License No.",
    "Dubai Chamber of Commerce Membership No.", "Effective Date", "Electoral Registry No.", "Email Address",
    "Enterprise Number", "Equity Ticker", "Executive Order", "Fax", "Fiscal Code", "Folio Mercantil No.",
    "Former Vessel Flag", "Former Vessel Owner", "Former Vessel Type", "Government Gazette Number", "I.F.E.", "ISIN",
    "Identification Number", "Immigration No.", "International Maritime Organization No.",
    "Istanbul Chamber of Comm. No.", "Issuer Name", "Italian Fiscal Code", "Kenyan ID No.", "LE Number",
    "Legal Entity Number", "License", "Listing Date", "MICEX Code", "MMSI", "MSB Registration Number",
    "Matricula Mercantil No", "Moroccan Personal ID No.", "N.I.E.", "NIT #", "National Foreign ID Number",
    "National ID No.", "Nationality of Registration", "Numero Unico de Identificacion", "Numero de Identidad",
    "Organization Established Date", "Organization Type", "Other Vessel Call Sign", "Other Vessel Flag",
    "Other Vessel Type", "PHONE", "Passport", "Personal ID Card", "Personal ID", "Phone No.", "Phone Number",
    "Pilot License Number", "Public Registration Number", "Public Security and Immigration No.",
    "Purchase/Sales For Divestment Date", "R.F.C. #", "R.F.C.", "RFC", "RIF #", "RTN", "RUC #", "Refugee ID",
    "Registered Charity No.", "Registration ID", "Registration Number", "Residency Number", "Romanian C.R.",
    "Romanian Permanent Resident", "Romanian Tax Registration", "SRE Permit No.", "SSN", "SWIFT/BIC",
    "Seafarer's Identification Document", "Secondary sanctions risk", "Serial No.", "Stateless Person ID Card",
    "Stateless Person Passport", "TELEX", "Target Type", "Tarjeta Profesional", "Tax ID No.", "Tazkira National ID",
    "Telephone", "Trade License No.",
    "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions", "Travel Document Number",
    "Turkish Identification Number", "UAE Identification", "UK Company Number", "US FEIN",
    "Unified Social Credit Code (USCC)", "United Social Credit Code", "V.A.T. Number",
    "Vessel Call Sign", "Vessel Registration Identification", "Vessel Year of Build", "VisaNumberID", "Website",
)  # fmt: skip
_BY_WORD: dict[str, list[str]] = {}
for _label in sorted(_LABELS, key=len, reverse=True):
    _BY_WORD.setdefault(_label.split()[0], []).append(_label)
_LONGEST = 300  # characters of a remark that may be a number or a quoted name
_OPEN = re.compile(r"\s*[afn]\.k\.a\.\s*'[^']*$", re.IGNORECASE)
_QUOTED = re.compile(r"([afn]\.k\.a\.)\s*'(.*)'", re.IGNORECASE)


def kind_of(label: str) -> str:
    """What a label of a number or feature means; a ``document`` where it is none that is known."""
    low = label.lower()
    return next((kind for kind, words in _MEANS if any(word in low for word in words)), "document")


def numbered(
    gathered: Gathered, entry: str, label: str, value: str, row: int, country: str = "", note: str = ""
) -> None:
    """Keep what OFAC prints under a label of its own: a document, number, contact, warning or directive."""
    label = label.strip().rstrip(":- ")
    if label.lower() == "gender":
        gathered.amend(entry, sex=sex_of(value))
        return
    gathered.fact(entry, kind_of(label), value or label, row, country=country, document=label, note=note)


def remark(gathered: Gathered, entry: str, text: str, row: int) -> None:
    """Keep one remark, which OFAC ends with a semicolon, as what it says; as a remark where it is plain prose."""
    plain = text.strip()
    if plain.startswith("(") and plain.endswith(")"):
        plain = plain[1:-1].strip()
    plain = plain.removeprefix("alt.").removeprefix("Alt.").strip()
    lead, _, rest = plain.partition(" ")
    if lead == "DOB":
        gathered.born(entry, rest, row)
    elif lead in ("POB", "nationality", "citizen"):
        kind = {"POB": "birth_place", "citizen": "citizenship"}.get(lead, lead)
        gathered.fact(entry, kind, rest, row, country="" if lead == "POB" else rest)
    elif lead == "Gender":
        numbered(gathered, entry, lead, rest, row)
    elif plain.startswith("Linked To:"):
        gathered.fact(entry, "linked_to", plain.removeprefix("Linked To:"), row)
    elif quoted := _QUOTED.fullmatch(plain):
        kind = ALIASES[quoted[1].lower().replace(".", "")]
        gathered.name(entry, quoted[2], row, kind=kind, quality="weak", label=quoted[1])
    elif label := next((label for label in _BY_WORD.get(lead.rstrip(":"), ()) if plain.startswith(label)), ""):
        _number(gathered, entry, label, plain[len(label) :].strip(" :"), row)
    else:
        gathered.fact(entry, "remark", text, row)


def _number(gathered: Gathered, entry: str, label: str, value: str, row: int) -> None:
    """A number with the country that issued it in brackets, then days of issue and expiry."""
    if label in ("Listing Date", "Effective Date", "Purchase/Sales For Divestment Date", "Executive Order"):
        # The order or directive belongs to the label: Listing Date (CMIC): 3 Jun 2021.
        first = min((at, mark) for mark in (":", " - ", "\0") if (at := f"{value}\0".find(mark)) >= 0)[1]
        of, mark, rest = value.partition(first)
        label, value = (f"{label} {of}", rest) if mark else (label, value)
    elif label == "Digital Currency Address":
        label, value = f"{label} - {value.strip('- ').partition(' ')[0]}", value.strip("- ").partition(" ")[2]
    note = country = ""
    if len(value) <= _LONGEST and kind_of(label) not in ("secondary_sanctions", "measure", "contact", "sector"):
        cut = min((at for word in (" issued ", " expires ", " expired ") if (at := value.find(word)) > 0), default=-1)
        if cut > 0:
            value, note = value[:cut], value[cut:]
        if value.endswith(")") and (opening := value.find("(")) > 0:
            value, country = value[:opening], value[opening + 1 : -1]
    numbered(gathered, entry, label, value.strip(" -"), row, country, note)


def split_remarks(text: str) -> list[str]:
    """Remarks, parted by semicolons; a quoted name that holds one stays whole, and the closing full stop is dropped."""
    parts: list[str] = []
    for part in text.split(";"):
        if parts and len(parts[-1]) <= _LONGEST and _OPEN.match(parts[-1]):
            parts[-1] += ";" + part
        else:
            parts.append(part)
    parts[-1] = parts[-1].rstrip().removesuffix(".")
    return [part.strip() for part in parts if part.strip()]


def split_programmes(text: str) -> list[str]:
    """Programmes, which the CSV parts by ``] [``."""
    return [part for part in (part.strip(" []") for part in text.split("] [")) if part]
