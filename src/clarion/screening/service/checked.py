"""What a screening found of a payee and of the banks on the way, with all that a decision needs to be made again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clarion import __version__
from clarion.screening.engine.answer import one_datum
from clarion.screening.engine.subject import CRAFTS
from clarion.screening.service.asked import PAYEE
from clarion.screening.service.kinds import ORGANISATION, firms_name
from clarion.screening.service.version import engine_version

if TYPE_CHECKING:
    from clarion.screening.engine.answer import Answer, Hit
    from clarion.screening.service.asked import Asked
    from clarion.screening.service.lists import Lists
    from clarion.screening.service.policies import Use

CLEAR, ASK, REVIEW, STALE, NOT_SCREENED = OUTCOMES = ("clear", "ask", "review", "stale", "not-screened")
"""Only the first lets a payment go. The last two: nobody was cleared, because no list that counts was at hand."""
UNCHECKED = "unchecked"
_GRAVITY = {CLEAR: 0, NOT_SCREENED: 1, STALE: 2, ASK: 3, REVIEW: 4}


@dataclass(frozen=True, slots=True)
class Before:
    """A hit that people cleared before: by whom, when, until when. ``list`` and ``entry`` name the listed party."""

    list: str
    entry: str
    by: str
    at: str
    until: str

    def to_dict(self) -> dict[str, str]:
        return {"list": self.list, "entry": self.entry, "by": self.by, "at": self.at, "until": self.until}


@dataclass(frozen=True, slots=True)
class Subject:
    """One of those screened. ``part`` is payee, bank or intermediary; ``before`` are hits of ``answer`` that people
    cleared before; ``whole`` says that every part of the name could be read: who is clear by half a name is not."""

    part: str
    asked: Asked
    answer: Answer
    before: tuple[Before, ...] = ()
    whole: bool = True

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Those that nobody has cleared."""
        known = {(one.list, one.entry) for one in self.before}
        return tuple(hit for hit in self.answer.hits if (hit.party.list, hit.party.entry) not in known)

    @property
    def craft(self) -> bool:
        """Whether the payee hits, and nothing but ships and aircraft."""
        return self.part == PAYEE and bool(self.hits) and all(hit.party.kind in CRAFTS for hit in self.hits)

    @property
    def outcome(self) -> str:
        nobody = CLEAR if self.whole else NOT_SCREENED
        return max((hit.outcome for hit in self.hits), key=_GRAVITY.__getitem__, default=nobody)

    @property
    def settles(self) -> str:
        """The one datum that would settle most of what is asked; empty where that is not the question."""
        if self.outcome != ASK:
            return ""
        return one_datum(self.hits)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, ledger and all. ``nearest`` is there where nobody is left who hits, and shows why."""
        nearest = self.answer.nearest if self.outcome == CLEAR else None
        found = {(hit.party.list, hit.party.entry): hit for hit in self.answer.hits}
        return {
            "part": self.part, "outcome": self.outcome, "settles": self.settles, "cleared": self.answer.cleared,
            "whole": self.whole, "unchecked": list(self.answer.unchecked), "hits": [hit.to_dict() for hit in self.hits],
            "before": [one.to_dict() | {"hit": found[one.list, one.entry].to_dict()} for one in self.before],
            "nearest": nearest.to_dict() if nearest else None, "seen": [hit.to_dict() for hit in self.answer.seen],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checked:
    """``subjects`` begin with the payee; none were screened where no list is loaded. ``warnings`` are statuses of the
    payee that endanger them, and never change the outcome. ``missing`` are lists that the policy asks for."""

    subjects: tuple[Subject, ...]
    lists: Lists
    use: Use
    missing: tuple[str, ...] = ()
    warnings: tuple[Hit, ...] = ()

    @property
    def outcome(self) -> str:
        found = max((one.outcome for one in self.subjects), key=_GRAVITY.__getitem__, default=CLEAR)
        if found != CLEAR:
            return found
        if not self.subjects or self.missing:
            return NOT_SCREENED
        return STALE if self.lists.stale else CLEAR

    @property
    def payee(self) -> Subject | None:
        return self.subjects[0] if self.subjects else None

    @property
    def readings(self) -> tuple[str, ...]:
        """As what each of the subjects was screened, where the payee's name can be read in several ways: ``person``,
        ``organisation``, ``whole`` (the field as one name), ``name`` (one of several in it) or ``head`` (an
        organisation, without what stands behind a comma); else empty. Who hits ships and aircraft alone was found as
        one of these (``craft``), whatever the name was called."""
        if not self.subjects:
            return ("",)
        asked = self.subjects[0].asked
        more = [_reading(one, asked) for one in self.subjects[1:]]
        other_kind = any(one.asked.kind != asked.kind for one in self.subjects[1:] if one.part == PAYEE)
        found = (asked.kind if other_kind else "whole" if any(more) else "", *more)
        return tuple("craft" if one.craft else name for one, name in zip(self.subjects, found, strict=True))

    @property
    def ownership(self) -> str:
        """``unchecked`` of an organisation, whose owners were not looked at, whatever the outcome: of what was called
        one, hits as one, or has a firm's name though it was called a person. The banks' owners are left out always."""
        told = [one for at, one in enumerate(self.subjects)
                if one.part == PAYEE and (not at or one.hits or firms_name(one.asked.name))]  # fmt: skip
        return UNCHECKED if any("owners" in one.answer.unchecked for one in told) else ""

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready and without whom it was about: the same question gives the same bytes."""
        return {
            "outcome": self.outcome,
            "settles": next((one.settles for one in self.subjects if one.settles), ""),
            "subjects": [
                one.to_dict() | {"reading": reading} for one, reading in zip(self.subjects, self.readings, strict=False)
            ],
            "ownership": self.ownership,
            "warnings": [hit.to_dict() for hit in self.warnings],
            "missing": list(self.missing),
            "policy": self.use.to_dict(),
            "lists": [one.to_dict() for one in self.lists.sanctions],
            "statuses": [one.to_dict() for one in self.lists.statuses],
            "clarion": __version__,
            "engine": engine_version(),
        }


def _reading(one: Subject, payee: Asked) -> str:
    if one.part != PAYEE:
        return ""
    if one.asked.name == payee.name:
        return one.asked.kind
    return "head" if one.asked.kind == ORGANISATION else "name"
