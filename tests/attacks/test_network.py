"""A real desk on loopback against what a stranger may send: half requests, two in one, too much, too slow."""

import re
import socket
import time
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

HOST = "Host: 127.0.0.1\r\n"
GET = f"GET /healthz HTTP/1.1\r\n{HOST}"


@pytest.fixture(scope="module")
def port(desk):
    return urlsplit(desk.address).port


def talk(port, data, wait=5.0):
    """What the desk answers to raw bytes, until it closes or says no more for a moment."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as there:
        with suppress(OSError):  # the desk may have answered and hung up before it has read all
            there.sendall(data)
            there.shutdown(socket.SHUT_WR)
        found = b""
        while len(found) < 4_000_000:
            try:
                part = there.recv(65536)
            except (TimeoutError, ConnectionResetError):
                break
            if not part:
                break
            found += part
    return found


def statuses(answer):
    return [int(code) for code in re.findall(rb"HTTP/1\.[01] (\d{3})", answer)]


SMUGGLED = "GET /account/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX: smuggled\r\n\r\n"


@pytest.mark.parametrize(
    "head",
    [
        "Content-Length: 4\r\nContent-Length: 90\r\n",
        "Content-Length: 4, 90\r\n",
        "Content-Length: +4\r\n",
        "Content-Length: 0x4\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 4_0\r\n",
        "Content-Length : 4\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n",
        "X: a\r\n Content-Length: 4\r\n",
        "X: a\nContent-Length: 4\r\n",
        "X: a\r\rContent-Length: 4\r\n",
        "Con\x00tent-Length: 4\r\n",
    ],
    ids=repr,
)
def test_two_lengths_are_not_two_requests(port, head):
    """Request smuggling: a body whose end two readers could see elsewhere is refused, or the connection is closed."""
    answer = talk(port, f"POST /language/ HTTP/1.1\r\n{HOST}{head}\r\nx=1&{SMUGGLED}".encode("latin-1"))
    assert statuses(answer)[:1] in ([400], [403], [411], [501], []), answer[:200]
    assert 200 not in statuses(answer), "the second request was answered"


def test_a_chunked_body_wins_over_a_length(port):
    body = "0\r\n\r\n"
    answer = talk(
        port,
        f"POST /language/ HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n{body}".encode(),
    )
    assert statuses(answer) in ([403], [400])


@pytest.mark.parametrize(
    "chunk", ["fffffffffffffffff\r\n", "-1\r\nx", "1;" + "x" * 100_000, "zz\r\n", "0x1\r\na\r\n0\r\n\r\n"]
)
def test_chunks_that_lie(port, chunk):
    answer = talk(port, f"POST /language/ HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\n\r\n{chunk}".encode())
    assert 200 not in statuses(answer)
    assert statuses(talk(port, f"{GET}Connection: close\r\n\r\n".encode())) == [200]


@pytest.mark.parametrize("start", [
    "TRACE / HTTP/1.1", "CONNECT evil.example:443 HTTP/1.1", "PROPFIND / HTTP/1.1", "DEBUG / HTTP/1.1",
    "GET / HTTP/9.9",
    "GET http://evil.example/ HTTP/1.1", "GET //evil.example/healthz HTTP/1.1", "GET /healthz\tHTTP/1.1",
    "get / HTTP/1.1",
    "GET /\x00 HTTP/1.1", "GET / HTTP/1.1\r\nX: \x00", "\x16\x03\x01", "PRI * HTTP/2.0",
    "GET " + "/" * 70_000 + " HTTP/1.1",
], ids=lambda s: s[:40])  # fmt: skip
def test_odd_request_lines(port, start):
    answer = talk(port, f"{start}\r\n{HOST}Connection: close\r\n\r\n".encode("latin-1"))
    assert all(code in (302, 400, 404, 405, 414, 431, 501) for code in statuses(answer)), answer[:100]
    assert b"evil.example" not in answer.partition(b"\r\n\r\n")[0]
    assert b"\nServer:" not in answer
    assert b"waitress" not in answer.lower()
    assert b"Traceback" not in answer


def test_a_trace_says_nothing_back(port):
    answer = talk(port, f"TRACE / HTTP/1.1\r\n{HOST}Cookie: secret=1\r\nConnection: close\r\n\r\n".encode())
    assert statuses(answer) == [405]
    assert b"secret" not in answer


def test_too_large_is_refused_before_it_is_read(port):
    began = time.monotonic()
    assert statuses(talk(port, f"POST / HTTP/1.1\r\n{HOST}Content-Length: 99999999999\r\n\r\n".encode()))[:1] == [413]
    assert statuses(talk(port, f"{GET}X: {'x' * 70_000}\r\n\r\n".encode()))[:1] == [431]
    assert statuses(talk(port, (GET + "".join(f"X{i}: {'y' * 200}\r\n" for i in range(400)) + "\r\n").encode()))[
        :1
    ] == [431]
    assert time.monotonic() - began < 30


def test_slow_ones_do_not_keep_others_out(port):
    """Slow loris: two hundred who send a letter now and then take no thread from the rest."""
    slow = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(200)]
    try:
        for at, one in enumerate(slow):
            head = "POST /language/ HTTP/1.1" if at % 2 else "GET / HTTP/1.1"
            one.sendall(f"{head}\r\n{HOST}Content-Length: 900\r\n".encode())
        for one in slow[:20]:
            one.sendall(b"X: 1\r\n")
        assert statuses(talk(port, f"{GET}Connection: close\r\n\r\n".encode(), wait=20)) == [200]
    finally:
        for one in slow:
            one.close()


@pytest.mark.parametrize("path", [
    "/static/../../../etc/passwd", "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/static/..%2f..%2fkeys/secret",
    "/static//etc/passwd", "/static/....//....//etc/passwd", "/static/%252e%252e/keys/secret", "/static/",
    "/static/desk/",
    "/static/..\\..\\keys\\secret", "/.git/config", "/.env", "/keys/secret", "/clarion.sqlite3", "/static/desk/%00",
    "/static/staticfiles.json/..", "/admin/", "/debug/", "/__debug__/", "/server-status", "/api/v1/docs", "/media/",
])  # fmt: skip
def test_no_file_but_the_desks_own(port, path):
    answer = talk(port, f"GET {path} HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n".encode())
    assert all(code in (302, 400, 404) for code in statuses(answer)), answer[:100]
    assert b"root:x:" not in answer
    assert b"Index of" not in answer


def test_files_carry_the_headers_of_pages(port):
    """A picture or script that a browser opens by itself runs nothing, and no other site frames or reads it."""
    page = talk(port, f"GET /account/login/ HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n".encode()).decode()
    files = sorted(set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page)))
    assert len(files) >= 2
    for name in files:
        request = f"GET {name} HTTP/1.1\r\n{HOST}Origin: https://evil.example\r\nConnection: close\r\n\r\n"
        head = talk(port, request.encode()).partition(b"\r\n\r\n")[0].decode()
        assert " 200 " in head, name
        for line in ("Content-Security-Policy: ", "X-Content-Type-Options: nosniff",
        "Cross-Origin-Resource-Policy: same-origin",
                     "Permissions-Policy: ", "Referrer-Policy: same-origin"):  # fmt: skip
            assert line in head, (name, line)
        assert "Access-Control" not in head, name
        assert "immutable" in head, name  # the name changes with the content
        assert "Set-Cookie" not in head, name


def test_no_list_of_people_goes_through_a_temporary_file(monkeypatch):
    """What a program sends and the answers of a batch stay in memory, however large."""
    import threading

    from waitress import create_server

    from clarion.desk import serving

    def echo(environ, start):
        sent = environ["wsgi.input"].read()
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(3 * len(sent)))])
        return [sent * 3]

    def on_the_disk(*_, **__):
        raise AssertionError("a temporary file")

    monkeypatch.setattr("tempfile.TemporaryFile", on_the_disk)
    made = create_server(echo, host="127.0.0.1", port=0, **serving._bounds())
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    try:
        for size in (600_000, 1_000_000):
            head = f"POST / HTTP/1.1\r\n{HOST}Content-Length: {size}\r\nConnection: close\r\n\r\n".encode()
            answer = talk(made.effective_port, head + b"x" * size, wait=20)
            assert statuses(answer[:100]) == [200]
            assert len(answer.partition(b"\r\n\r\n")[2]) == 3 * size
    finally:
        made.close()
