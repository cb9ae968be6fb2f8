"""Which word is the given name, the patronymic, the surname: every order weighed, doubt said.

Each order has a prior and each word speaks for or against a role (logarithms of odds, set by hand, not fitted to any
list). The probability of a role is summed over all orders; a word without a role likelier than ``SURE`` is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import exp
from typing import NamedTuple

SURE = 0.8
MOST_WORDS = 5

# g given, p patronymic, s surname. Orders that are not listed have UNUSUAL.
ORDERS = {
    "g": -0.7, "s": -0.7,
    "gs": 0.0, "sg": -0.3, "gp": -3.0, "gg": -3.0, "ss": -4.0, "ps": -5.0, "sp": -4.0,
    "gps": 0.0, "sgp": 0.0, "ggs": -1.0, "gss": -1.5, "sgg": -2.0, "ssg": -2.5, "gsp": -3.0, "spg": -5.0,
    "gpss": -0.5, "ssgp": -1.0, "ggss": -1.5, "gsss": -2.5, "sggp": -2.0, "ggps": -1.5, "gggs": -2.0, "sggg": -3.0,
    "gpsss": -2.0, "ggpss": -2.0, "gggss": -2.5, "ggggs": -3.0,
}  # fmt: skip
UNUSUAL = -7.0
NAMES = {"g": "given", "p": "patronymic", "s": "surname"}


class Signs(NamedTuple):
    """What one word shows. ``given``: 2 a known name, 1 a short or doubtful form. ``patronymic``: 3 an ending of
    nothing else, 2 of a known father, 1 an ending. ``surname``: 2 a known one, 1 an ending. ``capital``: alone in
    capitals; ``left`` of the comma."""

    given: int
    patronymic: int
    surname: int
    capital: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    """``roles`` with ``sure`` (probability) for each word, and the likeliest ``readings`` of the whole, best first."""

    roles: tuple[str, ...]
    sure: tuple[float, ...]
    readings: tuple[tuple[tuple[str, ...], float], ...]


@lru_cache(maxsize=65536)
def assign(words: tuple[Signs, ...], initials: int) -> Roles:
    """The roles of up to five words beside that many initials; of more words only patronymics are told."""
    if not words:
        return Roles((), (), ())
    if len(words) > MOST_WORDS:
        told = tuple("patronymic" if word.patronymic == 3 else "unknown" for word in words)
        return Roles(told, tuple(0.9 if role == "patronymic" else 0.0 for role in told), ())
    scores = {}
    for order in map("".join, product("gps", repeat=len(words))):
        score = ORDERS.get(order, UNUSUAL) + sum(map(_speaks, words, order))
        if initials and len(words) == 1:
            score += {"g": -1.5 if initials == 1 else -4.0, "s": 1.0}.get(order, -2.0)
        scores[order] = score
    best = max(scores.values())
    weights = {order: exp(score - best) for order, score in scores.items()}
    total = sum(weights.values())
    roles, sure = [], []
    for place in range(len(words)):
        shares = {role: sum(it for order, it in weights.items() if order[place] == role) / total for role in "gps"}
        likeliest = max(shares, key=lambda role: shares[role])
        roles.append(NAMES[likeliest] if shares[likeliest] >= SURE else "unknown")
        sure.append(round(shares[likeliest], 3))
    ranked = sorted(weights.items(), key=lambda it: -it[1])[:3]
    readings = tuple(
        (tuple(NAMES[role] for role in order), round(weight / total, 3))
        for order, weight in ranked
        if weight / total > 0.05
    )
    return Roles(tuple(roles), tuple(sure), readings)


def _speaks(word: Signs, role: str) -> float:
    if role == "g":
        known = (-1.5 - 1.5 * (word.surname > 0), 1.0, 2.5)[word.given]
        return known - 6.0 * word.left - 4.0 * word.capital - 2.0 * (word.patronymic > 0)
    if role == "p":
        return (-8.0, 1.0, 2.5, 3.0)[word.patronymic] - 4.0 * word.left
    ordinary = (0.0, 0.0, -1.5, -5.0)[word.patronymic] + (0.0, 1.0, 2.0)[word.surname]
    return ordinary + 6.0 * word.left + 5.0 * word.capital - (1.0 if word.given == 2 and word.surname < 2 else 0.0)
