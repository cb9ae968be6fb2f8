"""How accounts begin: an operator opens them; nobody signs up."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from clarion.desk import guessing
from clarion.desk.landing import landing
from clarion.errors import NotAllowed


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """As allauth, which lets through whoever has neither password nor passkey: they need a fresh link.

        Raises
        ------
        NotAllowed: they entered too long ago.
        """
        user = self.request.user
        if user.is_authenticated and not get_reauthentication_flows(user):
            entered = [record["at"] for record in get_authentication_records(self.request, user)]
            if time.time() - max(entered, default=0) > app_settings.REAUTHENTICATION_TIMEOUT:
                raise NotAllowed(
                    "You signed in too long ago for this step.",
                    next_step="Open a fresh sign-in link (clarion user link NAME), or ask an operator for one.",
                )
        return super().is_reauthentication_required(app=app, **more)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return landing(request.user)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """As allauth, but a password alone confirms nobody who has a second factor."""
        ways = super().get_reauthentication_methods(user)
        second = [way for way in ways if "mfa" in way["id"]]
        # Recovery codes alone stand beside a passkey: the passkey is the better question.
        by_key = not is_mfa_enabled(user, [Authenticator.Type.TOTP])
        return sorted(second, key=lambda way: "webauthn" in way["id"], reverse=by_key) or list(ways)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before it is made, in this desk's way; what was counted goes again where it was right."""
        self._login_failed_rl_usage = guessing.take(request, credentials.get("username", ""))
        if self._login_failed_rl_usage is None:
            raise self.validation_error("too_many_login_attempts")

    def is_safe_url(self, url: str) -> bool:
        """Lead back to an address of this desk only; allauth would allow every name under which it may be called.

        On a desk behind a proxy ``http://localhost/`` is one of those, and another program's on the reader's machine.
        """
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No mail is sent: a desk may run offline. An operator prints a one-time link instead."""
