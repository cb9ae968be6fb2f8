"""What waits for a second person, and what happens when one confirms."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from clarion.access import Actor
from clarion.access.store import four_eyes
from clarion.access.store.models import SecondPerson
from clarion.desk import people, recovery

# The second person's name stands in the log beside the act: without them it would not have happened.
_ACTS: dict[str, Callable[[Actor, SecondPerson], None]] = {
    "give-operator": lambda actor, row: people.change_role(actor, row.subject, row.role),
    "end-operator": lambda actor, row: people.change_role(actor, row.subject, row.role),
    "close-operator": lambda actor, row: people.end_account(actor, row.subject),
    "recover": lambda _actor, row: recovery.agree(row),
}


def act(actor: Actor, form: Mapping[str, str]) -> str:
    """One step of the page: confirm, refuse, or be handed a link, whose path is the answer."""
    verb, number = form.get("do", ""), form.get("number", "")
    row = int(number) if number.isdecimal() and len(number) < 19 else 0
    if verb == "confirm":
        confirm(actor, row, met=form.get("met") == "yes")
    elif verb == "refuse":
        four_eyes.refuse(actor, row)
    elif verb == "link":
        return recovery.hand_out(actor, row)
    return ""


def confirm(actor: Actor, number: int, *, met: bool = False) -> None:
    """Be the second person; raises as ``four_eyes.confirm``, and where a recovery is not confirmed in person."""

    def perform(row: SecondPerson) -> None:
        if row.kind == "recover":
            recovery.say_met(met)
        _ACTS[row.kind](actor, row)

    four_eyes.confirm(actor, number, perform)
