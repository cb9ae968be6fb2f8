"""What the frame of every page needs: the rooms that this reader may enter, the languages, the version."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

import clarion
from clarion.access import permissions
from clarion.desk import step_up
from clarion.desk.landing import landing
from clarion.desk.leaving import leads_out
from clarion.desk.rooms import rooms


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of ``desk/base.html``."""
    user = getattr(request, "user", None)
    menu = []
    if user is not None and user.is_authenticated:
        for room in rooms():
            # A room whose every permission is closed to the reader is not in their menu.
            if any(user.role in roles for roles in permissions(room.name).values()):
                menu += [(gettext(label), reverse(route)) for label, route in room.menu]
    path = request.path
    current = max((url for _, url in menu if path.startswith(url) and (url != "/" or path == "/")), key=len, default="")
    role = getattr(user, "role", "")
    may = {name.partition(".")[2]: role in roles for name, roles in permissions("desk").items()}
    return {
        "landing": landing(user) if role else "/",
        "menu": menu, "menu_current": current, "may": may, "clarion_version": clarion.__version__,
        "named_address": _named_address(request), "step_up_for": step_up.asked(request),
        "exit_to": leads_out(request), "languages": settings.LANGUAGES,  # each by its own name
    }  # fmt: skip


def _named_address(request: HttpRequest) -> str:
    """The same desk under a name, where the reader came by a number: passkeys need a name."""
    host, _, port = request.META.get("HTTP_HOST", "").rpartition(":")
    return f"http://localhost:{port}" if host in ("127.0.0.1", "[::1]") and port.isdigit() else ""
