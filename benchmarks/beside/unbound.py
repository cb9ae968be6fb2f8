"""Clarion's score of a pair of payee and listed party, also of those far under every threshold."""

from __future__ import annotations

from collections.abc import Sequence

from beside.environments import Pair
from clarion.screening.engine.decide import Policy
from clarion.screening.engine.screen import Screen
from clarion.screening.engine.subject import Party

_EVERYTHING = Policy(ask=-1000.0, review=-1000.0, against=-1000.0)
NOTHING = -1000.0
"""The score of a pair that is not weighed: the names share too little."""


def bits_of(pairs: Sequence[Pair]) -> list[float]:
    """Bits for each pair whose outcome is ask or review; of a pair that is clear they count as under the threshold at
    which the engine asks, so that a rule beside the score (one word alone, spelled alike alone) holds here too."""
    parties = list({id(party): party for _, party in pairs}.values())
    payees = list(dict.fromkeys(payee for payee, _ in pairs))
    own, all_of = Screen(parties), Screen(parties, _EVERYTHING)
    outcome = {(payee, _mark(hit.party)) for payee, one in zip(payees, own.check_all(payees), strict=True)
               for hit in one.hits}  # fmt: skip
    score = {(payee, _mark(hit.party)): hit.score / 1000
             for payee, one in zip(payees, all_of.check_all(payees), strict=True) for hit in one.hits}  # fmt: skip
    asks = Policy().ask
    found = []
    for payee, party in pairs:
        key = payee, _mark(party)
        bits = score.get(key, NOTHING)
        found.append(max(bits, asks) if key in outcome else min(bits, asks - 0.001))
    return found


def _mark(party: Party) -> tuple[str, str]:
    return party.list, party.entry
