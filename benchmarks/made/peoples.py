"""Thirteen groups of nationality, with the names that the tables have for each."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache

from clarion.names import GivenName, given_names, script
from clarion.names.tables import rows
from made.fathers import patronymic

RUSSIAN = re.compile("[А-Яа-яЁё]+")
_LETTERS = {
    "uk": re.compile("[А-ЩЬЮЯҐЄІЇа-щьюяґєії']*[ҐЄІЇґєії][А-ЩЬЮЯҐЄІЇа-щьюяґєії']*"),
    "be": re.compile("(?=.*[ўыэ])[А-ЗЙ-ШЫ-ЯЁІЎа-зй-шы-яёіў']+"),
    "kk": re.compile("[А-Яа-яӘҒҚҢӨҰҮҺІәғқңөұүһі]+"),
}
RARE = 0.05
"""Weight of a given name that has no figure, in people of a thousand."""


@dataclass(frozen=True, slots=True)
class Group:
    """``homes`` are the peoples of the given-name table, ``surnames`` the code in that of surnames; ``fathers`` the
    style of patronymics ("" has none), ``latin`` the usual romanisation; ``scripts`` are all in which it is written."""

    id: str
    title: str
    homes: tuple[str, ...]
    surnames: str
    fathers: str
    latin: str
    scripts: tuple[str, ...] = ("cyrillic", "latin")


GROUPS = {group.id: group for group in (
    Group("russian", "Russian", ("slavic",), "ru", "ru", "bgn_ru_plain"),
    Group("ukrainian", "Ukrainian", ("slavic",), "uk", "uk", "uk_2010"),
    Group("belarusian", "Belarusian", ("slavic",), "be", "be", "passport_be_2008"),
    Group("kazakh", "Kazakh", ("kazakh",), "kk", "kk", "bgn_kk"),
    Group("kyrgyz", "Kyrgyz", ("kyrgyz",), "ky", "ru", "bgn_ru_plain"),
    Group("uzbek", "Uzbek", ("uzbek",), "uz", "ru", "bgn_ru_plain"),
    Group("tajik", "Tajik", ("tajik",), "tg", "ru", "bgn_ru_plain"),
    Group("turkmen", "Turkmen", ("turkmen",), "tk", "ru", "bgn_ru_plain"),
    Group("armenian", "Armenian", ("armenian",), "hy", "ru", "bgn_ru_plain", ("cyrillic", "latin", "armenian")),
    Group("georgian", "Georgian", ("georgian",), "ka", "", "bgn_ru_plain", ("cyrillic", "latin", "georgian")),
    Group("azerbaijani", "Azerbaijani", ("azeri",), "az", "az", "bgn_ru_plain"),
    Group("caucasian", "Chechen, Dagestani and others", ("caucasus", "muslim"), "nc", "ru", "bgn_ru_plain"),
    Group("tatar", "Tatar and Bashkir", ("tatar",), "tt", "ru", "bgn_ru_plain"),
)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pool:
    """Names with their weights; ``fathers`` are men's names of which a patronymic can be made."""

    men: tuple[tuple[str, ...], tuple[float, ...]]
    women: tuple[tuple[str, ...], tuple[float, ...]]
    fathers: tuple[tuple[str, ...], tuple[float, ...]]
    surnames: tuple[tuple[str, ...], tuple[float, ...]]


@cache
def pool(group: Group) -> Pool:
    """What names a group is made of, in its own order: the tables' order, so that a seed gives the same people."""
    men, women = ([(form, weight) for form, weight in _given(group, sex)] for sex in "mf")
    fathers = [(form, weight) for form, weight in men if group.fathers and patronymic(form, group.fathers, False)]
    surnames = [(row["surname"], float(row["per_thousand"])) for row in rows("surnames.csv")
                if row["people"] == group.surnames]  # fmt: skip
    return Pool(*(_parted(found) for found in (men, women, fathers, surnames)))


def drawn(names: tuple[tuple[str, ...], tuple[float, ...]], draw: random.Random) -> str:
    return draw.choices(names[0], names[1])[0]


def _given(group: Group, sex: str) -> list[tuple[str, float]]:
    found: dict[str, float] = {}
    for name in given_names():
        if name.people in group.homes and name.sex == sex and (form := _form(name, group)):
            found[form] = max(found.get(form, 0.0), name.per_thousand or RARE)
    return list(found.items())


def _form(name: GivenName, group: Group) -> str:
    """The name as this group writes it in Cyrillic; empty where the table does not tell. A Slavic name without a figure
    is left out: too many of them are monks' names."""
    if "slavic" in group.homes and not name.per_thousand:
        return ""
    fits = _LETTERS.get(group.fathers, RUSSIAN)
    return next((form for form in name.forms if script(form) == "cyrillic" and fits.fullmatch(form)), "")


def _parted(found: list[tuple[str, float]]) -> tuple[tuple[str, ...], tuple[float, ...]]:
    return tuple(name for name, _ in found), tuple(weight for _, weight in found)
