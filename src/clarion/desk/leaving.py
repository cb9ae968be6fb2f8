"""The quick way out of a page that shows people: sign out, clear what the browser kept, go to a neutral page.

After the pattern "Exit this page" of the GOV.UK Design System. It is a form, so that it works without JavaScript and
nobody can be signed out by a link; ``exit.js`` makes it quicker, and also takes three presses of Shift.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from clarion.config import config


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out and lead away. The page itself leads on: browsers refuse to send a form on to another host."""
    logout(request)
    response = render(request, "desk/leave.html", {"to": config().exit_url})
    response.headers["Referrer-Policy"] = "no-referrer"
    # Not "cookies": it would clear those of every neighbour under the same domain. Ours go one by one.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    for name in (settings.DEVICE_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        response.set_cookie(name, "", max_age=0, secure=settings.SESSION_COOKIE_SECURE)
    return response


def leads_out(request: HttpRequest) -> str:
    """Where the button of this page leads to; nothing for a page without one."""
    from clarion.desk.rooms import rooms

    inside = getattr(request.resolver_match, "app_names", [])
    shown = getattr(request, "quick_exit", False) or any(room.exit and room.name in inside for room in rooms())
    return config().exit_url if shown else ""
