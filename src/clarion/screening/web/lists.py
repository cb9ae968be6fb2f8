"""The lists that are loaded, and how old each is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clarion.config import config
from clarion.desk.page import actor, page
from clarion.screening.service import lists as service


@page("screening.lists")
def lists(request: HttpRequest) -> HttpResponse:
    """Each list with its date, age, size and hash; where none is loaded, how to load one."""
    return render(request, "screening/lists.html", {"held": service.index(actor(request)), "days": config().lists_days})
