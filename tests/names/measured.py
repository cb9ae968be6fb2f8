"""What the tests and the benchmark measure of names: shares of equal keys by system, collisions, pairs of a list."""

from __future__ import annotations

import csv
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from clarion.names import (
    SYSTEMS,
    GivenName,
    fold,
    given_names,
    parse_person,
    patronymic,
    romanise,
    script,
    skeleton,
    skeletons,
)
from clarion.names.tables import rows

_UKRAINIAN, _BELARUSIAN = re.compile("[іїєґ]"), re.compile("ў|[эы].*і|і.*[эы]")
_RUSSIAN = re.compile("[а-я-]+")


def words(language: str) -> list[str]:
    """The given names and surnames of the tables that are spelled in ``language``."""
    given = [(name.people, form) for name in given_names() for form in name.forms]
    surnames = [(row["people"], row["surname"]) for row in rows("surnames.csv")]
    found = [form for people, form in given + surnames if _is(language, people, fold(form))]
    return list(dict.fromkeys(found))


def _is(language: str, people: str, form: str) -> bool:
    written = script(form)
    if language in ("hy", "ka"):
        return written == {"hy": "armenian", "ka": "georgian"}[language]
    if written != "cyrillic":
        return False
    if language == "kk":
        return people in ("kazakh", "kk")
    if language == "uk":
        return people == "uk" or (people == "slavic" and bool(_UKRAINIAN.search(form)) and not _BELARUSIAN.search(form))
    if language == "be":
        return people == "be" or (people == "slavic" and bool(_BELARUSIAN.search(form)))
    return bool(_RUSSIAN.fullmatch(form))


def agreement(system: str) -> tuple[int, int, int, list[tuple[str, str]]]:
    """Names of the system's language: how many, with any key in common, with the likeliest in common, and the misses.

    German spelling is known from the name around, as ``parse_person`` does: Sinaida Iwanowa, not Sinaida alone."""
    names = words(SYSTEMS[system].language)
    any_key, first, missed = 0, 0, []
    for name in names:
        latin = romanise(name, system)
        first += skeleton(latin) == skeleton(name)
        if set(skeletons(latin, system.startswith("press_german"))) & set(skeletons(name)):
            any_key += 1
        else:
            missed.append((name, latin))
    return len(names), any_key, first, missed


def distance_over_one(one: str, other: str) -> bool:
    """Whether two words differ by more than one letter changed, added or left out."""
    if abs(len(one) - len(other)) > 1:
        return True
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    tails = (one[start + 1 :], one[start:]), (other[start + 1 :], other[start:])
    return not (tails[0][0] == tails[1][0] or tails[0][1] == tails[1][0] or tails[0][0] == tails[1][1])


def collisions(kind: str, system: str = "") -> tuple[int, int, int, list[tuple[str, str]]]:
    """Different names with a key in common: how many names, pairs of them, pairs that share a key though they differ in
    more than one letter, and these pairs.

    ``kind``: ``given`` (heads of sets of equivalents; pairs of one set do not count) or ``surname`` (Russian ones).
    ``system``: one of each pair is spelled by it, with all the keys that the spelling may have.
    """
    if kind == "given":
        heads = {fold(name.name): _ids(name) for name in given_names() if name.people != "western"}
    else:
        heads = {fold(row["surname"]): frozenset() for row in rows("surnames.csv") if row["people"] == "ru"}
    by_key: dict[str, list[str]] = defaultdict(list)
    for head in heads:
        for key in skeletons(head):
            by_key[key].append(head)
    same: set[tuple[str, str]] = set()
    for head, forms in heads.items():
        for other in {
            it for key in skeletons(romanise(head, system) if system else head) for it in by_key.get(key, ())
        }:
            if not forms & heads[other] and head != other and distance_over_one(head, other):
                same.add((min(head, other), max(head, other)))
    return len(heads), len(heads) * (len(heads) - 1) // 2, len(same), sorted(same)


def _ids(name: GivenName) -> frozenset[str]:
    return frozenset(fold(form) for form in name.forms)


SYSTEMS_TRIED = (None, "bgn_ru", "icao_9303", "iso9", "press_german", "press_french", "passport_2010", "gost_779b")


def generated(count: int, seed: int) -> list[tuple[dict[str, str], str]]:
    """Names of Russian men and women: roles by word, and the text in a random order and alphabet."""
    draw = random.Random(seed)
    men = [name.name for name in given_names() if name.sex == "m" and name.per_thousand >= 0.5]
    women = [name.name for name in given_names() if name.sex == "f" and name.per_thousand >= 0.5]
    fathers = [row for row in men if row[-1] not in "аяй" and patronymic(row + "ович")]
    surnames = [row["surname"] for row in rows("surnames.csv") if row["people"] == "ru" and row["surname"][-1] == "в"]
    made = []
    for _ in range(count):
        woman = draw.random() < 0.5
        father = draw.choice(fathers).removesuffix("ь")
        parts = {
            "given": draw.choice(women if woman else men),
            "patronymic": father + ("овна" if woman else "ович"),
            "surname": draw.choice(surnames) + "а" * woman,
        }
        order = draw.choice(
            (
                ("given", "patronymic", "surname"),
                ("surname", "given", "patronymic"),
                ("given", "surname"),
                ("surname", "given"),
            )
        )
        system = draw.choice(SYSTEMS_TRIED)
        spelled = {role: romanise(parts[role], system) if system else parts[role] for role in order}
        text = " ".join(spelled[role] for role in order)
        made.append((spelled, text.upper() if draw.random() < 0.3 else text))
    return made


