"""The lists that are loaded, and how old each is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clarion.config import config
from clarion.desk.language import reader_language
from clarion.desk.page import actor, page
from clarion.screening.service import coverage, list_words
from clarion.screening.service import lists as service

FEW = 3
"""Lists of one source that stand each in a line of their own."""


@page("screening.lists")
def lists(request: HttpRequest) -> HttpResponse:
    """Each list with its date, age, size and hash; where none is loaded, how to load one."""
    held, lang = service.index(actor(request)), reader_language()
    rows = [list_words.told(one.to_dict(), lang) | {"warns": one in held.statuses}
            for one in (*held.sanctions, *held.statuses)]  # fmt: skip
    acts = [_group(name, own) for name, own in _by_source(rows).items() if len(own) > FEW]
    context = {
        "held": held, "rows": [one for one in rows if not any(one in group["rows"] for group in acts)], "acts": acts,
        "days": config().lists_days, "others": coverage.not_loaded(held),
        "absent": coverage.sentence((one.source for one in held.sanctions), lang),
    }  # fmt: skip
    return render(request, "screening/lists.html", context)


def _by_source(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in rows:
        found.setdefault(service.origin(one["source"]), []).append(one)
    return found


def _group(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Forty acts of one source are one line that folds open."""
    return {"name": name, "rows": rows, "entries": sum(one["parties"] for one in rows),
            "stale": any(one["stale"] for one in rows)}  # fmt: skip
