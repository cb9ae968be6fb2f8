"""One-time sign-in links and API tokens: handed out once, kept only as hashes."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from clarion.access.store.models import ApiToken, SignInLink, User

LINK_LIFE = timedelta(minutes=30)
TOKEN_LIFE = timedelta(days=90)


def _hash(secret: str) -> str:
    # 256 random bits need no slow hash: there is nothing to guess.
    return hashlib.sha256(secret.encode()).hexdigest()


def new_link(user: User, *, recovers: bool = False) -> str:
    """A secret that signs ``user`` in once within half an hour; earlier unused links of theirs stop working. One that
    ``recovers`` takes every other way into the account away when it is used.
    """
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        SignInLink.objects.filter(user=user, used_at=None).delete()
        end = timezone.now() + LINK_LIFE
        SignInLink.objects.create(user=user, token_hash=_hash(secret), expires_at=end, recovers=recovers)
    return secret


def link_owner(secret: str) -> User | None:
    """Whom a valid link would sign in; it is not spent."""
    found = _valid(secret).select_related("user").first()
    return found.user if found else None


def recovers(secret: str) -> bool:
    """Whether a valid link is one of a recovery."""
    return _valid(secret).filter(recovers=True).exists()


def use_link(secret: str) -> User | None:
    """The owner of a valid link, which is spent by this call; None for one that is unknown, spent or too old."""
    owner = link_owner(secret)
    # The update is the claim: of two calls at once only one changes the row. It must not look at the account too: for
    # that it would find the row by a subquery, which PostgreSQL does not ask again once another call has changed it.
    unspent = SignInLink.objects.filter(token_hash=_hash(secret), used_at=None)
    return owner if owner and unspent.update(used_at=timezone.now()) == 1 else None


def _valid(secret: str) -> QuerySet[SignInLink]:
    return SignInLink.objects.filter(
        token_hash=_hash(secret), used_at=None, expires_at__gt=timezone.now(), user__is_active=True
    )


def new_token(user: User, name: str) -> str:
    """A new API token for ``user``, shown once, valid for 90 days."""
    secret = "clarion_" + secrets.token_urlsafe(32)
    ApiToken.objects.create(user=user, name=name, token_hash=_hash(secret), expires_at=timezone.now() + TOKEN_LIFE)
    return secret


def token_owner(secret: str) -> User | None:
    """The active owner of a valid token, or None. The day of use is kept, not the moment."""
    now = timezone.now()
    token = (
        ApiToken.objects.select_related("user")
        .filter(token_hash=_hash(secret), expires_at__gt=now, user__is_active=True)
        .first()
    )
    if token is None:
        return None
    if token.last_used_on != now.date():
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=now.date())
    return token.user