def generated_elsewhere(people: str, count: int, seed: int) -> list[tuple[dict[str, str], str]]:
    """The same for Ukraine (``uk``), Azerbaijan (``az``) and Kazakhstan (``kk``), with the fathers' names of each."""
    draw = random.Random(seed)
    home = {"uk": "slavic", "az": "azeri", "kk": "kazakh"}[people]
    named = [(it.sex, form) for it in given_names() if it.people == home for form in it.forms]
    fits = _UKRAINIAN if people == "uk" else re.compile("[а-яәғқңөұүһі]+")
    named = [
        (sex, form) for sex, form in named if fits.search(fold(form)) and script(form) == "cyrillic" and "-" not in form
    ]
    men, women = ([form for sex, form in named if sex == it] for it in "mf")
    fathers = [form for form in men if form[-1] not in "аяеоьй" and patronymic(form + "ович")]
    surnames = [row["surname"] for row in rows("surnames.csv") if row["people"] == people]
    ends = {"uk": ("ович", "івна"), "az": (" оглы", " кызы"), "kk": ("ұлы", "қызы")}[people]
    made = []
    for _ in range(count):
        woman = draw.random() < 0.5
        surname = draw.choice(surnames)
        parts = {
            "given": draw.choice(women if woman else men),
            "patronymic": draw.choice(fathers) + ends[woman],
            "surname": surname + "а" * (woman and surname.endswith(("ов", "ев", "ин"))),
        }
        order = draw.choice((("given", "patronymic", "surname"), ("surname", "given", "patronymic")))
        system = draw.choice((None, {"uk": "uk_2010", "az": "icao_9303", "kk": "bgn_kk"}[people]))
        spelled = {role: romanise(parts[role], system) if system else parts[role] for role in order}
        made.append((spelled, " ".join(spelled[role] for role in order)))
    return made


def told_wrong(names: list[tuple[dict[str, str], str]]) -> tuple[float, float]:
    """Shares of generated names with a role told wrong, and with a role said to be unknown."""
    wrong = unknown = 0
    for spelled, text in names:
        told = {part.role: part.folded for part in parse_person(text).parts}
        right = {role: fold(word).rstrip("'") for role, word in spelled.items()}
        unknown += "unknown" in told
        wrong += any(told[role] != right.get(role) for role in told if role != "unknown")
    return wrong / len(names), unknown / len(names)


PAIR = re.compile(r"[;/]|\s\(|\)")


def journal_pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """Latin and Cyrillic names of one person, of the EU journal's table for Regulation 269/2014."""
    with (folder / "eu_journal" / "consolidated" / "32014R0269.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["schema"] != "Person":
                continue
            for alias in PAIR.split(row["alias"]):
                if all(script(it) == "cyrillic" for it in alias.split()) and len(alias.split()) >= 2:
                    yield row["name"], alias.strip(" .,)")


def told_sexes(folder: Path) -> Iterator[str]:
    """For each person of that table with a sex: whether it is told ``right``, ``wrong``, or not at all (empty)."""
    with (folder / "eu_journal" / "consolidated" / "32014R0269.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["schema"] == "Person" and row["gender"] in ("male", "female"):
                sex = parse_person(row["name"]).sex
                yield "" if not sex else "right" if sex == row["gender"][0] else "wrong"


def shared_parts(latin: str, cyrillic: str) -> bool:
    """Whether every part of the shorter name has one of its own in the other with a key or a given name in common."""
    one, other = (parse_person(text).parts for text in (latin, cyrillic))
    if len(one) > len(other):
        one, other = other, one
    free = list(other)
    for part in one:
        match = next((it for it in free if part.may_equal(it)), None)
        if match is None:
            return False
        free.remove(match)
    return True


def letters_alone(system: str) -> float:
    """The share of the same names that agree by letters: the Latin spelling against one usual romanisation, both
    without accents and signs. What a reader without keys has."""
    usual = {
        "ru": "bgn_ru_plain",
        "uk": "uk_2010",
        "be": "passport_be_2008",
        "kk": "bgn_kk",
        "hy": "bgn_hy",
        "ka": "ka_2002",
    }
    language = SYSTEMS[system].language
    names = words(language)
    return sum(_plain(romanise(it, system)) == _plain(romanise(it, usual[language])) for it in names) / len(names)


def _plain(text: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFD", fold(text)) if letter.isascii() and letter.isalpha()
    )


def most(pairs: list[tuple[str, str]], count: int = 12) -> str:
    """The first few pairs as text."""
    return ", ".join("/".join(pair) for pair in pairs[:count]) or "none"


def initialled(text: str) -> str:
    """``Сойко В.В.`` for ``Виктор Владимирович Сойко``; empty where given name or surname are not told."""
    name = parse_person(text)
    if not name.given or not name.surname:
        return ""
    letters = [part.text[0] for part in (*name.given[:1], *name.patronymic[:1])]
    return f"{name.surname[0].text} {'.'.join(letters)}."


def families(names: list[str]) -> dict[str, float]:
    """By Russian system the share of whole Cyrillic names that share every part with their own romanisation."""
    systems = [system for system in SYSTEMS.values() if system.language == "ru"]
    return {it.id: sum(shared_parts(romanise(name, it.id), name) for name in names) / len(names) for it in systems}
