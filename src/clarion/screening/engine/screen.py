"""Screen payees against listed parties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from clarion.screening.engine import alignment as roles
from clarion.screening.engine.answer import Answer, Hit, one_datum
from clarion.screening.engine.births import compare_births
from clarion.screening.engine.crafts import craft_of
from clarion.screening.engine.decide import ALONE, ASK, CLEAR, CRAFT, OUTCOMES, Policy, decide
from clarion.screening.engine.evidence import Evidence, probability, total
from clarion.screening.engine.exemptions.entry import ASSET_FREEZE
from clarion.screening.engine.exemptions.match import kinds_of
from clarion.screening.engine.identifiers import compare_identifiers
from clarion.screening.engine.index import Found, NameIndex
from clarion.screening.engine.joined import Joined
from clarion.screening.engine.ledger import name_evidence, whole_name
from clarion.screening.engine.sexes import compare_sexes
from clarion.screening.engine.subject import CRAFTS, ORGANISATION, PERSON, UNKNOWN, ListedName, Party, Payee
from clarion.screening.engine.weights import Weights
from clarion.screening.engine.words import Part, parts_of

FLOOR = 0
"""Weight of a name from which on the rest is looked at, in thousandths of a bit: a birthday can make up for slips."""
Told = tuple[tuple[Part, ...], str]
"""The parts of a name, and the sex that they show."""
DAY = 8_000
"""What a datum weighs, in thousandths of a bit, that tells one of thousands: a day of birth, a number; not a year."""
COMPARED = {PERSON: (PERSON, UNKNOWN), ORGANISATION: (ORGANISATION, *CRAFTS, UNKNOWN)}
"""Which listed parties a payee is compared with. What a list does not call anything can be either."""
CHUNK = 10_000
"""Payees of a batch that are looked at together, to bound memory."""


@dataclass(frozen=True, slots=True)
class _OfKind:
    """The names of one kind of party."""

    index: NameIndex
    owners: tuple[int, ...]
    names: tuple[ListedName, ...]
    joined: Joined | None


class Screen:
    """Listed parties, ready for questions.

    Parameters
    ----------
    parties: who is listed, of all lists together.
    policy: thresholds of the outcomes.
    read: takes listed names apart, for whoever has that at hand.
    """

    def __init__(
        self, parties: Sequence[Party], policy: Policy | None = None, weights: Weights | None = None,
        read: Callable[[ListedName, str, str], Told] = parts_of,
    ) -> None:  # fmt: skip
        self.parties = tuple(parties)
        self.policy = policy or Policy()
        self.weights = weights or Weights()
        self._by_kind = {kind: self._of_kind(kind, read) for kind in (PERSON, ORGANISATION)}
        self._numbers: dict[str, list[int]] = {}
        self._craft_numbers: dict[str, list[int]] = {}
        self._any_craft = any(party.kind in CRAFTS for party in self.parties)
        for at, party in enumerate(self.parties):
            numbers = self._craft_numbers if party.kind in CRAFTS else self._numbers
            for one in party.identifiers:
                numbers.setdefault(one.number, []).append(at)

    def _of_kind(self, kind: str, read: Callable[[ListedName, str, str], Told]) -> _OfKind:
        held = [
            (at, name, read(name, kind, party.sex)[0])
            for at, party in enumerate(self.parties) if party.kind in COMPARED[kind] for name in party.names
        ]  # fmt: skip
        held = [(at, name, parts) for at, name, parts in held if parts]
        index = NameIndex([parts for _, _, parts in held], self.weights, kind == PERSON)
        owners, listed = tuple(at for at, _, _ in held), tuple(name for _, name, _ in held)
        return _OfKind(index, owners, listed, Joined(index) if kind == PERSON else None)

    def check(self, payee: Payee) -> Answer:
        """Screen one payee."""
        return self.check_all([payee])[0]

    def check_all(self, payees: Sequence[Payee]) -> list[Answer]:
        """Screen many, in their order."""
        answers: list[Answer] = []
        for first in range(0, len(payees), CHUNK):
            answers += self._chunk(payees[first : first + CHUNK])
        return answers

    def _chunk(self, payees: Sequence[Payee]) -> list[Answer]:
        found: dict[int, Answer] = {}
        crafts = self._crafts(payees) if self._any_craft else {}
        for kind, names in self._by_kind.items():
            of_kind = [number for number, payee in enumerate(payees) if payee.kind == kind]
            told = [_foremost(parts_of(payees[one], kind, payees[one].sex), names.index) for one in of_kind]
            parts = [one for one, _ in told]
            hits = names.index.search(parts, FLOOR)
            for place, rows in _by_asked(hits, len(of_kind)):
                at = of_kind[place]
                found[at] = self._answer(payees[at], told[place], names, hits, rows, crafts.get(at, {}))
        return [found[at] for at in range(len(payees))]

    def _answer(
        self, payee: Payee, told: Told, names: _OfKind, found: Found, rows: range, crafts: Mapping[int, Hit]
    ) -> Answer:  # fmt: skip
        by_party = {at: self._hit(payee, told, names, at, found, row) for at, row in _best(found, rows, names).items()}
        for hit, at in self._run_together(payee, told, names):
            by_party[at] = max(by_party.get(at, hit), hit, key=lambda one: one.score)
        by_party |= crafts  # what is said to be a ship is compared as one
        hits = list(by_party.values())
        hits += [self._by_number(payee, told, at) for at in self._numbered(payee) if at not in by_party]
        kept = sorted((hit for hit in hits if hit.outcome != CLEAR), key=_first)
        others = [hit for hit in hits if hit.outcome == CLEAR]
        outcome = max((hit.outcome for hit in kept), key=OUTCOMES.index, default=CLEAR)
        return Answer(outcome, one_datum(kept) if outcome == ASK else "", tuple(kept), len(others),
                      ("owners",) if payee.kind == ORGANISATION else (), min(others, key=_likeliest, default=None),
                      tuple(sorted((hit for hit in others if hit.why in (ALONE, CRAFT)), key=_likeliest)))  # fmt: skip

    def _numbered(self, payee: Payee) -> set[int]:
        return {at for one in payee.identifiers for at in self._numbers.get(one.number, ())}

    def _hit(
        self, payee: Payee, told: Told, names: _OfKind, at: int, found: Found, row: int, *, said: bool = False
    ) -> Hit:  # fmt: skip
        number = int(found.name[row])
        named = name_evidence(told[0], names.index, number, found.match[row], int(found.weight[row]))
        theirs = names.index.names[number]
        if payee.kind == ORGANISATION:
            named += whole_name(named, told[0], theirs)
        return self._judge(payee, self.parties[at], names.names[number], named, told, theirs, said=said)

    def _run_together(self, payee: Payee, told: Told, names: _OfKind) -> Iterable[tuple[Hit, int]]:
        for one in names.joined.find(told[0]) if names.joined else ():
            at, theirs = names.owners[one.number], names.index.names[one.number]
            named = names.joined.evidence(told[0], one) if names.joined else []
            mine = tuple(theirs[place] for place in one.parts)
            yield self._judge(payee, self.parties[at], names.names[one.number], named, (mine, told[1]), theirs), at

    def _crafts(self, payees: Sequence[Payee]) -> dict[int, dict[int, Hit]]:
        """Those listed, by payee and party, where the payee's name says that it is a ship or an aircraft, or has the
        number of one."""
        told = {at: craft for at, one in enumerate(payees) if (craft := craft_of(one.name))}
        found: dict[int, dict[int, Hit]] = {at: {} for at in told}
        names = self._by_kind[ORGANISATION]
        asked = {at: Payee(one.name, ORGANISATION, identifiers=one.numbers) for at, one in told.items()}
        parts = {at: _foremost(parts_of(one, ORGANISATION), names.index) for at, one in asked.items()}
        said = [at for at, one in told.items() if one.said]
        hits = names.index.search([parts[at][0] for at in said], FLOOR)
        for place, rows in _by_asked(hits, len(said)):
            at = said[place]
            best = _best(hits, rows, names)
            found[at] = {party: self._hit(asked[at], parts[at], names, party, hits, row, said=True)
                         for party, row in best.items() if self.parties[party].kind in CRAFTS}  # fmt: skip
        for at, one in told.items():
            for party in {party for own in one.numbers for party in self._craft_numbers.get(own.number, ())}:
                found[at].setdefault(party, self._by_number(asked[at], parts[at], party))
        return found

    def _by_number(self, payee: Payee, told: Told, at: int) -> Hit:
        party = self.parties[at]
        return self._judge(payee, party, party.names[0], [], told, (), said=True)

    def _judge(
        self, payee: Payee, party: Party, name: ListedName, named: list[Evidence], told: Told,
        theirs: Sequence[Part], *, said: bool = False,
    ) -> Hit:  # fmt: skip
        """``said`` is whether the payee is said to be what is listed, where that is a ship or an aircraft."""
        more = [compare_sexes(payee.sex, told[1], party.sex), compare_births(payee.birth, party.births)]
        items = [*named, *filter(None, more), *compare_identifiers(payee.identifiers, party.identifiers)]
        craft = party.kind in CRAFTS
        needs = DAY if craft and not said else _needs(name, theirs, told[0], party)
        lacking = [] if craft else _lacking(payee, party, told[0], theirs)
        decision = decide(items, lacking, needs, self.policy)
        why = CRAFT if craft and decision.why == ALONE else decision.why
        score = total(items)
        return Hit(party, name, decision.outcome, score, probability(score, self.policy.prior, payee.kind),
                   tuple(items),
                   decision.settles, why)  # fmt: skip


def _best(found: Found, rows: range, names: _OfKind) -> dict[int, int]:
    """By party, the row of its nearest name."""
    best: dict[int, int] = {}
    for row in rows:
        at = names.owners[found.name[row]]
        if at not in best or found.weight[row] > found.weight[best[at]]:
            best[at] = row
    return best


def _foremost(told: Told, index: NameIndex) -> Told:
    return tuple(index.foremost(told[0])), told[1]


def _lacking(payee: Payee, party: Party, mine: Sequence[Part], theirs: Sequence[Part]) -> list[str]:
    """What the list knows and the question lacks."""
    found = []
    roles_of = [{role for _, role in parts} for parts in (mine, theirs)]
    if roles.PATRONYMIC in roles_of[1] and roles.PATRONYMIC not in roles_of[0]:
        found.append("patronymic")
    if party.births and payee.birth is None:
        found.append("birth")
    if party.identifiers and not payee.identifiers:
        found.append("identifier")
    return found


def _needs(name: ListedName, theirs: Sequence[Part], mine: Sequence[Part], party: Party) -> int:
    """What one more datum has to weigh for a listed name that never hits alone: one of low quality by the list's own
    word, or a single word where the question has more. A given name and a year are those of thousands, so of a person
    (or a ship) who is listed by one word a day of birth or a number has to agree. Who asks for a single word is told
    of it."""
    single = len(theirs) == 1 and len(mine) > 1
    if single and party.kind != ORGANISATION:
        return DAY
    return 1 if name.weak or (single and any(" " in other.whole for other in party.names)) else 0


def _by_asked(found: Found, asked: int) -> Iterable[tuple[int, range]]:
    """For each name asked for, the rows of its hits: they lie together."""
    starts = found.asked.searchsorted(range(asked + 1))
    return ((place, range(int(starts[place]), int(starts[place + 1]))) for place in range(asked))


def _first(hit: Hit) -> tuple[int, bool, tuple[int, int, str, str]]:
    """Of one body under several measures (a bank under a freeze and under limits on lending) freezes stand first."""
    frozen = ASSET_FREEZE in kinds_of(hit.party.list, hit.party.measures)
    return -hit.score, not frozen, _likeliest(hit)


def _likeliest(hit: Hit) -> tuple[int, int, str, str]:
    """A namesake of whom a list says too little to ask for anything is not to stand before the one who is meant."""
    return -hit.score, -OUTCOMES.index(hit.outcome), hit.party.list, hit.party.entry
