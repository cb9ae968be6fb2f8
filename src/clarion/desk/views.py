"""The shell's own pages: entering, language, sources, people, tokens, and errors."""

from __future__ import annotations

import sys

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.internal import ratelimit
from allauth.mfa.webauthn.views import login_webauthn
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from clarion.access.store import four_eyes, secrets
from clarion.access.store.log import record
from clarion.access.store.models import ApiToken, User
from clarion.config import config
from clarion.desk import people as people_service
from clarion.desk import recovery
from clarion.desk.bare import bare_page
from clarion.desk.guessing import may_ask_for_passkey
from clarion.desk.landing import landing
from clarion.desk.language import reader_language
from clarion.desk.outage import REFUSALS, unavailable
from clarion.desk.page import actor, page
from clarion.desk.sessions import forget_ended
from clarion.errors import BusyError, ClarionError, UnknownName
from clarion.locale import say
from clarion.vocab import Phrase, seen


@never_cache
def enter(request: HttpRequest, secret: str) -> HttpResponse:
    """Spend a one-time link and sign its owner in.

    On a desk that the network reaches a button spends it: programs that look at the links of a mail or a message
    before its reader does would use it up.
    """
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "POST"])
    opened = request.method == "POST" or (request.method == "GET" and not _ahead_of_time(request))
    owner = secrets.link_owner(secret) if opened else None
    if owner and request.user.is_authenticated and owner != request.user:
        # Somebody else's link must not move the reader into an account where what they write is another's.
        raise BusyError(
            Phrase("You are signed in as {name}; this link is for somebody else.", name=request.user.username),
            next_step="Sign out first, then open the link again: it was not used up.",
        )
    if owner and request.method == "GET" and config().base_url:
        return render(request, "desk/link_open.html")
    user = _spend(request, secret) if owner else None
    if user is None:
        return render(request, "desk/link_spent.html", status=410)
    forget_ended()
    if not get_reauthentication_flows(user):
        messages.info(
            request,
            _("Only links let you in so far. Add a passkey or a password now, under Sign-in and security below your "
              "name: further steps ask for it."),
        )  # fmt: skip
    return redirect(landing(user))


def _spend(request: HttpRequest, secret: str) -> User | None:
    with transaction.atomic():  # the link, the session and the line of the log, or nothing
        anew = secrets.recovers(secret)
        user = secrets.use_link(secret)
        if user is not None:
            if anew:
                recovery.begin_anew(user)
                request.session.flush()  # theirs may be one of those that have just ended
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            record_authentication(request, user, method="link", reauthenticated=True)
            request.session.save()
            record(user.actor, "signed in by link")
    return user


def _ahead_of_time(request: HttpRequest) -> bool:
    """Whether a browser fetches the page in case somebody will open it."""
    said = " ".join(request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    return any(word in said.lower() for word in ("prefetch", "prerender", "preview"))


@never_cache
def passkey(request: HttpRequest) -> HttpResponse:
    """As allauth; each question keeps a session, so that a stranger may not ask without end."""
    answer: HttpResponse = login_webauthn(request) if may_ask_for_passkey(request) else ratelimit.respond_429(request)
    return answer


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the reader's language in a cookie and return to where they were."""
    code, back = request.POST.get("language", ""), request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = redirect(back)
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 86400, httponly=True,
            samesite="Lax", secure=settings.LANGUAGE_COOKIE_SECURE,
        )  # fmt: skip
    return response


@page("desk.sources")
def sources(request: HttpRequest) -> HttpResponse:
    """The catalogue: every source with licence, cadence and what of it is loaded."""
    from clarion.sources import catalogue
    from clarion.sources.overview import overview

    declared = catalogue()
    rows = [
        (entry, declared[entry["id"]].notes if entry["id"] in declared else "") for entry in overview(config().home)
    ]
    return render(request, "desk/sources.html", {"rows": rows})


@page("desk.people", step_up="people", exit=True)
def people(request: HttpRequest) -> HttpResponse:
    """Accounts: open one, change a role, print a link, close."""
    link = ""
    if request.method == "POST":
        try:
            link = people_service.act(actor(request), request.POST, request.build_absolute_uri)
        except ClarionError as error:
            messages.error(request, " ".join(say(text, reader_language()) for text in (error.what, error.next_step)))
            return redirect("people")
        if not link:
            return redirect("people")
    shown = {
        "accounts": User.objects.order_by("username"), "roles": User.Role.choices, "link": link,
        "waiting": len(four_eyes.standing()) + len(recovery.agreed()),
        "recovery": four_eyes.needed(actor(request), "recover"),
    }  # fmt: skip
    return render(request, "desk/people.html", shown)


@page("desk.tokens", step_up="tokens")
def tokens(request: HttpRequest) -> HttpResponse:
    """The reader's own API tokens."""
    shown = ""
    if request.method == "POST":
        if revoke := request.POST.get("revoke"):
            mine = ApiToken.objects.filter(user=request.user, pk=_number(revoke))
            with transaction.atomic():
                if mine.delete()[0]:
                    record(actor(request), "revoked an API token")
            return redirect("tokens")
        name = seen(request.POST.get("name", "")).strip()[:80]
        if name:
            with transaction.atomic():
                shown = secrets.new_token(request.user, name)
                record(actor(request), "made an API token")
        else:
            messages.error(request, _("Give the token a name, so that you know later what uses it."))
    mine = ApiToken.objects.filter(user=request.user).order_by("-created_at")
    return render(request, "desk/tokens.html", {"tokens": mine, "shown": shown})


def _number(text: str) -> int:
    """The number of a row; what no row has, for anything else: a longer one would be an error of the database."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def healthz(request: HttpRequest) -> HttpResponse:
    """For a reverse proxy: the desk answers and its database too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if request.path.startswith("/api/"):
        from clarion.desk.api import problem

        return problem(request, 400, "This request could not be read.", "Send less at once.")
    error = ClarionError(_("This request could not be read."), next_step=_("Send less at once, or start again."))
    return render(request, "desk/error.html", {"error": error}, status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if request.path.startswith("/api/"):
        from clarion.desk.api import problem

        return problem(request, 404, "There is nothing at this address.", "See the schema at /api/v1/openapi.json.")
    error = UnknownName(_("There is no page at this address."), next_step=_("Go back, or start from the home page."))
    return render(request, "desk/error.html", {"error": error}, status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    error = ClarionError(_("This request was refused."), next_step=_("Reload the page and try again."))
    return render(request, "desk/error.html", {"error": error}, status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """Whatever was raised outside a view too, such as a session that the database does not take."""
    error = sys.exc_info()[1]
    if isinstance(error, REFUSALS):
        return unavailable(request, error)
    text = _("Nothing you entered was lost. Go back and try again; if it fails again, tell your operator.")
    return bare_page(_("Something failed here"), text, status=500)
