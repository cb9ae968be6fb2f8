"""Find the request that a person means, and fetch its bundle or read it from a file."""

from __future__ import annotations

from typing import Any

from clarion.errors import InputError, UnknownName
from clarion.seal.documents import decode
from clarion.seal.errors import BadDocument
from clarion.seal.tool.carried import listed, read_file
from clarion.seal.tool.run import Run

SHORTEST = 6  # letters by which a request may be named


def open_requests(run: Run) -> list[dict[str, Any]]:
    """The desk's requests that can still be answered or stopped."""
    rows = listed(run.desk().get("/requests"), "requests")
    return [row for row in rows if isinstance(row, dict) and row.get("state") in ("open", "answered")]


def bundle_of(run: Run, name: str) -> dict[str, Any]:
    """The bundle of a request (by the beginning of its id), from ``--file`` or the desk.

    Raises
    ------
    InputError, UnknownName: no or more than one request is meant.
    """
    if run.given.file:
        return read_file(run.given.file)
    return run.desk().get(f"/requests/{full_id(run, name)}/bundle", keyholder=run.keys.name)


def full_id(run: Run, name: str) -> str:
    """The id that begins with ``name``; raises as ``bundle_of``."""
    if len(name) == 43:
        return proper(name)
    if len(name) < SHORTEST:
        raise InputError(f"Give at least the first {SHORTEST} letters of the request.", next_step="See: show")
    meant = {str(row.get("id")) for row in listed(run.desk().get("/requests"), "requests") if isinstance(row, dict)}
    meant = {request for request in meant if request.startswith(name)}
    if len(meant) != 1:
        raise UnknownName(
            f"{'More than one' if meant else 'No'} request begins with {name}.",
            next_step="See the open ones with: clarion-keyholder show",
        )
    return proper(meant.pop())


def proper(request: str) -> str:
    """An id that is one, so that it may stand in an address.

    Raises
    ------
    BadDocument: it is none.
    """
    try:
        decode(request, 32)
    except BadDocument as error:
        raise BadDocument("This is no id of a request.", next_step="Copy it whole from: show") from error
    return request


def same(wanted: str, found: str) -> None:
    """Complain where a bundle answers for another request than the one asked for.

    Raises
    ------
    InputError: saying so.
    """
    if wanted and not found.startswith(wanted):
        raise InputError(
            f"This bundle is of the request {found}, not of {wanted}.",
            next_step="Ask for the right file; nothing was answered.",
        )
