"""Tables, maps and briefs to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from clarion.desk.language import reader_language
from clarion.desk.page import actor, file_response, page
from clarion.errors import UnknownName
from clarion.pictures.document import style_hash
from clarion.spillover.service import exposure as exposures
from clarion.spillover.service import runs
from clarion.spillover.service.country_brief import country_brief as write_country_brief
from clarion.spillover.service.frames import (
    exposure_frame,
    ranking_frame,
    run_frame,
    suppliers_frame,
)
from clarion.spillover.service.maps import loss_map, share_map
from clarion.spillover.service.monthly.brief import months_brief
from clarion.spillover.service.monthly.charts import months_map
from clarion.spillover.service.monthly.frames import country_frame, losses_frame, prices_frame
from clarion.spillover.service.monthly.results import CountryDetail, MonthlyResult
from clarion.spillover.service.results import Result
from clarion.spillover.service.run_brief import run_brief as write_run_brief
from clarion.spillover.web.ask import asked
from clarion.tables.download import TYPES, table_bytes
from clarion.vocab import Phrase, commodity, place

if TYPE_CHECKING:
    import polars as pl

BRIEFS = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}


@page("spillover.view")
def exposure_table(request: HttpRequest, form: str) -> HttpResponse:
    ask = asked(request)
    found = exposures.exposures(actor(request), ask.question, ask.source)
    return table_response(exposure_frame(found), form, f"exposure-{ask.question.item}")


@page("spillover.view")
def exposure_map(request: HttpRequest) -> HttpResponse:
    ask = asked(request)
    found = exposures.exposures(actor(request), ask.question, ask.source)
    drawn = share_map(
        ask.question.item, {e.iso3: e.share_from_origins for e in found}, reader_language(), standalone=True
    )
    return file_response(drawn.svg.encode(), "image/svg+xml", f"exposure-{ask.question.item}.svg")


@page("spillover.view")
def ranking_table(request: HttpRequest, form: str) -> HttpResponse:
    ask = asked(request)
    found = exposures.standings(actor(request), ask.question, ask.source)
    return table_response(ranking_frame(found), form, f"ranking-{ask.question.item}")


@page("spillover.view")
def country_table(request: HttpRequest, iso3: str, form: str) -> HttpResponse:
    ask = asked(request, minimum=0)
    found = exposures.profile(actor(request), iso3, ask.question, ask.source)
    return table_response(exposure_frame(found.exposures), form, f"exposure-{found.iso3}")


@page("spillover.view")
def suppliers_table(request: HttpRequest, iso3: str, item: str, form: str) -> HttpResponse:
    ask = asked(request, commodity(item).id, minimum=0)
    found = exposures.suppliers(actor(request), iso3, ask.question, ask.source)
    return table_response(suppliers_frame(found), form, f"suppliers-{place(iso3).iso3}-{item}")


@page("spillover.view")
def run_table(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    found = runs.get(actor(request), pk)
    data = runs.answer(found)
    frame = losses_frame(MonthlyResult(data)) if found.rule == "monthly" else run_frame(Result(data))
    return table_response(frame, form, f"run-{pk}")


@page("spillover.view")
def run_prices(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    result = MonthlyResult(runs.monthly_answer(runs.get(actor(request), pk)))
    return table_response(prices_frame(result), form, f"prices-{pk}")


@page("spillover.view")
def run_country_table(request: HttpRequest, pk: UUID, iso3: str, form: str) -> HttpResponse:
    found = runs.get(actor(request), pk)
    result = MonthlyResult(runs.monthly_answer(found))
    detail = CountryDetail(runs.country_answer(found, place(iso3).iso3), result.phrases)
    return table_response(country_frame(result, detail), form, f"run-{pk}-{place(iso3).iso3}")


@page("spillover.view")
def run_map(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = runs.get(actor(request), pk)
    data, language = runs.answer(found), reader_language()
    if found.rule == "monthly":
        drawn = months_map(MonthlyResult(data), language, standalone=True)
    else:
        drawn = loss_map(Result(data).kcal(), language, standalone=True)
    return file_response(drawn.svg.encode(), "image/svg+xml", f"run-{pk}.svg")


@page("spillover.view")
def country_brief(request: HttpRequest, iso3: str, form: str) -> HttpResponse:
    ask = asked(request, minimum=0)
    brief = write_country_brief(actor(request), iso3, ask.question, ask.source, reader_language())
    return brief_file(brief, form, f"brief-{place(iso3).iso3}")


@page("spillover.view")
def run_brief(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    found = runs.get(actor(request), pk)
    data, language = runs.answer(found), reader_language()
    if found.rule == "monthly":
        return brief_file(months_brief(MonthlyResult(data), language), form, f"brief-{pk}")
    return brief_file(write_run_brief(Result(data), language), form, f"brief-{pk}")


def table_response(frame: pl.DataFrame, form: str, name: str) -> HttpResponse:
    """A table to keep: csv, xlsx or parquet."""
    return file_response(table_bytes(frame, form), TYPES[form], f"{name}.{form}")


def brief_file(brief: object, form: str, name: str) -> HttpResponse:
    """A brief as a page to read (html) or a file (pdf)."""
    if form not in BRIEFS:
        raise UnknownName(
            Phrase("There is no brief as {form!r}.", form=form), where="form", next_step="Use html or pdf."
        )
    content: bytes = getattr(brief, form)()
    response = file_response(content, BRIEFS[form], f"{name}.{form}")
    if form == "html":
        # Read in place, and the same file to keep: its one style sheet is let through by its hash.
        response.headers["Content-Disposition"] = f'inline; filename="{name}.html"'
        response._csp_update = {"style-src": [style_hash()]}  # type: ignore[attr-defined]
    return response
