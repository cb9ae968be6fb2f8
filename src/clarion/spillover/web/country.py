"""One country: its profile, its suppliers, and the source rows at the end of the trail."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from clarion.desk.language import reader_language
from clarion.desk.page import actor, page
from clarion.errors import InputError
from clarion.spillover.service import exposure as service
from clarion.spillover.service.bars import bar
from clarion.spillover.service.profile import answer_sentence, beyond_food, through_others
from clarion.spillover.service.rows import source_rows
from clarion.spillover.service.suppliers_chart import suppliers_chart
from clarion.spillover.service.words import commodity_name, of_commodity, reporter
from clarion.spillover.web.ask import asked
from clarion.vocab import commodity, place


@page("spillover.view")
def profile(request: HttpRequest, iso3: str) -> HttpResponse:
    """The country in one sentence, by commodity, beyond food, and what is not known."""
    ask = asked(request, minimum=0)
    found = service.profile(actor(request), iso3, ask.question, ask.source)
    lang = reader_language()
    chart = suppliers_chart(found, [e.item for e in found.imported], lang)
    context = {
        "place": place(found.iso3),
        "profile": found,
        "sentence": answer_sentence(found, lang),
        "chart": mark_safe(chart),  # noqa: S308 - our own drawing, texts escaped
        "exposures": [(e, commodity_name(e.item, lang)) for e in found.imported],
        "beyond": beyond_food(found.wider, lang),
        "through": through_others(lang),
        "rivals": (found.wider.remittance_rivals, found.rivals),
        "trade": ask.question.trade,
        "query": ask.query,
        "ranges": gettext("Ranges are 90 % intervals."),  # a template would ask the catalogue for "90 %%"
    }
    return render(request, "spillover/country.html", context)


@page("spillover.view")
def suppliers(request: HttpRequest, iso3: str, item: str) -> HttpResponse:
    """Who sells a commodity to a country, each figure with its source rows."""
    from clarion.pictures.charts import Frame, interval_bars

    ask = asked(request, commodity(item).id, minimum=0)
    me = actor(request)
    rows = service.suppliers(me, iso3, ask.question, ask.source)
    named, lang = place(iso3), reader_language()
    title = gettext("Suppliers of %(item)s: %(place)s") % {
        "item": of_commodity(item, lang), "place": named.name(lang),
    }  # fmt: skip
    found = next((e for e in service.exposures(me, replace(ask.question, countries=(named.iso3,)), ask.source)), None)
    chart = ""
    if rows:
        bars = [bar(r.partner, r.share, "share", lang) for r in rows[:8]]
        frame = Frame(title, gettext("Share of imports; the table has every supplier."), lang, "suppliers")
        chart = mark_safe(interval_bars(bars, frame, form=".0%"))  # noqa: S308 - our own drawing, texts escaped
    context = {
        "place": named, "item": item, "of_item": of_commodity(item, lang), "rows": rows, "chart": chart,
        "sides": [(row, reporter(row.reported_by, lang)) for row in rows],
        "answer": found,
        "title": title, "trade": ask.question.trade, "query": ask.query,
    }  # fmt: skip
    return render(request, "spillover/suppliers.html", context)


@page("spillover.view")
def rows(request: HttpRequest, table: str, source: str) -> HttpResponse:
    """The rows of the source file that a figure came from."""
    try:
        numbers = tuple(int(n) for n in request.GET.get("lines", "").split(",") if n)
    except ValueError as error:
        raise InputError(
            "The line numbers are not numbers.", where="lines", next_step="Follow a page's link."
        ) from error
    found = source_rows(actor(request), table, source, numbers)
    return render(request, "spillover/rows.html", {"found": found, "table": table})
