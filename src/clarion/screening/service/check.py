"""Check one payee, or many: screen against the lists in force, set aside who was cleared before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from clarion.access import Actor, require
from clarion.screening.service import policies, screens
from clarion.screening.service.asked import PAYEE
from clarion.screening.service.checked import ASK, CLEAR, REVIEW, Before, Checked, Subject
from clarion.screening.service.kinds import ORGANISATION
from clarion.screening.service.lists import Lists, loaded
from clarion.screening.service.readable import read_whole

if TYPE_CHECKING:
    from clarion.screening.engine.answer import Answer
    from clarion.screening.service.asked import Asked
    from clarion.screening.service.policies import Use

Known = Callable[["Asked", "Answer"], tuple[Before, ...]]
"""Which hits of an answer people have cleared before."""


AT_ONCE = 4_000
"""Payees that are looked at together, so that names that are read here are at hand when they are compared."""


def nobody(_asked: Asked, _answer: Answer) -> tuple[Before, ...]:
    """No register of cleared namesakes: for whoever works without the desk's database."""
    return ()


def check(actor: Actor, asked: Asked, use: str = policies.DEFAULT, *, known: Known = nobody) -> Checked:
    """Screen a payee, their bank and the banks in between. Nothing is kept.

    Raises
    ------
    UnknownName: no such policy. StorageError: a loaded list is damaged.
    """
    return check_all(actor, [asked], use, known=known)[0]


def check_all(
    actor: Actor, several: Sequence[Asked], use: str | Use = policies.DEFAULT, *, known: Known = nobody,
    lists: Lists | None = None,
) -> list[Checked]:  # fmt: skip
    """Screen many, in their order; raises as ``check``."""
    require(actor, "screening.check")
    policy, held = policies.use(use) if isinstance(use, str) else use, lists or loaded()
    missing = held.missing(policy.lists)
    if not held.sanctions:  # nothing to screen by; lists of which a table is missing are told
        return [Checked((), held, policy, missing) for _ in several]
    screen, warned = screens.sanctions(held, policy), screens.statuses(held, policy)
    found = []
    for first in range(0, len(several), AT_ONCE):
        parts = [[(PAYEE, asked), *asked.others()] for asked in several[first : first + AT_ONCE]]
        answers = iter(screen.check_all([one.payee() for row in parts for _, one in row]))
        told = warned.check_all([row[0][1].payee() for row in parts]) if warned else None
        for at, row in enumerate(parts):
            subjects = tuple(_subject(part, one, next(answers), known) for part, one in row)
            found.append(Checked(subjects, held, policy, missing, told[at].hits if told else ()))
    return found


def hits_as_firm(actor: Actor, asked: Asked, found: Checked) -> bool:
    """Whether somebody who is clear as a person would not be as an organisation: a form begins with a person.

    ``Asked.others`` asks for the name as a firm's where it looks like one. Some firms' names do not: of 3,924 that are
    listed and were called persons, 130 came out clear, and all of these are told here, as are 21 of 2,555 strangers.
    So it is said, and changes no answer.
    """
    return hit_as_firms(actor, [(asked, found)])[0]


def hit_as_firms(actor: Actor, several: Sequence[tuple[Asked, Checked]]) -> list[bool]:
    """The same of many, by the lists and the policy that they were screened by; they are the same for all. The engine
    alone is asked: as persons they are clear."""
    require(actor, "screening.check")
    left = [at for at, (asked, found) in enumerate(several) if found.outcome == CLEAR and not _as_firm(asked, found)]
    if not left:
        return [False] * len(several)
    by = several[0][1]
    screen = screens.sanctions(by.lists, by.use)
    told = screen.check_all([several[at][0].called(ORGANISATION).payee() for at in left])
    hit = {at for at, found in zip(left, told, strict=True) if found.outcome in (ASK, REVIEW)}
    return [at in hit for at in range(len(several))]


def _as_firm(asked: Asked, found: Checked) -> bool:
    """Whether a payee was screened as an organisation by their whole name."""
    mine = (one.asked for one in found.subjects if one.part == PAYEE)
    return any(one.kind == ORGANISATION and one.name == asked.name for one in mine)


def _subject(part: str, asked: Asked, answer: Answer, known: Known) -> Subject:
    before = known(asked, answer) if answer.hits else ()
    return Subject(part, asked, answer, before, bool(answer.hits) or read_whole(asked.name, asked.kind))
