"""For which of the authorities whose lists can be loaded none is: nobody was looked for on what is not there."""

from __future__ import annotations

from collections.abc import Iterable

from clarion.locale import gettext, say
from clarion.screening.service.exemption_words import JURISDICTIONS
from clarion.screening.service.lists import TABLES, Lists, origin
from clarion.screening.service.renewal import command
from clarion.vocab import Phrase

LISTS = (
    (JURISDICTIONS["US"], ("ofac-sdn",)),
    (Phrase("United States, lists beside the SDN list"), ("ofac-consolidated",)),
    (JURISDICTIONS["EU"], ("eu-journal", "eu-fsf")),
    (JURISDICTIONS["UK"], ("uk-sanctions-list",)),
    (JURISDICTIONS["UN"], ("un-consolidated",)),
    (JURISDICTIONS["CH"], ("ch-seco",)),
)
"""Whose lists, and which of them will do: any one."""


def absent_lists(sources: Iterable[str]) -> list[str]:
    """Whose list is not among ``sources``: one list of each authority, that which is loaded first. Nobody's where there
    is none at all, which is said otherwise."""
    return [enough[0] for _, enough in _absent(sources)]


def _absent(sources: Iterable[str]) -> list[tuple[Phrase, tuple[str, ...]]]:
    held = {origin(source) for source in sources}
    return [(name, enough) for name, enough in LISTS if held and not held & set(enough)]


def sentence(sources: Iterable[str], language: str) -> str:
    """The same as a sentence; empty where nobody's list is missing."""
    names = [say(name, language) for name, _ in _absent(sources)]
    if not names:
        return ""
    said = gettext("Not looked for on the lists of these, which are not loaded: %(names)s.", language)
    return said % {"names": "; ".join(names)}


def not_loaded(held: Lists) -> list[dict[str, str]]:
    """The lists that can be loaded and are not, each with its title, its publisher and the command that brings it; of
    those that another one took the place of there is none."""
    from clarion.sources.catalogue import catalogue

    there = {one.origin for one in held.sanctions}
    return [
        {"source": one.id, "title": one.title, "publisher": one.publisher, "command": command(one.id)}
        for one in catalogue().values()
        if TABLES[0] in one.tables and one.id not in there and not one.superseded_by
    ]
