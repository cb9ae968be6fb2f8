"""Support plans: one shown while its question is changed, and those that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from clarion.access import may
from clarion.desk.language import reader_language
from clarion.desk.page import actor, file_response, page
from clarion.desk.workers import nobody_works
from clarion.errors import BusyError, ClarionError, UnknownName
from clarion.spillover.service import runs
from clarion.spillover.service.older import plan_out_of_date
from clarion.spillover.service.support import plans as service
from clarion.spillover.service.support.brief import cost_words, plan_brief
from clarion.spillover.service.support.charts import avoided_bars, budget_curve
from clarion.spillover.service.support.frames import curve_frame, grants_frame
from clarion.spillover.service.support.sentences import (
    carried_sentence,
    choice_sentence,
    kept_sentence,
    more_sentence,
)
from clarion.spillover.web.downloads import brief_file, table_response
from clarion.spillover.web.plan_form import PlanForm
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from clarion.spillover.models import Run
    from clarion.spillover.service.support.results import PlanResult

MOST_ROWS = 40
_PICTURES = {"curve": budget_curve, "avoided": avoided_bars}
_TABLES = {"grants": grants_frame, "curve": curve_frame}


@page("spillover.run")
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A plan on a run, made anew for every question; posting keeps it."""
    me, form = actor(request), PlanForm(request.GET)
    run = service.ready(me, pk)
    context: dict[str, Any] = {
        "run": run, "form": form.shown(), "query": request.GET.urlencode(), "kept": service.index(me, pk),
    }  # fmt: skip
    try:
        asked = form.asked()
        if request.method == "POST":
            return redirect("spillover:plan-kept", service.keep(me, pk, asked).pk)
        context |= _shown(service.show(me, pk, asked))
    except ClarionError as error:
        bad = form.field_of(error)
        context |= {"error": error, "bad": bad, "bad_menu": form.in_menu(bad)}
    if request.htmx:  # type: ignore[attr-defined]
        # Read as it is typed: a question that cannot be answered yet is no failure, and htmx shows no failures.
        return render(request, "spillover/_plan.html", context)
    fault = context.get("error")
    status = 200 if fault is None else fault.http_status if isinstance(fault, BusyError) else 422
    return render(request, "spillover/plan.html", context, status=status)


@page("spillover.view")
def kept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A plan that is kept: progress while it is worked, then the whole of it."""
    me = actor(request)
    if request.method == "POST":
        return _step(request, pk)
    found = service.get(me, pk)
    mine = found.owner == me.id
    context: dict[str, Any] = {
        "plan": found, "mine": mine, "run": _visible(request, found.run.pk),
        "may_propose": mine and not found.proposed_at and may(me, "spillover.propose"),
        "may_run": may(me, "spillover.run"),
    }  # fmt: skip
    if found.status != found.Status.DONE:
        context["stalled"] = not found.ended and nobody_works()
        if not request.htmx:  # type: ignore[attr-defined]
            return render(request, "spillover/plan_waiting.html", context)
        response = render(request, "spillover/_plan_progress.html", context)
    elif request.htmx:  # type: ignore[attr-defined]
        response = HttpResponse()
    elif error := plan_out_of_date(found):
        return render(request, "spillover/older.html", context | {"error": error}, status=error.http_status)
    else:
        return render(request, "spillover/plan_kept.html", context | _shown(service.result(found)))
    if found.ended:
        response.headers["HX-Refresh"] = "true"
    return response


def _step(request: HttpRequest, pk: UUID) -> HttpResponse:
    me, do = actor(request), request.POST.get("do", "")
    service.get(me, pk)  # what may not be seen is not there, whatever is asked of it
    if do == "again":
        return redirect("spillover:plan-kept", service.again(me, pk).pk)
    if do == "propose":
        service.propose(me, pk)
        messages.success(request, gettext("Proposed to the board."))
    elif do == "remove":
        run = service.get(me, pk).run.pk
        service.remove(me, pk)
        messages.success(request, gettext("The plan was removed."))
        return redirect("spillover:plan", run)
    return redirect("spillover:plan-kept", pk)


@page("spillover.view")
def table(request: HttpRequest, pk: UUID, name: str, form: str) -> HttpResponse:
    """A table of a kept plan, or of the one that the query asks for on a run."""
    found = _result(request, pk)
    if name not in _TABLES or (name == "curve" and not found.curve):
        raise UnknownName(Phrase("There is no table {name!r}.", name=name), where="table",
                          next_step=Phrase("Use one of: {names}.", names=tuple(_TABLES)))  # fmt: skip
    return table_response(_TABLES[name](found), form, f"plan-{name}-{pk}")


@page("spillover.view")
def picture(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """A picture of the same as SVG."""
    found = _result(request, pk)
    if name not in _PICTURES or (name == "curve" and not found.curve):
        raise UnknownName(Phrase("There is no picture {name!r}.", name=name), where="picture",
                          next_step=Phrase("Use one of: {names}.", names=tuple(_PICTURES)))  # fmt: skip
    drawn = _PICTURES[name](found, reader_language(), standalone=True)
    return file_response(drawn.encode(), "image/svg+xml", f"plan-{name}-{pk}.svg")


@page("spillover.view")
def brief(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The brief of a kept plan."""
    found = service.get(actor(request), pk)
    return brief_file(plan_brief(service.result(found), found.title, reader_language()), form, f"plan-{pk}")


def _result(request: HttpRequest, pk: UUID) -> PlanResult:
    """The plan of an address: a kept one, or the one that the query asks for on a run."""
    me = actor(request)
    if request.resolver_match and request.resolver_match.url_name in ("plan-table", "plan-picture"):
        return service.show(me, pk, PlanForm(request.GET).asked())
    return service.result(service.get(me, pk))


def _visible(request: HttpRequest, pk: UUID) -> Run | None:
    """The run, where the reader may see it: a proposed plan is seen by all, the run behind it may be private."""
    try:
        return runs.get(actor(request), pk)
    except UnknownName:
        return None


def _shown(result: PlanResult) -> dict[str, Any]:
    """What the plan's part of a page shows."""
    lang = reader_language()
    return {
        "result": result, "sentence": result.sentence(lang), "more": more_sentence(result, lang),
        "unspent": kept_sentence(result, lang), "carried": carried_sentence(result, lang),
        "choice": choice_sentence(result, lang),
        "curve": mark_safe(budget_curve(result, lang)) if result.curve else "",  # noqa: S308 - our drawing
        "bars": mark_safe(avoided_bars(result, lang)) if result.helped else "",  # noqa: S308 - our drawing
        "rows": [(country, grant, grant is country.grants[0])
                 for country in result.helped[:MOST_ROWS] for grant in country.grants],
        "cut": max(0, len(result.helped) - MOST_ROWS),
        "points": [(p.budget / 1e6, p.avoided) for p in result.curve],
        "costs": [(m, cost_words(m["cost"], lang), m["assumed"]) for m in result.measures],
    }  # fmt: skip
