"""The database does not answer: it was killed, it starts, its disk is full. The desk says so, and goes on by itself."""

from __future__ import annotations

import logging
import time

from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from clarion.desk.bare import bare_page
from clarion.desk.troubles import in_plain_words

REFUSALS = (OperationalError, InterfaceError)
RETRY = 10  # seconds
_EVERY = 60.0  # seconds between two words in the log

_log = logging.getLogger("clarion.desk")
_told_at = float("-inf")


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """503 with the next step, as a page or for a program; whether a change was kept that was in hand, nobody knows.

    What the database said is for the log, where an operator looks, and for programs.
    """
    trouble = in_plain_words(error)
    _tell(trouble.what)
    title = _("The desk cannot use its database now")
    steps = (
        _("Wait a moment and load the page again; nobody needs to sign in anew. If it lasts, tell your operator."),
        _("Whether the last change that you sent was kept is not sure: look before you send it again."),
    )
    if request.path.startswith("/api/"):
        from clarion.desk.api import problem

        response = problem(
            request, 503, trouble.what, "Wait a moment, look whether the last change was kept, and try again.",
            code=trouble.code, where=trouble.where,
        )  # fmt: skip
    else:
        response = bare_page(title, *steps, status=503)
    response.headers["Retry-After"] = str(RETRY)
    return response


def _tell(what: str) -> None:
    """Once a minute: every request fails while it lasts."""
    global _told_at
    if time.monotonic() - _told_at >= _EVERY:
        _told_at = time.monotonic()
        _log.error("The database does not answer. %s", what)
