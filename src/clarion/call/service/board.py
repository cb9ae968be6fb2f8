"""The board: the actions of the call, what is measured of each, and what stands committed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clarion.access import Actor, require
from clarion.call.actions import actions
from clarion.call.service.commitments import Standing
from clarion.vocab import Action, Indicator


@dataclass(frozen=True, slots=True)
class Card:
    """An action and what is measured of it; without an indicator it is honestly "not measured yet"."""

    action: Action
    indicators: tuple[Indicator, ...]
    commitments: tuple[Standing, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        measured = [
            {
                "statement": i.statement,
                "figure": i.figure.to_dict(),
                "source": i.source,
                "href": i.href,
                "question": i.question,
                "answer": i.answer,
            }
            for i in self.indicators
        ]
        a = self.action
        return {
            "id": a.id,
            "title": a.title,
            "summary": a.summary,
            "addressees": list(a.addressees),
            "room": a.room,
            "measured": measured,
            "commitments": [c.to_dict() for c in self.commitments],
        }


def board(actor: Actor, measured: Sequence[Indicator], standing: Sequence[Standing] = ()) -> list[Card]:
    """The actions with their indicators and with what is committed for them, those that are measured first."""
    require(actor, "call.view")
    cards = [
        Card(a, tuple(i for i in measured if i.action == a.id), tuple(s for s in standing if s.kept.action == a.id))
        for a in actions()
    ]
    return sorted(cards, key=lambda c: not c.indicators)
