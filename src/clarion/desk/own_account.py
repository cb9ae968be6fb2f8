"""Pages about the reader's own account: confirming who they are, and where they are signed in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clarion.desk import recovery, step_up
from clarion.desk import sessions as session_service
from clarion.desk.page import actor


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Lead to how one signs in, where an account's pages begin."""
    return redirect("mfa_index")


@never_cache
@require_safe
@login_required
def confirm(request: HttpRequest, purpose: str) -> HttpResponse:
    """Lead the reader to say again who they are, for one purpose, and back to where they were."""
    if step_up.given(request, purpose) or step_up.settle(request, purpose):
        back = request.GET.get("next", "/")
        return redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "/")
    return redirect(f"{step_up.begin(request, purpose)}?{urlencode({'next': request.get_full_path()})}")


@never_cache
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the reader is signed in; each session can be ended, or all but this one."""
    if request.method == "POST":
        if request.POST.get("do") == "others":
            session_service.end_others(request)
        elif request.POST.get("do") == "stop-recovery":
            recovery.stop(request.user, actor(request))  # type: ignore[arg-type]
        else:
            session_service.end_one(request, request.POST.get("session", ""))
        return redirect("sessions")
    return render(request, "desk/sessions.html", {"sessions": session_service.listed(request)})
