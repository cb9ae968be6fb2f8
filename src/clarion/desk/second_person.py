"""The page of what waits for a second person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from clarion.access.four_eyes import LIFE, POLICIES
from clarion.access.store import four_eyes
from clarion.desk import recovery, waiting
from clarion.desk.language import reader_language
from clarion.desk.page import actor, page
from clarion.errors import ClarionError
from clarion.locale import say


@never_cache
@page("desk.people", step_up="people", exit=True)
def waiting_page(request: HttpRequest) -> HttpResponse:
    """Who asks for what since when; confirm or refuse. The link of a recovery is shown once."""
    link = ""
    if request.method == "POST":
        try:
            link = waiting.act(actor(request), request.POST)
        except ClarionError as error:
            messages.error(request, " ".join(say(text, reader_language()) for text in (error.what, error.next_step)))
        if not link:
            return redirect("waiting")
        link = request.build_absolute_uri(link)
    rows = [(row, POLICIES[row.kind].what, row.asked_at + LIFE) for row in four_eyes.standing()]
    shown = {"rows": rows, "recoveries": recovery.agreed(), "link": link}
    return render(request, "desk/waiting.html", shown)
