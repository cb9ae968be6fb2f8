"""Refusals by others: note one, follow it, write the letter, see the totals."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from clarion.desk.language import reader_language
from clarion.desk.page import actor, file_response, page
from clarion.errors import ClarionError, InputError, StorageError, UnknownName
from clarion.screening.service import exemptions
from clarion.screening.service.letter_words import LANGUAGES
from clarion.screening.service.refusals import letter as letters
from clarion.screening.service.refusals import register, shown
from clarion.screening.service.refusals.said import FIELDS
from clarion.screening.service.refusals.totals import totals as count
from clarion.screening.web.exemptions import purposes, shown_fit

_SIDES = {"by", "service", "reason"}


@page("screening.refusals")
def index(request: HttpRequest) -> HttpResponse:
    """What is noted, and the form for one more."""
    me, error = actor(request), None
    if request.method == "POST":
        try:
            made = register.add(me, request.POST)
            messages.success(request, gettext("Noted."))
            return redirect("screening:refusal", made.pk)
        except (InputError, UnknownName) as refused:
            error = refused
    # Of an address a decision alone is taken: one that fills in a name would make people write names into addresses.
    lang, told = reader_language(), request.POST or {"decision": request.GET.get("decision", "")}
    noted = register.index(me)
    context = {
        "noted": [_line(one, lang) for one in noted], "open": sum(not one.closed for one in noted), "error": error,
        "form": {name: told.get(name, "") for name in (*FIELDS, "decision")},
        "sides": {side: shown.choices(side, lang) for side in _SIDES}, "bad": error.where if error else "",
    }  # fmt: skip
    return render(request, "screening/refusals.html", context, status=422 if error else 200)


@page("screening.refusals")
def refusal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One refusal with what was done, and the forms for the next step."""
    me, error, form = actor(request), None, request.POST
    if request.method == "POST":
        try:
            if form.get("do") == "erase":
                register.erase(me, pk)
                messages.success(request, gettext("The refusal was removed."))
                return redirect("screening:refusals")
            if form.get("do") == "change":
                register.change(me, pk, form.get("status", ""), form.get("outcome", ""), form.get("note", ""))
                return redirect("screening:refusal", pk)
        except InputError as refused:
            error = refused
    return _one(request, me, pk, error)


@require_POST
@page("screening.refusals")
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The letter as PDF or text. It is not kept."""
    me, form = actor(request), request.POST
    days = form.get("days", "14")
    try:
        ask = letters.Ask(
            tuple(form.getlist("exemption")), form.get("language", "en"), form.get("signed", ""),
            form.get("person", ""), int(days) if days.isdecimal() and len(days) < 4 else 0, bool(form.get("note")),
        )  # fmt: skip
        made = letters.letter(me, pk, ask)
        if form.get("form") == "txt":
            return file_response(letters.plain(made).encode(), "text/plain; charset=utf-8", "letter.txt")
        return file_response(made.pdf(), "application/pdf", "letter.pdf")
    except (InputError, UnknownName) as refused:  # also a sign that no font can draw: the letter as text has it
        if refused.where == "refusal":
            raise
        return _one(request, me, pk, refused)


@page("screening.view")
def totals(request: HttpRequest) -> HttpResponse:
    """How many, by whom, why, when, and what became of them."""
    lang, found = reader_language(), count(actor(request)).to_dict()
    titles = {
        "by": gettext("Who refused"), "reason": gettext("Why"), "service": gettext("What"),
        "month": gettext("Month"), "status": gettext("How it stands"), "outcome": gettext("What came of it"),
    }  # fmt: skip
    tables = [
        (title, [(shown.label(side, value, lang), n) for value, n in found[side].items()])
        for side, title in titles.items()
    ]
    context = {"count": found["count"], "tables": tables, "amounts": count_amounts(found, lang)}
    return render(request, "screening/refusal_totals.html", context)


def count_amounts(found: dict[str, Any], lang: str) -> list[tuple[int, str]]:
    """How many with an amount, and their sum, for each currency."""
    from decimal import Decimal

    from clarion.vocab import Money

    return [(one["count"], shown.amount(Money(Decimal(one["amount"]), one["currency"]), lang))
            for one in found["amounts"]]  # fmt: skip


def _one(request: HttpRequest, me: Any, pk: UUID, error: ClarionError | None) -> HttpResponse:
    lang, noted = reader_language(), register.get(me, pk)
    purpose, where = request.GET.get("purpose", ""), request.GET.get("jurisdiction", "")
    fits: list[dict[str, Any]] = []
    try:
        today = exemptions.table().today
        fits = [shown_fit(exemptions.fit_dict(fit, today), lang) for fit in exemptions.index(me, where, purpose)
                if fit.state.value == "open"]  # fmt: skip
    except UnknownName:
        raise
    except (InputError, StorageError) as broken:
        error = error or broken
    context = {
        "noted": noted, "said": _line(noted, lang), "error": error, "fits": fits, "purposes": purposes(lang),
        "purpose": purpose, "sides": {side: shown.choices(side, lang) for side in ("status", "outcome")},
        "languages": LANGUAGES.items(), "language": lang if lang in LANGUAGES else "en",
        "chosen": request.POST.getlist("exemption"), "form": request.POST,
        "history": [one | {"said": _step(one, lang)} for one in noted.history],
    }  # fmt: skip
    return render(request, "screening/refusal.html", context, status=422 if error else 200)


def _step(one: dict[str, str], lang: str) -> str:
    return f"{shown.label('status', one['status'], lang)}; {shown.label('outcome', one['outcome'], lang)}"


def _line(noted: register.Noted, lang: str) -> dict[str, Any]:
    row, said = noted.row, noted.said
    sides = {side: shown.label(side, getattr(row, side), lang) for side in shown.SIDES}
    money = shown.amount(said.money, lang) if said.money else ""
    return sides | {"pk": row.pk, "refuser": said.refuser, "whose": said.whose, "day": said.refused_on.isoformat(),
                    "amount": money, "stated": said.stated, "closed": noted.closed}  # fmt: skip
