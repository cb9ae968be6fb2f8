"""Check one payee: an answer while it is typed, and one that is kept when it is sent. No name is ever in an address."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from clarion.access import may, require
from clarion.desk.language import reader_language
from clarion.desk.page import actor, page
from clarion.errors import ClarionError
from clarion.locale import say
from clarion.screening.service import cleared, decisions, lists, policies, screens
from clarion.screening.service.asked import FIELDS, asked
from clarion.screening.service.check import check as screen
from clarion.screening.service.check import hits_as_firm
from clarion.screening.service.sealing import possible
from clarion.screening.service.words import FIRM, unused
from clarion.screening.web import sealing
from clarion.screening.web.shown import shown


@page("screening.lists")
def check(request: HttpRequest) -> HttpResponse:
    """The form; sent, it screens the payee, keeps the answer and leads to it. Who may only see the lists sees those."""
    me = actor(request)
    if request.method == "POST":
        require(me, "screening.check")
    elif not may(me, "screening.check"):
        return redirect("screening:lists")
    error = None
    if request.method == "POST":
        try:
            if request.POST.get("do") == "seal":
                return sealing.seal(request)
            payee = asked(request.POST)
            found = screen(me, payee, request.POST.get("use", policies.DEFAULT), known=cleared.known)
            kept = decisions.keep(me, found, payee)
            if hits_as_firm(me, payee, found):
                messages.warning(request, say(FIRM, reader_language()))
            return redirect("screening:decision", kept.pk)
        except ClarionError as refused:
            error = refused
    held = lists.index(me)
    screens.begin(held)
    context = form(request.POST) | {"error": error, "bad": _bad(error), "held": held, "may_seal": possible()}
    status = 200 if error is None else error.http_status if error.http_status != 400 else 422
    return render(request, "screening/check.html", context, status=status)


@require_POST
@page("screening.check")
def answer(request: HttpRequest) -> HttpResponse:
    """The answer to what is being typed, as a piece of the page; nothing is kept."""
    context: dict[str, Any]
    try:
        payee = asked(request.POST)
        me, use = actor(request), request.POST.get("use", policies.DEFAULT)
        found = screen(me, payee, use, known=cleared.known)
        context = {
            "answer": shown(found.to_dict()), "unused": unused(payee, reader_language()), "level": "h3",
            "firm": say(FIRM, reader_language()) if hits_as_firm(me, payee, found) else "",
        }  # fmt: skip
    except ClarionError as error:
        context = {
            "error": error,
            "begun": any(request.POST.get(name, "").strip() for name in FIELDS if name != "kind"),
        }
    return render(request, "screening/_typed.html", context)


def form(said: Any) -> dict[str, Any]:
    """The fields as they were sent, and what there is to choose from."""
    kept = {name: said.get(name, "") for name in FIELDS}
    return {"form": kept, "uses": list(policies.uses().values()), "use": said.get("use", policies.DEFAULT)}


def _bad(error: ClarionError | None) -> str:
    return error.where if error is not None and error.where in FIELDS else ""
