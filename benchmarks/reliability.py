"""Whether the probability beside a hit is kept: of all payees told so and so likely, how many are the listed one?

    python benchmarks/reliability.py [fit] [--strangers 60000]

Needs CLARION_EVALUATION_DATA. Payees are listed persons and organisations under other spellings, with and without a
date of birth, and made people and other organisations who are nobody listed; they are weighed so that the listed are as
many as the stated prior says (2^-24 for each listed party). Of each payee the party that most speaks for counts. The
scores of the engine are bits of evidence by judgement; two numbers a kind (Platt 1999) make them those that were seen:
``fit`` fits them on every other party and stranger and writes ``engine/data/posterior.json``; the table is of the rest,
and of the persons of the closed British list, whom nothing was fitted on. Brier scores, and the expected calibration
error (Naeini, Cooper and Hauskrecht 2015), stand below each. One of 60,000
strangers weighs as much as some hundred listed persons, so where a row has no other it says that few can be there.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import log
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "screening"))

import numpy as np
from beside.lists import other_bodies, persons
from listed import act, cyrillic_names, in_latin, is_cyrillic, taken_apart
from made.peoples import GROUPS
from made.person import person, written
from numpy.typing import NDArray
from rapidfuzz.fuzz import token_set_ratio
from rapidfuzz.process import cdist
from scipy.optimize import minimize

from clarion.names import fold, romanise
from clarion.screening.engine.births import Birth
from clarion.screening.engine.decide import Policy
from clarion.screening.engine.evidence import BIT, CALIBRATION, calibration, probability
from clarion.screening.engine.screen import Screen
from clarion.screening.engine.subject import ORGANISATION, PERSON, Party, Payee

TUNED = "eu-journal-32014r0269"
UNSEEN = "uk-conlist"
SYSTEMS = ("bgn_ru", "passport_2010", "icao_9303", "iso9", "press_german", "press_french")
EDGES = (0.0, 1e-6, 1e-4, 0.01, 0.1, 0.3, 0.7, 0.9, 0.99, 1.0)
SAME = 85.0
"""Likeness of letters (rapidfuzz, words in any order and number) from which on two organisations are taken for one."""
Asked = tuple[Payee, str]
"""A payee, and the entry of the party that it is; empty for nobody listed."""
Vector = NDArray[np.float64]


def main(fit: bool, strangers: int) -> None:
    data = Path(os.environ["CLARION_EVALUATION_DATA"])
    everybody, draw = persons(data), random.Random(11)
    tuned = in_latin([one for one in everybody if one.list == TUNED])
    unseen = in_latin([one for one in everybody if one.list == UNSEEN])
    named = {one.entry: one for one in everybody if one.list == TUNED}
    british = {one.entry: one for one in everybody if one.list == UNSEEN}
    nobody = list(made(strangers, draw))
    bodies, others = organisations(data)
    samples = {
        PERSON: sample(Screen(tuned), [*spelled(named.values(), draw), *nobody]),
        ORGANISATION: sample(Screen(in_latin(bodies)), [*own_names(bodies), *others]),
    }
    if fit:
        write({kind: fitted(*(column[::2] for column in columns)) for kind, columns in samples.items()})
    for kind, columns in samples.items():
        shown(f"{kind}s, {'those not fitted on' if fit else 'all'}", kind, *(column[1::2] for column in columns))
    told = sample(Screen(unseen), [*spelled(british.values(), draw), *nobody])
    shown("persons of the British list, nothing of which was fitted on", PERSON, *told)


def spelled(parties: Iterator[Party] | Sequence[Party], draw: random.Random) -> Iterator[Asked]:
    """Listed persons by their Cyrillic names, in several spellings, with what a payer may know of them."""
    listed = {party.entry: party for party in parties}
    for given, father, surname, _, entry in taken_apart(cyrillic_names(list(listed.values()))):
        for name in (f"{surname} {given} {father}", f"{given} {surname}", f"{surname} {given[0]}.{father[0]}."):
            text = name if draw.random() < 0.5 else romanise(name, draw.choice(SYSTEMS))
            yield Payee(text, birth=known(listed[entry].births, draw)), entry


def known(births: Sequence[Birth], draw: random.Random) -> Birth | None:
    one, chance = (births[0] if births else None), draw.random()
    if one is None or chance < 0.3:
        return None
    return one if chance < 0.8 else Birth(one.year)


def made(count: int, draw: random.Random) -> Iterator[Asked]:
    """Nobody listed, half of them Russian, in the same spellings and with the same data."""
    others = [group for group in GROUPS if group != "russian"]
    for _ in range(count):
        one = person(GROUPS["russian" if draw.random() < 0.5 else draw.choice(others)], draw)
        father = f" {one.father}" if one.father else ""
        initials = f"{one.surname} {one.given[0]}." + (f"{one.father[0]}." if one.father else "")
        name = draw.choice((f"{one.surname} {one.given}{father}", f"{one.given} {one.surname}", initials))
        text = written(name, one.group, "cyrillic" if draw.random() < 0.5 else "latin")
        yield Payee(text, birth=known([Birth(*one.birth)], draw)), ""


def organisations(data: Path) -> tuple[list[Party], list[Asked]]:
    """Those of two acts; and those of OFAC's programmes for other countries, without those on both lists (the Islamic
    Revolutionary Guard Corps): their letters tell, by another matcher."""
    with tempfile.TemporaryDirectory() as home:
        bodies = [replace(one, identifiers=()) for celex in ("32014R0269", "32014R0833")
                  for one in act(data, Path(home), celex) if one.kind == ORGANISATION]  # fmt: skip
    others = other_bodies(data)
    names = [fold(name.whole) for body in bodies for name in body.names]
    alike = cdist([fold(name) for name in others], names, scorer=token_set_ratio, score_cutoff=SAME).max(axis=1)
    return bodies, [(Payee(name, kind=ORGANISATION), "") for name, near in zip(others, alike, strict=True) if not near]


def own_names(bodies: Sequence[Party]) -> Iterator[Asked]:
    """By their first name, and from Cyrillic."""
    for body in bodies:
        for name in (body.names[0], *(it for it in body.names[1:] if is_cyrillic(it.whole))):
            yield Payee(name.whole, kind=ORGANISATION), f"{body.list} {body.entry}"


def sample(screen: Screen, asked: Sequence[Asked]) -> tuple[Vector, Vector, Vector]:
    """By payee: the score of the party that most speaks for, in bits; whether that is who the payee is; and the weight
    that makes the listed as many as the prior says. Payees for whom no party is looked at are left out."""
    share = len(screen.parties) * 2.0 ** Policy().prior
    listed = sum(bool(entry) for _, entry in asked)
    scores, right, weight = [], [], []
    for answer, (_, entry) in zip(screen.check_all([payee for payee, _ in asked]), asked, strict=True):
        nearest = [*answer.hits, *filter(None, [answer.nearest])]
        if not nearest:
            continue
        best = max(nearest, key=lambda hit: hit.score)
        marks = (best.party.entry, f"{best.party.list} {best.party.entry}")
        scores.append(best.score / BIT)
        right.append(bool(entry) and entry in marks)
        weight.append(share / listed if entry else (1 - share) / (len(asked) - listed))
    return np.array(scores), np.array(right, float), np.array(weight)


def fitted(scores: Vector, right: Vector, weight: Vector) -> dict[str, float]:
    """Slope and offset of the bits (Platt 1999), by weighted likelihood with targets short of 0 and 1."""
    prior = Policy().prior
    weight = weight / weight[right > 0].min()

    def loss(at: Vector) -> float:
        odds = (at[0] * scores + at[1] + prior) * log(2)
        return float((weight * (np.logaddexp(0, odds) - right * odds)).sum())

    found = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-6})
    return {"slope": round(float(found.x[0]), 3), "offset": round(float(found.x[1]), 2)}


def write(kept: dict[str, dict[str, float]]) -> None:
    about = (
        "Bits of evidence as they were seen: slope * score + offset. Fitted by benchmarks/reliability.py (Platt 1999)"
    )
    CALIBRATION.write_text(json.dumps({"about": about, **kept}, indent=1) + "\n", encoding="utf-8")
    calibration.cache_clear()
    print(f"fitted: {kept}")


def shown(title: str, kind: str, scores: Vector, right: Vector, weight: Vector) -> None:
    prior = Policy().prior
    told = np.array([probability(round(score * BIT), prior, kind) for score in scores])
    plain = 1 / (1 + 2.0 ** -np.clip(scores + prior, -60, 60))
    print(f"-- {title}: {int((right > 0).sum()):,} listed and {int((right == 0).sum()):,} others or nobody")
    print(f"   {'told':>17} {'listed':>8} {'others':>8} {'told, mean':>11} {'were':>9}")
    error = 0.0
    for low, high in pairwise(EDGES):
        inside = (told >= low) & ((told < high) | (high == 1.0))
        if not inside.any():
            continue
        mass = weight[inside]
        mean, were = float(np.average(told[inside], weights=mass)), float(np.average(right[inside], weights=mass))
        error += mass.sum() / weight.sum() * abs(mean - were)
        true = int(right[inside].sum())
        print(f"   {low:8g} to {high:5g} {true:8,} {inside.sum() - true:8,} {mean:11.2g} {were:9.2g}")
    brier = [float(np.average((it - right) ** 2, weights=weight)) for it in (told, plain)]
    print(f"   expected calibration error {error:.2g}; Brier score {brier[0]:.3g}, of the bare sum {brier[1]:.3g}")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("fit", nargs="?", choices=["fit"])
    options.add_argument("--strangers", type=int, default=60_000)
    chosen = options.parse_args()
    main(bool(chosen.fit), chosen.strangers)
