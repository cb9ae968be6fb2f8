"""Choose a scenario, or write one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from clarion.access import may
from clarion.desk.language import reader_language
from clarion.desk.page import actor, page
from clarion.errors import ClarionError
from clarion.spillover.engine.scenario import Scenario, shipped_scenario, to_toml
from clarion.spillover.service import runs, scenarios
from clarion.spillover.service.words import commodity_name
from clarion.spillover.web import timing
from clarion.spillover.web.builder import blank, fields, from_form, rows_of
from clarion.spillover.web.faults import field_of
from clarion.spillover.web.settings import choices, settings
from clarion.spillover.web.shocks import told


@page("spillover.view")
def index(request: HttpRequest) -> HttpResponse:
    """Every scenario that the reader can choose."""
    shelf = scenarios.shelf(actor(request))
    shipped = [(s, [commodity_name(item, reader_language()) for item in s.items]) for s in shelf.shipped]
    context = {"shipped": shipped, "own": shelf.own, "may_run": may(actor(request), "spillover.run")}
    return render(request, "spillover/scenarios.html", context)


@page("spillover.view")
def shipped(request: HttpRequest, name: str) -> HttpResponse:
    """One shipped scenario: what it says, how to run it, how to change a copy of it."""
    found = shipped_scenario(name)
    if request.method == "POST":
        return _start(request, to_toml(found))
    context = {
        "scenario": found, "text": to_toml(found),
        "items": [commodity_name(item, reader_language()) for item in found.items],
        "shocks": told(found), "may_run": may(actor(request), "spillover.run"), "settings": choices({}),
        "when": timing.told(found),
    }  # fmt: skip
    return render(request, "spillover/scenario.html", context)


@page("spillover.run")
def build(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Write a scenario with a form or as TOML; nothing is lost when it is wrong."""
    held = scenarios.own(actor(request), pk) if pk else None
    if request.method != "POST":
        copied = request.GET.get("copy", "")
        text = held.text if held else to_toml(shipped_scenario(copied)) if copied else blank()
        return _form(request, text, held=held)
    form, do = request.POST, request.POST.get("do", "")
    if do == "remove" and pk:
        scenarios.remove(actor(request), pk)
        return redirect("spillover:scenarios")
    text = form.get("text", "")
    by_form = form.get("mode") == "form"
    if by_form and do in ("add", "add-shortage"):
        return _form(request, text, held=held, form=form, more=do)
    try:
        text = _checked(form, scenarios.check if do == "save" else scenarios.runnable)
        if do == "run":
            return _start(request, text)
        if do == "save":
            saved = scenarios.save(actor(request), text, pk)
            messages.success(request, gettext("Saved."))
            return redirect("spillover:scenario-own", saved.pk)
    except ClarionError as error:
        return _form(request, text, held=held, error=error, form=form)
    messages.success(request, gettext("This scenario can be run."))
    return _form(request, text, held=held, form=form)


@page("spillover.run")
@require_POST
def verdict(request: HttpRequest) -> HttpResponse:
    """Whether what is being written can be run, as a piece of the page; nothing is kept."""
    try:
        _checked(request.POST)
    except ClarionError as error:
        bad = field_of(error, request.POST) if request.POST.get("mode") == "form" else ""
        return render(request, "spillover/_verdict.html", {"error": error, "bad": bad})
    return render(request, "spillover/_verdict.html", {})


def _checked(form: Mapping[str, str], check: Callable[[str], Scenario] = scenarios.runnable) -> str:
    """The posted scenario's text, if it can be run; one to be kept may wait for its trade to be loaded."""
    text = from_form(form) if form.get("mode") == "form" else form.get("text", "")
    check(text)
    return text


def _start(request: HttpRequest, text: str) -> HttpResponse:
    run = runs.start(actor(request), text, **settings(request.POST))
    return redirect("spillover:run", run.pk)


def _form(
    request: HttpRequest, text: str, *, held: Any, error: ClarionError | None = None, form: Any = None, more: str = ""
) -> HttpResponse:
    mode = "text" if (form or request.GET).get("mode") == "text" else "form"
    rows, known = rows_of(text, form, int(more == "add"))
    bad = field_of(error, form) if error and mode == "form" else ""
    context = {
        "text": text, "held": held, "error": error, "bad": bad, "mode": mode if known else "text", "known": known,
        "rows": rows, "form": fields(text, form, more == "add-shortage"), "settings": choices(form or {}),
        "copied": request.GET.get("copy", ""),
    }  # fmt: skip
    return render(request, "spillover/scenario_build.html", context, status=422 if error else 200)
