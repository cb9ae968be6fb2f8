"""Recovery: two colleagues, each of whom met the person, let somebody in who has lost every way to sign in.

One asks, another confirms (``access.four_eyes``). Where the desk gives notice, the person can stop it from a session
that is still open until the hours are over. Then one of the two is handed the link, once; it works for half an hour,
and its use takes every other way into the account away. None of the two is the person.
"""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from clarion.access import Actor, require
from clarion.access.four_eyes import LIFE
from clarion.access.store import four_eyes, secrets
from clarion.access.store.log import record
from clarion.access.store.models import SecondPerson, User
from clarion.config import config
from clarion.errors import InputError, NotAllowed, UnknownName
from clarion.vocab import Phrase

_CONFIRMED, _DONE = SecondPerson.State.CONFIRMED, SecondPerson.State.DONE


def begin(actor: Actor, user: User, *, met: bool) -> None:
    """Be the first of the two.

    Raises
    ------
    NotAllowed: the desk has too few operators for it, or the account is closed or one's own.
    InputError: the actor does not say that they met the person.
    """
    require(actor, "desk.recover")
    if not four_eyes.needed(actor, "recover"):
        raise NotAllowed(
            Phrase("Recovery takes two operators beside the person, so a desk needs three."),
            next_step=Phrase("Print a sign-in link instead; whoever does can enter as them, and the log shows it."),
        )
    if actor.id == str(user.pk):
        raise NotAllowed(Phrase("This is about yourself."), next_step=Phrase("Two colleagues have to agree on it."))
    if not user.is_active:
        raise NotAllowed(
            Phrase("The account {name!r} is closed.", name=user.username), next_step=Phrase("Open a new one for them.")
        )
    say_met(met)
    four_eyes.ask(actor, "recover", user)


def say_met(met: bool) -> None:
    """Go on only where somebody says that they met the person.

    Raises
    ------
    InputError: they do not.
    """
    if not met:
        raise InputError(
            Phrase("A recovery is confirmed in person only."),
            where="met",
            next_step=Phrase("Meet them, or see and hear them in a call, then tick the box."),
        )


def agree(row: SecondPerson) -> None:
    """Be the second of the two: the hours of notice begin. It runs within ``four_eyes.confirm``."""
    at = timezone.now() + timedelta(hours=config().recovery_hours)
    User.objects.filter(pk=row.subject_id).update(recovery_at=at)


def agreed() -> list[SecondPerson]:
    """Recoveries whose link was not handed out yet and still may be, the oldest first."""
    rows = SecondPerson.objects.filter(kind="recover", state=_CONFIRMED, subject__recovery_at__gt=timezone.now() - LIFE)
    return list(rows.select_related("subject", "asked_by", "decided_by").order_by("decided_at"))


def hand_out(actor: Actor, number: int) -> str:
    """The path of the link, once, to one of the two.

    Raises
    ------
    UnknownName: there is no such recovery, or no longer.
    NotAllowed: the actor is none of the two, one of them has lost the role, or the notice is not over.
    """
    require(actor, "desk.recover")
    row = next((row for row in agreed() if row.pk == number), None)
    if row is None:
        raise _gone()
    two = (row.asked_by, row.decided_by)
    if actor.id not in {str(one.pk) for one in two if one}:
        raise NotAllowed(
            Phrase("Only the two who agreed on it are handed the link."), next_step=Phrase("Ask one of them.")
        )
    for one in two:
        if one is None or not one.is_active or row.decided_at is None or one.role_since > row.decided_at:
            stop(row.subject, actor)
            raise NotAllowed(
                Phrase("Roles have changed since this was asked for, so it no longer counts."),
                next_step=Phrase("Ask for it anew if it is still right."),
            )
        require(one.actor, "desk.recover")
    if row.subject.recovery_at is None or row.subject.recovery_at > timezone.now():
        raise NotAllowed(
            Phrase("The person is given notice first."), next_step=Phrase("Come back when the hours are over.")
        )
    with transaction.atomic():
        if SecondPerson.objects.filter(pk=row.pk, state=_CONFIRMED).update(state=_DONE) != 1:
            raise _gone()
        User.objects.filter(pk=row.subject_id).update(recovery_at=None)
        record(actor, "printed a recovery link", str(row.subject_id))
        return reverse("enter", args=[secrets.new_link(row.subject, recovers=True)])


def stop(user: User, actor: Actor) -> None:
    """End what was agreed on but not handed out; the person may, and the desk does where roles have changed."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(recovery_at=None)
        agreed_on = SecondPerson.objects.filter(kind="recover", subject=user, state=_CONFIRMED)
        if agreed_on.update(state=SecondPerson.State.REFUSED):
            record(actor, "stopped a recovery", str(user.pk))


def begin_anew(user: User) -> None:
    """Take every way into the account away but the link that is being used. It belongs into one transaction with it."""
    from clarion.desk.people import end_access

    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.recovery_at = None
    user.save(update_fields=["password", "recovery_at"])
    end_access(user)
    record(user.actor, "recovered their account")


def _gone() -> UnknownName:
    return UnknownName(
        Phrase("There is no such recovery, or no longer."), next_step=Phrase("Ask for it anew if it is still needed.")
    )
