"""Talk to the desk over HTTPS, directly or through a local proxy (Tor's ``HTTPTunnelPort``); nothing else is called.

The connection is closed to tricks of the other side: certificates are verified, redirects are not followed, an answer
has a largest size and a time. Without TLS only this machine and onion services are spoken to, since both prove or need
no name. The environment's proxy settings are not read.
"""

from __future__ import annotations

import http.client
import json
import re
import ssl
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

from clarion.errors import InputError
from clarion.seal.documents import LARGEST, Document, canonical
from clarion.seal.errors import BadDocument, DeskError
from clarion.seal.tool.folder import Folder, read_text, write_private

BASE = "/api/v1/seal"
MOST_BYTES = 700_000  # of what is sent at once: a desk reads no more than a million
SECONDS = 60  # without a byte; an onion service may be slow
_LOCAL = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the desk is, the token of this person's account there, and the proxy ("" for none)."""

    url: str
    token: str
    proxy: str = ""

    def __repr__(self) -> str:
        return f"<desk {self.url}>"

    def get(self, path: str, **query: str) -> dict[str, Any]:
        """The answer to a GET of ``path`` below the base.

        Raises
        ------
        DeskError: the desk is not reached, says no, or answers with something else.
        """
        return self._ask("GET", path + ("?" + urlencode(query) if query else ""), None)

    def post(self, path: str, document: Document) -> dict[str, Any]:
        """The answer to a POST of ``document``; raises as ``get``."""
        return self._ask("POST", path, canonical(document))

    def _ask(self, method: str, path: str, body: bytes | None) -> dict[str, Any]:
        there = urlsplit(self.url)
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json", "User-Agent": "clarion-seal"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection = self._connect()
        try:
            connection.request(method, there.path.rstrip("/") + BASE + path, body, headers)
            answer = connection.getresponse()
            raw = answer.read(LARGEST + 1)
        except ssl.SSLCertVerificationError as error:
            raise DeskError(
                f"The desk at {there.netloc} does not prove who it is: {error.verify_message}.",
                next_step="Do not go on. Compare the address and this machine's clock; call whoever runs the desk.",
            ) from error
        except (OSError, http.client.HTTPException) as error:
            through = f" through the proxy {self.proxy}" if self.proxy else ""
            raise DeskError(
                f"The desk at {there.netloc} was not reached{through}: {error or type(error).__name__}.",
                next_step="Check the network and give the command again: nothing was lost. Or carry files by hand.",
            ) from error
        finally:
            connection.close()
        if len(raw) > LARGEST:
            raise DeskError(
                "The desk's answer is larger than any that is read.", next_step="Ask for fewer values at once."
            )
        return _understood(answer, raw)

    def _connect(self) -> http.client.HTTPConnection:
        there = urlsplit(self.url)
        host, secure = there.hostname or "", there.scheme == "https"
        port = there.port or (443 if secure else 80)
        via = urlsplit(self.proxy) if self.proxy else None
        to = (via.hostname or "", via.port or 8118) if via else (host, port)
        connection = (
            http.client.HTTPSConnection(*to, timeout=SECONDS, context=ssl.create_default_context())
            if secure
            else http.client.HTTPConnection(*to, timeout=SECONDS)
        )
        if via:  # CONNECT also for an onion service, which is all that Tor's HTTPTunnelPort offers
            connection.set_tunnel(host, port)
        return connection


def parse_address(url: str, proxy: str, token: str) -> Desk:
    """A desk by its address.

    Raises
    ------
    InputError: the address is none, is unsafe, holds a name or password, or is an onion service without a proxy.
    """
    try:
        there, way = urlsplit(url), urlsplit(proxy)
        host, _ = there.hostname or "", (there.port, way.port)
    except ValueError as error:  # half an IPv6 address, or a port that is no number
        raise InputError("This is no address.", next_step="Give one such as: https://desk.example.org") from error
    if there.scheme not in ("https", "http") or not host or there.username or there.query or there.fragment:
        raise InputError("This is no address of a desk.", next_step="Give one such as: https://desk.example.org")
    if there.scheme == "http" and host not in _LOCAL and not host.endswith(".onion"):
        raise InputError("Over http:// anybody on the way could read your token.", next_step="Use https://")
    if host.endswith(".onion") and not proxy:
        raise InputError(
            "An onion service is reached through Tor only.",
            next_step="Let Tor open HTTPTunnelPort 9080, and give: --proxy http://127.0.0.1:9080",
        )
    if proxy and (way.scheme != "http" or way.hostname not in _LOCAL):
        raise InputError("The proxy must run on this machine.", next_step="Give: --proxy http://127.0.0.1:PORT")
    if not re.fullmatch(r"[\x21-\x7e]{8,512}", token):
        raise InputError("This is no API token.", next_step="Make one on your page of the desk, and give it whole.")
    return Desk(url.rstrip("/"), token, proxy)


def keep(folder: Folder, desk: Desk) -> None:
    """Write the desk's address and the token into the folder of keys."""
    write_private(folder.desk, json.dumps({"url": desk.url, "proxy": desk.proxy, "token": desk.token}) + "\n")


def kept(folder: Folder) -> Desk | None:
    """The desk that was kept in the folder; None where there is none.

    Raises
    ------
    BadDocument: the file is damaged. InputError: as ``parse_address``.
    """
    if not folder.desk.exists():
        return None
    try:
        held = json.loads(read_text(folder.desk))
        return parse_address(str(held["url"]), str(held["proxy"]), str(held["token"]))
    except (ValueError, KeyError, TypeError) as error:
        raise BadDocument(
            "The file with the desk's address is damaged.",
            where=str(folder.desk),
            next_step="Give it anew: init --desk",
        ) from error


def _understood(answer: http.client.HTTPResponse, raw: bytes) -> dict[str, Any]:
    if HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST:
        raise DeskError(
            "The desk sends us to another address, which is not followed.",
            next_step="Ask its operator for the right address, and give it with: init --desk URL",
        )
    try:
        found = json.loads(raw) if raw else {}
    except (ValueError, RecursionError):
        found = None
    if answer.status >= HTTPStatus.BAD_REQUEST:
        told = found if isinstance(found, dict) else {}
        what = str(told.get("title") or f"it answers {answer.status}")[:300]
        raise DeskError(
            f"The desk says no: {what}",
            next_step=str(told.get("detail") or "Check your token and your role at the desk.")[:300],
            status=answer.status,
        )
    if not isinstance(found, dict):
        raise DeskError("The desk's answer is not one.", next_step="Check its address; tell its operator.")
    return found
