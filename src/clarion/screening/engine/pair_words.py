"""Bare names taken apart for the question whether two of them are one name, wherever in the world it is borne."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from clarion.names import givens, parse_organisation, parse_person, romanise, script, short_for, skeletons

SAME_KEY, SAME_NAME, INITIAL = 0.95, 0.90, 0.85
"""How alike words are that are read aloud alike, that are forms of one given name, and an initial and what it fits."""
LONG = 300  # letters; what is made of a longer name is not kept, for a file of such names would fill the memory
# Particles that stand for each other, and words that tell little.
_ALIKE = {"ibn": "bin", "ben": "bin", "el": "al", "ul": "al", "ur": "al", "abou": "abu"}
_LITTLE = {"bin", "al", "abu", "de", "la", "van", "von", "na", "dr", "sa", "llc"}
_OTHER_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "ı": "i", "đ": "d", "ß": "ss", "æ": "ae", "'": "", "ʹ": "", "’": ""}
)
_INNER_CAPITAL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")


@dataclass(frozen=True, slots=True)
class PairWord:
    """``latin`` is the word in plain Latin letters, ``tells`` how much it tells, from 0 to 1."""

    latin: str
    keys: frozenset[str]
    tells: float
    names: frozenset[str] = frozenset()
    initial: bool = False


@dataclass(frozen=True, slots=True)
class PairName:
    words: tuple[PairWord, ...]
    form: str = ""
    numbers: frozenset[str] = frozenset()

    @property
    def joined(self) -> str:
        return "".join(word.latin for word in self.words)


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """A word in plain Latin letters where its script is one that we can read; else its own letters without accents."""
    written = script(word)
    if written == "cyrillic":
        word = romanise(word, "bgn_ru_plain")
    elif written in ("armenian", "georgian"):
        word = next(iter(skeletons(word)), word)
    bare = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    return bare.translate(_OTHER_LETTERS)


def person(name: str) -> PairName:
    """A person's name; words that were run together (AlisherUsmanov) are parted."""
    return _person(name) if len(name) <= LONG else _person.__wrapped__(name)


@lru_cache(maxsize=65536)
def _person(name: str) -> PairName:
    words: list[PairWord] = []
    for part in parse_person(_INNER_CAPITAL.sub(" ", name)).parts:
        whole = plain(part.folded)
        whole = _ALIKE.get(whole, whole)
        pieces = [piece for piece in re.split(r"[-\s]+", whole) if piece]
        for piece in (_ALIKE.get(one, one) for one in pieces):
            initial = part.role == "initial"
            tells = 0.35 if piece in _LITTLE or part.role == "particle" else 0.6 if initial else 1.0
            keys = part.keys if len(pieces) == 1 else skeletons(piece)
            words.append(PairWord(piece, frozenset(keys), tells, _names(piece), initial))
    return PairName(tuple(words))


def _names(word: str) -> frozenset[str]:
    """Marks of the given names that it is in full, or is short for; two whole names are not one for a short form."""
    full, short = {name.id for name in givens(word)}, {name.id for name in short_for(word)}
    return frozenset(full | {f"short:{one}" for one in full | short})


def organisation(name: str) -> PairName:
    """An organisation's name; words that many have tell half."""
    return _organisation(name) if len(name) <= LONG else _organisation.__wrapped__(name)


@lru_cache(maxsize=65536)
def _organisation(name: str) -> PairName:
    parsed = parse_organisation(name)
    words = tuple(
        PairWord(plain(part.folded), frozenset(part.keys), 1.0 if part.kind == "core" else 0.5,
                 frozenset(part.concepts))
        for part in parsed.parts if part.kind in ("core", "generic")
    )  # fmt: skip
    return PairName(words, parsed.legal_form, parsed.numbers)


@lru_cache(maxsize=262144)
def letters_alike(one: str, other: str) -> float:
    """1 less the share of slips among letters (optimal string alignment)."""
    return OSA.normalized_similarity(one, other)


def alike(one: PairWord, other: PairWord) -> float:
    """How alike two words are, from 0 to 1."""
    if one.latin == other.latin:
        return 1.0
    if one.initial or other.initial:
        begins = one.latin[:1] == other.latin[:1] or {k[:1] for k in one.keys} & {k[:1] for k in other.keys}
        return INITIAL if begins else 0.0
    written = letters_alike(one.latin, other.latin)
    if one.keys & other.keys:
        return max(written, SAME_KEY)
    if one.names & other.names:
        return max(written, SAME_NAME)
    heard = max((letters_alike(a, b) for a in one.keys for b in other.keys), default=0.0)
    return max(written, (written + heard) / 2)
