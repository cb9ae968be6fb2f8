"""Listed persons of the evaluation data, and strangers made of their names; for tests and benchmarks/screening.py."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

from clarion.names import parse_person
from clarion.screening.engine.births import Birth
from clarion.screening.engine.parties import parties
from clarion.sources.lists import read_list
from clarion.sources.load import load_source

CYRILLIC, LATIN = re.compile("[а-яёіїєґў]", re.IGNORECASE), re.compile("[a-z]", re.IGNORECASE)
TUNED_ON = "32014R0269"
COMMON = [
    "Иванов", "Смирнов", "Кузнецов", "Попов", "Васильев", "Петров", "Соколов", "Михайлов", "Новиков", "Федоров",
    "Морозов", "Волков", "Алексеев", "Лебедев", "Семенов", "Егоров", "Павлов", "Козлов", "Степанов", "Николаев",
    "Орлов", "Андреев", "Макаров", "Никитин", "Захаров", "Зайцев", "Соловьев", "Борисов", "Яковлев", "Григорьев",
    "Романов", "Воробьев", "Сергеев", "Кузьмин", "Фролов", "Александров", "Дмитриев", "Королев", "Гусев", "Киселев",
    "Ильин", "Максимов", "Поляков", "Сорокин", "Виноградов", "Ковалев", "Белов", "Медведев", "Антонов", "Тарасов",
]  # fmt: skip


def is_cyrillic(text):
    return len(CYRILLIC.findall(text)) > len(LATIN.findall(text))


def act(data: Path, home: Path, celex: str):
    """The parties of an act of the Official Journal."""
    load_source("eu-journal", home, data / "screening" / "eu_journal" / "consolidated" / f"{celex}.csv")
    found = read_list(home, f"eu-journal-{celex.lower()}")
    return parties(found.name, found.parties, found.names, found.facts)


def in_latin(listed):
    """The same with names in Latin letters alone, as lists of other authorities print them."""
    bare = [replace(p, names=tuple(name for name in p.names if not is_cyrillic(name.whole))) for p in listed]
    return [p for p in bare if p.names]


def cyrillic_names(listed):
    """Cyrillic names of at least two words, and the entry of a party that has a name in Latin letters too."""
    known = {p.entry for p in in_latin(listed)}
    return [(name.whole, p.entry) for p in listed for name in p.names
            if p.entry in known and is_cyrillic(name.whole) and " " in name.whole.strip()]  # fmt: skip


def taken_apart(pairs):
    """Given name, patronymic, surname, sex and entry, where a name has one of each."""
    for name, entry in pairs:
        told = parse_person(name)
        if len(told.given) == len(told.patronymic) == len(told.surname) == 1:
            yield told.given[0].text, told.patronymic[0].text, told.surname[0].text, told.sex, entry


def strangers(pairs, count, seed=7, surnames=()):
    """People of given names, patronymics and surnames of listed men, drawn apart; surnames from elsewhere if given."""
    drawn = random.Random(seed)
    men = [found for found in taken_apart(pairs) if found[3] == "m"]
    for _ in range(count):
        surname = drawn.choice(surnames) if surnames else drawn.choice(men)[2]
        yield (
            drawn.choice(men)[0],
            drawn.choice(men)[1],
            surname,
            Birth(drawn.randint(1940, 2004), drawn.randint(1, 12), drawn.randint(1, 28)),
        )
