"""Persons whom an act of the European Union lists, from the evaluation data."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

CYRILLIC, LATIN = re.compile("[а-яёіїєґў]", re.IGNORECASE), re.compile("[a-z]", re.IGNORECASE)


def is_cyrillic(text):
    return len(CYRILLIC.findall(text)) > len(LATIN.findall(text))


@pytest.fixture(scope="session")
def act_269(evaluation_data, tmp_path_factory):
    """The persons of Regulation 269/2014."""
    from clarion.screening.engine.parties import parties
    from clarion.sources.lists import read_list
    from clarion.sources.load import load_source

    home = tmp_path_factory.mktemp("lists")
    file = evaluation_data / "screening" / "eu_journal" / "consolidated" / "32014R0269.csv"
    load_source("eu-journal", home, file)
    found = read_list(home, "eu-journal-32014r0269")
    return [p for p in parties(found.name, found.parties, found.names, found.facts) if p.kind == "person"]


@pytest.fixture(scope="session")
def in_latin_only(act_269):
    """The same with names in Latin letters alone, as lists of other authorities print them."""
    bare = [replace(p, names=tuple(name for name in p.names if not is_cyrillic(name.whole))) for p in act_269]
    return [p for p in bare if p.names]


@pytest.fixture(scope="session")
def pairs(act_269, in_latin_only):
    """Cyrillic names of at least two words, and the entry that they are of."""
    known = {p.entry for p in in_latin_only}
    return [(name.whole, p.entry) for p in act_269 for name in p.names
            if p.entry in known and is_cyrillic(name.whole) and " " in name.whole.strip()]  # fmt: skip
