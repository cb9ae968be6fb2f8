"""One form of a text for comparison: letters folded, look-alikes of another alphabet put right.

Repair goes token by token: letters that belong to one alphabet only decide; a token of look-alikes alone follows
the words beside it. What is meant cannot be told from shapes when everything looks alike: ``COXA`` stays Latin.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from clarion.names.tables import rows

LONGEST = 1_000  # letters that are looked at; no name of a person or organisation is longer

_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼʹʻʽ`´ʿʾ′＇‛"), "'")
_DOUBLE = dict.fromkeys(map(ord, "ʺ“”„«»‟″"), '"')
_ACCENTS = dict.fromkeys(map(ord, "´ʹʼ΄᾽᾿῾"), "'") | {ord("˝"): '"'} | dict.fromkeys(map(ord, "¨¯¸˘˙˚˛˜"))
_ACCENTS[ord("ĸ")] = "k"  # the letter kra, typed for к
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—−﹣－⁃"), "-")
_TRANSLATE = _APOSTROPHES | _DOUBLE | _HYPHENS | {ord("ё"): "е", ord("ѣ"): "е", ord("ӏ"): ""}
_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0591-\u05c7]+")
_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufe00-\ufe0f\u180e\x00-\x08\x0e-\x1f\x7f]+"
)
_PURE = re.compile(r"[А-яЁёІіЇїЄєҐґЎў\s.,'()-]*")  # needs no repair, and is what most names are made of
_SPACES = re.compile(r"\s+")
_TOKEN = re.compile(r"[^\s\-.,;:()/\"«»]+")
_DIGIT = re.compile(r"(?<![\d])([013])(?=[^\W\d_]{3})|(?<=[^\W\d_])([0-9])(?=[^\W\d_])")
_DIGITS = {
    "cyrillic": {"0": "О", "1": "И", "3": "З", "4": "Ч", "6": "Б"},
    "latin": {"0": "O", "3": "E", "4": "A", "5": "S", "7": "T"},
}
_ALWAYS = "013"
"""Digits that stand for letters in a word of any length; the others in one of five letters and more: G4S is a name."""
_LONG = re.compile(r"[^\W\d_]{2}\d[^\W\d_]{2}|[^\W\d_]{4}\d|\d[^\W\d_]{4}")
_FIGURES = re.compile("[0-9]")
_TURNS = 3
_BESIDE_L = frozenset("aeiouyAEIOUY")


def fold(text: str) -> str:
    """``text`` for comparison: NFKC, small letters, ё as е, one kind of apostrophe, quote, hyphen and space, no unseen
    characters, no accents that are not part of a letter, look-alikes of another alphabet put right.

    Only the first 1,000 characters are looked at; the time is linear in them. Letters with their own diacritics (é, ž,
    й, ї) stay.
    """
    found = small(repair(text))
    # Small letters can tell another alphabet than capitals did (λ does, Λ does not): what was found is put right too.
    for _ in range(_TURNS if _mixed(found) else 0):
        found = small(repair(found))
    return found


def _mixed(text: str) -> bool:
    return not (text.isascii() or _PURE.fullmatch(text)) and len({_script(letter) for letter in text} - {"none"}) > 1


def repair(text: str) -> str:
    """What ``fold`` does before it turns capitals into small letters: for readers who need the capitals."""
    text = text[:LONGEST]
    if text.isascii():
        return _SPACES.sub(" ", _UNSEEN.sub("", _ascii_digits(text))).strip()
    if _PURE.fullmatch(text):
        return _SPACES.sub(" ", text).strip()
    # NFKC would turn a free-standing accent into a space and a mark: Naryškin´ into two words.
    text = unicodedata.normalize("NFKC", text.translate(_ACCENTS))
    text = _MARKS.sub("", _UNSEEN.sub("", text))
    return _SPACES.sub(" ", _repaired(text)).strip()


def small(repaired: str) -> str:
    """What ``fold`` does to a text that ``repair`` has been through."""
    if repaired.isascii():
        return repaired.casefold().replace("`", "'")
    return _SPACES.sub(" ", _MARKS.sub("", repaired.casefold().translate(_TRANSLATE))).strip()


def script(token: str) -> str:
    """The alphabet of most letters: ``latin``, ``cyrillic``, ``greek``, ``armenian``, ``georgian``, ``other``, or
    ``none`` when there is no letter."""
    counts: dict[str, int] = {}
    for letter in token:
        found = _script(letter)
        if found != "none":
            counts[found] = counts.get(found, 0) + 1
    return max(counts, key=lambda name: counts[name]) if counts else "none"


@lru_cache(maxsize=8192)
def _script(letter: str) -> str:
    if not letter.isalpha():
        return "none"
    if letter.isascii():
        return "latin"
    word = unicodedata.name(letter, "").partition(" ")[0].lower()
    return word if word in ("latin", "cyrillic", "greek", "armenian", "georgian") else "other"


@lru_cache(maxsize=1)
def _alike() -> tuple[dict[str, dict[int, str]], frozenset[str]]:
    """By alphabet, the translation of look-alikes into it; and all letters that have a look-alike."""
    tables: dict[str, dict[int, str]] = {"cyrillic": {}, "latin": {}, "greek": {}}
    for row in rows("homoglyphs.csv"):
        for into, table in tables.items():
            if row[into]:
                table |= {ord(row[other]): row[into] for other in tables if other != into and row[other]}
    return tables, frozenset(chr(code) for table in tables.values() for code in table)


def _repaired(text: str) -> str:
    scripts = {_script(letter) for letter in text} - {"none"}
    if len(scripts) < 2 and not _FIGURES.search(text):
        return text
    tokens = [match[0] for match in _TOKEN.finditer(text)]
    told = [_told(token) for token in tokens]
    before, after = _nearest(told), _nearest(told[::-1])[::-1]
    meant = iter(map(_meant, tokens, told, before, after))
    return _TOKEN.sub(lambda match: _written(match[0], next(meant)), text)


def _told(token: str) -> str:
    """The alphabet of the letters that look like no other, or the empty text."""
    _, alike = _alike()
    telling = [letter for letter in token if letter not in alike and letter.isalpha()]
    return script("".join(telling)) if telling else ""


def _nearest(told: list[str]) -> list[str]:
    """For each token the alphabet of the nearest one before it that tells."""
    last, found = "", []
    for alphabet in told:
        found.append(last)
        last = alphabet or last
    return found


def _meant(token: str, told: str, before: str, after: str) -> str:
    if told:
        return told
    own = {_script(letter) for letter in token} - {"none"}
    if len(own) > 1:
        return before or after or script(token)
    # Letters of one alphabet that could all be of another are that only if everything beside them is.
    beside = {before, after} - {""}
    return beside.pop() if len(beside) == 1 else next(iter(own), "")


def _written(token: str, meant: str) -> str:
    """``token`` in the letters of the alphabet that is meant, digits among them put right."""
    tables, _ = _alike()
    return _digits(token.translate(tables.get(meant, {})), meant)


def _digits(text: str, meant: str) -> str:
    """Digits among letters read as letters, again while one that was read lets its neighbour be read (0a0a)."""
    while (found := _DIGIT.sub(lambda match: _digit(match, meant), text)) != text:
        text = found
    return text


def _digit(match: re.Match[str], meant: str) -> str:
    """The letter that a digit among letters stands for, small behind a small one: 1 is l beside a vowel (Pav1ov), i
    among consonants (Sech1n)."""
    digit, text = match[0], match.string
    if digit not in _ALWAYS and not _LONG.search(text[max(0, match.start() - 4) : match.end() + 4]):
        return digit
    before = text[max(0, match.start() - 1) : match.start()]
    if digit == "1" and meant == "latin":
        found = "I" if _BESIDE_L.isdisjoint(before + text[match.end() : match.end() + 1]) else "L"
    else:
        found = _DIGITS.get(meant, {}).get(digit, digit)
    small_one = before.islower() or (not before and text[match.end() : match.end() + 1].islower() and digit == "1")
    return found.lower() if small_one else found


def _ascii_digits(text: str) -> str:
    return _digits(text, "latin") if _FIGURES.search(text) else text
