"""Behind a reverse proxy: the link bears the public address, and https is known as such."""

import re
import signal
import time
import urllib.error
import urllib.request


def test_public_address_and_strict_transport(desk):
    port = desk.config.port
    desk.env |= {"CLARION_BASE_URL": "https://clarion.example.org", "CLARION_ALLOWED_HOSTS": "clarion.example.org"}
    process = desk.start("up", text=True)
    try:
        for line in process.stdout:
            if re.search(r"^\s+https://clarion\.example\.org/enter/\S+$", line.rstrip()):
                break
        else:
            raise AssertionError("no link with the public address was printed")
        forwarded = {"Host": "clarion.example.org", "X-Forwarded-Proto": "https"}
        request = urllib.request.Request(f"http://127.0.0.1:{port}/account/login/", headers=forwarded)
        for _ in range(100):
            try:
                answer = urllib.request.urlopen(request, timeout=20)
                break
            except urllib.error.URLError:
                time.sleep(0.1)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert "Secure" in answer.headers["Set-Cookie"]
        assert answer.headers["Set-Cookie"].startswith("__Host-csrftoken=")
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
