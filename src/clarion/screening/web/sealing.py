"""Check a payee and seal them: the answer is shown once, and only the handle stays on this server."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clarion.desk.page import actor
from clarion.screening.service import policies, sealing
from clarion.screening.service.asked import asked
from clarion.screening.web.shown import shown


def seal(request: HttpRequest) -> HttpResponse:
    """The answer to a form that was sent to be sealed. It comes with the form itself: a second page that showed it
    would have to keep it."""
    ((handle, found),) = sealing.seal(actor(request), [asked(request.POST)], request.POST.get("use", policies.DEFAULT))
    context = {"handle": handle, "answer": shown(found.to_dict()), "level": "h2"}
    response = render(request, "screening/sealed.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
