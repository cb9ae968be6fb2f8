"""Decisions that were kept: the queue of those that wait, one of them with its steps, its certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from clarion.access import may
from clarion.desk.language import reader_language
from clarion.desk.page import actor, file_response, page
from clarion.errors import BusyError, InputError, UnknownName
from clarion.screening.service import decisions, reproduce, reviews
from clarion.screening.service.batch import batches
from clarion.screening.service.certificate import certificate as certify
from clarion.screening.service.certificate import possible as certifiable
from clarion.screening.service.checked import ASK, REVIEW
from clarion.screening.service.words import reproduced, step, unused, verdict
from clarion.screening.web.exemptions import beside, purposes
from clarion.screening.web.shown import shown, with_entries

if TYPE_CHECKING:
    from clarion.access import Actor
    from clarion.screening.service.decisions import Kept


@page("screening.review")
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for somebody, the oldest first."""
    me = actor(request)
    waiting = reviews.queue(me)
    context = {
        "waiting": [_line(kept) for kept in waiting],
        "mine": [kept.decision.pk for kept in waiting if reviews.barred(me, kept) is None],
    }
    return render(request, "screening/queue.html", context)


@page("screening.view")
def index(request: HttpRequest) -> HttpResponse:
    """What was kept, the newest first."""
    return _many(request, decisions.index(actor(request)))


@page("screening.check")
def of_batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What one of the reader's batches left to be asked or reviewed, in all or with one ``outcome``."""
    me, said = actor(request), request.GET.get("outcome", "")
    batch, outcome = batches.get(me, pk), said if said in (ASK, REVIEW) else ""
    return _many(request, decisions.index(me, batch=batch.pk, outcome=outcome), batch=batch, outcome=outcome)


def _many(request: HttpRequest, kept: list[Kept], **more: Any) -> HttpResponse:
    most = decisions.MOST if len(kept) == decisions.MOST else 0
    context = {"kept": [_line(one) for one in kept], "most": most} | more
    return render(request, "screening/decisions.html", context)


