"""The page of sealed values: who can open them, who asks, what has to be decided. It shows handles, never a value."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from clarion.access import may
from clarion.desk.language import reader_language
from clarion.desk.page import actor, file_response, page
from clarion.desk.sealed.overview import overview
from clarion.errors import ClarionError, InputError
from clarion.locale import say
from clarion.seal.documents import LARGEST, canonical
from clarion.seal.store import against_log, erasure, openings, renewal, sealing

LARGEST_UPLOAD = 1_000_000  # bytes


@require_GET
@page("desk.sealed", exit=True)
def index(request: HttpRequest) -> HttpResponse:
    """Requests, keyholders, clocks."""
    return _shown(request)


@require_GET
@page("desk.keyholding")
def bundle(request: HttpRequest, request_id: str) -> HttpResponse:
    """A request as a file, for a keyholder's machine that is never online."""
    found = openings.bundle(actor(request), request_id, request.GET.get("keyholder", "").replace("-", ""))
    return file_response(canonical(found) + b"\n", "application/json", f"request-{request_id[:8]}.json")


@require_POST
@page("desk.keyholding")
def answer(request: HttpRequest, request_id: str) -> HttpResponse:
    """An answer that a keyholder's tool wrote into a file."""
    openings.get(request_id)
    state = openings.answer(actor(request), request_id, _uploaded(request, "answer")).state
    messages.success(
        request, _("The answer was taken in; the request is now: %(state)s.") % {"state": _STATES[state]()}
    )
    return redirect("sealed")


@require_POST
@page("desk.openings")
def lookup(request: HttpRequest) -> HttpResponse:
    """What a requester's tool must know of values to ask for them, as a file for a machine that is never online."""
    handles = request.POST.get("handles", "").split()
    found = {"records": sealing.lookup(actor(request), handles)}
    return file_response(canonical(found) + b"\n", "application/json", "records.json")


@require_POST
@page("desk.openings", step_up="open", back="sealed")
def ask(request: HttpRequest) -> HttpResponse:
    """A request that a requester's tool wrote into a file."""
    openings.ask(actor(request), _uploaded(request, "request"))
    messages.success(request, _("The request was taken in; the keyholders see it from now on."))
    return redirect("sealed")


@require_POST
@page("desk.openings", step_up="open", back="sealed")
def answers(request: HttpRequest, request_id: str) -> HttpResponse:
    """The answers to one's own request as a file; by POST, since the log says that they were taken away."""
    found = openings.answers(actor(request), request_id)
    return file_response(canonical(found) + b"\n", "application/json", f"answers-{request_id[:8]}.json")


@require_POST
@page("desk.openings")
def outcomes(request: HttpRequest, request_id: str) -> HttpResponse:
    """The outcomes of one's own request that a requester's tool wrote into a file, signed by its device."""
    me = actor(request)
    renewal.awaited(me, request_id)  # before the file: whoever may not hand it in learns no more than that
    renewal.outcomes_file(me, request_id, _uploaded(request, "outcomes"))
    messages.success(request, _("The outcomes were taken in."))
    return redirect("sealed")


@require_POST
@page("desk.erase", step_up="erase", back="sealed")
def decide(request: HttpRequest) -> HttpResponse:
    """Keep a value until another day, or erase it."""
    handle, who = request.POST.get("handle", ""), actor(request)
    try:
        if request.POST.get("do") == "erase":
            erasure.erase(who, [handle], request.POST.get("reason", ""))
            messages.success(request, _("The value was erased. Nobody can open it any more."))
        else:
            erasure.keep_until(who, handle, _day(request.POST.get("until", "")))
            messages.success(request, _("The value is kept until the day you gave."))
    except ClarionError as error:
        messages.error(request, " ".join(say(text, reader_language()) for text in (error.what, error.next_step)))
    return redirect("sealed")


@require_POST
@page("desk.draw", step_up="open", back="sealed", exit=True)
def draw(request: HttpRequest) -> HttpResponse:
    """Values that chance picks for an audit."""
    number = request.POST.get("count", "")
    drawn = sealing.draw(
        actor(request), request.POST.get("room", ""), int(number) if number.isdecimal() and len(number) < 5 else 0
    )
    return _shown(request, drawn=drawn, drew=True)


@require_POST
@page("desk.sealed", exit=True)
def check(request: HttpRequest) -> HttpResponse:
    """Hold the store against the log."""
    return _shown(request, faults=against_log.compare(actor(request)), checked=True)


def _uploaded(request: HttpRequest, name: str) -> bytes:
    upload = request.FILES.get(name)
    if upload is None or upload.size is None or upload.size > min(LARGEST, LARGEST_UPLOAD):
        raise InputError(
            "There is no file, or it is too large for one of the tool.", next_step="Choose the file of the tool."
        )
    return upload.read()


def _shown(request: HttpRequest, **more: object) -> HttpResponse:
    who = actor(request)
    found = overview(who)
    rights = {name: may(who, f"desk.{name}") for name in ("erase", "draw", "keyholding", "openings")}
    for row in found["requests"]:
        row["state_said"], row["purpose_said"] = _STATES[row["state"]](), _PURPOSES[row["purpose"]]()
    for device in (found["roster"] or {}).get("devices", []):
        device["said"] = [_PURPOSES[purpose]() for purpose in device["purposes"]]
    parts = [
        ngettext("%(n)s value is sealed", "%(n)s values are sealed", found["sealed"]) % {"n": found["sealed"]},
        ngettext("%(n)s request waits", "%(n)s requests wait", found["open"]) % {"n": found["open"]},
        ngettext("%(n)s decision is overdue", "%(n)s decisions are overdue", found["overdue"])
        % {"n": found["overdue"]},
    ]
    return render(request, "desk/sealed.html", found | {"parts": parts, "rights": rights, "reasons": _reasons()} | more)


def _reasons() -> list[tuple[str, str]]:
    return [
        ("over", _("It is no longer needed")),
        ("asked", _("The person asked for it")),
        ("error", _("It should not have been kept")),
    ]


_PURPOSES = {
    "open": lambda: _("open"),
    "audit": lambda: _("audit"),
    "reseal": lambda: _("seal anew"),
    "rescreen": lambda: _("screen anew"),
}
_STATES = {
    "open": lambda: _("waits for keyholders"),
    "answered": lambda: _("approved, not yet fetched"),
    "stopped": lambda: _("stopped by a keyholder"),
    "done": lambda: _("opened by the requester"),
    "ended": lambda: _("past its time"),
}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError("This is not a day.", next_step="Write it as 2027-01-31.") from error
