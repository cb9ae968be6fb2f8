"""Screening on real lists: who is found from a Cyrillic name, who is held up without being listed, and how fast.

    python benchmarks/screening.py [STRANGERS [PAYEES]]

Needs CLARION_EVALUATION_DATA. Weights were tuned on Regulation 269/2014; the other acts were not looked at for them.
Found is ask or review. Shares stand with their 95 % intervals (Wilson 1927). STRANGERS (5,000) are people made of the
names of listed men, drawn apart; PAYEES (20,000) of names of the tables are screened against 60,000 listed names.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "screening"))

from beside.lists import other_bodies
from listed import COMMON, TUNED_ON, act, cyrillic_names, in_latin, is_cyrillic, strangers, taken_apart

from clarion.names import fold, given_names, romanise
from clarion.names.tables import rows
from clarion.screening.engine.births import Birth
from clarion.screening.engine.decide import ASK, CLEAR, OUTCOMES, REVIEW
from clarion.screening.engine.parties import parties
from clarion.screening.engine.screen import Screen
from clarion.screening.engine.subject import ORGANISATION, ListedName, Party, Payee
from clarion.sources.lists import read_list
from clarion.sources.load import load_source

SYSTEMS = (
    "bgn_ru", "iso9", "gost_779b", "passport_1997", "passport_2010", "icao_9303", "passport_french", "press_german",
    "press_french", "scientific",
)  # fmt: skip
ORGANISATIONS = ("32014R0269", "32014R0833")
NOT_RUSSIAN = set("іїєґўљ")


def main(count: int, payees: int) -> None:
    data = Path(os.environ["CLARION_EVALUATION_DATA"])
    with tempfile.TemporaryDirectory() as home:
        for file in sorted((data / "screening" / "eu_journal" / "consolidated").glob("*.csv")):
            persons = [p for p in act(data, Path(home), file.stem) if p.kind == "person"]
            pairs = cyrillic_names(persons)
            if len(pairs) < 50:
                continue
            note = "tuned on" if file.stem == TUNED_ON else "not tuned on"
            print(f"-- {file.stem} ({note}): {len(persons)} persons, {len(pairs)} Cyrillic names")
            recall(persons, pairs)
            if file.stem == TUNED_ON:
                held_up(persons, pairs, count)
                settled(persons, pairs)
        british(data, Path(home))
        bodies = [p for celex in ORGANISATIONS for p in act(data, Path(home), celex) if p.kind == ORGANISATION]
        organisations(bodies, other_bodies(data))
    speed(payees)


def british(data: Path, home: Path) -> None:
    """The closed British list prints names in Cyrillic too, spelled by others than those of the Official Journal."""
    load_source("uk-conlist", home, data / "screening" / "lists_official" / "UK_OFSI_ConList_2022.xlsx")
    held = read_list(home, "uk-conlist")
    listed = [one for one in parties(held.name, held.parties, held.names, held.facts) if one.kind == "person"]
    for regime in ("Russia", "Belarus"):
        persons = [one for one in listed if regime in one.programmes]
        pairs = cyrillic_names(persons)
        print(f"-- British list of 2022, {regime} (not tuned on): {len(persons)} persons, {len(pairs)} Cyrillic names")
        recall(persons, pairs)


def organisations(listed: Sequence[Party], others: Sequence[str]) -> None:
    """From Cyrillic against Latin listings; their own names; and organisations that other programmes list."""
    screen = Screen([replace(one, identifiers=()) for one in in_latin(listed)])
    known = {(one.list, one.entry) for one in screen.parties}
    asked = [(name.whole, (one.list, one.entry)) for one in listed for name in one.names
             if (one.list, one.entry) in known and is_cyrillic(name.whole)]  # fmt: skip
    print(f"-- {len(listed):,} organisations of {' and '.join(ORGANISATIONS)} (tuned on)")
    show("from a Cyrillic name, listings in Latin letters alone", sum(_bodies(screen, asked)[0]), len(asked))
    screen = Screen(listed)
    own, another = _bodies(screen, [(one.names[0].whole, (one.list, one.entry)) for one in listed])
    show("by its own name", sum(own), len(listed))
    show("by its own name, another one beside it", sum(another), len(listed))
    names = random.Random(4).sample(others, 1500)
    held = [one.outcome != CLEAR for one in screen.check_all([Payee(name, kind=ORGANISATION) for name in names])]
    show("organisations of OFAC's other programmes, held up", sum(held), len(names))


def _bodies(screen: Screen, asked: Sequence[tuple[str, Any]]) -> tuple[list[bool], list[bool]]:
    """Whether the one meant is among the hits, and whether another is."""
    answers = screen.check_all([Payee(name, kind=ORGANISATION) for name, _ in asked])
    hits = [{(hit.party.list, hit.party.entry) for hit in one.hits} for one in answers]
    return ([mark in found for found, (_, mark) in zip(hits, asked, strict=True)],
            [bool(found - {mark}) for found, (_, mark) in zip(hits, asked, strict=True)])  # fmt: skip


def recall(persons: Sequence[Party], pairs: Sequence[tuple[str, str]]) -> None:
    """From Cyrillic, from initials, from other romanisations, against listings in Latin letters without tags."""
    screen = Screen(in_latin(persons))
    parted = list(taken_apart(pairs))
    show("from the Cyrillic name", *found(screen, pairs))
    show("from surname and initials", *found(screen, [(f"{s} {g[0]}.{f[0]}.", e) for g, f, s, _, e in parted]))
    show("from given name and surname", *found(screen, [(f"{g} {s}", e) for g, _, s, _, e in parted]))
    russian = [(name, entry) for name, entry in pairs if not set(name.lower()) & NOT_RUSSIAN]
    for system in SYSTEMS:
        show(f"from {system}", *found(screen, [(romanise(name, system), entry) for name, entry in russian]))


def found(screen: Screen, asked: Sequence[tuple[str, str]]) -> tuple[int, int]:
    answers = screen.check_all([Payee(name) for name, _ in asked])
    hits = (any(hit.party.entry == entry for hit in one.hits) for one, (_, entry) in zip(answers, asked, strict=True))
    return sum(hits), len(asked)


def held_up(persons: Sequence[Party], pairs: Sequence[tuple[str, str]], count: int) -> None:
    """Strangers with common surnames, and with surnames of the list."""
    screen, dated = Screen(persons), Screen([party for party in persons if party.births])
    births = {party.entry: party.births for party in persons}
    listed: dict[tuple[str, str], set[int]] = {}
    for given, _, surname, _, entry in taken_apart(pairs):
        years = {year + by for one in births[entry] for year in one.years for by in (-1, 0, 1)}
        listed.setdefault((fold(given), fold(surname)), set()).update(years)

    def wrong(given: str, surname: str, born: Birth) -> Birth:
        """A year that no listed person of the name has, nor one beside it."""
        taken = listed.get((fold(given), fold(surname)), set())
        return Birth(next(year for year in range(born.year, born.year + 200) if year not in taken))

    for kind, surnames in (("common surnames", COMMON), ("surnames of the list", ())):
        people = list(strangers(pairs, count, surnames=surnames))
        same = sum((fold(given), fold(surname)) in listed for given, _, surname, _ in people)
        print(f"   strangers with {kind}: {same / count:.2%} have given name and surname of a listed person")
        for data, asked in (
            ("given name, surname", [Payee(f"{g} {s}") for g, _, s, _ in people]),
            ("the same, a year of birth", [Payee(f"{g} {s}", birth=Birth(b.year)) for g, _, s, b in people]),
            ("the same, a wrong year", [Payee(f"{g} {s}", birth=wrong(g, s, b)) for g, _, s, b in people]),
            ("patronymic and birthday", [Payee(f"{s} {g} {f}", birth=b) for g, f, s, b in people]),
        ):
            outcomes = [one.outcome for one in screen.check_all(asked)]
            told = ", ".join(f"{o} {interval(outcomes.count(o), count)}" for o in OUTCOMES)
            ratio = f", ask {outcomes.count(ASK) / max(same, 1):.2f} of the exact ones" if "surname" in data else ""
            print(f"     {data}: {told}{ratio}")
            if "wrong" in data:
                outcomes = [one.outcome for one in dated.check_all(asked)]
                held = outcomes.count(ASK) + outcomes.count(REVIEW)
                print(f"       the same, of listings with a date of birth: held up {interval(held, count)}")


def settled(persons: Sequence[Party], pairs: Sequence[tuple[str, str]]) -> None:
    """Of the listed who are asked for a datum by given name and surname, how many the true one turns into a review."""
    screen, by_entry = Screen(persons), {p.entry: p for p in persons}
    asked = year = father = 0
    for given, patronymic, surname, _, entry in taken_apart(pairs):
        births = by_entry[entry].births
        if not births or screen.check(Payee(f"{given} {surname}")).outcome != ASK:
            continue
        asked += 1
        year += screen.check(Payee(f"{given} {surname}", birth=Birth(births[0].year))).outcome == REVIEW
        father += screen.check(Payee(f"{surname} {given} {patronymic}")).outcome == REVIEW
    show("the true year turns ask into review", year, asked)
    show("the true patronymic does", father, asked)


def speed(count: int) -> None:
    drawn = random.Random(1)
    men = [(name.name, max(name.per_thousand, 0.05)) for name in given_names() if name.sex == "m"]
    known = [(row["surname"], float(row["per_thousand"])) for row in rows("surnames.csv")]
    parts = ["ба", "ве", "га", "до", "жу", "зе", "ка", "ло", "ма", "но", "пе", "ро", "су", "та", "фо", "ха"]
    endings = ["ов", "ев", "ин", "ский", "енко", "ук", "ян", "швили"]

    def person() -> tuple[str, str, str]:
        father = pick(men)
        patronymic = father[:-1] + "евич" if father[-1] in "йь" else father + "ович"
        rare = "".join(drawn.choices(parts, k=3)).capitalize() + drawn.choice(endings)
        return pick(known) if drawn.random() < 0.35 else rare, pick(men), patronymic

    def pick(weighted: list[tuple[str, float]]) -> str:
        return drawn.choices([name for name, _ in weighted], [weight for _, weight in weighted])[0]

    def party(number: int) -> Party:
        surname, given, father = person()
        full = f"{given} {father} {surname}"
        names = (full, romanise(full, "bgn_ru_plain"), romanise(full, "icao_9303"))
        return Party("made", str(number), "person", tuple(map(ListedName, names)), births=(Birth(1960, 1, 2),))

    screen = Screen([party(number) for number in range(20_000)])
    asked = [Payee(" ".join(person()[:2]) if drawn.random() < 0.4 else " ".join(person())) for _ in range(count)]
    begun = time.process_time()
    screen.check_all(asked)
    took = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"-- {count:,} payees against 60,000 names: {count / took:,.0f} a second and core, {memory:,.0f} MB at most")
    one_by_one = sorted(timed(screen, payee) for payee in asked[:2000])
    print(f"   one at a time: p50 {one_by_one[1000] * 1000:.1f} ms, p95 {one_by_one[1900] * 1000:.1f} ms")


def timed(screen: Screen, payee: Payee) -> float:
    begun = time.perf_counter()
    screen.check(payee)
    return time.perf_counter() - begun


def interval(hits: int, of: int) -> str:
    share, z = hits / max(of, 1), 1.96
    middle, half = share + z * z / (2 * of), z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    low, high = (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)
    return f"{share:.2%} ({low:.2%} to {high:.2%})"


def show(what: Any, hits: int, of: int) -> None:
    print(f"   {what}: {interval(hits, of)} of {of}" if of else f"   {what}: none asked")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(*(numbers + [5000, 20_000][len(numbers) :]))
