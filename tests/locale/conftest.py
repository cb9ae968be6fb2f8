"""What of a page is still English: every word that a reader sees, against the words of our own texts."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

import pytest
from lxml import html

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
import messages

SEEN = ("alt", "title", "aria-label", "placeholder")
# Texts quoted as they were published, code, names of accounts, each language's own name.
QUOTED = (
    "ancestor-or-self::*[@translate='no' or self::code or self::pre or self::textarea or self::script or self::style"
    " or self::option[@lang]]"
)
# Words that are nobody's sentence: what the reader of TOML says, addresses, commands, a line of a scenario, ids such as
# staple-trade, names of columns and of files, words in quotes.
NOT_WORDS = re.compile(
    r"TOML: .*|https?://\S+|clarion(?: [a-z-]+)+|\w+ = [\[{\"].*|\[+[\w.-]+\]+|\b\w+(?:[-_.\[][\w\]]+)+|--\w+|'[^']*'"
)
WORD = re.compile(r"[A-Za-z]{3,}")
NAMES = {
    "fao", "usda", "agricultural", "foreign", "service", "world", "bank", "nations",  # publishers
    "food", "security", "and", "our", "data", "sheet",  # names of journals, and the Pink Sheet
    "items", "wheat", "maize", "title", "shocks", "users", "name", "corridors", "exporter", "fraction", "period",
    "country", "kind", "lowest", "highest", "time", "fertiliser", "economy",  # keys of a scenario
    "natural", "earth",  # who made the map
    "barley", "rice", "soya", "nitrogen", "phosphate", "potash", "coal", "raw", "corrected",  # codes
}  # fmt: skip


@cache
def english(language: str) -> frozenset[str]:
    """Words of our texts that a translation leaves out."""
    found: set[str] = set()
    for message in messages.read(language):
        if message.id:
            texts = message.id if message.pluralizable else (message.id,)
            said = message.string if message.pluralizable else (message.string,)
            kept = {word.lower() for form in said for word in WORD.findall(form)}
            found |= {word.lower() for text in texts for word in WORD.findall(text)} - kept
    return frozenset(found - NAMES)


@cache
def alike(language: str) -> list[str]:
    """Our texts that read the same in the translation."""
    return [m.id for m in messages.read(language) if m.id and m.string == m.id]


def left_over(content: bytes, language: str) -> list[str]:
    """Pieces of a document that hold words of our English texts."""
    tree = html.document_fromstring(content.decode())
    pieces = [str(t) for t in tree.xpath(f"//text()[not(parent::*/{QUOTED})]")]
    for name in SEEN:
        pieces += [str(v) for v in tree.xpath(f"//@{name}[not(parent::*/{QUOTED})]")]
    words = english(language)

    def ours(piece: str) -> str:
        for text in alike(language):
            piece = piece.replace(text, " ")
        return NOT_WORDS.sub(" ", piece)

    return sorted({
        " ".join(piece.split()) for piece in pieces
        if any(word.lower() in words for word in WORD.findall(ours(piece)))
    })  # fmt: skip


@pytest.fixture
def unsaid():
    return left_over
