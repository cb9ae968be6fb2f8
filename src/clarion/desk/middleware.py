"""What every answer gets: closed doors, and errors in plain words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clarion.errors import ClarionError

Handler = Callable[[HttpRequest], HttpResponse]
_log = logging.getLogger("clarion.desk")


def closed_doors(next_handler: Handler) -> Handler:
    """Switch off what the pages never use, and keep private pages out of shared caches."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = next_handler(request)
        response.headers.setdefault(
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return handle


class whole_acts:
    """Keep what somebody changes in how they sign in together with its line in the log: both, or neither.

    Only for who is signed in: a stranger's password is not hashed while the database waits.
    """

    def __init__(self, next_handler: Handler) -> None:
        self._next = next_handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._next(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.method != "POST" or not request.path.startswith("/account/") or not request.user.is_authenticated:
            return None
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except ClarionError as error:
            return _plain(request, error)


class plain_errors:
    """Turn a ``ClarionError`` of a page into a page that says what, where and the next step."""

    def __init__(self, next_handler: Handler) -> None:
        self._next = next_handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._next(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, ClarionError):
            return None
        return _plain(request, error)


def _plain(request: HttpRequest, error: ClarionError) -> HttpResponse:
    return render(request, "desk/error.html", {"error": error}, status=error.http_status)
