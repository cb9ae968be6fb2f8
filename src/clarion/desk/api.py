"""The API's root: tokens or the signed-in session, problem details (RFC 9457) for errors, the rooms' routers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import APIKeyCookie, HttpBearer

import clarion
from clarion.access.store.secrets import token_owner
from clarion.desk.outage import REFUSALS, unavailable
from clarion.desk.releases.api import router as releases
from clarion.desk.rooms import load, rooms
from clarion.desk.sealed.api import router as sealed
from clarion.errors import ClarionError


class Token(HttpBearer):
    """``Authorization: Bearer clarion_...``"""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        user = token_owner(token)
        if user is not None:
            request.user = user
        return user


class Session(APIKeyCookie):
    """The desk's own session, for a reader who is signed in; changes need the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Any:
        # A program without a session has nothing that could be forged: it is told to sign in, not of CSRF.
        return super().__call__(request) if request.user.is_authenticated else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return request.user


api = NinjaAPI(
    title="Clarion",
    version=clarion.__version__,
    description="The same use cases as the desk and the command line. Every figure comes with interval and provenance.",
    auth=[Token(), Session()],
    docs_url=None,  # its page would need scripts from another host; the schema is at openapi.json
    urls_namespace="api",
)


def problem(request: HttpRequest, status: int, title: str, detail: str = "", **more: Any) -> HttpResponse:
    """An error as ``application/problem+json``."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail} | more
    response = api.create_response(request, body, status=status)
    response.headers["Content-Type"] = "application/problem+json"
    return response


@api.exception_handler(ClarionError)
def _clarion_error(request: HttpRequest, error: ClarionError) -> HttpResponse:
    return problem(
        request, error.http_status, error.what, error.next_step, code=error.code, where=error.where,
        details=error.details,
    )  # fmt: skip


def _no_database(request: HttpRequest, error: Exception) -> HttpResponse:
    return unavailable(request, error)


for _refusal in REFUSALS:
    api.add_exception_handler(_refusal, _no_database)


@api.exception_handler(ValidationError)
def _validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    # Names and reasons only: what the caller sent is not sent back.
    faults = [{"where": ".".join(map(str, e["loc"])), "what": e["msg"]} for e in error.errors]
    return problem(request, 422, "The request is not as the schema asks.", "Mend the fields listed.", errors=faults)


@api.exception_handler(AuthenticationError)
def _not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(request, 401, "Sign in or send a token.", "Make a token on your account page.")


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, error.status_code, str(error))


api.add_router("/releases", releases, tags=["Releases"])
api.add_router("/seal", sealed, tags=["Sealed values"])
for _room in rooms():
    if _room.api:
        api.add_router(f"/{_room.name}", load(_room.api), tags=[_room.title])
