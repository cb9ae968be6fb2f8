"""Batches: send a file, choose its columns, follow it, take the answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from clarion.desk.language import reader_language
from clarion.desk.page import actor, file_response, page
from clarion.desk.workers import nobody_works
from clarion.errors import ClarionError, InputError
from clarion.screening.service import coverage, lists, policies
from clarion.screening.service.batch import batches as service
from clarion.screening.service.batch import columns
from clarion.screening.service.batch.answers import BROKEN
from clarion.screening.service.batch.files import in_memory
from clarion.screening.service.checked import ASK, REVIEW
from clarion.screening.service.words import label
from clarion.tables.download import TYPES, known_form


@page("screening.check")
def index(request: HttpRequest) -> HttpResponse:
    """The reader's batches, and the form for one more."""
    me, error = actor(request), None
    if request.method == "POST":
        try:
            sent = request.FILES.get("file")
            if sent is None or sent.size is None or sent.size > service.MOST_BYTES:
                raise service.too_large()
            made = service.start(me, sent.read(), request.POST.get("use", policies.DEFAULT))
            return redirect("screening:batch", made.pk)
        except ClarionError as refused:
            error = refused
    context = {
        "batches": service.index(me), "error": error, "uses": list(policies.uses().values()),
        "most": service.MOST_BYTES // 1000, "most_bytes": service.MOST_BYTES, "large": service.too_large(),
        "held": lists.index(me),
    }  # fmt: skip
    return render(request, "screening/batches.html", context, status=422 if error else 200)


@page("screening.check")
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One batch: its columns to be chosen, its progress, or what there was of each outcome."""
    me, error = actor(request), None
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do == "remove":
            service.remove(me, pk)
            messages.success(request, gettext("The batch was removed."))
            return redirect("screening:batches")
        try:
            if do == "choose":
                service.choose(me, pk, request.POST)
                return redirect("screening:batch", pk)
        except InputError as refused:
            error = refused
    found = service.get(me, pk)
    context: dict[str, Any] = {"batch": found, "stalled": not found.ended and nobody_works(), "error": error}
    if found.status == found.Status.CHOOSING:
        context |= {"fields": _fields(found, request.POST if error else None), "headings": _headings(found)}
        return render(request, "screening/columns.html", context, status=422 if error else 200)
    if request.htmx:  # type: ignore[attr-defined]
        response = render(request, "screening/_batch.html", context)
        if found.ended:
            response.headers["HX-Refresh"] = "true"
        return response
    lang = reader_language()
    context["counts"] = [
        (name, gettext("Broken") if name == BROKEN else label(name, lang), count)
        for name, count in found.counts.items()
    ]
    if found.status == found.Status.DONE:
        labels = _labels()
        context |= {
            "opened": (ASK, REVIEW),
            "broken": [row | {"where": labels.get(row["where"], "")} for row in service.broken(me, pk)],
            "absent": coverage.sentence(service.sources(me, pk), lang),
        }
    return render(request, "screening/batch.html", context)


@page("screening.check")
def answers(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The answers as a file."""
    known_form(form)
    return file_response(in_memory(service.answers(actor(request), pk), form), TYPES[form], f"answers.{form}")


def _headings(found: Any) -> list[tuple[int, str]]:
    return list(enumerate(service.headings(found)))


def _fields(found: Any, said: Any) -> list[tuple[str, str, str]]:
    """Each thing that a column can be: its name, its label, and the column that is chosen."""
    chosen = said if said is not None else {name: str(at) for name, at in found.columns.items()}
    labels = _labels()
    return [(name, labels[name], chosen.get(name, "")) for name in columns.CHOICES]


def _labels() -> dict[str, str]:
    return {
        "id": gettext("Number of the row"), "name": gettext("Name in one line"), "given": gettext("Given name"),
        "patronymic": gettext("Patronymic"), "surname": gettext("Surname"), "birth": gettext("Birth"),
        "sex": gettext("Sex"), "nationality": gettext("Nationality"), "inn": gettext("Tax number (INN)"),
        "ogrn": gettext("Register number (OGRN)"), "snils": gettext("Insurance number (SNILS)"),
        "passport": gettext("Passport"), "kind": gettext("Person or organisation"), "bank": gettext("Bank"),
        "intermediaries": gettext("Banks in between"),
    }  # fmt: skip
