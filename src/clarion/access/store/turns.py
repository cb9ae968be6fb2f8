"""One step of an account after the other, where a limit counts what the account has already."""

from __future__ import annotations

from clarion.access import Actor
from clarion.access.store.models import User


def one_at_a_time(actor: Actor) -> None:
    """Keep the account's other steps of this kind waiting until the transaction ends.

    Call it in a transaction, before counting: two that count at the same moment would both find room. The row is locked
    without its key, so that whatever only points at the account goes on. SQLite has one writer anyway, and the command
    line is nobody's account.
    """
    if actor != Actor.console():
        User.objects.select_for_update(no_key=True).filter(pk=int(actor.id)).first()
