"""Surnames that Belarusian and Ukrainian spell by ear where Russian does not, or the other way round.

Belarusian writes unstressed vowels as they sound (Сярода, Середа), soft т and д as ць and дзь (Працько, Протько) and a
в before у (Навумаў, Наумов); Ukrainian has і where Russian has е (Пасічник, Пасечник). Whole surnames are translated
so in passports of the three countries. Their keys differ; ``kin_keys`` forgets what differs. It forgets much, so two
surnames are kin only where a word of one of the two names shows that it is spelled in that language (``sister_of``).

Source of the rules: Belarusian orthography of 2008 (law 420-З, sections on akanne, dzekanne and prothetic letters);
Ukrainian orthography of 2019, section on Slavic surnames.
"""

from __future__ import annotations

import re
from functools import lru_cache

from clarion.names.tables import rows

BELARUSIAN, UKRAINIAN = "be", "uk"
SISTERS = (BELARUSIAN, UKRAINIAN)

_FORGET = {
    BELARUSIAN: ((r"^v(?=[aeu])|(?<=[aei])v(?=u)", ""), (r"^u(?=[^aeiu])|(?<=[ae])u$", "v"), (r"dz(?=[aeim])", "d"),
                 (r"c", "t"), (r"e", "a"), (r"(.)\1+", r"\1")),
    UKRAINIAN: ((r"i", "e"), (r"(.)\1+", r"\1")),
}  # fmt: skip
_RULES = {sister: [(re.compile(it), to) for it, to in rules] for sister, rules in _FORGET.items()}


@lru_cache(maxsize=65536)
def sister_of(folded: str) -> str:
    """The language that a folded word of a name is spelled in: ``be``, ``uk``, or nothing where neither shows."""
    return next((sister for sister in SISTERS if _signs()[sister].search(folded)), "")


@lru_cache(maxsize=1)
def _signs() -> dict[str, re.Pattern[str]]:
    shown = [(row["sister"], sign) for row in rows("sister_signs.csv") for sign in row["signs"].split()]
    return {sister: re.compile("|".join(f"(?:{it})" for of, it in shown if of == sister)) for sister in SISTERS}


@lru_cache(maxsize=65536)
def kin_key(key: str, sister: str) -> str:
    """A phonemic key (``skeletons``) without what the spelling of ``sister`` changes."""
    for pattern, target in _RULES[sister]:
        key = pattern.sub(target, key)
    return key
