"""Counts that last some minutes, in the database: every process sees them, and a restart does not forget them.

A backend for Django's cache. Its keys are hashes under the signing key, so that the table tells neither names nor
addresses. Its values are JSON: Django's own backends pickle, and whoever could write a row, or a back-up that is
restored, would run code.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.utils import timezone

from clarion.access.store.models import Tally

_SWEEP = 100  # one write in so many removes what has ended


class Tallies(BaseCache):
    """See the module."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        kept = self._hashed(key, version)
        Tally.objects.filter(key=kept, expires_at__lte=timezone.now()).delete()
        defaults = {"value": value, "expires_at": self._end(timeout)}
        return Tally.objects.get_or_create(key=kept, defaults=defaults)[1]

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        kept = Tally.objects.filter(key=self._hashed(key, version), expires_at__gt=timezone.now())
        return kept.values_list("value", flat=True).first() or default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        defaults = {"value": value, "expires_at": self._end(timeout)}
        Tally.objects.update_or_create(key=self._hashed(key, version), defaults=defaults)
        if secrets.randbelow(_SWEEP) == 0:
            forget_ended()

    def delete(self, key: str, version: int | None = None) -> bool:
        return Tally.objects.filter(key=self._hashed(key, version)).delete()[0] > 0

    def clear(self) -> None:
        Tally.objects.all().delete()

    def _hashed(self, key: str, version: int | None) -> str:
        secret = b"clarion.tally:" + settings.SECRET_KEY.encode()
        return hmac.new(secret, self.make_key(key, version).encode(), hashlib.sha256).hexdigest()

    def _end(self, timeout: Any) -> Any:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return timezone.now() + timedelta(seconds=seconds)


def forget_ended() -> None:
    """Remove counts that have ended."""
    Tally.objects.filter(expires_at__lte=timezone.now()).delete()
