"""The desk as a process: it opens, signs in by its link, refuses a second one, and stops cleanly."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar

import pytest


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def start(home, port):
    env = os.environ | {"CLARION_HOME": str(home), "CLARION_ROOMS": "", "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "clarion", "up", "--port", str(port)],
        env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def read_until(process, pattern, seconds=60):
    os.set_blocking(process.stdout.fileno(), False)
    seen, end = "", time.monotonic() + seconds
    while time.monotonic() < end:
        seen += (process.stdout.read() or b"").decode()
        if pattern in seen:
            return seen
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(f"{pattern!r} was not printed:\n{seen}")


@pytest.fixture
def desk(home):
    port = free_port()
    process = start(home, port)
    try:
        said = read_until(process, "Stop it")
        link = re.search(r"http://127\.0\.0\.1:\d+/enter/\S+", said)[0]
        yield process, port, link
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def children(pid):
    ran = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(n) for n in ran.stdout.split()]


def test_first_start_signs_in_refuses_a_second_and_stops_cleanly(desk, home):
    process, port, link = desk
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    for _ in range(100):
        try:
            page = browser.open(link, timeout=20)
            break
        except urllib.error.URLError:
            time.sleep(0.1)
    assert page.status == 200
    assert "operator" in page.read().decode()

    second = start(home, free_port())
    out = second.communicate(timeout=60)[0].decode()
    assert second.returncode == 5
    assert "already running the desk" in out
    assert "Traceback" not in out

    other = start(home.with_name("other"), port)
    out = other.communicate(timeout=60)[0].decode()
    assert other.returncode == 5
    assert f"Port {port}" in out
    assert not (home.with_name("other") / "clarion.sqlite3").exists()

    workers = children(process.pid)
    assert workers
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert not any(os.path.exists(f"/proc/{pid}") for pid in workers)
    assert home.stat().st_mode & 0o077 == 0


def test_the_worker_stops_when_the_desk_is_killed(desk):
    process, _, _ = desk
    workers = children(process.pid)
    process.kill()
    process.wait(10)
    end = time.monotonic() + 25
    while time.monotonic() < end and any(os.path.exists(f"/proc/{pid}") for pid in workers):
        time.sleep(0.1)
    assert not any(os.path.exists(f"/proc/{pid}") for pid in workers)
