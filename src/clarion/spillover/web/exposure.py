"""Who depends on Russia and Ukraine: the overview, the ranking and the method."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext

from clarion.desk.kept import kept
from clarion.desk.language import reader_language
from clarion.desk.page import actor, page
from clarion.pictures.words import number
from clarion.spillover.service.exposure import basis, counts_above, exposures, items, standings
from clarion.spillover.service.maps import share_map
from clarion.spillover.service.ranks_chart import ranks_chart
from clarion.spillover.service.words import commodity_name, of_commodity
from clarion.spillover.web.ask import asked

FIRST = 15  # countries that the picture of ranks shows


@page("spillover.view")
def overview(request: HttpRequest) -> HttpResponse:
    """Share of imports by country: one sentence, map, table, provenance."""
    ask = asked(request)
    found = exposures(actor(request), ask.question, ask.source)
    counts = counts_above(actor(request), ask.question, ask.source)
    third, lang = counts[0.3], reader_language()
    headline = ngettext(
        "%(count)s country takes 30 %% or more of its %(item)s imports from Russia and Ukraine",
        "%(count)s countries take 30 %% or more of their %(item)s imports from Russia and Ukraine",
        int(third.value or 0),
    ) % {"count": number(third.value or 0, lang), "item": of_commodity(ask.question.item, lang)}

    def body() -> dict[str, Any]:
        shares = {e.iso3: e.share_from_origins for e in found}
        return {
            "rows": found, "item": ask.question.item, "source": third.provenance[0],
            "query": ask.query, "listed": ask.listed,
            "map": share_map(
                ask.question.item, shares, lang,
                lambda iso3: reverse("spillover:country", args=[iso3]) + f"?{ask.query}" if iso3 in shares else None,
            ),
        }  # fmt: skip

    context = {
        "headline": headline,
        "third": third,
        "half": counts[0.5],
        "body": kept("spillover/_exposure.html", (basis(ask.source).key, ask.question, ask.query, ask.listed), body),
        "item": ask.question.item,
        "item_name": commodity_name(ask.question.item, lang),
        "items": [(item, commodity_name(item, lang)) for item in items(ask.source)],
        "trade": ask.question.trade,
        "minimum": ask.question.minimum_import,
        "period": found[0].period if found else "",
        "listed": ask.listed,
        "kept": ask.kept,
    }
    return render(request, "spillover/exposure.html", context)


@page("spillover.view")
def ranking(request: HttpRequest) -> HttpResponse:
    """The composite index, always as a rank with its interval."""
    ask = asked(request)
    rows, lang = standings(actor(request), ask.question, ask.source), reader_language()

    def body() -> dict[str, Any]:
        return {
            "rows": rows, "query": ask.query, "listed": ask.listed,
            "chart": mark_safe(ranks_chart(rows[:FIRST], lang)) if rows else "",  # noqa: S308 - our own drawing
            "dimensions": {
                "share_of_imports": gettext("share of imports"),
                "share_of_supply": gettext("share of supply"),
                "kcal_per_person_day": gettext("energy a person"),
                "second_order": gettext("suppliers' own dependence"),
                "remittances_pct_gdp": gettext("remittances"),
                "energy_gj_per_person": gettext("fuels"),
                "fertiliser_share": gettext("fertiliser"),
            },
        }  # fmt: skip

    context = {
        "rows": rows[:2],
        "body": kept("spillover/_ranking.html", (basis(ask.source).key, ask.question, ask.query, ask.listed), body),
        "items": [(item, commodity_name(item, lang)) for item in items(ask.source)],
        "item": ask.question.item,
        "item_name": commodity_name(ask.question.item, lang),
        "trade": ask.question.trade,
        "kept": ask.kept,
    }
    return render(request, "spillover/ranking.html", context)


@page("spillover.view")
def method(request: HttpRequest) -> HttpResponse:
    """How the figures are made, and what they cannot say."""
    return render(request, "spillover/method.html")
