"""Time-stamps after RFC 3161: an authority signs that it saw a head at a time. It gets the digest and nothing else."""

from __future__ import annotations

import base64
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from clarion.errors import MissingPart
from clarion.files import storage_errors
from clarion.seal.errors import SealError
from clarion.seal.log.signer import Head
from clarion.seal.log.verify_alone import stamp_text

MOST = 1_000_000  # bytes of an answer


def stamped(head: Head, url: str, timeout: float) -> Head:
    """The head with the authority's answer (``stamp``, base64); ``timeout`` in seconds.

    Raises
    ------
    SealError: the authority does not answer, refuses, or stamps something else.
    MissingPart: ``rfc3161-client`` is not installed.
    """
    client = _client()
    asked = client.TimestampRequestBuilder().data(stamp_text(head)).hash_algorithm(client.HashAlgorithm.SHA256).build()
    answer = _post(url, asked.as_bytes(), timeout)
    said = _decoded(answer, url)
    if said.status not in (0, 1):  # granted, granted with changes
        raise _refused("The time-stamp authority refused.", url)
    if said.tst_info.nonce != asked.nonce or said.tst_info.message_imprint.message != sha256(stamp_text(head)).digest():
        raise _refused("The time-stamp authority stamped something else than it was asked to.", url)
    return head | {"stamp": base64.b64encode(answer).decode("ascii")}


def stamp_time(head: Head, root: Path) -> datetime:
    """When the authority whose root certificate (PEM) is in ``root`` saw the head.

    Raises
    ------
    SealError: the stamp is not this authority's, or of something else, or the certificate is none.
    MissingPart: ``rfc3161-client`` is not installed.
    """
    client = _client()
    from cryptography.x509 import load_pem_x509_certificate

    with storage_errors(root):
        pem = root.read_bytes()
    try:
        certificate = load_pem_x509_certificate(pem)
    except ValueError:
        raise SealError(
            "This is not a certificate.", where=str(root), next_step="Give the authority's root as PEM."
        ) from None
    said = _decoded(base64.b64decode(head["stamp"]), f"head {head['seq']}")
    try:
        client.VerifierBuilder().add_root_certificate(certificate).build().verify_message(said, stamp_text(head))
    except (client.VerificationError, ValueError):
        raise SealError(
            "The time-stamp does not verify with this certificate.",
            where=f"head {head['seq']}",
            next_step="Give the root of the authority that made it; if it is that, the stamp is forged.",
        ) from None
    time: datetime = said.tst_info.gen_time
    return time


def _client() -> Any:
    try:
        import rfc3161_client
    except ImportError as error:
        raise MissingPart(
            "The client of time-stamp authorities is not installed.",
            where="extra `web`",
            next_step="Install it with: pip install 'clarion[web]'",
        ) from error
    return rfc3161_client


def _decoded(answer: bytes, where: str) -> Any:
    try:
        return _client().decode_timestamp_response(answer)
    except ValueError as error:
        raise _refused("This is not the answer of a time-stamp authority.", where) from error


def _post(url: str, question: bytes, timeout: float) -> bytes:
    import httpx

    kind = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    try:
        with httpx.stream("POST", url, content=question, headers=kind, timeout=timeout) as answer:
            answer.raise_for_status()
            got = b""
            for part in answer.iter_bytes():
                got += part
                if len(got) > MOST:
                    raise _refused("The time-stamp authority answered too much.", url)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise _refused("The time-stamp authority does not answer.", url) from error
    return got


def _refused(what: str, where: str) -> SealError:
    return SealError(what, where=where, next_step="Check the address, or use another authority. Nothing was kept.")
