"""Export bans on a day, prices foretold and come, and money from Russia: the pages and their files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from clarion.desk.language import reader_language
from clarion.desk.page import actor, file_response, page
from clarion.errors import ClarionError
from clarion.spillover.service import bans, macro, prices
from clarion.spillover.service.market_charts import (
    lookback_chart,
    macro_chart,
    macro_facts,
    measure_name,
    restricted_chart,
    states_chart,
)
from clarion.spillover.service.market_frames import lookback_frame, macro_frame, restrictions_frame
from clarion.spillover.service.words import commodity_name
from clarion.spillover.web.downloads import table_response
from clarion.tables.download import known_form
from clarion.vocab import place, tables_cited

if TYPE_CHECKING:
    import polars as pl

    from clarion.spillover.engine.macro import MacroAnswer

DAY = "2022-04-15"
SVG = "image/svg+xml"


@page("spillover.view")
def restricted(request: HttpRequest) -> HttpResponse:
    """Which exports were under restriction on a day: sentence, picture, and what holds them back."""
    lang, typed, error, status = reader_language(), request.GET.get("date", DAY).strip(), None, 200
    try:
        day = bans.read_day(typed)
    except ClarionError as fault:
        day, error, status = date.fromisoformat(DAY), fault, 422
    found = bans.restricted(actor(request), day, request.GET.get("source") or None)
    data = bans.restricted_data(found)
    headline = found.shares[bans.HEADLINE]
    context = {
        "typed": typed, "error": error, "day": day, "headline": headline,
        "sentence": bans.answer_sentence(found, lang),
        "chart": mark_safe(restricted_chart(found, lang)) if headline.known else "",  # noqa: S308 - our own drawing
        "shares": [(measure_name(name, lang), e) for name, e in found.shares.items()],
        "held": [
            (h, commodity_name(h.food, lang), ", ".join(measure_name(m, lang) for m in h.measures)) for h in found.held
        ],
        "list": bans.LIST, "undated": found.undated, "published": data["published"],
        "sources": tables_cited(headline.provenance), "query": urlencode({"date": day.isoformat()}),
    }  # fmt: skip
    return render(request, "spillover/bans.html", context, status=status)


@page("spillover.view")
def restricted_file(request: HttpRequest, form: str) -> HttpResponse:
    """The restrictions of a day as a table, or their picture."""

    def work() -> Any:
        day = bans.read_day(request.GET.get("date", DAY).strip())
        return bans.restricted(actor(request), day, request.GET.get("source") or None)

    return _to_keep(
        form, lambda found: f"export-bans-{found.day.isoformat()}", work, restricted_chart, restrictions_frame
    )  # fmt: skip


@page("spillover.view")
def lookback(request: HttpRequest) -> HttpResponse:
    """Prices of spring 2022 as they could be foretold, beside what came."""
    found, lang = prices.lookback(actor(request)), reader_language()
    wheat = found["items"]["wheat"]
    context = {
        "window": found["window"], "wheat": wheat,
        "chart": mark_safe(lookback_chart(found["items"], lang)),  # noqa: S308 - our own drawing
        "rows": [(commodity_name(item, lang), kinds) for item, kinds in found["items"].items()],
        "cooperation": [(commodity_name(item, lang), e) for item, e in found["cooperation"].items()],
        "sources": tables_cited(wheat["foretold"].provenance),
    }  # fmt: skip
    return render(request, "spillover/prices.html", context)


@page("spillover.view")
def lookback_file(request: HttpRequest, form: str) -> HttpResponse:
    """The look back as a table, or its picture."""
    return _to_keep(
        form, lambda _: "prices-2022", lambda: prices.lookback(actor(request)),
        lambda found, lang, standalone: lookback_chart(found["items"], lang, standalone=standalone), lookback_frame,
    )  # fmt: skip


@page("spillover.view")
def money(request: HttpRequest, iso3: str = "") -> HttpResponse:
    """Money from Russia after a shock: ranking with both signs, or one country."""
    lang, typed, error, status = reader_language(), _typed(request), None, 200
    try:
        found = _answer(request, typed, iso3)
    except ClarionError as fault:
        found, error, status = _answer(request, _DEFAULT, iso3), fault, 422
    rows = macro.ranked(found)
    cited = [p for row in rows for e in row.figures.values() for p in e.provenance]
    shown = _DEFAULT if error else typed
    context = {
        "typed": typed, "error": error, "bad": error.where if error else "", "found": found, "rows": rows,
        "first": rows[0] if rows else None, "country": place(iso3) if iso3 else None,
        "facts": macro_facts(rows[0], lang) if iso3 else (),
        "chart": mark_safe(states_chart(rows[0], lang) if iso3 else macro_chart(rows, lang)) if rows else "",  # noqa: S308
        "sources": tables_cited([*found.provenance, *cited]),
        "query": urlencode({name: value for name, value in shown.items() if value != _DEFAULT[name]}),
    }  # fmt: skip
    return render(request, "spillover/macro.html", context, status=status)


@page("spillover.view")
def money_file(request: HttpRequest, form: str) -> HttpResponse:
    """Money from Russia as a table, or its picture."""
    return _to_keep(
        form, lambda _: "money-from-russia", lambda: _answer(request, _typed(request), ""),
        lambda found, lang, standalone: macro_chart(macro.ranked(found), lang, standalone=standalone),
        lambda found: macro_frame(tuple(found.countries.values()), found.statement),
    )  # fmt: skip


def _to_keep(
    form: str, name: Callable[[Any], str], work: Callable[[], Any], draw: Callable[..., str],
    frame: Callable[[Any], pl.DataFrame],
) -> HttpResponse:  # fmt: skip
    """An answer as a picture or a table; a form that there is not is told before the answer is worked."""
    if form == "svg":
        found = work()
        drawn = draw(found, reader_language(), standalone=True)
        return file_response(drawn.encode(), SVG, f"{name(found)}.svg")
    known_form(form)
    found = work()
    return table_response(frame(found), form, name(found))


_DEFAULT = {"growth": "", "rouble": "", "rupture": "yes", "base_year": "2021"}


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, usual).strip() for name, usual in _DEFAULT.items()}


def _answer(request: HttpRequest, typed: dict[str, Any], iso3: str) -> MacroAnswer:
    asked = macro.question(
        (iso3,) if iso3 else (), typed["growth"], typed["rouble"], rupture=typed["rupture"] != "no",
        base_year=macro.read_year(typed["base_year"]), draws=macro.DRAWS,
    )  # fmt: skip
    return macro.answer(actor(request), asked)
