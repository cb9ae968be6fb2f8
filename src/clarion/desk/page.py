"""A page of a room: signed in, allowed, with the actor at hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from clarion.access import Actor, require

View = Callable[..., HttpResponse]


def page(permission: str) -> Callable[[View], View]:
    """Let only a signed-in reader through whose role holds ``permission``, which the view then bears as its own."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require(actor(request), permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return login_required(guarded)

    return decorate


def actor(request: HttpRequest) -> Actor:
    """The signed-in reader as an actor."""
    found: Actor = request.user.actor  # type: ignore[union-attr]
    return found
