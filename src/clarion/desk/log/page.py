"""The page of the log: whether it is as it was written, then who did what; and the log as a file."""

from __future__ import annotations

import json
import re
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from clarion.access.store.log import record
from clarion.access.store.models import LogEntry, User
from clarion.config import config
from clarion.desk.log import verbs, verify
from clarion.desk.page import actor, page
from clarion.seal.errors import BadDocument

PAGE = 100  # acts
NAME = "clarion-log.jsonl"


@page("desk.log", exit=True)
def log(request: HttpRequest) -> HttpResponse:
    """What was done, a hundred acts a page: nobody can push theirs out of sight by doing more."""
    state = _state()
    before = request.GET.get("before", "")
    kept = LogEntry.objects.order_by("-seq")
    if before:
        kept = kept.filter(seq__lt=_number(before))
    lines = list(kept.values_list("seq", "line")[: PAGE + 1])
    earlier = lines[PAGE - 1][0] if len(lines) > PAGE else ""
    acts = [_said(line) for _, line in lines[:PAGE]]
    numbers = {act["actor"] for act in acts if act["actor"].isdigit()}
    names = {str(pk): name for pk, name in User.objects.filter(pk__in=numbers).values_list("pk", "username")}
    rows = [(act, names.get(act["actor"], act["actor"])) for act in acts]
    return render(request, "desk/log.html", {"rows": rows, "earlier": earlier, "state": state})


@page("desk.log", step_up="log")
def download(request: HttpRequest) -> StreamingHttpResponse:
    """The whole log as a file that verifies by itself, with the act of taking it."""
    record(actor(request), "downloaded the log")
    return StreamingHttpResponse(
        verbs.exported(config()), content_type="application/x-ndjson",
        headers={"Content-Disposition": f'attachment; filename="{NAME}"'},
    )  # fmt: skip


def _state() -> dict[str, Any]:
    try:
        told = verify.newest(config().home)
    except BadDocument as error:  # a damaged anchor
        return {"sound": False, "error": error}
    anchor = told["anchor"]
    return told | {"days": verbs.age_days(anchor) if anchor else None}


def _said(line: str) -> dict[str, str]:
    """What a line says; a line that somebody wrote into the database may be anything."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        told = None
    told = told if isinstance(told, dict) else {}
    act = {name: str(told.get(name, "")) for name in ("seq", "at", "actor", "action", "object")}
    return act if re.fullmatch(r"[0-9T:-]{16}Z", act["at"]) else act | {"at": ""}


def _number(text: str) -> int:
    """The number of a row; what no row has, for anything else: a longer one would be an error of the database."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0
