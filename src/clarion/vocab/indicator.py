"""A measured figure that tells where an action of the call stands."""

from __future__ import annotations

from dataclasses import dataclass

from clarion.vocab.estimate import Estimate
from clarion.vocab.picture import Picture


@dataclass(frozen=True, slots=True)
class Indicator:
    """``action`` is an action's id; ``statement`` says the figure in one sentence, in the reader's language.

    ``caption`` follows the figure itself; ``source`` names where it comes from; ``href`` leads to its rows.
    ``question`` is what a reader will ask next, if the room can answer it at ``answer``.
    """

    action: str
    figure: Estimate
    statement: str
    caption: str
    source: str
    href: str
    picture: Picture | None = None
    question: str = ""
    answer: str = ""
