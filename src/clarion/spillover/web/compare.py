"""Two runs side by side, draw by draw: the page, its picture and its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from clarion.desk.kept import kept
from clarion.desk.language import reader_language
from clarion.desk.page import actor, file_response, page
from clarion.locale import say
from clarion.pictures.charts import Frame, Pair, paired_dots
from clarion.spillover.service import runs as service
from clarion.spillover.service.frames import compared_frame
from clarion.spillover.service.side_by_side import SideBySide
from clarion.spillover.service.words import commodity_name, worded
from clarion.spillover.web.downloads import table_response
from clarion.tables.download import known_form
from clarion.vocab import place

if TYPE_CHECKING:
    from clarion.access import Actor
    from clarion.spillover.models import Run

MOST_ROWS, MOST_DRAWN = 100, 12


@page("spillover.view")
def compare(request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
    """What the second run costs more than the first, or saves: sentence, picture, table."""
    me = actor(request)
    pair = (service.get(me, pk), service.get(me, other))
    key = tuple((run.pk, run.form) for run in pair)
    body = kept("spillover/_compare.html", key, lambda: _compared(me, *pair))
    return render(request, "spillover/compare.html", {"first": pair[0], "second": pair[1], "body": body})


def _compared(me: Actor, first: Run, second: Run) -> dict[str, Any]:
    lang = reader_language()
    found = service.side_by_side(me, first.pk, second.pk)
    by_month = found.months
    return {
        "first": first, "second": second, "sentence": found.sentence(lang),
        "warnings": found.warnings,
        "chart": mark_safe(_picture(found, lang)) if found.rows else "",  # noqa: S308 - our drawing
        # A country that one run does not reach has its page in the other.
        "rows": [(row, first.pk if row.second is None else second.pk) for row in found.rows[:MOST_ROWS]],
        "cut": max(0, len(found.rows) - MOST_ROWS),
        "person_days": by_month.person_days if by_month else None,
        "prices": [(commodity_name(i, lang), e) for i, e in by_month.prices.items()] if by_month else [],
    }  # fmt: skip


@page("spillover.view")
def compare_file(request: HttpRequest, pk: UUID, other: UUID, form: str) -> HttpResponse:
    """The same as a table, or its picture."""
    if form != "svg":
        known_form(form)
    found = service.side_by_side(actor(request), pk, other)
    if form != "svg":
        return table_response(compared_frame(found), form, f"compare-{pk}-{other}")
    drawn = _picture(found, reader_language(), standalone=True)
    return file_response(drawn.encode(), "image/svg+xml", f"compare-{pk}-{other}.svg")


def _picture(found: SideBySide, lang: str, *, standalone: bool = False) -> str:
    """Both figures of the countries that differ most, as pairs of dots."""
    title = (
        gettext("Energy lost over the months, kcal a person a day")
        if found.months
        else gettext("Energy that goes missing, kcal a person a day")
    )
    said = gettext("The countries that differ most between the two runs; the table has them all.")
    pairs = [
        Pair(place(r.iso3).name(lang), r.first.value if r.first else None, r.second.value if r.second else None,
             worded(r.difference, "number", lang))
        for r in found.rows[:MOST_DRAWN]
    ]  # fmt: skip
    first, second = (say(title, lang) for title in found.titles)
    return paired_dots(pairs, Frame(title, said, lang, "pairs", standalone), first=first, second=second)
