"""One file over HTTP into a ``.part`` file: resumed, bounded, and never mistaken for something it is not."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from clarion.errors import SourceError, StorageError
from clarion.files import storage_errors, sync, write_text
from clarion.sources.address import public_address, refuse_inward, refuse_unsafe

if TYPE_CHECKING:
    import httpx

MAX_BYTES = 32 << 30
MAX_PAGE = 8 << 20
MAX_REDIRECTS = 5
ATTEMPTS = 5
SPARE_DISK = 32 << 20
STEP = 16 << 20  # bytes after which the disk is looked at again where the server does not say how many come
Progress = Callable[[int, int | None], None]
_RETRY = (
    "Run the same command again; it goes on where it stopped."
    " Without the network download the file elsewhere, and add: --from FILE."
)
_MOVED = "Check the address in a browser; the publisher may have moved the file. Then use --from."


@dataclass(frozen=True, slots=True)
class Mirror:
    """Where a file came from, and what the server said of it."""

    url: str
    last_modified: str = ""
    etag: str = ""


def download(
    url: str,
    part: Path,
    *,
    timeout: float,
    headers: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Mirror:
    """Bring ``url`` into ``part``, going on from what is there. A connection that breaks is taken up again.

    Raises
    ------
    SourceError: refused, not found, too slow, cut off, or a web page.
    StorageError: the disk is full; ``part`` stays, so that the next run goes on from it.
    """
    import httpx

    with _client(timeout) as client:
        for attempt in range(ATTEMPTS):
            before = part.stat().st_size if part.exists() else 0
            try:
                return _once(client, url, part, dict(headers or {}), progress)
            except (httpx.TransportError, httpx.StreamError) as error:
                after = part.stat().st_size if part.exists() else 0
                if after > before and attempt + 1 < ATTEMPTS:
                    continue
                raise _broken(error, url, after, timeout) from error
    raise AssertionError("unreachable")


def find_link(page: str, ending: str, *, timeout: float) -> str:
    """The address on ``page`` that ends with ``ending``; a publisher that moves its file keeps the page.

    Raises
    ------
    SourceError: the page cannot be read, or holds no such link or several different ones.
    """
    import httpx

    try:
        with _client(timeout) as client, _open(client, page, {}) as response:
            text = b""
            for chunk in response.iter_bytes():
                text += chunk
                if len(text) > MAX_PAGE:
                    break
            base = str(response.url)
    except httpx.TransportError as error:
        raise _broken(error, page, 0, timeout) from error
    found = re.findall(r"""href\s*=\s*["']([^"'<>\s]+)["']""", text.decode("utf-8", "replace"), re.IGNORECASE)
    links = list(dict.fromkeys(urljoin(base, link) for link in found if link.split("?")[0].endswith(ending)))
    if len(links) != 1:
        raise SourceError(
            f"The page has {len(links)} links to {ending}; one was expected.",
            where=public_address(page),
            next_step="Open the page, download the file, and use --from FILE.",
            links=links[:5],
        )
    refuse_inward(page, str(links[0]))
    return str(links[0])


def _client(timeout: float) -> httpx.Client:
    import httpx

    from clarion import __version__

    return httpx.Client(
        timeout=timeout,
        follow_redirects=False,
        trust_env=True,
        headers={"User-Agent": f"clarion/{__version__}", "Accept-Encoding": "identity"},
    )


@contextmanager
def _open(client: httpx.Client, url: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
    """The response after at most five redirects; every hop must be https, or this machine if that was asked for."""
    at, sent = url, dict(headers)
    for _ in range(MAX_REDIRECTS + 1):
        refuse_unsafe(at)
        with client.stream("GET", at, headers=sent) as response:
            if response.status_code not in (301, 302, 303, 307, 308):
                _refused(response, at)
                yield response
                return
            try:
                onward = urljoin(at, response.headers.get("location", ""))
            except ValueError:
                onward = ""  # not an address, which is said below
            if urlsplit(onward).netloc != urlsplit(at).netloc:
                sent = {k: v for k, v in sent.items() if k in ("Range", "If-Range")}  # keys stay with their host
            refuse_inward(at, onward)
            at = onward
    raise SourceError(
        f"The address leads on more than {MAX_REDIRECTS} times.", where=public_address(url), next_step=_MOVED
    )


def _refused(response: httpx.Response, url: str) -> None:
    status = response.status_code
    if status in (200, 206, 416):
        return
    step = _MOVED
    if status in (401, 403):
        step = "The server wants a key, or keeps programs out: download the file in a browser and use --from FILE."
    elif status == 429 or status >= 500:
        step = "The server is busy or broken. " + _RETRY
    raise SourceError(
        f"The server answered {status} {response.reason_phrase}.",
        where=public_address(url),
        next_step=step,
        status=status,
    )


def _once(client: httpx.Client, url: str, part: Path, headers: dict[str, str], progress: Progress | None) -> Mirror:
    state = part.with_name(part.name + ".json")
    have, tag = _resumable(part, state, url)
    if have:
        headers |= {"Range": f"bytes={have}-", "If-Range": tag}
    with _open(client, url, headers) as response:
        if response.status_code == 416 or (response.status_code == 206 and not _continues(response, have)):
            part.unlink(missing_ok=True)
            state.unlink(missing_ok=True)
            raise SourceError(
                "The server could not continue the file.", where=public_address(url), next_step="Fetch it again."
            )
        if response.status_code == 200:
            have = 0
            part.unlink(missing_ok=True)  # before the note below: the old bytes are not of this version
        encoded = response.headers.get("content-encoding", "identity") != "identity"
        length = None if encoded else response.headers.get("content-length")
        total = have + int(length) if length and length.isdigit() else None
        _fits(part, total, have, url)
        etag, modified = response.headers.get("etag", ""), response.headers.get("last-modified", "")
        strong = etag if etag and not etag.startswith("W/") else modified
        write_text(state, json.dumps({"url": public_address(url), "tag": "" if encoded else strong}))
        # Without a chunk size, every byte that came is written before a broken connection is noticed.
        looked = have
        with storage_errors(part), part.open("ab" if have else "wb") as file:
            for chunk in response.iter_bytes() if encoded else response.iter_raw():
                file.write(chunk)
                have += len(chunk)
                _fits(part, have, have, url)
                if total is None and have >= looked:
                    looked = have + STEP
                    _fits(part, looked, have, url)
                if progress:
                    progress(have, total)
        if total is not None and have != total:
            raise _cut(url, have, total)
        with storage_errors(part):
            sync(part)
            state.unlink(missing_ok=True)
        return Mirror(public_address(str(response.url)), modified, etag)


def _resumable(part: Path, state: Path, url: str) -> tuple[int, str]:
    try:
        known = json.loads(state.read_text(encoding="utf-8"))
        size = part.stat().st_size
        if size and known["url"] == public_address(url) and known["tag"]:
            return size, str(known["tag"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return 0, ""


def _continues(response: httpx.Response, have: int) -> bool:
    said = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+|\*)", response.headers.get("content-range", ""))
    return bool(said) and have > 0 and int(said[1]) == have  # type: ignore[index]


def _fits(part: Path, total: int | None, have: int, url: str) -> None:
    if total is not None and total > MAX_BYTES:
        raise SourceError("The file is far too large.", where=public_address(url), next_step=_MOVED, bytes=total)
    if total is not None and total > have:
        free = shutil.disk_usage(part.parent).free
        if free < total - have + SPARE_DISK:
            raise StorageError(
                f"The disk has {free:,} bytes free; the file still needs {total - have:,}.",
                where=str(part.parent),
                next_step="Free some space, or set CLARION_HOME to another disk.",
            )


def _cut(url: str, have: int, total: int) -> SourceError:
    return SourceError(
        f"The file was cut off after {have:,} of {total:,} bytes.", where=public_address(url), next_step=_RETRY
    )


def _broken(error: Exception, url: str, have: int, timeout: float) -> SourceError:
    import httpx

    slow = isinstance(error, httpx.TimeoutException)
    reason = f"no byte came for {timeout:g} seconds" if slow else (str(error) or type(error).__name__)
    return SourceError(
        f"The connection broke: {reason}. {have:,} bytes are kept.",
        where=public_address(url),
        next_step=_RETRY + (" CLARION_HTTP_TIMEOUT sets the patience." if slow else ""),
        bytes=have,
    )
