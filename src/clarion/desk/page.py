"""A page of a room: signed in, allowed, with the actor at hand; confirmed anew before a sensitive step."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from clarion.access import Actor, require
from clarion.desk import step_up as confirmation

View = Callable[..., HttpResponse]


def page(permission: str, *, step_up: str = "", back: str = "", exit: bool = False) -> Callable[[View], View]:
    """Let only a signed-in reader through whose role holds ``permission``, which the view then bears as its own.

    ``step_up`` names a purpose of ``desk.step_up``: whoever has not confirmed for it within five minutes is led to do
    so, and back, to the address called ``back`` where this one takes forms only. What a form sent is not kept on the
    way: it might be what nobody else may read. ``exit`` puts the button for leaving at once on a page that shows
    people; a room has it on all of its pages by ``exit`` in its ``room.toml``.
    """
    _known(step_up)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require(actor(request), permission)
            if step_up and not confirmation.given(request, step_up):
                return _led_to_confirm(request, step_up, back)
            request.quick_exit = exit  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return login_required(guarded)

    return decorate


def _led_to_confirm(request: HttpRequest, purpose: str, back: str) -> HttpResponse:
    where = reverse(back) if back else request.path
    if request.method in ("GET", "HEAD"):
        where = where if back else request.get_full_path()
    else:
        messages.info(request, _("What you sent was not kept. Confirm who you are, then send it again."))
    return redirect(f"{reverse('step-up', args=[purpose])}?{urlencode({'next': where})}")


def step_up(purpose: str) -> Callable[[View], View]:
    """The same for a route of the API: 403 with the page where the reader can confirm; a token alone never passes."""
    _known(purpose)

    def decorate(route: View) -> View:
        @wraps(route)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            confirmation.check(request, purpose)
            return route(request, *args, **kwargs)

        return guarded

    return decorate


def actor(request: HttpRequest) -> Actor:
    """The signed-in reader as an actor."""
    found: Actor = request.user.actor  # type: ignore[union-attr]
    return found


def file_response(content: bytes, kind: str, name: str) -> HttpResponse:
    """Bytes to keep under a name."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _known(purpose: str) -> None:
    if purpose and purpose not in confirmation.PURPOSES:
        raise ValueError(f"{purpose!r} is none of the purposes of desk.step_up: {', '.join(confirmation.PURPOSES)}")
