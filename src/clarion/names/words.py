"""The words of a person's name as written: titles, former names and commas taken out, initials told from words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from clarion.names.asides import EDGES, bare, beside, is_aside, without_asides
from clarion.names.frequency import known_surname
from clarion.names.given import equivalents, givens, surely_given
from clarion.names.letters import repair, small
from clarion.names.patronymic import patronymic

_ASIDE = re.compile(r"\(([^()]*)\)?")
_BETWEEN = re.compile(r"[\s;/|*_\\+~=<>#&%$@^…•·№\u2190-\u2bff\U0001f000-\U0001faff]+")
# AlisherUsmanov is two words; McDonald, DeWitt and LeGuin are one.
_GLUED = re.compile(
    r"(?<=\w[a-zß-öø-ÿа-яёіїєґў])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLe)(?<!\bLa)(?<!\bDi)(?<!\bVan)(?=[A-ZА-ЯЁ])"
)
_JOINING = re.compile(r"\s[-–—]\s")  # a double name with spaces around its hyphen
_DIGRAPHS = frozenset(
    (
        "yu",
        "ya",
        "ye",
        "yo",
        "yi",
        "iu",
        "ia",
        "ie",
        "zh",
        "kh",
        "ts",
        "tc",
        "ch",
        "sh",
        "dz",
        "dj",
        "jo",
        "ju",
        "ja",
        "je",
        "sch",
        "tch",
        "shch",
        "дж",
        "дз",
    )
)  # with a dot or beside an initial these are one letter of another alphabet
_LONGEST_DOTTED = 4
LEAST_SPACED = 5
"""Single letters from which on they are no initials."""


class Word(NamedTuple):
    """``kind``: ``word``, ``initial`` or ``particle``; ``left`` of a comma; ``former``: an earlier name; ``capital``:
    capitals alone; ``spelled``: as it was folded, where ``folded`` is the nominative of it."""

    text: str
    folded: str
    kind: str
    left: bool = False
    former: bool = False
    capital: bool = False
    spelled: str = ""


def words_of(text: str) -> list[Word]:
    """The words of a name in their order, former names last. The time is linear in the first 1,000 characters."""
    text = repair(text)
    former: list[str] = []
    if "(" in text:
        for aside in _ASIDE.findall(text):
            if ":" not in aside:
                former += [word for word in _BETWEEN.split(aside) if bare(word) not in beside("former")]
        text = _ASIDE.sub(" ", text)
    left, right = _sides(_JOINING.sub("-", text))
    pieces = [(piece, False) for piece in _BETWEEN.split(_GLUED.sub(" ", right))]
    if left:
        pieces = [(piece, True) for piece in _BETWEEN.split(left)] + pieces
    pieces = without_asides([(piece, at_left) for piece, at_left in pieces if piece])
    pieces = _spaced_out(pieces)
    mixed = text != text.upper()
    found: list[Word] = []
    for place, (piece, is_left) in enumerate(pieces):
        kind = _kind_of(piece)
        if kind == "former" and place + 1 < len(pieces) and found:
            former += [piece for piece, _ in pieces[place + 1 :]]
            break
        if kind not in ("suffix", "nothing") and (kind != "title" or len(pieces) == 1):
            found += _split(piece, is_left, mixed)
    if any(word.kind == "particle" for word in found):
        found = _names_like_particles(found)
    if len(found) == 1 and "-" in found[0].text:
        found = _unhyphened(found[0], mixed)
    if any(word.kind == "word" and len(word.text) <= _LONGEST_DOTTED for word in found):
        found = _told_by_neighbours(found, mixed)
    if former:
        found += [
            Word(it.text, it.folded, "word", former=True) for piece in former for it in _split(piece, False, mixed)
        ]
    return found


def _names_like_particles(words: list[Word]) -> list[Word]:
    """``SERGEY TEN``, ``VAN SERGEY``: a particle stands before a surname; in capitals at the end, or before a given
    name alone, it is one itself."""
    made = []
    for place, word in enumerate(words):
        behind = [other for other in words[place + 1 :] if other.left == word.left]
        stands = not behind or (len(words) == 2 and bool(givens(behind[0].folded)))
        is_name = word.kind == "particle" and word.text[0].isupper() and stands
        made.append(word._replace(kind="word") if is_name else word)
    return made


def _unhyphened(word: Word, mixed: bool) -> list[Word]:
    """``Alisher-Usmanov`` alone is a given name and a surname; Саид-Магомед is one name."""
    halves = word.text.split("-")
    known = [bool(givens(small(half))) for half in halves]
    if len(halves) == 2 and known[0] != known[1] and not givens(word.folded):
        return [it for half in halves for it in _split(half, word.left, mixed)]
    return [word]


def _sides(text: str) -> tuple[str, str]:
    """What stands left of the only comma, if that is a surname, and the rest."""
    left, comma, right = text.partition(",")
    if not comma:
        return "", text
    after = bare(right.strip().partition(" ")[0])
    beside_it = not after or after in beside("suffix") or after in beside("former")
    if "," in right or beside_it or is_aside(right) or _whole(left, right):
        return "", text.replace(",", " ")
    return left, right


def _whole(left: str, right: str) -> bool:
    """``Shoigu Sergei, Novosibirsk``: a given name in full left of the comma, and nothing like one right of it."""
    words, others = left.split(), right.split()
    if len(words) < 2 or any(len(bare(other)) < 3 for other in others):
        return False
    return any(surely_given(small(word)) for word in words) and not any(
        equivalents(small(other)) or patronymic(small(other)) for other in others
    )


def _spaced_out(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """``П у т и н``: letters with blanks between are one word, or several run together."""
    if len(pieces) < LEAST_SPACED or any(len(bare(piece)) != 1 for piece, _ in pieces):
        return pieces
    return [("".join(bare(piece) for piece, _ in pieces), False)]


@lru_cache(maxsize=65536)
def _kind_of(piece: str) -> str:
    """What this is beside a name: former, suffix, title; ``nothing`` without letters; empty for a name."""
    word = bare(piece)
    return next((kind for kind in ("former", "suffix", "title") if word in beside(kind)), "" if word else "nothing")


@lru_cache(maxsize=65536)
def _split(piece: str, left: bool, mixed: bool) -> tuple[Word, ...]:
    """One piece between spaces: a word, a particle, or initials with dots, perhaps with a word glued on."""
    found = []
    parts = piece.split(".")
    for place, part in enumerate(parts):
        text = part.strip(EDGES)
        if not any(map(str.isalpha, text)):
            continue
        dotted = place + 1 < len(parts)
        folded = small(text)
        kind = "word"
        if folded in beside("particle") and (not text[0].isupper() or (not mixed and len(text) > 1)):
            kind = "particle"
        elif len(text) == 1 or (dotted and len(text) <= _LONGEST_DOTTED and (place or len(parts) > 1)):
            kind = "initial"
        found.append(Word(text, folded, kind, left, capital=len(text) > 1 and text.isupper()))
    return tuple(found)


def _told_by_neighbours(words: list[Word], mixed: bool) -> list[Word]:
    """Initials without dots: ``Сойко ВВ``, ``Yu A Petrov``."""
    if len(words) < 2:
        return words
    made = []
    full = sum(
        word.kind == "word" and len(word.text) > 2 for word in words
    )  # Kwang Chol NO has a surname of two letters
    for place, word in enumerate(words):
        beside = words[max(0, place - 1) : place] + words[place + 1 : place + 2]
        if word.kind == "word" and len(word.text) <= _LONGEST_DOTTED:
            if word.folded in _DIGRAPHS and any(it.kind == "initial" for it in beside):
                made.append(Word(word.text, word.folded, "initial", word.left))
                continue
            if word.capital and len(word.text) == 2 and full == 1 and _unspaced(word, mixed, beside):
                made += [Word(letter, small(letter), "initial", word.left) for letter in word.text]
                continue
        made.append(word)
    return made


def _unspaced(word: Word, mixed: bool, beside: list[Word]) -> bool:
    """Two capitals are initials among words with small letters; among capitals unless they are a name that we know.
    ``Софья ЛИ`` is a surname beside a given name, ``Петров ЛИ`` is not."""
    if known_surname(word.folded) and any(givens(it.folded) and not known_surname(it.folded) for it in beside):
        return False
    return mixed or not (givens(word.folded) or known_surname(word.folded))
