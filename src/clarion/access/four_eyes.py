"""Acts that one person alone may not do: which they are, and from how many operators on a second one is asked.

A policy is a row of this table; who asks, who confirms and what has to stay as it was is held in ``store.four_eyes``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from clarion.vocab import Phrase

LIFE = timedelta(days=7)
"""How long an act waits for its second person."""


@dataclass(frozen=True, slots=True)
class Policy:
    """``permission`` is what asking and confirming take; ``operators`` from how many active ones on it holds.

    ``self_may_confirm``: whom the act is about may be the second person.
    """

    what: Phrase
    permission: str
    operators: int
    self_may_confirm: bool = False


POLICIES = {
    "give-operator": Policy(Phrase("Give the role operator"), "desk.people", 3),
    # From two on: else the last but one could be sent away by the other, who is then alone.
    "end-operator": Policy(Phrase("Take the role operator away"), "desk.people", 2, self_may_confirm=True),
    "close-operator": Policy(Phrase("Close an operator's account"), "desk.people", 2, self_may_confirm=True),
    "recover": Policy(Phrase("Recover an account"), "desk.recover", 3),
}
