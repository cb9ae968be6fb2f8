"""Sessions: those that have ended are removed, and somebody's can be ended everywhere."""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from clarion.access.store.models import User
from clarion.desk import devices, tally


def forget_ended() -> None:
    """Remove sessions, counts and browsers that have ended: nothing else does, and strangers begin some."""
    tally.forget_ended()
    devices.forget_ended()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


def end_all(user: User) -> None:
    """Sign somebody out wherever they are signed in."""
    # Whose a session is stands inside it only.
    held = Session.objects.filter(expire_date__gt=timezone.now()).iterator()
    theirs = [session.pk for session in held if session.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=theirs).delete()
