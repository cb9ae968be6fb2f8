"""What the tests and the benchmark measure of names: shares of equal keys by system, collisions, pairs of a list."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from clarion.names import SYSTEMS, GivenName, fold, given_names, parse_person, romanise, script, skeleton, skeletons
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


def collisions(kind: str) -> tuple[int, int, int, list[tuple[str, str]]]:
    """Different Russian names with a key in common: names, pairs of them that differ in more than one letter, of those
    the ones with the same key, and these pairs. ``kind``: ``given`` (heads of sets) or ``surname``."""
    if kind == "given":
        heads: list[tuple[str, frozenset[str]]] = [
            (fold(name.name), _ids(name)) for name in given_names() if name.people != "western"
        ]
    else:
        heads = [(fold(row["surname"]), frozenset()) for row in rows("surnames.csv") if row["people"] == "ru"]
    by_key: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    distinct = dict(heads)
    for head in distinct.items():
        for key in skeletons(head[0]):
            by_key[key].append(head)
    same = {
        tuple(sorted((one[0], other[0])))
        for group in by_key.values()
        for one, other in combinations(group, 2)
        if not one[1] & other[1] and distance_over_one(one[0], other[0])
    }
    return len(distinct), len(distinct) * (len(distinct) - 1) // 2, len(same), sorted(same)  # type: ignore[arg-type]


def _ids(name: GivenName) -> frozenset[str]:
    return frozenset(fold(form) for form in name.forms)


PAIR = re.compile(r"[;/]|\s\(|\)")


def journal_pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """Latin and Cyrillic names of one person, of the EU journal's table for Regulation 269/2014."""
    with (folder / "eu_journal" / "consolidated" / "32014R0269.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["schema"] != "Person":
                continue
            for alias in PAIR.split(row["alias"]):
                if script(alias) == "cyrillic" and len(alias.split()) >= 2:
                    yield row["name"], alias.strip(" .,)")


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


def print_agreement() -> None:
    """One line a system."""
    print(f"{'system':20} {'names':>6} {'any key':>8} {'first key':>10}")
    for system in SYSTEMS:
        total, any_key, first, missed = agreement(system)
        print(
            f"{system:20} {total:6} {any_key / total:8.4f} {first / total:10.4f}  {' '.join(map('/'.join, missed[:4]))}"
        )


def most(pairs: list[tuple[str, str]], count: int = 12) -> str:
    """The first few pairs as text."""
    return ", ".join("/".join(pair) for pair in pairs[:count]) or "none"


__all__ = ["Counter", "agreement", "collisions", "journal_pairs", "most", "print_agreement", "shared_parts", "words"]
