"""Try a release: send a list of people, see what would leave and what an attacker would learn, then publish it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from clarion.desk.page import actor, page
from clarion.desk.releases import shown, words
from clarion.desk.releases.pages import picture_context
from clarion.desk.workers import nobody_works
from clarion.errors import ClarionError, InputError
from clarion.release.certificate import ASSUMES, DOES_NOT_COVER
from clarion.release.folder import SPEC
from clarion.release.spec import read_spec
from clarion.release.store import reader, trials
from clarion.release.store.models import PUBLIC, Trial
from clarion.release.store.names import DEFAULT
from clarion.vocab import Phrase

EXAMPLE = """{
 "id": "2026-Q3",
 "k": 5,
 "rule": "round5",
 "counts": "cumulative",
 "dimensions": {"region": ["A", "B"], "theme": ["legal", "shelter"]},
 "tables": {"by_region.csv": ["region"], "region_theme.csv": ["region", "theme"]}
}
"""


@page("desk.publish")
def new(request: HttpRequest) -> HttpResponse:
    """The form. The list is counted in memory and forgotten; it goes to no disk and no log."""
    me = actor(request)
    context: dict[str, Any] = {
        "spec": request.POST.get("spec", EXAMPLE), "programme": request.POST.get("programme", DEFAULT),
        "programmes": reader.programmes(me), "most": trials.MOST_BYTES // 1000,
    }  # fmt: skip
    if request.method == "POST":
        try:
            sent = request.FILES.get("people")
            if sent is None:
                raise InputError(
                    "The list of people is missing, or too large for the desk.",
                    next_step=Phrase("Choose a CSV file of up to {most} kB; for larger ones use: clarion release build",
                                     most=context["most"]),
                )  # fmt: skip
            trial = trials.start(me, sent.read(), context["spec"].encode(), context["programme"])
            return redirect("release-trial", trial.pk)
        except ClarionError as error:
            context["error"] = error
    return render(request, "desk/releases/new.html", context, status=400 if context.get("error") else 200)


@page("desk.publish")
def trial(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One trial: progress while it is worked, then what would leave."""
    found = trials.get(actor(request), pk)
    if request.method == "POST":
        return _step(request, pk)
    context: dict[str, Any] = {"trial": found, "stalled": not found.ended and nobody_works()}
    if request.htmx:  # type: ignore[attr-defined]
        response = render(request, "desk/releases/_trial.html", context)
        if found.ended:
            response.headers["HX-Refresh"] = "true"
        return response
    if found.status != found.Status.DONE:
        return render(request, "desk/releases/waiting.html", context)
    plain = found.plain
    drawn = shown.pictures(plain["rows"], "", prefix="plain")
    context |= picture_context(request, found.learned) | {
        "sentence": words.sentence(found.answer), "plain": plain, "assumes": ASSUMES, "does_not_cover": DOES_NOT_COVER,
        "plain_pictures": [(title, mark_safe(svg)) for title, svg in drawn],  # noqa: S308 - our drawing
        "public": PUBLIC, "known": found.spec.get("known", []), "steps": _done(found),
        "unread": trials.unread(found) if found.texts else [],
    }  # fmt: skip
    return render(request, "desk/releases/trial.html", context)


def _done(found: Trial) -> list[str]:
    """What the gate did to the tables that were asked for."""
    if not found.texts:
        later = found.answer.get("join")
        said = gettext("It is held: its people are told of with %(period)s.")
        return [said % {"period": later}] if later else []
    return words.done(read_spec(found.texts[SPEC], SPEC), found.learned)


def _step(request: HttpRequest, pk: UUID) -> HttpResponse:
    me, do = actor(request), request.POST.get("do", "")
    if do == "remove":
        trials.remove(me, pk)
        messages.success(request, gettext("The trial was removed."))
        return redirect("releases")
    if do == "publish":
        row = trials.publish(me, pk, request.POST.get("audience", "").strip() or PUBLIC,
                             read="read" in request.POST)  # fmt: skip
        messages.success(request, gettext("It is in the register."))
        return redirect("release", row.programme.name, row.name)
    return redirect("release-trial", pk)
