"""The lists that are loaded, and how old each is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clarion.config import config
from clarion.desk.language import reader_language
from clarion.desk.page import actor, page
from clarion.screening.service import coverage, list_words
from clarion.screening.service import lists as service


@page("screening.lists")
def lists(request: HttpRequest) -> HttpResponse:
    """Each list with its date, age, size and hash; where none is loaded, how to load one."""
    held, lang = service.index(actor(request)), reader_language()
    rows = [list_words.told(one.to_dict(), lang) | {"warns": one in held.statuses}
            for one in (*held.sanctions, *held.statuses)]  # fmt: skip
    context = {
        "held": held, "rows": rows, "days": config().lists_days, "others": coverage.not_loaded(held),
        "absent": coverage.sentence((one.source for one in held.sanctions), lang),
    }  # fmt: skip
    return render(request, "screening/lists.html", context)
