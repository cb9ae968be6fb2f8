"""Pages about the reader's own account: confirming who they are."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clarion.desk import step_up


@never_cache
@require_safe
@login_required
def confirm(request: HttpRequest, purpose: str) -> HttpResponse:
    """Lead the reader to say again who they are, for one purpose, and back to where they were."""
    if step_up.given(request, purpose) or step_up.settle(request, purpose):
        back = request.GET.get("next", "/")
        return redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "/")
    return redirect(f"{step_up.begin(request, purpose)}?{urlencode({'next': request.get_full_path()})}")
