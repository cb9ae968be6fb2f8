"""Browsers that signed in before: each holds a secret in a long-lived cookie, of which the desk keeps a hash.

The cookie opens nothing. It only tells the owner's browser from a stranger's when wrong passwords are counted. Every
sign-in renews the secret, so that one planted or copied earlier is worth nothing afterwards.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from clarion.access.store.models import Device, User

LIFE = timedelta(days=180)
MOST = 10  # browsers an account is known to; the one not used for longest goes
_NOTED = "_clarion_signed_in"


def known(request: HttpRequest) -> Device | None:
    """The browser's row for some account; None for a stranger's."""
    return _rows(request).first()


def known_to(request: HttpRequest, user: User | None) -> Device | None:
    """The browser's row for this account; None where it has not signed in as them, or there is no such account."""
    return _rows(request).filter(user=user.pk if user else 0).first()


def note(request: HttpRequest, user: User, **_: Any) -> None:
    """Hear that somebody has signed in: the answer to this request renews the cookie."""
    setattr(request, _NOTED, user)


def remember_devices(next_handler: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give the browser of whoever has just signed in its secret."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = next_handler(request)
        if user := getattr(request, _NOTED, None):
            response.set_cookie(
                settings.DEVICE_COOKIE_NAME, _renewed(request, user), max_age=LIFE, httponly=True,
                secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
            )  # fmt: skip
        return response

    return handle


def forget(user: User) -> None:
    """No browser is known to the account any more."""
    user.device_set.all().delete()


def forget_others(request: HttpRequest) -> None:
    """Only this browser stays known to its reader's account."""
    here = known_to(request, request.user)  # type: ignore[arg-type]
    Device.objects.filter(user=request.user.pk).exclude(pk=here.pk if here else 0).delete()


def forget_ended() -> None:
    """Remove browsers that were not used for half a year."""
    Device.objects.filter(expires_at__lte=timezone.now()).delete()


def _rows(request: HttpRequest) -> QuerySet[Device]:
    held = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    return Device.objects.filter(token_hash=_hash(held), expires_at__gt=timezone.now())


def _renewed(request: HttpRequest, user: User) -> str:
    secret, held = secrets.token_urlsafe(32), request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    with transaction.atomic():
        # Other accounts that signed in from this browser know it by the new secret too.
        Device.objects.filter(token_hash=_hash(held)).update(token_hash=_hash(secret))
        Device.objects.update_or_create(
            user=user, token_hash=_hash(secret), defaults={"expires_at": timezone.now() + LIFE}
        )
        newest = user.device_set.order_by("-expires_at", "-pk").values_list("pk", flat=True)[:MOST]
        user.device_set.exclude(pk__in=list(newest)).delete()
    return secret


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()  # 256 random bits: nothing to guess
