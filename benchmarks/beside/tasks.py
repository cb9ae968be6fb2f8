"""What the matchers are asked: pairs of a payee and a listed party, and whether they are one person."""

from __future__ import annotations

import csv
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from made.labelled import Listed, labelled
from rapidfuzz import fuzz, process

from beside.environments import Pair
from beside.likeness import plain
from clarion.screening.engine.births import Birth
from clarion.screening.engine.subject import ORGANISATION, PERSON, ListedName, Party, Payee

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "screening"))
NEAREST = 20
"""How many listed persons are compared with a stranger: those whose names are nearest by letters."""


def labelled_pairs(split: str) -> tuple[list[Pair], np.ndarray, list[str]]:
    """Pairs of the labelled set that can be told apart, their labels and kinds."""
    listed, queries = labelled()
    parties = {row.listed_id: _party(row) for row in listed if row.split == split}
    chosen = [query for query in queries if query.split == split and query.decidable == "yes"]
    pairs = [(Payee(query.name, birth=_birth(query.birth)), parties[query.listed_id]) for query in chosen]
    return pairs, np.array([query.label == "same" for query in chosen]), [query.kind for query in chosen]


def name_bench() -> tuple[list[Pair], np.ndarray, tuple[np.ndarray, float], float]:
    """Pairs of bare names with their labels, Clarion's cross-validated probabilities and seconds, and its threshold."""
    import pairs as ours

    from clarion.screening.engine.pairs import pair_features

    folder = Path(os.environ["CLARION_EVALUATION_DATA"]) / "screening" / "pairs"
    with (folder / "nomenklatura_name_bench_tuning_half.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    true = np.array([row["is_match"] == "true" for row in rows])
    begun = time.process_time()
    x = np.array([pair_features(row["name1"], row["name2"], row["schema"]) for row in rows])
    seconds = time.process_time() - begun
    told = ours.cross_validated(x, true, [row["name2"] for row in rows])
    kinds = [PERSON if row["schema"] == "Person" else ORGANISATION for row in rows]
    made = [(Payee(row["name1"], kind), Party("bench", str(at), kind, (ListedName(row["name2"]),)))
            for at, (row, kind) in enumerate(zip(rows, kinds, strict=True))]  # fmt: skip
    return made, true, (told, seconds), ours.THRESHOLD


def russian_pairs() -> list[Pair]:
    """Cyrillic names of Regulation 269/2014, each with its own entry in Latin letters."""
    from listed import cyrillic_names, in_latin

    persons = _act()
    latin = {party.entry: party for party in in_latin(persons)}
    return [(Payee(name), latin[entry]) for name, entry in cyrillic_names(persons)]


def russian_strangers(count: int) -> Iterator[tuple[str, list[Payee], list[Party]]]:
    """Unlisted people with common Russian surnames, asked for in four ways."""
    from listed import COMMON, cyrillic_names, strangers

    persons = _act()
    people = list(strangers(cyrillic_names(persons), count, surnames=COMMON))
    yield "given name and surname", [Payee(f"{g} {s}") for g, _, s, _ in people], persons
    yield "with a year of birth", [Payee(f"{g} {s}", birth=Birth(b.year)) for g, _, s, b in people], persons
    yield "with patronymic", [Payee(f"{s} {g} {f}") for g, f, s, _ in people], persons
    yield "with patronymic and birthday", [Payee(f"{s} {g} {f}", birth=b) for g, f, s, b in people], persons


def nearest(payees: Sequence[Payee], listed: Sequence[Party]) -> list[list[Pair]]:
    """For each payee the listed persons with the names nearest by letters (words in any order, some left out)."""
    names = [(plain(name.whole), at) for at, party in enumerate(listed) for name in party.names]
    asked = [plain(payee.name) for payee in payees]
    likeness = process.cdist(asked, [name for name, _ in names], scorer=fuzz.token_sort_ratio, dtype=np.uint8)
    owner = np.array([at for _, at in names])
    found = []
    for payee, row in zip(payees, likeness, strict=True):
        order = owner[np.argsort(-row.astype(int), kind="stable")[: NEAREST * 4]]
        found.append([(payee, listed[at]) for at in list(dict.fromkeys(order.tolist()))[:NEAREST]])
    return found


def _act() -> list[Party]:
    from listed import TUNED_ON, act

    with tempfile.TemporaryDirectory() as home:
        found = act(Path(os.environ["CLARION_EVALUATION_DATA"]), Path(home), TUNED_ON)
    return [party for party in found if party.kind == PERSON]


def _party(row: Listed) -> Party:
    birth = _birth(row.birth)
    return Party("labelled", row.listed_id, PERSON, (ListedName(row.name),), row.sex, (birth,) if birth else ())


def _birth(text: str) -> Birth | None:
    return Birth(*map(int, text.split("-"))) if text else None
