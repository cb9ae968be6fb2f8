"""The table of exemptions as a page, and what of it may fit a hit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clarion.desk.language import reader_language
from clarion.desk.page import actor, page
from clarion.errors import InputError, StorageError, UnknownName
from clarion.locale import say
from clarion.screening.service import exemption_words as words
from clarion.screening.service import exemptions as service

_ORDER = ("open", "later", "unread", "guidance", "trap", "ended")


@page("screening.lists")
def exemptions(request: HttpRequest) -> HttpResponse:
    """What the table holds, by jurisdiction and purpose: what may apply first, what ended last."""
    lang, me = reader_language(), actor(request)
    where, purpose = request.GET.get("jurisdiction", ""), request.GET.get("purpose", "")
    found = service.index(me, where, purpose)
    today = service.table().today
    groups = [
        {"state": state, "title": say(words.STATES[state], lang),
         "fits": [shown_fit(service.fit_dict(fit, today), lang) for fit in found if fit.state.value == state]}
        for state in _ORDER
    ]  # fmt: skip
    context = {
        "groups": [group for group in groups if group["fits"]], "open": len(groups[0]["fits"]), "where": where,
        "purpose": purpose, "jurisdictions": [(key, say(text, lang)) for key, text in words.JURISDICTIONS.items()],
        "purposes": purposes(lang), "nature": say(words.NATURE, lang),
    }  # fmt: skip
    return render(request, "screening/exemptions.html", context)


def purposes(lang: str) -> list[tuple[str, str]]:
    """What to choose a purpose from."""
    return [(name, words.purpose(name, lang)) for name in words.PURPOSES]


def beside(answer: dict[str, Any], result: Mapping[str, Any], purpose: str) -> dict[str, Any]:
    """A shown answer with the exemptions that may fit beside each hit; where the table is broken, what is wrong."""
    lang = reader_language()
    try:
        found = service.beside(result, purpose)
    except UnknownName:
        raise
    except (InputError, StorageError) as error:
        return answer | {"exemptions_error": error}
    for part, kept in zip(answer["parts"], found["subjects"], strict=True):
        for hit, one in zip(part["hits"], kept["hits"], strict=True):
            hit["exemptions"] = _shown(one["exemptions"], len(one["programmes"]), lang)
    return answer


def _shown(found: Mapping[str, Any], programmes: int, lang: str) -> dict[str, Any]:
    groups = {name: [shown_fit(fit, lang) for fit in found[name]] for name in service.GROUPS}
    return {"says": words.answer(found, programmes, lang), "nature": say(words.NATURE, lang)} | groups


def shown_fit(fit: dict[str, Any], lang: str) -> dict[str, Any]:
    """One entry as its template takes it."""
    return fit | {
        "state_said": say(words.STATES[fit["state"]], lang), "marks": words.marks(fit, lang),
        "span": words.span(fit, lang), "looked": words.reviewed(fit, lang),
        "where": say(words.JURISDICTIONS[fit["jurisdiction"]], lang),
        "for": ", ".join(words.purpose(name, lang) for name in fit["purposes"]),
    }  # fmt: skip
