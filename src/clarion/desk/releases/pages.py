"""The list of releases, and one of them."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext

from clarion.access import may
from clarion.access.store.names import names_of
from clarion.desk.page import actor, page
from clarion.desk.releases import shown, words
from clarion.desk.templatetags.clarion import figure
from clarion.desk.workers import nobody_works
from clarion.release.spec import read_spec
from clarion.release.store import checks, reader, trials, withdraw
from clarion.release.store.models import Registered
from clarion.release.store.registration import PUBLISH


@page("desk.releases")
def index(request: HttpRequest) -> HttpResponse:
    """What left, newest first; for who may publish their own trials too."""
    me = actor(request)
    rows = reader.index(me)
    context: dict[str, Any] = {"rows": rows, "sentence": _overview(rows), "may_publish": may(me, PUBLISH)}
    if context["may_publish"]:
        context["trials"] = trials.mine(me)
    return render(request, "desk/releases/index.html", context)


def _overview(rows: list[Registered]) -> str:
    if not rows:
        return gettext("No table of counts has left yet")
    return ngettext(
        "%(count)s release has left, and it singles nobody out under its stated knowledge",
        "%(count)s releases have left, and none singles anybody out under its stated knowledge", len(rows),
    ) % {"count": figure(len(rows))}  # fmt: skip


@page("desk.releases")
def release(request: HttpRequest, programme: str, name: str) -> HttpResponse:
    """One release: the answer, what an attacker learns, the table, how sure and from where."""
    me = actor(request)
    if request.method == "POST" and request.POST.get("do") == "withdraw":
        withdraw(me, programme, name)
        return redirect("release", programme, name)
    row = reader.get(me, programme, name)
    if request.method == "POST":
        if request.POST.get("do") == "check":
            checks.start(me, row)
        return redirect("release", programme, name)
    check = checks.latest(row)
    context: dict[str, Any] = {"row": row, "check": check}
    if check and not check.ended:
        context["stalled"] = nobody_works()
    if request.htmx:  # type: ignore[attr-defined]
        response = render(request, "desk/releases/_check.html", context)
        if not check or check.ended:
            response.headers["HX-Refresh"] = "true"
        return response
    who = row.registered_by
    visible = {other.name for other in reader.index(me) if other.programme_id == row.programme_id}
    context |= picture_context(request, row.learned) | {
        "sentence": words.sentence(row.answer), "files": reader.file_names(row), "known": row.spec.get("known", []),
        "least": min((g["share_so_far"] for g in row.answer["groups"]), default=1.0),
        "by": names_of([who]).get(who, who),
        "rests_on": [(other, other in visible) for other in row.rests_on], "may_publish": may(me, PUBLISH),
        "sums": [(table, words.group_name(group), one.text) for table, group, one in reader.sums(row)],
        "steps": words.done(read_spec(json.dumps(row.spec), row.name), row.learned),
        "assumes": row.answer["assumes"], "does_not_cover": row.answer["does_not_cover"],
    }  # fmt: skip
    return render(request, "desk/releases/release.html", context)


def picture_context(request: HttpRequest, learned: list[dict[str, Any]]) -> dict[str, Any]:
    """The pictures and the table of what an attacker would learn; ``?span=new`` asks of those who came since."""
    new = request.GET.get("span") == "new" and shown.has_new(learned)
    drawn = shown.pictures(learned, "new_" if new else "")
    rows = shown.told(learned)
    return {
        "pictures": [(title, mark_safe(svg)) for title, svg in drawn],  # noqa: S308 - our drawing
        "new": new, "has_new": shown.has_new(learned), "told": rows[: shown.MOST_ROWS],
        "further": max(0, len(rows) - shown.MOST_ROWS),
    }  # fmt: skip