@page("screening.view")
def decision(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One decision: the answer, why, what people did with it, and what may be done now."""
    me, error = actor(request), None
    if request.method == "POST":
        try:
            return _step(request, me, pk)
        except (InputError, BusyError) as refused:
            error = refused
    return _one(request, me, pk, error)


def _one(request: HttpRequest, me: Actor, pk: UUID, error: InputError | BusyError | None) -> HttpResponse:
    kept = decisions.get(me, pk)
    rights = {name: may(me, f"screening.{name}") for name in ("check", "review", "refusals")}
    answer, purpose = with_entries(shown(kept.latest), kept.latest), request.GET.get("purpose", "")
    closed = kept.decision.state == kept.decision.State.OTHER
    held = not closed and any(part["hits"] for part in answer["parts"])
    if held:
        answer = beside(answer, kept.latest, purpose)
    context = {
        "title": verdict(kept.decision.state, reader_language()) or answer["sentence"],
        "purposes": purposes(reader_language()) if held else (), "purpose": purpose,
        "kept": kept, "state": kept.state, "answer": answer, "closed": closed,
        "level": "h2",
        "rights": rights, "barred": reviews.barred(me, kept), "error": error,
        "unused": unused(kept.asked, reader_language()), "reason": request.POST.get("reason", ""), "asked": _told(kept),
        "steps": [one | {"said": step(one, reader_language())} for one in kept.steps], "ask": _ask(kept),
        "certifiable": certifiable(kept),
        "earlier": [_line(one) for one in decisions.same_payee(me, kept.asked) if one.decision.pk != pk],
    }  # fmt: skip
    status = 200 if error is None else 422 if isinstance(error, InputError) else error.http_status
    return render(request, "screening/decision.html", context, status=status)


@require_POST
@page("screening.check")
def certificate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The certificate for the bank; purpose and exemption stand in it only where the officer writes them."""
    me, form = actor(request), request.POST
    try:
        made = certify(
            me, pk, reader_language(), form.get("purpose", ""), form.get("exemption", ""), form.get("numbers", "")
        )
        return file_response(made.pdf(), "application/pdf", "screening.pdf")
    except UnknownName:
        raise
    except (InputError, BusyError) as refused:  # too long, say, or a sign that no font can draw
        return _one(request, me, pk, refused)


def _step(request: HttpRequest, me: Actor, pk: UUID) -> HttpResponse:
    do, reason = request.POST.get("do", ""), request.POST.get("reason", "")
    if do == "erase":
        decisions.erase(me, pk)
        messages.success(request, gettext("The decision was removed."))
        return redirect("screening:decisions")
    if do == "reproduce":
        found = reproduce.reproduce(me, pk)
        tell = messages.success if found == reproduce.SAME else messages.error if found in reproduce.WRONG else (
            messages.warning
        )  # fmt: skip
        tell(request, reproduced(found, reader_language()))
    elif do in reviews.VERDICTS:
        reviews.decide(me, pk, do, reason, _seen(request))
    elif do == "confirm":
        reviews.confirm(me, pk, _seen(request))
    elif do == "send-back":
        reviews.send_back(me, pk, reason, _seen(request))
    elif do == "appeal":
        reviews.appeal(me, pk, reason)
    elif do == "review":
        reviews.send(me, pk)
    else:
        decisions.get(me, pk)  # nothing to do, with what may not be there
    return _next(request, me, pk) if do in (*reviews.VERDICTS, "confirm", "send-back") else _same(pk)


def _seen(request: HttpRequest) -> int | None:
    """How many steps the page showed on which somebody pressed the button."""
    said = request.POST.get("seen", "")
    return int(said) if said.isdecimal() and len(said) < 6 else None


def _same(pk: UUID) -> HttpResponse:
    return redirect("screening:decision", pk)


def _next(request: HttpRequest, me: Actor, pk: UUID) -> HttpResponse:
    """On to the next that waits, so that a queue is worked through without going back to it."""
    messages.success(request, gettext("Noted."))
    more = any(reviews.barred(me, kept) is None for kept in reviews.queue(me))
    return redirect("screening:queue") if more else _same(pk)


def _line(kept: Kept) -> dict[str, Any]:
    """One decision in a list."""
    answer = shown(kept.latest)
    hits = [hit | {"of": part["name"] if part["bank"] else ""} for part in answer["parts"] for hit in part["hits"]]
    return {
        "pk": kept.decision.pk, "name": kept.asked.name, "row": kept.row, "made_at": kept.decision.made_at,
        "state": kept.state, "label": answer["label"], "good": answer["good"],
        "hit": hits[0] if hits else None, "closed": kept.decision.state == kept.decision.State.OTHER,
    }  # fmt: skip


def _ask(kept: Kept) -> dict[str, Any]:
    """The form for the one datum that settles it: what is known, hidden, and the field for what is not."""
    wanted = kept.latest["settles"]
    name = {"identifier": "inn"}.get(wanted, wanted)
    labels = {
        "patronymic": gettext("Patronymic"),
        "birth": gettext("Date of birth"),
        "inn": gettext("Tax number (INN)"),
    }
    said = kept.asked.to_dict() | {"intermediaries": "; ".join(kept.asked.intermediaries), "use": kept.decision.use}
    hidden = [(label, value) for label, value in said.items() if label != name and value]
    return {"name": name, "label": labels.get(name, ""), "hidden": hidden}


def _told(kept: Kept) -> list[tuple[str, str]]:
    """What is known of the payee, field by field."""
    asked = kept.asked
    named = [
        (gettext("Name"), asked.name), (gettext("Given name"), asked.given), (gettext("Patronymic"), asked.patronymic),
        (gettext("Surname"), asked.surname), (gettext("Birth"), asked.birth), (gettext("Sex"), asked.sex),
        (gettext("Nationality"), asked.nationality), (gettext("Tax number (INN)"), asked.inn),
        (gettext("Register number (OGRN)"), asked.ogrn), (gettext("Insurance number (SNILS)"), asked.snils),
        (gettext("Passport"), asked.passport), (gettext("Bank"), asked.bank),
        (gettext("Banks in between"), ", ".join(asked.intermediaries)),
    ]  # fmt: skip
    return [(label, text) for label, text in named if text]
