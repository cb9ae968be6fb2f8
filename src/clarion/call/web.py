"""The board's page, which is the home page, and the pages of commitments."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language

from clarion.call.service import board, commitments
from clarion.desk.indicators import indicators
from clarion.desk.page import actor, page
from clarion.errors import BusyError, InputError


@page("call.view")
def home(request: HttpRequest) -> HttpResponse:
    """The eight actions: what is measured and what is committed."""
    me = actor(request)
    measured = indicators(me, get_language() or "en")
    cards = board(me, measured, commitments.index(me))
    headline = measured[0].statement if measured else ""
    picture = measured[0].picture if measured else None
    return render(request, "call/board.html", {"cards": cards, "headline": headline, "picture": picture})


@page("call.view")
def commitment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One commitment: what is to be done where, at what cost, and where it stands."""
    me = actor(request)
    error = None
    if request.method == "POST":
        try:
            commitments.decide(me, pk, request.POST.get("do", ""), request.POST.get("reason", ""))
            return redirect("call:commitment", pk)
        except (InputError, BusyError) as refused:
            error = refused
    found = commitments.get(me, pk)
    action = next(a.action for a in board(me, ()) if a.action.id == found.kept.action)
    context = {"found": found, "action": action, "error": error, "reason": request.POST.get("reason", "")}
    status = 200 if error is None else 422 if isinstance(error, InputError) else error.http_status
    return render(request, "call/commitment.html", context, status=status)


app_name = "call"
urlpatterns = [path("", home, name="board"), path("commitments/<uuid:pk>/", commitment, name="commitment")]
