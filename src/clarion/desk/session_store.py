"""The sessions of the desk: they end after twelve hours, and after half an hour in which nobody asked for anything.

Django's sessions in the database, with the account and the last request beside each, and the key kept as a hash. Django
itself ends a session whose account has got another password (``session_auth_hash``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from clarion.access.store.models import Session, User
from clarion.config import config

LIFE = timedelta(seconds=settings.SESSION_COOKIE_AGE)
_END = "ends_at"  # not Django's own expiry, which allauth sets anew for the cookie
_NOTED_EACH = timedelta(minutes=1)  # so precise is the last request: a write for each would slow every page


class SessionStore(InDatabase):
    """See the module. ``row`` is what was read, or None."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def exists(self, session_key: str) -> bool:
        return bool(super().exists(hashed(session_key)))

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            Session.objects.filter(session_key=hashed(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        end = datetime.fromtimestamp(data[_END], UTC) if _END in data else self.get_expiry_date()
        return Session(
            session_key=hashed(self._get_or_create_session_key()), session_data=self.encode(data),
            expire_date=end, user_id=data.get(SESSION_KEY), seen_at=timezone.now(),
        )  # fmt: skip

    def _get_session_from_db(self) -> Session | None:
        self.row = alive().filter(session_key=hashed(self.session_key)).first()
        if self.row is None:
            self._session_key = None
        return self.row


def alive() -> QuerySet[Session]:
    """Sessions that have not ended."""
    return Session.objects.exclude(_ended())


def forget_ended() -> None:
    """Remove those that have."""
    Session.objects.filter(_ended()).delete()


def hashed(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()  # 160 random bits: nothing to guess


def begin(request: HttpRequest, user: User, **_: Any) -> None:
    """Hear that somebody has signed in: whatever they do, the session ends twelve hours from now."""
    request.session[_END] = (timezone.now() + LIFE).timestamp()


def note_activity(next_handler: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Remember the last request that somebody made; a page that asks by itself for its progress keeps nobody in."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = next_handler(request)
        row: Session | None = getattr(request.session, "row", None)
        if row and row.user_id and timezone.now() - row.seen_at > _NOTED_EACH and not _by_itself(request):
            Session.objects.filter(pk=row.pk).update(seen_at=timezone.now())
        if request.htmx and response.status_code == 302 and response["Location"].startswith(reverse("account_login")):
            # Else htmx would follow, and put the page for signing in where the progress stood.
            back = urlencode({"next": request.htmx.current_url_abs_path or "/"})
            return HttpResponse(headers={"HX-Redirect": f"{reverse('account_login')}?{back}"})
        return response

    return handle


def _by_itself(request: HttpRequest) -> bool:
    # What polls has the id "progress"; without JavaScript such a page reloads itself with this in its address.
    return bool(request.htmx.trigger == "progress") or "unattended" in request.GET


def _ended() -> Q:
    now = timezone.now()
    idle = Q(user__isnull=False, seen_at__lte=now - timedelta(minutes=config().idle_minutes))
    return Q(expire_date__lte=now) | idle
