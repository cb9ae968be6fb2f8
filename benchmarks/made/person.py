"""One made person, and how the name is written in each alphabet."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass

from clarion.names import romanise
from made.fathers import patronymic
from made.letters import spelled_in
from made.peoples import GROUPS, Group, drawn, pool

YEARS = (1940, 2004)


@dataclass(frozen=True, slots=True)
class Person:
    """``given``, ``father`` (the patronymic, "" where the group has none) and ``surname`` in Cyrillic letters;
    ``birth`` is year, month, day."""

    group: str
    woman: bool
    given: str
    father: str
    surname: str
    birth: tuple[int, int, int]


def person(group: Group, draw: random.Random, woman: bool | None = None) -> Person:
    """A person of ``group``; the date of birth is spread evenly over ``YEARS``."""
    names = pool(group)
    woman = draw.random() < 0.5 if woman is None else woman
    given = drawn(names.women if woman else names.men, draw)
    father = patronymic(drawn(names.fathers, draw), group.fathers, woman) if group.fathers else ""
    surname = drawn(names.surnames, draw)
    return Person(group.id, woman, given, father, feminine(surname) if woman else surname, birth(draw))


def birth(draw: random.Random) -> tuple[int, int, int]:
    return draw.randint(*YEARS), draw.randint(1, 12), draw.randint(1, 28)


def feminine(surname: str) -> str:
    """A woman's form of a surname; Armenian, Georgian and many others have one form for both."""
    for ending, changed in (
        ("ський", "ська"), ("цький", "цька"), ("ский", "ская"), ("цкий", "цкая"), ("скі", "ская"), ("цкі", "цкая"),
        ("ой", "ая"), ("ый", "ая"), ("оў", "ова"), ("ёў", "ёва"), ("аў", "ава"), ("еў", "ева"),
    ):  # fmt: skip
        if surname.endswith(ending):
            return surname.removesuffix(ending) + changed
    return surname + "а" if surname.endswith(("ов", "ев", "ёв", "ин", "ын", "ін")) else surname


def written(text: str, group: str, script: str) -> str:
    """Cyrillic ``text`` of a person of ``group`` in another alphabet, by its usual romanisation, without accents."""
    if script == "cyrillic" or not text:
        return text
    if script == "latin":
        plain = unicodedata.normalize("NFD", romanise(text, GROUPS[group].latin))
        return "".join(letter for letter in plain if not unicodedata.combining(letter) and letter not in "'’ʼ")
    return " ".join(spelled_in(word, script) for word in text.split())
