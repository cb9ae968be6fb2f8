"""Passkeys and authenticator apps in a real browser, under the desk's own policy, on a desk that really runs."""

import base64
import hashlib
import hmac
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
from dataclasses import dataclass

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed"),
]
PASSWORD = "lantern-harbour-52"


@dataclass
class Desk:
    port: int
    env: dict[str, str]

    @property
    def home(self):
        return f"http://localhost:{self.port}"

    def link(self, name, role=""):
        asked = ["add", name, "--role", role] if role else ["link", name]
        ran = subprocess.run(
            [sys.executable, "-m", "clarion", "user", *asked],
            env=self.env, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return self.home + re.search(r"/enter/\S+", ran.stdout)[0]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {k: v for k, v in os.environ.items() if not k.startswith("CLARION_") and k != "DATABASE_URL"}
    env |= {"CLARION_HOME": str(tmp_path_factory.mktemp("desk") / "home"), "CLARION_PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, "-m", "clarion", "up"],
        env=env | {"PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    for line in process.stdout:
        if "Stop it" in line:
            break
    yield Desk(port, env)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)


@pytest.fixture
def page(browser, desk):
    """A page; what it asked of other hosts and what the policy refused fail the test."""
    context = browser.new_context(locale="en")
    found, elsewhere, complaints = context.new_page(), [], []
    context.on("request", lambda r: r.url.startswith((desk.home, "data:")) or elsewhere.append(r.url))
    found.on("console", lambda m: m.type == "error" and complaints.append(m.text))
    found.on("pageerror", lambda e: complaints.append(str(e)))
    found.set_default_timeout(30_000)
    yield found
    context.close()
    assert not elsewhere
    assert not complaints


def sign_out(page, desk):
    page.goto(f"{desk.home}/account/logout/")
    page.locator("main form button").click()
    page.wait_for_url("**/account/login/**")


def test_a_passkey_is_added_and_signs_in(page, desk):
    page.goto(desk.link("nina", "viewer"))
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})["authenticatorId"]  # fmt: skip
    page.goto(f"{desk.home}/account/2fa/webauthn/add/")
    page.fill("input[name=name]", "a key")
    page.check("input[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/account/2fa/recovery-codes/")
    (kept,) = devtools.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    assert kept["rpId"] == "localhost"

    sign_out(page, desk)
    page.click("#passkey_login")
    page.wait_for_url(f"{desk.home}/")
    assert "nina" in page.locator("header").inner_text()


def test_an_authenticator_app_is_the_second_step_after_a_password(page, desk):
    page.goto(desk.link("vera", "viewer"))
    page.goto(f"{desk.home}/account/password/set/")
    page.fill("input[name=password1]", PASSWORD)
    page.fill("input[name=password2]", PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url("**/account/password/change/")
    answer = page.goto(f"{desk.home}/account/2fa/totp/activate/")
    assert "no-store" in answer.headers["cache-control"]
    secret = page.input_value("#authenticator_secret")
    page.fill("input[name=code]", code(secret))
    page.locator("main form button").click()
    page.wait_for_url("**/account/2fa/recovery-codes/")

    sign_out(page, desk)
    page.fill("input[name=login]", "vera")
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/account/2fa/authenticate/")
    page.goto(f"{desk.home}/")  # the password alone opens nothing
    page.wait_for_url("**/account/2fa/authenticate/")
    page.fill("input[name=code]", code(secret))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"{desk.home}/")
    assert "vera" in page.locator("header").inner_text()


def test_by_number_the_pages_lead_to_the_name(page, desk):
    number = desk.home.replace("localhost", "127.0.0.1")
    answer = page.request.get(f"{number}/account/login/")
    assert f'href="{desk.home}/account/login/"' in answer.text()
    assert "passkey_login" not in answer.text()


def code(secret):
    """RFC 6238: six digits of the SHA-1 HMAC of the half minute."""
    if (gone := time.time() % 30) > 10:  # it could end while a busy machine takes it in
        time.sleep(30 - gone)
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"
