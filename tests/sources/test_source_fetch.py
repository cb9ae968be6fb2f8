"""Downloads over a loopback server that cuts, lies, forgets and dawdles."""

from __future__ import annotations

import hashlib
import io
import json
import threading
import time
import zipfile
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from clarion.errors import BusyError, InputError, SourceError, StorageError
from clarion.files import write_text
from clarion.sources import find
from clarion.sources.address import public_address, refuse_inward
from clarion.sources.fetch import downloads, fetch, fetched
from clarion.tables.lock import only_one

CHUNK = 64 << 10


def archive(fill: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("data.csv", bytes([fill]) * 400_000)
    return out.getvalue()


class Server(ThreadingHTTPServer):
    """Serves ``body`` under any path; what it does wrong is set by the test."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.body, self.etag, self.kind = archive(), '"one"', "application/zip"
        self.cuts: list[int] = []  # bytes after which each next answer breaks off
        self.ranges = True
        self.status: dict[str, int] = {}
        self.moved: dict[str, str] = {}
        self.pause = 0.0
        self.length = True
        self.unsatisfied = False  # answers a range with 416
        self.seen: list[tuple[str, dict[str, str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/file.zip"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of the test."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        server = self.server
        server.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        if self.path in server.moved:
            self.send_response(302)
            self.send_header("Location", server.moved[self.path])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if self.path in server.status:
            self.send_error(server.status[self.path])
            return
        start, body = 0, server.body
        wanted = self.headers.get("Range")
        if wanted and server.unsatisfied:
            self.send_error(416)
            return
        if wanted and server.ranges and self.headers.get("If-Range") == server.etag:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        else:
            self.send_response(200)
        if server.length:
            self.send_header("Content-Length", str(len(body) - start))
        else:
            self.send_header("Connection", "close")
        self.send_header("Content-Type", server.kind)
        self.send_header("ETag", server.etag)
        self.send_header("Last-Modified", "Wed, 02 Sep 2026 20:17:37 GMT")
        self.end_headers()
        cut = server.cuts.pop(0) if server.cuts else len(body)
        part = body[start : start + cut]
        if server.pause:
            self.wfile.write(part[:1000])
            self.wfile.flush()
            time.sleep(server.pause)
            part = part[1000:]
        self.wfile.write(part)
        self.close_connection = True


@pytest.fixture
def server():
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield running
        running.shutdown()


@pytest.fixture
def source(server):
    return replace(find("faostat-trade"), download=server.url, file_name="file.zip")


def get(source, home, **more):
    return fetch(source, home, timeout=more.pop("timeout", 5.0), **more)


def left(home, source) -> set[str]:
    return {p.name for p in downloads(home, source).parent.iterdir()} - {".lock"}


def test_a_file_arrives_whole_with_its_note(tmp_path, server, source) -> None:
    steps: list[tuple[int, int | None]] = []
    note = get(source, tmp_path, progress=lambda have, total: steps.append((have, total)))
    path = downloads(tmp_path, source)
    assert path.read_bytes() == server.body
    assert note.sha256 == hashlib.sha256(server.body).hexdigest()
    assert (note.bytes, note.url, note.licence) == (len(server.body), server.url, "CC BY 4.0")
    assert steps[-1] == (len(server.body), len(server.body))
    assert fetched(tmp_path, source) == note
    assert left(tmp_path, source) == {"file.zip", "file.zip.provenance.json"}
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_cut_connection_is_taken_up_again(tmp_path, server, source) -> None:
    server.cuts = [CHUNK * 2, CHUNK * 2]
    get(source, tmp_path)
    assert downloads(tmp_path, source).read_bytes() == server.body
    asked = [headers.get("range") for _, headers in server.seen]
    assert asked[0] is None
    assert len(asked) == 3
    assert all(r and r.startswith("bytes=") for r in asked[1:])


def test_a_download_that_fails_is_continued_by_the_next_run(tmp_path, server, source) -> None:
    server.cuts = [CHUNK * 2] + [0] * 9
    with pytest.raises(SourceError, match="connection broke") as caught:
        get(source, tmp_path)
    assert "goes on where it stopped" in caught.value.next_step
    assert "--from FILE" in caught.value.next_step, "also for whoever has no network"
    assert not downloads(tmp_path, source).exists()
    kept = caught.value.details["bytes"]
    assert kept > 0
    server.cuts = []
    get(source, tmp_path)
    assert downloads(tmp_path, source).read_bytes() == server.body
    assert server.seen[-1][1]["range"] == f"bytes={kept}-"


def interrupted(tmp_path, server, source) -> None:
    server.cuts = [CHUNK * 2] + [0] * 9
    with pytest.raises(SourceError):
        get(source, tmp_path)
    server.cuts = []


def test_a_file_that_changed_meanwhile_starts_anew(tmp_path, server, source) -> None:
    interrupted(tmp_path, server, source)
    server.body, server.etag = archive(fill=2), '"two"'
    get(source, tmp_path)
    assert downloads(tmp_path, source).read_bytes() == server.body


def test_a_server_that_ignores_ranges_is_read_from_the_start(tmp_path, server, source) -> None:
    interrupted(tmp_path, server, source)
    server.ranges = False
    get(source, tmp_path)
    assert downloads(tmp_path, source).read_bytes() == server.body


def test_a_part_that_cannot_be_continued_is_fetched_again(tmp_path, server, source) -> None:
    """A run killed after the last byte leaves no range to ask for: the server says 416."""
    server.cuts = [1000, 0]
    with pytest.raises(SourceError):
        get(source, tmp_path)
    part = downloads(tmp_path, source).with_name(".file.zip.part")
    assert part.is_file()
    server.cuts, server.unsatisfied = [], True
    with pytest.raises(SourceError, match="could not continue"):
        get(source, tmp_path)
    assert left(tmp_path, source) == set()
    assert get(source, tmp_path).bytes == len(server.body)


def test_old_bytes_are_never_noted_as_the_new_version(tmp_path, server, source, monkeypatch) -> None:
    """Killed between the note of the new version and its first byte: the old part must not pass for the new."""
    server.cuts = [1000, 0]
    with pytest.raises(SourceError):
        get(source, tmp_path)
    server.cuts, server.etag, server.body = [], '"two"', archive(2)

    def killed(path, text):
        write_text(path, text)
        raise KeyboardInterrupt

    monkeypatch.setattr("clarion.sources.download.write_text", killed)
    with pytest.raises(KeyboardInterrupt):
        get(source, tmp_path)
    monkeypatch.undo()
    get(source, tmp_path)
    assert downloads(tmp_path, source).read_bytes() == server.body


def test_the_proxy_of_the_environment_is_used(tmp_path, server, source, monkeypatch) -> None:
    for name in ("no_proxy", "NO_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", server.url.removesuffix("/file.zip"))
    monkeypatch.setenv("http_proxy", server.url.removesuffix("/file.zip"))
    note = get(replace(source, download="http://localhost:9/file.zip"), tmp_path)
    assert note.bytes == len(server.body)
    assert note.url == "http://localhost:9/file.zip"
    assert server.seen[0][0] == "http://localhost:9/file.zip"


def test_an_answer_without_length_works(tmp_path, server, source) -> None:
    server.length = False
    assert get(source, tmp_path).bytes == len(server.body)


def test_a_short_answer_without_length_is_not_taken_for_a_file(tmp_path, server, source) -> None:
    server.length, server.cuts = False, [CHUNK]
    with pytest.raises(SourceError, match="cut short"):
        get(source, tmp_path)
    assert not downloads(tmp_path, source).exists()


@pytest.mark.parametrize(
    ("status", "step"),
    [(404, "--from"), (403, "--from"), (429, "Run the same"), (500, "Run the same"), (503, "Run the same")],
)
def test_refusals_are_said(tmp_path, server, source, status: int, step: str) -> None:
    server.status["/file.zip"] = status
    with pytest.raises(SourceError, match=f"answered {status}") as caught:
        get(source, tmp_path)
    assert step in caught.value.next_step
    assert left(tmp_path, source) == set()


@pytest.mark.parametrize(
    "body", [b"<!DOCTYPE html><html>Down for maintenance</html>", b'{"error": "no"}', b"oops", b""]
)
def test_a_page_instead_of_a_zip_is_no_file(tmp_path, server, source, body: bytes) -> None:
    server.body, server.kind = body, "text/html"
    with pytest.raises(SourceError, match="should be a zip archive"):
        get(source, tmp_path)
    assert left(tmp_path, source) == set()


def test_an_earlier_file_survives_a_failed_fetch(tmp_path, server, source) -> None:
    first = get(source, tmp_path)
    server.body = b"<html></html>"
    with pytest.raises(SourceError):
        get(source, tmp_path)
    assert fetched(tmp_path, source) == first


def test_a_slow_server_is_given_up(tmp_path, server, source) -> None:
    server.pause = 3.0
    with pytest.raises(SourceError, match=r"no byte came for 0\.3 seconds") as caught:
        get(source, tmp_path, timeout=0.3)
    assert "CLARION_HTTP_TIMEOUT" in caught.value.next_step


def test_nobody_listens(tmp_path, source) -> None:
    dead = replace(source, download="http://127.0.0.1:9/file.zip")
    with pytest.raises(SourceError, match="connection broke"):
        get(dead, tmp_path)


def test_redirects_are_followed_within_bounds_and_only_to_safe_places(tmp_path, server, source) -> None:
    server.moved = {"/file.zip": "/there.zip"}
    assert get(source, tmp_path).url.endswith("/there.zip")
    server.moved = {"/file.zip": "/file.zip"}
    with pytest.raises(SourceError, match="more than 5 times"):
        get(source, tmp_path)
    server.moved = {"/file.zip": "http://example.org/file.zip"}
    with pytest.raises(SourceError, match="not https"):
        get(source, tmp_path)
    server.moved = {"/file.zip": "file:///etc/passwd"}
    with pytest.raises(SourceError, match="not https"):
        get(source, tmp_path)


@pytest.mark.parametrize(
    "origin", ["http://example.org/x.zip", "http://10.0.0.1/x.zip", "http://localhost.evil.org/x.zip"]
)
def test_plain_http_is_refused_but_for_this_machine(tmp_path, source, origin: str) -> None:
    with pytest.raises(SourceError, match="not https"):
        get(source, tmp_path, origin=origin)


def test_a_key_stays_with_its_host_and_out_of_the_note(tmp_path, server) -> None:
    source = replace(find("comtrade"), download=f"{server.url}?period={{year}}", file_name="c.json")
    server.body = b'{"data": []}'
    with pytest.raises(InputError, match="key of your own"):
        get(source, tmp_path)
    note = get(source, tmp_path, key="s3cret", year=2021)
    path, headers = server.seen[-1]
    assert path.endswith("period=2021")
    assert headers["ocp-apim-subscription-key"] == "s3cret"
    assert (
        "s3cret"
        not in json.dumps(note.url) + downloads(tmp_path, source).parent.joinpath("c.json.provenance.json").read_text()
    )
    other = Server()
    other.body = server.body
    with other:
        threading.Thread(target=other.serve_forever, args=(0.02,), daemon=True).start()
        server.moved = {path: other.url}
        get(source, tmp_path, key="s3cret", year=2021)
        other.shutdown()
    assert "ocp-apim-subscription-key" not in other.seen[-1][1]


def test_addresses_are_shown_without_secrets() -> None:
    assert (
        public_address("https://me:pw@host.org/a?x=1&subscription-key=abc#f")
        == "https://host.org/a?x=1&subscription-key=%2A%2A%2A"
    )


def test_a_page_leads_to_a_file_that_moves(tmp_path, server, source) -> None:
    page = server.url.replace("file.zip", "page")
    moving = replace(source, download=page, link="Monthly.xlsx", file_name="Monthly.xlsx")
    real = server.body
    server.body = (
        b'<a href="/x/Annual.xlsx">a</a> <a class="b" href="/x/Monthly.xlsx">m</a> <a href="/x/Monthly.xlsx">m</a>'
    )

    class Switch(list):  # the page first, then the workbook
        def append(self, item):
            if item[0].endswith("Monthly.xlsx"):
                server.body = real
            super().append(item)

    server.seen = Switch()
    assert get(moving, tmp_path).url.endswith("/x/Monthly.xlsx")
    server.body = b"<p>We moved</p>"
    server.seen = []
    with pytest.raises(SourceError, match="0 links"):
        get(moving, tmp_path)


def test_from_a_file_a_folder_and_a_mirror(tmp_path, server, source) -> None:
    mirror = tmp_path / "stick"
    mirror.mkdir()
    (mirror / "file.zip").write_bytes(server.body)
    for origin in (
        str(mirror / "file.zip"),
        str(mirror),
        (mirror / "file.zip").as_uri(),
        server.url.replace("file.zip", ""),
    ):
        home = tmp_path / str(abs(hash(origin)))
        assert get(source, home, origin=origin).bytes == len(server.body)
    assert server.seen[-1][0] == "/file.zip"
    with pytest.raises(SourceError, match="no such file"):
        get(source, tmp_path, origin=str(tmp_path / "nothing"))
    (mirror / "file.zip").write_text("<html>")
    with pytest.raises(SourceError, match="is a web page"):
        get(source, tmp_path / "h", origin=str(mirror))


def test_a_full_disk_is_noticed_before_and_during(tmp_path, server, source, monkeypatch) -> None:
    from collections import namedtuple

    from clarion.sources import download

    usage = namedtuple("usage", "total used free")
    with monkeypatch.context() as patched:
        patched.setattr(download.shutil, "disk_usage", lambda _: usage(1, 1, 1000))
        for server.length in (False, True):  # where it is not said how many bytes come, while they do
            with pytest.raises(StorageError, match="bytes free"):
                get(source, tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(download, "sync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(StorageError, match="disk is full"):
            get(source, tmp_path)
    assert not downloads(tmp_path, source).exists()


def test_two_fetches_of_one_source_do_not_meet(tmp_path, source) -> None:
    lock = downloads(tmp_path, source).parent / ".lock"
    with only_one(lock, "fetching"), pytest.raises(BusyError, match="already fetching faostat-trade"):
        get(source, tmp_path)


def test_sources_without_an_address_say_what_to_do(tmp_path) -> None:
    with pytest.raises(InputError, match="sources load eu-journal FILE"):  # many files, which come as they are
        fetch(find("eu-journal"), tmp_path)
    with pytest.raises(InputError, match="--from FILE"):
        get(find("knomad-remittances"), tmp_path)
    with pytest.raises(InputError, match="comes with Clarion"):
        get(find("staple-trade"), tmp_path)


@pytest.mark.parametrize(
    "inside",
    ["http://127.0.0.1:8020/", "https://127.0.0.1/", "https://localhost/", "https://169.254.169.254/latest/meta-data",
     "https://10.0.0.1/", "https://192.168.1.1/", "https://172.16.0.9/", "https://[::1]/", "https://[::ffff:10.0.0.1]/",
     "https://[fe80::1]/", "https://[fd00::1]/", "https://2130706433/", "https://127.1/", "https://0x7f000001/",
     "https://0/", "https://a@127.0.0.1/", "https://printer.local/", "https://localhost./", "https://100.64.0.1/"],
)  # fmt: skip
def test_a_publisher_cannot_lead_to_this_network(inside) -> None:
    with pytest.raises(SourceError, match="machine of this network"):
        refuse_inward("https://data.example.org/file.zip", inside)
    refuse_inward("http://127.0.0.1:9/file.zip", inside)  # a mirror that the operator has named
    refuse_inward("https://data.example.org/file.zip", "https://8.8.8.8/file.zip")


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://example.org/x", "http://[", "https://", "gopher://x/"]
)
def test_a_redirect_to_something_else_than_the_web(tmp_path, server, source, address) -> None:
    server.moved["/file.zip"] = address
    with pytest.raises(SourceError):
        fetch(source, tmp_path, origin=server.url)
    assert not list(tmp_path.rglob("*.zip"))
