"""Phonemic keys: one name, however it is spelled, has a key in common with itself.

A token is read aloud by the habits that it may have been written in (English, German, French, scholarly, passports;
``data/readings.csv``, ``data/habits.csv``), and each reading is closed to a key that forgets what spelling systems
do not keep: glides beside vowels, hard and soft signs, double letters, о and а, ш and щ, the shape of -ий. Cyrillic,
Armenian and Georgian originals are read by their own rules. The method and what it cannot tell: docs/methods/names.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from clarion.names.letters import fold, script
from clarion.names.rules import Rewriter, Rule
from clarion.names.tables import rows

MOST_KEYS = 8

_GERMAN = re.compile(r"w|tsch|sch(?![aeiou]*ch)")
_NOT_GERMAN = re.compile(r"zh|kh|v|sh(?!ch)|ts(?!ch)|y[aou]|[čšžŝşə]|sz|cz|ł|ou")

_PLAIN = re.compile(r"[abdefgiklmnoprstvyz]*")  # Latin letters that every habit reads alike, pairs aside
_FOLDED = re.compile(r"[a-z]+|[а-яіїєґў]+")  # folded already; what most words are
_PAIRS = re.compile(
    r"[aeoiy]u|gu[eiy]|[iy]ne$|ng|dz[iemk]|ts|sz|tz|rz|^s[aeiouy]|s[bdgw]|[aeiou]s[aeiou]|[aeiou]z$|stein$|tsh|szh|ic$|tc"
)


@lru_cache(maxsize=65536)
def skeletons(token: str, german: bool = False) -> tuple[str, ...]:
    """The keys of ``token``, the likeliest first, at most eight; two spellings of one name share at least one.

    ``german`` says that the text around shows German spelling (see ``looks_german``): then Sinaida may be Зинаида. The
    token is folded first. A token without letters that can be read aloud is its own key; nothing gives ``()``.
    """
    return tuple(dict.fromkeys(map(close, sounds(token, german))))[:MOST_KEYS]


def looks_german(folded: str) -> bool:
    """Whether a folded text in Latin letters is spelled the German way: w, sch, tsch, nothing of the English way."""
    return _GERMAN.search(folded) is not None and _NOT_GERMAN.search(folded) is None


def skeleton(token: str) -> str:
    """The likeliest key of ``token``: the first of ``skeletons``, or the empty text."""
    return next(iter(skeletons(token)), "")


@lru_cache(maxsize=65536)
def sounds(token: str, german: bool = False) -> tuple[str, ...]:
    """What ``token`` sounds like by each habit that fits it, before closing; likeliest first."""
    if not _FOLDED.fullmatch(token):
        token = fold(token)
    written = script(token)
    habits = _habits().get(written)
    if habits is None:
        bare = "".join(letter for letter in token if letter.isalnum())
        return (bare,) if bare else ()
    if not german and written == "latin" and token.isascii() and _PLAIN.fullmatch(token) and not _PAIRS.search(token):
        return (_reader("english", "latin")(token),)
    found = []
    for habit, needs, unless in habits:
        fits = (needs is None or needs.search(token)) and not (unless is not None and unless.search(token))
        if fits or (german and habit.startswith("german")):
            found.append(_reader(habit, written)(token))
    return tuple(dict.fromkeys(sound for sound in found if sound))


_CLOSING: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), target)
    for pattern, target in (
        (r"ts", "c"),
        (r"[td]c", "c"),
        (r"t[CS]", "C"),
        (r"[sS]C", "S"),
        (r"kx", "x"),
        (r"(?<=[oe])ff?$", "v"),
        (r"io", "e"),
        (r"i+(?=[aeou])|(?<=[aeou])i+", ""),
        (r"(?<=[jCS])o", "e"),
        (r"o", "a"),
        (r"(.)\1+", r"\1"),
        (r"[aei]+vi[cC]$", "eviC"),
        (r"[aei]+vna$", "evna"),
    )
)


@lru_cache(maxsize=65536)
def close(sound: str) -> str:
    """The key of a reading: what romanisations and sister languages do not keep is forgotten."""
    for pattern, target in _CLOSING:
        sound = pattern.sub(target, sound)
    return sound


@lru_cache(maxsize=1)
def _habits() -> dict[str, tuple[tuple[str, re.Pattern[str] | None, re.Pattern[str] | None], ...]]:
    found: dict[str, tuple[tuple[str, re.Pattern[str] | None, re.Pattern[str] | None], ...]] = {}
    for row in rows("habits.csv"):
        needs, unless = (re.compile(row[column]) if row[column] else None for column in ("needs", "unless"))
        found[row["script"]] = (*found.get(row["script"], ()), (row["habit"], needs, unless))
    return found


@cache
def _reader(habit: str, base: str) -> Callable[[str], str]:
    """Rules of the habit before those of its script; a habit's rules for a spelling without context replace these."""
    own = [row for row in rows("readings.csv") if row["reading"] == habit]
    settled = {row["from"] for row in own if not row["before"] and not row["after"]}
    shared = [
        row for row in rows("readings.csv") if row["reading"] == base and habit != base and row["from"] not in settled
    ]
    rules = [
        Rule(row["from"], "" if row["to"] == "-" else row["to"], row["before"], row["after"]) for row in own + shared
    ]
    rewrite = Rewriter(rules)
    known = rewrite.known

    def read(token: str) -> str:
        if not known.issuperset(token):
            token = "".join([letter if letter in known else _bare(letter) for letter in token])
        return rewrite(token)

    return read


@lru_cache(maxsize=4096)
def _bare(letter: str) -> str:
    """A letter without its accents, nothing for what is no letter; one without a rule still tells names apart."""
    return unicodedata.normalize("NFD", letter)[0] if letter.isalnum() else ""
