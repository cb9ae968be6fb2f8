"""Check a payee and seal them: the answer is shown once, and only the handle stays on this server."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clarion.desk.language import reader_language
from clarion.desk.page import actor
from clarion.locale import say
from clarion.screening.service import policies, sealing
from clarion.screening.service.asked import asked
from clarion.screening.service.check import hits_as_firm
from clarion.screening.service.words import FIRM
from clarion.screening.web.shown import shown


def seal(request: HttpRequest) -> HttpResponse:
    """The answer to a form that was sent to be sealed. It comes with the form itself: a second page that showed it
    would have to keep it."""
    me, payee = actor(request), asked(request.POST)
    ((handle, found),) = sealing.seal(me, [payee], request.POST.get("use", policies.DEFAULT))
    firm = say(FIRM, reader_language()) if hits_as_firm(me, payee, found) else ""
    context = {"handle": handle, "answer": shown(found.to_dict()), "level": "h2", "firm": firm}
    response = render(request, "screening/sealed.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
