"""How people sign in, and change the way they do, noted in the log: allauth tells it in signals."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as second
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.http import HttpRequest

from clarion.access.store.log import record
from clarion.access.store.models import User


def watch() -> None:
    """Begin to listen; a signal that is listened to already is not heard twice."""
    from clarion.desk import devices, session_store

    user_logged_in.connect(devices.note)  # by a link too
    user_logged_in.connect(session_store.begin)
    account.user_logged_in.connect(_signed_in)
    account.password_set.connect(_password)
    account.password_changed.connect(_password)
    second.authenticator_added.connect(_added)
    second.authenticator_removed.connect(_removed)
    second.authenticator_reset.connect(_codes)
    second.authentication_failed.connect(_failed)


def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    from clarion.desk.sessions import forget_ended

    first = next(iter(get_authentication_records(request, user)), {})
    with transaction.atomic():  # both, or neither
        request.session.save()
        record(user.actor, "signed in by password" if first.get("method") == "password" else "signed in by passkey")
    forget_ended()


def _password(user: User, **_: Any) -> None:
    record(user.actor, "set a password")


def _added(user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record(user.actor, "made recovery codes")
    else:
        record(user.actor, "added a way to sign in", kind=authenticator.type)


def _removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    record(user.actor, "removed a way to sign in", kind=authenticator.type)


def _codes(user: User, **_: Any) -> None:
    record(user.actor, "made recovery codes")


def _failed(user: User, **_: Any) -> None:
    # The password before it was right: whose it is should know. allauth bounds how often this can be.
    record(user.actor, "gave a wrong second factor")
