"""The consolidated list of the United Nations Security Council, as XML.

FIRST_NAME to FOURTH_NAME are parts in order, not given and family names: they stay under the list's own tags. An alias
cell may hold several spellings, parted by semicolons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.sources.base import Raw
from clarion.sources.formats.sanctions.dates import read_parts
from clarion.sources.formats.sanctions.files import Member
from clarion.sources.formats.sanctions.gather import Gathered
from clarion.sources.formats.sanctions.text import sex_of
from clarion.sources.formats.sanctions.xml import Node, read_xml

if TYPE_CHECKING:
    import polars as pl

ROOT = "CONSOLIDATED_LIST"
PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
PLACE = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
QUALITIES = {"good": "strong", "low": "weak"}
EMPTY_ALIAS = "alias nodes that are empty"


def read_un_xml(member: Member, raw: Raw) -> dict[str, pl.DataFrame]:
    """The list's tables.

    Raises
    ------
    SourceError: as ``read_xml``.
    """
    gathered = Gathered(raw)
    with member.open() as stream:
        for node in read_xml(stream, member.faults, ROOT, ("INDIVIDUALS", "ENTITIES")):
            entry = ""
            if node.tag == ROOT:
                raw.release = gathered.day(node.attribute("dateGenerated")) or raw.release
            elif node.tag in ("INDIVIDUAL", "ENTITY"):
                entry = _entry(node, gathered)
            gathered.left(entry, node)
    return gathered.frames()


def _entry(node: Node, gathered: Gathered) -> str:
    line, person = node.line, node.tag == "INDIVIDUAL"
    number, reference = node.value("DATAID"), node.value("REFERENCE_NUMBER")
    sex = sex_of(node.value("GENDER"))
    changed = [gathered.day(value.own()) for value in node.under("LAST_DAY_UPDATED", "VALUE")]
    entry = gathered.party(
        reference or number, "person" if person else "organisation", line, sex=sex,
        listed=gathered.day(node.value("LISTED_ON")), amended=max(changed, default=""),
    )  # fmt: skip
    for day in filter(None, changed):
        gathered.fact(entry, "modification", day, line, document="LAST_DAY_UPDATED")
    gathered.fact(entry, "reference", number, line, document="DATAID")
    gathered.fact(entry, "reference", node.value("VERSIONNUM"), line, document="VERSIONNUM")
    gathered.fact(entry, "programme", node.value("UN_LIST_TYPE"), line)
    parts = {tag: node.value(tag) for tag in PARTS}
    gathered.name(entry, "", line, kind="primary", quality="strong", parts=parts, sex=sex)
    if script := node.value("NAME_ORIGINAL_SCRIPT"):
        gathered.name(entry, script, line, kind="spelling", label="NAME_ORIGINAL_SCRIPT", sex=sex)
    for alias in node.nodes("INDIVIDUAL_ALIAS", "ENTITY_ALIAS"):
        _alias(alias, gathered, entry)
    for tag, kind in (("NATIONALITY", "nationality"), ("DESIGNATION", "position"), ("TITLE", "title")):
        for value in node.under(tag, "VALUE"):
            text = value.own()
            gathered.fact(entry, kind, text, value.line, country=text if kind == "nationality" else "")
    for value in node.under("LIST_TYPE", "VALUE"):
        gathered.fact(entry, "reference", value.own(), value.line, document="LIST_TYPE")
    gathered.fact(entry, "remark", node.value("COMMENTS1"), line)
    for kind, tags in (("address", ("INDIVIDUAL_ADDRESS", "ENTITY_ADDRESS")),
                       ("birth_place", ("INDIVIDUAL_PLACE_OF_BIRTH",))):  # fmt: skip
        for place in node.nodes(*tags):
            parted = [place.value(tag) for tag in PLACE]
            note = place.value("NOTE")
            text = ", ".join(filter(None, parted))
            gathered.fact(entry, kind, text or note, place.line, country=parted[-1], note=note if text else "")
            gathered.left(entry, place)
    for born in node.nodes("INDIVIDUAL_DATE_OF_BIRTH"):
        _born(born, gathered, entry)
    for document in node.nodes("INDIVIDUAL_DOCUMENT"):
        _document(document, gathered, entry)
    for tag in ("SORT_KEY", "SORT_KEY_LAST_MOD"):
        node.value(tag)
    return entry


def _alias(alias: Node, gathered: Gathered, entry: str) -> None:
    quality, names = alias.value("QUALITY"), alias.value("ALIAS_NAME")
    split = [name for name in names.split(";") if name.strip()]
    if not split:
        gathered.raw.count(EMPTY_ALIAS, 1)
    for name in split:
        gathered.name(
            entry, name, alias.line, kind="former" if quality == "f.k.a." else "alias", label=quality,
            quality=QUALITIES.get(quality.lower(), "unstated"),
        )  # fmt: skip
    about = f"of the alias {names}" if names else "of an alias"
    gathered.born(entry, alias.value("DATE_OF_BIRTH"), alias.line, note=about)
    place = [alias.value("CITY_OF_BIRTH"), alias.value("COUNTRY_OF_BIRTH")]
    gathered.fact(entry, "birth_place", ", ".join(filter(None, place)), alias.line, country=place[1], note=about)
    gathered.fact(entry, "remark", alias.value("NOTE"), alias.line, note=about)
    gathered.left(entry, alias)


def _born(born: Node, gathered: Gathered, entry: str) -> None:
    """A day, a year, or years from and to; APPROXIMATELY is about, and a note alone says what is known."""
    kind, note = born.value("TYPE_OF_DATE"), born.value("NOTE")
    circa = kind == "APPROXIMATELY"
    first, last = born.value("FROM_YEAR"), born.value("TO_YEAR")
    printed = born.value("DATE") or born.value("YEAR")
    if first or last:
        years = [int(year) if year.isdecimal() and len(year) == 4 else 0 for year in (first or last, last or first)]
        date = read_parts(years[0], 0, 0, gathered.latest, circa=circa, last=years[1])
        gathered.fact(entry, "birth_date", f"{first} to {last}", born.line, date=date, note=note)
    elif printed:
        gathered.born(entry, printed, born.line, circa=circa, note=note)
    else:
        gathered.born(entry, note, born.line, circa=circa)
    gathered.left(entry, born)


def _document(document: Node, gathered: Gathered, entry: str) -> None:
    kinds = [document.value("TYPE_OF_DOCUMENT"), document.value("TYPE_OF_DOCUMENT2")]
    number, country = document.value("NUMBER"), document.value("ISSUING_COUNTRY")
    issued = [document.value(tag) for tag in ("CITY_OF_ISSUE", "COUNTRY_OF_ISSUE", "DATE_OF_ISSUE")]
    notes = [document.value("NOTE"), "issued " + ", ".join(filter(None, issued)) if any(issued) else ""]
    gathered.fact(
        entry, "document", number or "; ".join(filter(None, notes)) or " ".join(filter(None, kinds)), document.line,
        country=country or issued[1], document=" ".join(filter(None, kinds)), note="; ".join(filter(None, notes)),
    )  # fmt: skip
    gathered.left(entry, document)
