"""What a list says of an entry beside what was compared, for whoever has to tell whether a payee is that one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from clarion.errors import StorageError, UnknownName
from clarion.locale import ngettext, say
from clarion.pictures.words import number
from clarion.screening.service.lists import List, from_kept
from clarion.screening.service.screens import frames
from clarion.vocab import Phrase

NAMES = "names"
SAID = {
    NAMES: Phrase("Names"), "birth_date": Phrase("Born"), "birth_place": Phrase("Place of birth"),
    "death": Phrase("Died"), "founded": Phrase("Founded"), "nationality": Phrase("Nationality"),
    "citizenship": Phrase("Citizenship"), "jurisdiction": Phrase("Jurisdiction"), "title": Phrase("Title"),
    "position": Phrase("Position"), "legal_form": Phrase("Legal form"), "sector": Phrase("Sector"),
    "document": Phrase("Documents"), "tax_number": Phrase("Tax numbers"),
    "registration_number": Phrase("Register numbers"), "vessel": Phrase("Ship"), "aircraft": Phrase("Aircraft"),
    "address": Phrase("Addresses"), "family": Phrase("Family"), "appearance": Phrase("Appearance"),
    "linked_to": Phrase("Linked to"), "ownership": Phrase("Ownership"), "reason": Phrase("Reason for listing"),
    "remark": Phrase("Remarks"), "listed_on": Phrase("Listed on"), "amended_on": Phrase("Last changed on"),
}  # fmt: skip
"""What is shown, in this order. Measures and programmes stand beside the hit already."""
MOST = 12
"""Texts of one kind that are shown: a bank has hundreds of addresses."""


@dataclass(frozen=True, slots=True)
class Entry:
    """``texts`` by what they tell (``SAID``), each as the list prints it."""

    texts: Mapping[str, tuple[str, ...]]

    def told(self, language: str) -> list[tuple[str, list[str]]]:
        """Label and texts, in the order of ``SAID``."""
        found = []
        for kind, label in SAID.items():
            texts = self.texts.get(kind, ())
            more = len(texts) - MOST
            said = ngettext("and %(n)s more", "and %(n)s more", more, language)
            rest = [said % {"n": number(more, language)}] if more > 0 else []
            if texts:
                found.append((say(label, language), [*texts[:MOST], *rest]))
        return found


def entries(result: Mapping[str, Any]) -> dict[tuple[str, str], Entry]:
    """What the lists say of those whom an answer (``Checked.to_dict``) hits, by list and entry. Left out are those
    whose version of the list is no longer on the disk, since another may say another thing of the same entry, or cannot
    be read: the decision has to open all the same."""
    wanted: dict[str, set[str]] = {}
    for part in result["subjects"]:
        for hit in (*part["hits"], *(one["hit"] for one in part["before"])):
            wanted.setdefault(hit["list"], set()).add(hit["entry"])
    found: dict[tuple[str, str], Entry] = {}
    for kept in result["lists"]:
        if kept["source"] in wanted:
            try:
                said = _read(from_kept(kept), wanted[kept["source"]])
            except (UnknownName, StorageError):
                continue
            found |= {(kept["source"], mark): one for mark, one in said.items()}
    return found


def _read(one: List, marks: Collection[str]) -> dict[str, Entry]:
    parties, names, facts = frames(one, marks)
    texts: dict[str, dict[str, dict[str, None]]] = {mark: {} for mark in marks}

    def add(mark: str, kind: str, text: str | None) -> None:
        if text:
            texts[mark].setdefault(kind, {})[text] = None  # once, in the order of the list

    for row in names.iter_rows(named=True):
        add(row["entry"], NAMES, row["whole"])
    for row in facts.iter_rows(named=True):
        add(row["entry"], row["kind"], _text(row))
    for row in parties.iter_rows(named=True):
        add(row["entry"], "listed_on", row["listed_on"])
        add(row["entry"], "amended_on", row["amended_on"])
    return {mark: Entry({kind: tuple(said) for kind, said in found.items()}) for mark, found in texts.items()}


def _text(row: Mapping[str, Any]) -> str:
    more = [row[name] for name in ("document", "country", "note") if row[name] and row[name] not in row["value"]]
    return f"{row['value']} ({'; '.join(more)})" if more else row["value"]
