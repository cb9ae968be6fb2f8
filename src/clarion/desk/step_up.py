"""Step-up: before a sensitive step the desk asks again who is there, once for each purpose, for five minutes.

The second factor is asked where the account has one (OWASP ASVS 5, 7.5.3). An account that has only ever used links
cannot be asked; a link that it opened within the five minutes stands for the answer. Of a token nobody can ask
anything, so a token alone never passes.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from clarion.access.store.log import record
from clarion.errors import NotAllowed, UnknownName
from clarion.vocab import Phrase

WINDOW = 5 * 60  # seconds
PURPOSES = {
    "people": Phrase("People who may sign in"),
    "tokens": Phrase("API tokens"),
    "open": Phrase("Opening a sealed value"),
    "erase": Phrase("Keeping or erasing a sealed value"),
    "export": Phrase("Export of data about people"),
    "keyholders": Phrase("Keyholders"),
    "log": Phrase("Export of the log"),
}
_GIVEN, _ASKED = "step_up_given", "step_up_asked"


def check(request: HttpRequest, purpose: str) -> None:
    """Go on only if the reader has confirmed within five minutes who they are, for this purpose.

    Raises
    ------
    NotAllowed: they have not; ``details["page"]`` is where they can. It says so of a token that it never can.
    """
    if not _signed_in_here(request):
        raise NotAllowed(
            Phrase("A token alone is not enough for this step."),
            where=purpose,
            next_step=Phrase("Do it on the desk, signed in, where you can confirm who you are."),
        )
    if not given(request, purpose):
        raise NotAllowed(
            Phrase("Confirm first who you are."),
            where=purpose,
            next_step=Phrase("Open this page of the desk, confirm, and ask again within five minutes."),
            page=reverse("step-up", args=[purpose]),
        )


def given(request: HttpRequest, purpose: str) -> bool:
    """Whether the reader confirmed for this purpose within the window; of whoever cannot, whether they just came."""
    if _recent(request.session.get(_GIVEN, {}).get(purpose, 0)):
        return True
    came = [entry["at"] for entry in get_authentication_records(request, request.user)]
    return any(map(_recent, came)) and not get_adapter().get_reauthentication_methods(request.user)


def settle(request: HttpRequest, purpose: str) -> bool:
    """Take an answer that came after the question for this purpose; the session gets a new key.

    Raises
    ------
    UnknownName: there is no such purpose.
    """
    if purpose not in PURPOSES:
        raise UnknownName(Phrase("There is no page at this address."), next_step=", ".join(PURPOSES))
    if not any(_answers(request, purpose, entry) for entry in get_authentication_records(request, request.user)):
        return False
    # The time of the question is spent too: one answer serves one purpose.
    request.session.pop(_ASKED, None)
    request.session[_GIVEN] = request.session.get(_GIVEN, {}) | {purpose: time.time()}
    with transaction.atomic():
        request.session.cycle_key()
        record(request.user.actor, "confirmed who they are", purpose)  # type: ignore[union-attr]
    return True


def begin(request: HttpRequest, purpose: str) -> str:
    """Ask for this purpose, and for it alone; the address where the reader answers.

    Raises
    ------
    NotAllowed: the account has nothing to answer with but a link, and came too long ago.
    """
    ways = get_adapter().get_reauthentication_methods(request.user)
    if not ways:
        raise NotAllowed(
            Phrase("You signed in too long ago for this step."),
            next_step=Phrase("Open a fresh sign-in link (clarion user link NAME), or ask an operator for one."),
        )
    request.session[_ASKED] = {"purpose": purpose, "at": time.time()}
    return str(ways[0]["url"])


def asked(request: HttpRequest) -> Phrase | None:
    """What the open question is for, to be told beside it."""
    return PURPOSES.get(getattr(request, "session", {}).get(_ASKED, {}).get("purpose", ""))


def _answers(request: HttpRequest, purpose: str, entry: dict[str, Any]) -> bool:
    question = request.session.get(_ASKED, {})
    second = any("mfa" in way["id"] for way in get_adapter().get_reauthentication_methods(request.user))
    return bool(
        question.get("purpose") == purpose
        and entry.get("reauthenticated")
        and entry["at"] >= question["at"]
        and _recent(entry["at"])
        and (entry["method"] == "mfa" or not second)
    )


def _recent(at: float) -> bool:
    return 0 <= time.time() - at < WINDOW  # a clock that was set back ends it


def _signed_in_here(request: HttpRequest) -> bool:
    return request.session.get(SESSION_KEY) == str(request.user.pk)
