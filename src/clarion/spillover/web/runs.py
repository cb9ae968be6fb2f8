"""Runs: the list, one run while it works and when it is done, and one country of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from clarion.access import may
from clarion.desk.kept import kept
from clarion.desk.language import reader_language
from clarion.desk.page import actor, page
from clarion.desk.workers import nobody_works
from clarion.errors import UnknownName
from clarion.spillover.service import runs as service
from clarion.spillover.service.maps import loss_map
from clarion.spillover.service.older import run_out_of_date
from clarion.spillover.service.results import Result
from clarion.spillover.service.space import space
from clarion.spillover.service.supplies_chart import supplies_chart
from clarion.spillover.service.words import commodity_name
from clarion.spillover.web import months
from clarion.spillover.web.settings import asked
from clarion.vocab import place

if TYPE_CHECKING:
    from clarion.spillover.models import Run


@page("spillover.view")
def index(request: HttpRequest) -> HttpResponse:
    """The reader's runs and the published ones."""
    me = actor(request)
    room = space(me)
    used, most, own = room.megabytes
    shown = [(found, asked(found)) for found in service.index(me)]
    context = {"runs": shown, "me": me.id, "used": used, "most": most, "own": own, "full": room.full}
    return render(request, "spillover/runs.html", context)


@page("spillover.view")
def run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One run: progress while it works, then the answer."""
    if request.method == "POST":
        return _step(request, pk)
    found = service.get(actor(request), pk)
    mine = found.owner == actor(request).id
    context: dict[str, Any] = {
        "run": found, "mine": mine, "may_run": may(actor(request), "spillover.run"),
        "may_take_back": found.published and may(actor(request), "spillover.take_back"),
    }  # fmt: skip
    if found.status != found.Status.DONE:
        context["stalled"] = not found.ended and nobody_works()
        template = "spillover/run_progress.html" if request.htmx else "spillover/run_waiting.html"  # type: ignore[attr-defined]
        response = render(request, template, context)
        if found.ended and request.htmx:  # type: ignore[attr-defined]
            response.headers["HX-Refresh"] = "true"
        return response
    if request.htmx:  # type: ignore[attr-defined]
        response = HttpResponse()
        response.headers["HX-Refresh"] = "true"
        return response
    if error := run_out_of_date(found):
        return render(request, "spillover/older.html", context | {"error": error}, status=error.http_status)
    if found.rule == "monthly":
        return months.run(request, found, context)
    context["others"] = service.beside(actor(request), found)[:20]
    context["body"] = kept("spillover/_run.html", (found.pk, found.form, found.published), lambda: _answered(found))
    return render(request, "spillover/run.html", context)


def _answered(found: Run) -> dict[str, Any]:
    result, lang = Result(service.answer(found)), reader_language()
    losses = result.kcal()
    return {
        "run": found, "result": result, "sentence": result.sentence(lang),
        "rows": [(country, country.shares_of_use(result.items)) for country in result.losers()],
        "items": [commodity_name(item, lang) for item in result.items],
        "map": loss_map(
            losses, lang,
            lambda iso3: reverse("spillover:run-country", args=[found.pk, iso3]) if iso3 in losses else None,
        ),
    }  # fmt: skip


def _step(request: HttpRequest, pk: UUID) -> HttpResponse:
    me, do = actor(request), request.POST.get("do", "")
    if do == "again":
        return redirect("spillover:run", service.again(me, pk).pk)
    if do == "cancel":
        service.cancel(me, pk)
    elif do == "remove":
        service.remove(me, pk)
        messages.success(request, gettext("The run was removed."))
        return redirect("spillover:runs")
    elif do in ("publish", "take-back"):
        changed = service.publish(me, pk, published=do == "publish")
        if changed.owner != me.id:
            return redirect("spillover:runs")  # what is not published is its owner's to see
    return redirect("spillover:run", pk)


@page("spillover.view")
def run_country(request: HttpRequest, pk: UUID, iso3: str) -> HttpResponse:
    """What a run means for one country, by item and supplier."""
    found = service.get(actor(request), pk)
    if found.rule == "monthly":
        return months.country(request, found, iso3)
    key = (found.pk, found.form, place(iso3).iso3)
    body = kept("spillover/_run_country.html", key, lambda: _of_country(found, iso3))
    return render(request, "spillover/run_country.html", {"run": found, "place": place(iso3), "body": body})


def _of_country(found: Run, iso3: str) -> dict[str, Any]:
    result, lang = Result(service.answer(found)), reader_language()
    country = result.countries.get(place(iso3).iso3)
    if country is None:
        raise UnknownName(
            gettext("This run has no figures for this country."), where=iso3, next_step=gettext("Go back to the run.")
        )
    return {
        "place": place(iso3), "country": country, "result": result,
        "sentence": result.country_sentence(country, lang),
        "items": [(i, commodity_name(i.item, lang), mark_safe(supplies_chart(i, lang)))  # noqa: S308 - our drawing
                  for i in country.items],
    }  # fmt: skip
