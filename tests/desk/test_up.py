"""The desk as a process: it opens, signs in by its link, refuses a second one, and stops cleanly."""

import json
import os
import re
import signal
import socket
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest


def read_until(process, pattern, seconds=90):
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
def opened(desk):
    """A desk that runs: the desk, its process, its sign-in link."""
    process = desk.start("up")
    try:
        said = read_until(process, "Stop it")
        yield desk, process, re.search(r"http://127\.0\.0\.1:\d+/enter/\S+", said)[0]
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(40)


def children(pid):
    return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def helping(pid):
    """The further processes that answer the web for the desk ``pid``."""
    return [one for one in children(pid) if b"clarion.desk.serving" in Path(f"/proc/{one}/cmdline").read_bytes()]


def gone(pids, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end and any(os.path.exists(f"/proc/{pid}") for pid in pids):
        time.sleep(0.1)
    return not any(os.path.exists(f"/proc/{pid}") for pid in pids)


def refused(desk, *arguments, code, said):
    """One clear error: exit code, words, next step, no traceback."""
    ran = desk.run("up", *arguments)
    assert ran.returncode == code, ran.stdout + ran.stderr
    assert said in ran.stderr
    assert "Next:" in ran.stderr
    assert "Traceback" not in ran.stdout + ran.stderr
    return ran


def test_first_start_signs_in_refuses_a_second_and_stops_cleanly(opened, tmp_path):
    desk, process, link = opened
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = browser.open(link, timeout=30)
    assert page.status == 200
    assert "operator" in page.read().decode()

    second = refused(desk, code=5, said="already running the desk")
    assert f"http://127.0.0.1:{desk.config.port}/" in second.stderr
    refused(desk, "--port", "1", code=5, said="already running the desk")
    desk.env["CLARION_HOME"] = str(tmp_path / "other")
    refused(desk, code=5, said=f"Port {desk.config.port}")
    assert not (tmp_path / "other" / "clarion.sqlite3").exists()
    desk.env["CLARION_HOME"] = str(desk.home)

    workers = children(process.pid)
    assert workers
    process.send_signal(signal.SIGTERM)
    assert process.wait(40) == 0
    assert gone(workers, 0)
    assert desk.home.stat().st_mode & 0o077 == 0


def test_it_stops_on_ctrl_c_and_starts_again_without_a_new_account(opened):
    desk, process, _ = opened
    workers = children(process.pid)
    process.send_signal(signal.SIGINT)
    assert process.wait(40) == 0
    assert gone(workers, 0)
    again = desk.start("up")
    try:
        said = read_until(again, "Stop it")
        assert "/enter/" in said  # nobody has signed in yet
    finally:
        again.send_signal(signal.SIGTERM)
        assert again.wait(40) == 0
    assert [line.split()[0] for line in desk.run("user", "list").stdout.splitlines()[1:]] == ["operator"]


def test_the_worker_stops_when_the_desk_is_killed(opened):
    desk, process, _ = opened
    workers = children(process.pid)
    process.kill()
    process.wait(10)
    assert gone(workers, 40)
    assert desk.run("upgrade").returncode == 0  # nothing is locked any more


def test_a_killed_desk_with_two_processes_leaves_its_port_at_once(desk):
    """The second process holds the port too, and must let go of it before somebody starts the desk again."""
    desk.env["CLARION_PROCESSES"] = "2"
    process = desk.start("up")
    read_until(process, "Stop it")
    helpers = helping(process.pid)
    assert len(helpers) == 1
    process.kill()
    process.wait(10)
    again = desk.start("up")
    try:
        read_until(again, "Stop it")
        assert gone(helpers, 40)
    finally:
        again.send_signal(signal.SIGTERM)
        assert again.wait(60) == 0
    assert "Stopped." in again.stdout.read().decode()


def test_two_processes_know_the_same_people(desk):
    """Sessions and the use of one-time links are in the database: either process may get the next request."""
    desk.env["CLARION_PROCESSES"] = "2"
    process = desk.start("up")
    stopped = []
    try:
        link = re.search(r"http://127\.0\.0\.1:\d+/enter/\S+", read_until(process, "Stop it"))[0]
        (helper,) = helping(process.pid)
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        for address, waits in ((link, process.pid), (f"http://127.0.0.1:{desk.config.port}/", helper)):
            os.kill(waits, signal.SIGSTOP)  # so that only the other one can answer
            stopped.append(waits)
            assert "operator" in browser.open(address, timeout=280).read().decode()  # it may still be starting
            os.kill(stopped.pop(), signal.SIGCONT)
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def test_a_worker_that_ends_by_itself_is_told(opened):
    _, process, _ = opened
    for pid in children(process.pid):
        os.kill(pid, signal.SIGKILL)
    read_until(process, "ended by itself")


@pytest.mark.parametrize("port", ["0", "70000", "-1", "http"])
def test_ports_that_are_none(desk, port):
    refused(desk, "--port", port, code=2, said="--port")
    assert not desk.home.exists()
    desk.env["CLARION_PORT"] = port
    refused(desk, code=2, said="CLARION_PORT")
    assert not desk.home.exists()


def test_a_port_in_use_names_another(desk):
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", desk.config.port))
        stranger.listen()
        ran = refused(desk, code=5, said=f"Port {desk.config.port}")
    assert f"clarion up --port {desk.config.port + 1}" in ran.stderr


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_an_address_that_is_not_ours(desk, host):
    desk.env["CLARION_HOST"] = host
    refused(desk, code=2, said="not an address of this machine")


def test_a_file_where_the_data_folder_should_be(desk):
    # Works for root too, whom modes do not stop.
    desk.home.write_text("")
    refused(desk, code=4, said=str(desk.home))
    desk.env["CLARION_HOME"] = str(desk.home / "below")
    refused(desk, code=4, said=str(desk.home))


def test_a_database_file_that_is_a_folder(sqlite_desk):
    (sqlite_desk.home / "clarion.sqlite3").mkdir(parents=True)
    refused(sqlite_desk, code=4, said="cannot be opened")


def test_a_key_that_others_may_read(desk):
    file = desk.home / "keys" / "secret"
    file.parent.mkdir(parents=True)
    file.write_text("k" * 64)
    file.chmod(0o644)
    refused(desk, code=4, said=f"chmod 600 {file}")
    file.chmod(0o600)
    file.write_bytes(b"\xff" * 64)
    refused(desk, code=4, said="not a key")
    file.write_bytes(b"")
    refused(desk, code=4, said="too short")


@pytest.mark.parametrize("limit", [2, 30_000, 150_000])
def test_a_full_disk_at_the_first_start(sqlite_desk, limit):
    """Without the limit the next start is a first start."""
    ran = sqlite_desk.on_a_full_disk(limit, "up")
    assert ran.returncode == 4, ran.stdout + ran.stderr
    assert "full" in ran.stderr or "does not take writes" in ran.stderr
    assert "Traceback" not in ran.stdout + ran.stderr
    assert sqlite_desk.run("upgrade").returncode == 0


def test_json_says_where_and_a_link_printed_later_goes_there(desk):
    """The port of --port is in no setting: a link printed beside the running desk leads to that desk all the same."""
    port = desk.config.port
    desk.env["CLARION_PORT"] = "8020"
    process = desk.start("up", "--port", str(port), "--json")
    try:
        told = json.loads(re.search(r"\{.*?\}", read_until(process, "}"), re.DOTALL)[0])
        assert told["address"] == f"http://127.0.0.1:{port}"
        assert told["link"].startswith(f"{told['address']}/enter/")
        printed = json.loads(desk.run("user", "link", "operator", "--json").stdout)
        assert printed["link"].startswith(f"{told['address']}/enter/")
        assert told["address"] in desk.run("doctor").stdout
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(40) == 0
