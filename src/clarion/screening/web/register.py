"""The register of cleared namesakes, and what changed when the lists did."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from clarion.access import may
from clarion.desk.language import reader_language
from clarion.desk.page import actor, page
from clarion.screening.service import cleared, rescreen, sealed
from clarion.screening.service.words import label
from clarion.screening.web.shown import change


@page("screening.view")
def register(request: HttpRequest) -> HttpResponse:
    """Who is cleared, of which listed party, why, by whom, until when."""
    me = actor(request)
    if request.method == "POST" and request.POST.get("do") == "end":
        number = request.POST.get("number", "")
        cleared.end(me, int(number) if number.isdecimal() and len(number) < 19 else 0)
        messages.success(request, gettext("The next screening will ask again."))
        return redirect("screening:register")
    context = {"entries": cleared.index(me), "may_end": may(me, "screening.review")}
    return render(request, "screening/register.html", context)


@page("screening.view")
def changes(request: HttpRequest) -> HttpResponse:
    """Kept decisions that would be others now; the button screens all of them anew."""
    me = actor(request)
    if request.method == "POST" and request.POST.get("do") == "rescreen":
        done = rescreen.rescreen(me)
        messages.success(
            request,
            gettext("%(screened)s decisions were screened anew, %(changed)s are others now.")
            % {"screened": done.screened, "changed": len(done.changes)},
        )
        return redirect("screening:changes")
    if request.method == "POST" and request.POST.get("do") == "note":
        sealed.note(me, request.POST.getlist("batch"))
        messages.success(request, gettext("Noted."))
        return redirect("screening:changes")
    found, back = [change(one) for one in rescreen.index(me)], sealed.index(me)
    returned = [one.to_dict() | {"label": label(one.outcome, reader_language())} for one in back.returned]
    context = {
        "changes": found, "waits": rescreen.waits(me), "sealed": returned, "batches": back.batches,
        "may_run": may(me, "screening.check"),
    }  # fmt: skip
    return render(request, "screening/changes.html", context)
