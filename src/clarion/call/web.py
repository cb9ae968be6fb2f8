"""The board's page, which is the home page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language

from clarion.call.service import board
from clarion.desk.indicators import indicators
from clarion.desk.page import actor, page


@page("call.view")
def home(request: HttpRequest) -> HttpResponse:
    measured = indicators(actor(request), get_language() or "en")
    cards = board(actor(request), measured)
    headline = measured[0].statement if measured else ""
    picture = measured[0].picture if measured else None
    return render(request, "call/board.html", {"cards": cards, "headline": headline, "picture": picture})


app_name = "call"
urlpatterns = [path("", home, name="board")]
