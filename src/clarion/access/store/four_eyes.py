"""An act waits for a second person: another account that may do it too, within a week, with nothing changed by then."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from clarion.access import Actor, may, require
from clarion.access.four_eyes import LIFE, POLICIES
from clarion.access.store.log import record
from clarion.access.store.models import LogEntry, SecondPerson, User
from clarion.config import config
from clarion.errors import BusyError, NotAllowed, UnknownName
from clarion.vocab import Phrase

_CONFIRMED = "confirmed as second person"


def needed(actor: Actor, kind: str) -> bool:
    """Whether the act waits for a second person. The command line's never does: it can write the database anyway."""
    policy = POLICIES[kind]
    return actor != Actor.console() and config().four_eyes and operators() >= policy.operators


def operators() -> int:
    """How many accounts with the role operator are open."""
    return User.objects.filter(role="operator", is_active=True).count()


def ask(actor: Actor, kind: str, subject: User, role: str = "") -> SecondPerson:
    """Let an act on ``subject`` wait for a second person; ``role`` is the one to give, where it gives one.

    Raises
    ------
    NotAllowed: the actor may not do this at all.
    BusyError: the same waits already.
    """
    require(actor, POLICIES[kind].permission)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=subject.pk)  # of two who ask at once the second one finds the first's
        for earlier in waiting().filter(kind=kind, subject=subject):
            if not _changed(earlier):
                raise BusyError(
                    Phrase("This waits for a second person already."),
                    next_step=Phrase("Ask a colleague to confirm it on the page of what waits."),
                )
            _drop(actor, earlier)
        made = SecondPerson.objects.create(
            kind=kind, subject=subject, role=role, subject_was=_state(subject), asked_by_id=int(actor.id),
            asker_was=_state(User.objects.get(pk=actor.id)),
        )  # fmt: skip
        record(actor, "asked for a second person", str(made.pk), kind=kind, account=str(subject.pk))
    return made


def waiting():  # type: ignore[no-untyped-def]  # a query of Django's
    """What waits and is not too old, the oldest first."""
    since = timezone.now() - LIFE
    asked = SecondPerson.objects.filter(state=SecondPerson.State.WAITING, asked_at__gt=since)
    return asked.select_related("subject", "asked_by").order_by("asked_at", "pk")


def standing() -> list[SecondPerson]:
    """What of ``waiting`` can still be confirmed: no role and no account has changed since it was asked for."""
    return [row for row in waiting() if not _changed(row)]


def confirm(actor: Actor, number: int, perform: Callable[[SecondPerson], None]) -> SecondPerson:
    """Be the second person: ``perform`` runs once, in the transaction that takes the act off the list.

    Raises
    ------
    UnknownName: nothing of this number waits, or no longer.
    NotAllowed: the actor may not, asked for it, or got the role after it was asked for; or roles have changed since,
    and then the act is off the list.
    """
    row = _found(number)
    _may_confirm(actor, row)
    if _changed(row):
        _drop(actor, row)
        raise NotAllowed(
            Phrase("Roles have changed since this was asked for, so it no longer counts."),
            next_step=Phrase("Ask for it anew if it is still right."),
        )
    with transaction.atomic():
        _leave(actor, row, SecondPerson.State.CONFIRMED)
        record(actor, _CONFIRMED, str(row.pk), **_told(row))
        # Again, now that the row is this call's: somebody may have changed a role since the look before.
        row.refresh_from_db()
        if _changed(row):
            raise BusyError(Phrase("Somebody changed this at the same moment."), next_step=Phrase("Look again."))
        perform(row)
    return row


def refuse(actor: Actor, number: int) -> None:
    """Take an act off the list undone: who asked for it may, and whoever could confirm it.

    Raises
    ------
    UnknownName, NotAllowed: as ``confirm``.
    """
    row = _found(number)
    require(actor, POLICIES[row.kind].permission)
    with transaction.atomic():
        _leave(actor, row, SecondPerson.State.REFUSED)
        record(actor, "refused as second person", str(row.pk), **_told(row))


def _found(number: int) -> SecondPerson:
    row: SecondPerson | None = waiting().filter(pk=number).first()
    if row is None:
        raise _gone()
    return row


def _may_confirm(actor: Actor, row: SecondPerson) -> None:
    policy = POLICIES[row.kind]
    require(actor, policy.permission)
    if actor.id == str(row.asked_by_id):
        raise NotAllowed(
            Phrase("You asked for this yourself."), next_step=Phrase("Somebody else who may do it has to confirm.")
        )
    if actor.id == str(row.subject_id) and not policy.self_may_confirm:
        raise NotAllowed(Phrase("This is about yourself."), next_step=Phrase("Two colleagues have to agree on it."))
    if actor.id != str(row.subject_id) and _made_alone(actor, by=str(row.asked_by_id)):
        raise NotAllowed(
            Phrase("Whoever asked for this gave you your role alone."),
            next_step=Phrase("Let them take it back, and ask for it yourself: then they confirm."),
        )
    if User.objects.get(pk=actor.id).role_since > row.asked_at:
        raise NotAllowed(
            Phrase("You got your role after this was asked for."),
            next_step=Phrase("Somebody who had it before has to confirm, or it is asked for anew."),
        )


def _made_alone(actor: Actor, *, by: str) -> bool:
    """Whether ``by`` gave the actor their role without a second person, as one of two operators can: a puppet.

    With a second person the line before says that they confirmed; both are of one transaction, and of one writer.
    """
    given = LogEntry.objects.filter(action__in=("changed a role", "opened an account"), object=actor.id)
    last = given.order_by("-seq").first()
    if last is None or last.actor != by:
        return False
    return not LogEntry.objects.filter(seq=last.seq - 1, action=_CONFIRMED, actor=by).exists()


def _changed(row: SecondPerson) -> bool:
    asker, subject = row.asked_by, row.subject
    return (
        _state(asker) != row.asker_was
        or _state(subject) != row.subject_was
        or not may(asker.actor, POLICIES[row.kind].permission)
    )


def _state(user: User) -> str:
    return f"{user.role} {user.is_active} {user.role_since.isoformat()}"


def _drop(actor: Actor, row: SecondPerson) -> None:
    with transaction.atomic():
        _leave(actor, row, SecondPerson.State.VOID)
        record(actor, "dropped what waited for a second person", str(row.pk), **_told(row))


def _leave(actor: Actor, row: SecondPerson, state: str) -> None:
    """The update is the claim: of two calls at once only one changes the row."""
    here = SecondPerson.objects.filter(pk=row.pk, state=SecondPerson.State.WAITING)
    if here.update(state=state, decided_by=User.objects.get(pk=actor.id), decided_at=timezone.now()) != 1:
        raise _gone()


def _told(row: SecondPerson) -> dict[str, str]:
    return {"kind": row.kind, "account": str(row.subject_id), "asked_by": str(row.asked_by_id)}


def _gone() -> UnknownName:
    return UnknownName(
        Phrase("This no longer waits for anybody."),
        next_step=Phrase("It was confirmed, refused, or is older than a week."),
    )
