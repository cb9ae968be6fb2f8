"""Look-ups for names of organisations: legal forms, generic words, numbers; by spelling or by key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from clarion.names.skeleton import skeletons
from clarion.names.tables import rows

_BY_KEY = 4  # letters from which on a word is compared by its key
_STEM = 3  # sounds of a stem that an index is made of
_ENDING = 5  # sounds that may follow a stem: Оборонэнерго is a name of its own
_ROMAN = re.compile(r"(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|й|я|е|ый|ая|ое|го|а)?")
_VALUES = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class LegalForm:
    """``kind``: the class of the form, the same in every country; ``words``: folded."""

    kind: str
    country: str
    words: tuple[str, ...]


def legal_form_at(tokens: tuple[str, ...], place: int) -> LegalForm | None:
    """The longest legal form that begins with the folded token at ``place``."""
    for form in _forms().get(_norm(tokens[place]), ()):
        if len(form.words) <= len(tokens) - place and all(
            _norm(tokens[place + offset]) == _norm(word) for offset, word in enumerate(form.words)
        ):
            return form
    return None


@lru_cache(maxsize=65536)
def concept(token: str) -> str | None:
    """The concept of a generic word, several with + between (НИИ: research+institute); the empty text for a word that
    says nothing; None for any other word."""
    exact, keyed, stems = _generic()
    if token in exact:
        return exact[token]
    if len(token) < _BY_KEY:
        return None
    for key in skeletons(token):
        if key in keyed:
            return keyed[key]
        for stem, found in stems.get(key[:_STEM], ()):
            if key.startswith(stem) and len(key) - len(stem) <= _ENDING:
                return found
    return None


@lru_cache(maxsize=65536)
def number(token: str, roman: bool) -> str:
    """The number that a folded token is (29th, 3-й, third; IV where ``roman``), or the empty text."""
    digits = _ORDINAL.fullmatch(token)
    if digits:
        return str(int(digits[1]))
    if roman and _ROMAN.fullmatch(token):
        values = [_VALUES[letter] for letter in token]
        return str(sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True)))
    return _ordinals().get(token, "")


@lru_cache(maxsize=65536)
def _norm(word: str) -> str:
    return f"={word}" if len(word) < _BY_KEY else next(iter(skeletons(word)), word)


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[LegalForm, ...]]:
    found: dict[str, list[LegalForm]] = {}
    for row in rows("legal_forms.csv"):
        for spelling in row["spellings"].casefold().replace("ё", "е").split("|"):
            words = tuple(spelling.split())
            found.setdefault(_norm(words[0]), []).append(LegalForm(row["class"], row["country"], words))
    return {first: tuple(sorted(forms, key=lambda form: -len(form.words))) for first, forms in found.items()}


Stems = dict[str, tuple[tuple[str, str], ...]]


@lru_cache(maxsize=1)
def _generic() -> tuple[dict[str, str], dict[str, str], Stems]:
    """Concepts by spelling, by key, and by the keys of stems. ``=`` before a word: by its spelling alone, where people
    are called by what sounds the same (Раиса, России)."""
    exact: dict[str, str] = {}
    keyed: dict[str, str] = {}
    stems: Stems = {}
    for row in rows("generic_words.csv"):
        for word in row["words"].split():
            stem = word.removesuffix("*").removeprefix("=")
            if word[-1] != "*":
                exact[stem] = row["concept"]
                if len(stem) < _BY_KEY or word[0] == "=":
                    continue
            key = next(iter(skeletons(stem)), "")
            if word[-1] != "*":
                keyed.setdefault(key, row["concept"])
            elif len(key) >= _STEM:
                stems[key[:_STEM]] = (*stems.get(key[:_STEM], ()), (key, row["concept"]))
            exact.setdefault(stem, row["concept"])
    return exact, keyed, {first: tuple(sorted(found, key=lambda it: -len(it[0]))) for first, found in stems.items()}


@lru_cache(maxsize=1)
def _ordinals() -> dict[str, str]:
    return {word: row["number"] for row in rows("ordinals.csv") for word in row["words"].split()}
