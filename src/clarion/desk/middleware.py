"""What every answer gets: closed doors, and errors in plain words."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from clarion.desk.outage import REFUSALS, unavailable
from clarion.errors import ClarionError

Handler = Callable[[HttpRequest], HttpResponse]
_log = logging.getLogger("clarion.desk")
_PAGES = ("GET", "HEAD", "POST")
_API = (*_PAGES, "PUT", "PATCH", "DELETE")


def closed_doors(next_handler: Handler) -> Handler:
    """Switch off what the pages never use, other methods among them, and keep private pages out of shared caches."""

    def handle(request: HttpRequest) -> HttpResponse:
        # A view that is a function answers any method, TRACE too, as it answers GET.
        methods = _API if request.path.startswith("/api/") else _PAGES
        response = next_handler(request) if request.method in methods else HttpResponseNotAllowed(methods)
        response.headers.setdefault(
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "private, no-store")
        if request.method == "POST" and request.path == "/account/logout/":
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return handle


class whole_acts:
    """Keep what somebody changes in how they sign in together with its line in the log: both, or neither.

    Only for who is signed in: a stranger's password is not hashed while the database waits.
    """

    def __init__(self, next_handler: Handler) -> None:
        self._next = next_handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.path.startswith("/account/") or not request.user.is_authenticated:
            return self._next(request)
        with transaction.atomic():
            response = self._next(request)
            if hasattr(request, "act_failed"):  # the page that says so is made already
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        request.act_failed = True


class plain_errors:
    """Turn a ``ClarionError`` of a page, or a refusal of the database, into a page that says what and the next step."""

    def __init__(self, next_handler: Handler) -> None:
        self._next = next_handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._next(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, REFUSALS):
            return unavailable(request, error)
        if not isinstance(error, ClarionError):
            return None
        return render(request, "desk/error.html", {"error": error}, status=error.http_status)
