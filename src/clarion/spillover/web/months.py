"""Pages of a run by month: the answer, and one country."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from clarion.desk.kept import kept
from clarion.desk.language import reader_language
from clarion.desk.page import actor
from clarion.spillover.service import runs as service
from clarion.spillover.service.monthly import charts
from clarion.spillover.service.monthly.partners import partners
from clarion.spillover.service.monthly.purse import harvest_rows, money_flags, money_rows
from clarion.spillover.service.monthly.results import CountryDetail, MonthlyResult, Months
from clarion.spillover.service.monthly.told_prices import price_note, unpriced
from clarion.spillover.service.words import commodity_name, worded
from clarion.vocab import place

if TYPE_CHECKING:
    from clarion.spillover.models import Run

MOST_ROWS, MOST_SIDE = 60, 20


def run(request: HttpRequest, found: Run, context: dict[str, Any]) -> HttpResponse:
    """A run by month that is done: prices, bans, who loses, and what drives the uncertainty."""
    key = (found.pk, found.form, found.published, context["may_run"])
    context["body"] = kept("spillover/_run_months.html", key, lambda: _answered(found, may_run=context["may_run"]))
    context["others"] = service.beside(actor(request), found)[:20]
    return render(request, "spillover/run_months.html", context)


def _answered(found: Run, *, may_run: bool) -> dict[str, Any]:
    result, lang = MonthlyResult(service.answer(found)), reader_language()
    return {
        "run": found, "may_run": may_run, "result": result, "sentence": result.sentence(lang),
        "map": charts.months_map(
            result, lang,
            lambda iso3: reverse("spillover:run-country", args=[found.pk, iso3]) if iso3 in result.countries else None,
        ),
        "prices": [(commodity_name(i, lang), _drawn(charts.price_fan(i, path, lang)), _rows(result, path))
                   for i, path in result.prices.items()],
        "price_note": price_note(lang), "unpriced": unpriced(result, lang),
        "rows": result.losers()[:MOST_ROWS],
        "bans": [(ban, commodity_name(ban.item, lang)) for ban in result.bans],
        "bans_chart": _drawn(charts.bans_chart(result.bans, lang)) if result.bans else "",
        "drivers": [(charts.figure_name(figure, lang), _drawn(charts.tornado(figure, shares, lang)),
                     _shares(shares, lang))
                    for figure, shares in result.drivers.items() if not figure.startswith("kcal:")],
        "harvests": [(c, [c.next_harvest.get(i) for i in result.items]) for c in result.harvests()[:MOST_SIDE]],
        "items": [commodity_name(i, lang) for i in result.items],
        "received": result.received()[:MOST_SIDE], "billed": result.billed()[:MOST_SIDE],
    }  # fmt: skip


def country(request: HttpRequest, found: Run, iso3: str) -> HttpResponse:
    """What a run by month means for one country."""
    named = place(iso3)
    body = kept(
        "spillover/_run_months_country.html", (found.pk, found.form, named.iso3), lambda: _of_country(found, named.iso3)
    )  # fmt: skip
    return render(request, "spillover/run_months_country.html", {"run": found, "place": named, "body": body})


def _of_country(found: Run, code: str) -> dict[str, Any]:
    result, lang = MonthlyResult(service.answer(found)), reader_language()
    detail = CountryDetail(service.country_answer(found, code), result.phrases)
    whole = result.countries[code]
    fans = []
    titles = {"kcal_lost": gettext("Energy lost, month by month"), "people": gettext("People under the requirement")}
    for name, title in titles.items():
        path = detail.months(name)
        if path:
            draw = charts.people_fan if name == "people" else charts.energy_fan
            fans.append((title, _drawn(draw(path, title, lang, name.replace("_", "-"))), _rows(result, path)))
    items = []
    for item in detail.items:
        found_partners = partners(detail.waterfall(item), lang)
        items.append({
            "name": commodity_name(item, lang), "figures": whole.items[item], "partners": found_partners,
            "chart": _drawn(found_partners.picture(item, lang)), "notes": detail.notes(item),
        })  # fmt: skip
    shares = result.drivers.get(f"kcal:{code}")
    return {
        "run": found, "result": result, "place": place(code), "country": whole, "fans": fans, "items": items,
        "harvests": harvest_rows(whole, lang), "money": money_rows(whole, lang), "flags": money_flags(whole, lang),
        "drivers": _drawn(charts.tornado(f"kcal:{code}", shares, lang)) if shares else "",
        "shares": _shares(shares, lang) if shares else [],
        "sentence": gettext("%(place)s: %(before)s kcal a person a day go missing, %(after)s after stocks and other"
                            " suppliers step in (means over %(months)s months; %(worst)s in the worst one)") % {
            "place": place(code).name(lang), "before": worded(whole.kcal_before, "number", lang),
            "after": worded(whole.kcal_lost, "number", lang), "months": len(result.steps),
            "worst": worded(whole.kcal_worst, "number", lang)},
    }  # fmt: skip


def _drawn(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 - our drawing


def _rows(result: MonthlyResult, path: Months) -> list[tuple[int, str, Any]]:
    """Number of the month, its name, and the estimate."""
    return [(step + 1, str(MONTHS[result.steps[step]]), path.at(step)) for step in range(len(path.p50))]


def _shares(shares: dict[str, Any], lang: str) -> list[tuple[str, Any]]:
    ordered = sorted(shares.items(), key=lambda pair: -(pair[1].value or 0.0))
    return [(charts.driver_name(group, lang), share) for group, share in ordered]
