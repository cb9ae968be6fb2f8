"""The desk as a process against what comes over the network, and on a machine with other accounts."""

import http.client
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time

import pytest

from clarion.config import Config
from clarion.desk.keys import ensure_home
from clarion.errors import StorageError


@pytest.fixture
def running(desk, tmp_path):
    """Start a desk in a folder with hostile files, on a data folder that is open to others: its port, what it said."""
    began = []

    def start(**more):
        hostile = tmp_path / "downloads"
        hostile.mkdir()
        for name in ("typer", "huey", "platform"):
            (hostile / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
        desk.home.mkdir(mode=0o755)
        desk.home.chmod(0o755)
        desk.env.update(more)
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "clarion", "up"],  # as the installed command: not from the folder it is in
            env=desk.env | {"PYTHONUNBUFFERED": "1"}, cwd=hostile, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        began.append(process)
        said = ""
        while "Stop it" not in said:
            line = process.stdout.readline().decode()
            assert line, said
            said += line
        return desk.config.port, said

    yield start
    for process in began:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def ask(port, path, headers=None, method="GET"):
    there = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    there.request(method, path, headers=headers or {})
    answer = there.getresponse()
    answer.read()
    return answer


def raw(port, data):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as there:
        there.sendall(data)
        return there.recv(4096)


def test_a_desk_on_an_open_folder_and_a_busy_network(running, desk, tmp_path):
    port, _ = running()
    kept_here = not desk.config.database_url  # else PostgreSQL holds accounts and jobs
    end = time.monotonic() + 30
    while kept_here and not list(desk.home.glob("jobs.sqlite3*")) and time.monotonic() < end:
        time.sleep(0.1)
    ask(port, "/account/login/")
    modes = {f.name: stat.S_IMODE(f.stat().st_mode) for f in desk.home.iterdir()}
    assert ("clarion.sqlite3" in modes) is kept_here
    assert modes["keys"] == 0o700
    assert not {name: oct(mode) for name, mode in modes.items() if mode & 0o077}
    assert not (tmp_path / "ran").exists()

    head = "POST /account/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n"
    assert b" 413 " in raw(port, head.format(900_000_000).encode())
    assert b" 431 " in raw(port, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 70_000 + b"\r\n\r\n")

    half = [socket.create_connection(("127.0.0.1", port)) for _ in range(200)]
    try:
        for one in half:
            one.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        assert ask(port, "/healthz").status == 200
    finally:
        for one in half:
            one.close()
    # Nobody is believed to be a proxy.
    assert ask(port, "/healthz", {"X-Forwarded-Proto": "https"}).headers["Strict-Transport-Security"] is None


def test_only_the_proxy_is_believed(running):
    port, said = running(
        CLARION_BASE_URL="https://clarion.example.org", CLARION_ALLOWED_HOSTS="clarion.example.org",
        CLARION_PROXY="192.0.2.7",
    )  # fmt: skip
    assert re.search(r"https://clarion\.example\.org/enter/", said)
    spoofed = ask(port, "/healthz", {"Host": "clarion.example.org", "X-Forwarded-Proto": "https"})
    assert spoofed.headers["Strict-Transport-Security"] is None


@pytest.mark.skipif(os.name != "posix", reason="POSIX modes")
def test_a_data_folder_that_everybody_may_write_into_is_refused(tmp_path):
    tmp_path.chmod(0o1777)
    with pytest.raises(StorageError, match="write into the data folder"):
        ensure_home(Config(home=tmp_path))
    tmp_path.chmod(0o700)


@pytest.mark.skipif(os.name != "posix", reason="POSIX modes")
def test_an_empty_folder_is_closed_and_one_in_use_is_left(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o755)
    ensure_home(Config(home=home))
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    (home / "somebody's").touch()
    home.chmod(0o755)
    ensure_home(Config(home=home))
    assert stat.S_IMODE(home.stat().st_mode) == 0o755
