"""The guide to an onion service, with Debian's Tor as far as it goes without a network, and the desk behind it."""

import base64
import http.client
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from clarion.config import Config

GUIDE = (Path(__file__).parents[2] / "docs" / "operate" / "onion.md").read_text(encoding="utf-8")
TORRC, SETTINGS = (re.search(rf"```text\n([^`]*{word}[^`]*)```", GUIDE)[1] for word in ("SocksPort", "BASE_URL"))
NAME = "http://" + "a" * 56 + ".onion"


@pytest.fixture
def torrc(tmp_path):
    """The guide's own file, in folders of the test; nothing else of it is changed but where its log goes."""
    tor = shutil.which("tor") or shutil.which("tor", path="/usr/sbin")
    if tor is None:
        pytest.skip("Tor is not installed: apt-get install tor")
    folder = tmp_path / "tor"
    folder.mkdir(mode=0o700)
    text = TORRC.replace("/var/lib/tor", str(folder)).replace("syslog", f"file {folder}/log")
    file = tmp_path / "torrc"
    file.write_text(f"{text}\nDataDirectory {folder}\nDisableNetwork 1\n")
    return [tor, "--quiet", "-f", str(file), "--defaults-torrc", "/nonexistent"], folder


def test_the_guides_file_is_one_that_tor_takes(torrc):
    command, _ = torrc
    ran = subprocess.run([command[0], "--verify-config", *command[2:]], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stdout
    assert "Configuration was valid" in ran.stdout
    assert not complaints(ran.stdout)


def test_tor_makes_the_keys_and_the_desk_answers_under_the_name(torrc, sqlite_desk):
    command, folder = torrc
    clients = folder / "clarion" / "authorized_clients"
    clients.mkdir(parents=True, mode=0o700)
    (folder / "clarion").chmod(0o700)
    public = X25519PrivateKey.generate().public_key().public_bytes_raw()
    (clients / "maria.auth").write_text(f"descriptor:x25519:{base64.b32encode(public).decode().rstrip('=')}\n")
    tor = subprocess.Popen(command)
    try:
        written = folder / "clarion" / "hostname"
        end = time.monotonic() + 60
        while not written.exists() and time.monotonic() < end:
            assert tor.poll() is None, (folder / "log").read_text()
            time.sleep(0.1)
        name = written.read_text().strip()
    finally:
        tor.send_signal(signal.SIGINT)
        tor.wait(30)
    assert re.fullmatch(r"[a-z2-7]{56}\.onion", name)
    assert (folder / "clarion" / "hs_ed25519_secret_key").stat().st_mode & 0o077 == 0
    assert not complaints((folder / "log").read_text())  # as it would of a client's file that it cannot read

    desk = sqlite_desk
    desk.env |= dict(line.split("=") for line in SETTINGS.replace("NAME.onion", name).split())
    process = desk.start("up", text=True)
    try:
        said = ""
        while "Stop it" not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        assert f"http://{name}/enter/" in said
        answer = ask(desk, name, {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"})
        assert answer.status == 200
        assert answer.headers["Server"] is None
        assert answer.headers["Strict-Transport-Security"] is None
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith("csrftoken=")
        assert "Secure" not in cookie
        assert "HttpOnly" in cookie
        assert "Domain" not in cookie
        assert ask(desk, "another.onion").status == 400
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def complaints(said):
    """What Tor warns of, but for being run as root, as a test may be."""
    return [line for line in said.splitlines() if re.search(r"\[(warn|err)\]", line) and "as root" not in line]


def ask(desk, host, headers=None):
    there = http.client.HTTPConnection("127.0.0.1", desk.config.port, timeout=30)
    there.request("GET", "/account/login/", headers={"Host": host} | (headers or {}))
    answer = there.getresponse()
    answer.read()
    return answer


def test_what_counts_as_an_onion():
    assert Config.from_env({"CLARION_BASE_URL": NAME + "/"}).onion
    for other in (NAME.replace("http", "https"), "http://clarion.example.org", ""):
        assert not Config.from_env({"CLARION_BASE_URL": other}).onion


def test_nobody_is_believed_to_be_a_proxy():
    from clarion.desk.serving import proxy

    assert proxy(Config.from_env({"CLARION_BASE_URL": NAME})) == {}
    assert proxy(Config.from_env({"CLARION_BASE_URL": "https://a.example"}))
