"""The page of the log: whether it is as it was written, then who did what; and the log as a file."""

from __future__ import annotations

import json
import re

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from clarion.access.store.log import record
from clarion.access.store.models import LogEntry
from clarion.access.store.names import names_of
from clarion.config import config
from clarion.desk.log import verbs
from clarion.desk.page import actor, page

PAGE = 100  # acts
NAME = "clarion-log.jsonl"


@page("desk.log", exit=True)
def log(request: HttpRequest) -> HttpResponse:
    """What was done, a hundred acts a page: nobody can push theirs out of sight by doing more."""
    state = verbs.state(config())
    before = request.GET.get("before", "")
    kept = LogEntry.objects.order_by("-seq")
    if before:
        kept = kept.filter(seq__lt=_number(before))
    lines = list(kept.values_list("seq", "line")[: PAGE + 1])
    earlier = lines[PAGE - 1][0] if len(lines) > PAGE else ""
    acts = [_said(line) for _, line in lines[:PAGE]]
    names = names_of(act["actor"] for act in acts)
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
