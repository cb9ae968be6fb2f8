"""A head is stamped by a real authority: OpenSSL's, behind a small server on the loopback address."""

import base64
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from tamper import grown

from clarion.seal.errors import SealError
from clarion.seal.log.stamp import stamp_time, stamped
from clarion.seal.log.verify_alone import BadInput, stamp_text

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[use]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
"""


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "serial").write_text("01\n")
    (folder / "conf").write_text(CONFIG.format(folder=folder))
    ec = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    (folder / "req").write_text("[req]\ndistinguished_name=dn\n[dn]\n" + (folder / "conf").read_text())
    openssl("req", "-x509", *ec, "-keyout", folder / "ca.key", "-out", folder / "ca.pem", "-subj", "/CN=A root",
            "-days", "30", "-config", folder / "req", "-extensions", "root")  # fmt: skip
    openssl("req", *ec, "-keyout", folder / "tsa.key", "-out", folder / "tsa.csr", "-subj", "/CN=An authority",
            "-config", folder / "req")  # fmt: skip
    openssl("x509", "-req", "-in", folder / "tsa.csr", "-CA", folder / "ca.pem", "-CAkey", folder / "ca.key",
            "-CAcreateserial", "-days", "30", "-out", folder / "tsa.pem", "-extfile", folder / "conf",
            "-extensions", "use")  # fmt: skip
    return folder


@pytest.fixture
def authority(folder):
    """Its ``url``; ``spoil`` may change the answer."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self):
            question = self.rfile.read(int(self.headers["Content-Length"]))
            (folder / "q").write_bytes(question)
            openssl("ts", "-reply", "-config", folder / "conf", "-queryfile", folder / "q", "-out", folder / "a")
            answer = server.spoil((folder / "a").read_bytes())
            self.send_response(server.status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    server.spoil, server.status = (lambda answer: answer), 200
    server.url = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def test_a_stamp_verifies_with_the_root_and_with_openssl(authority, folder, tmp_path):
    log = grown(5)
    head = stamped(log.head(5), authority.url, 20)
    assert abs(stamp_time(head, folder / "ca.pem").timestamp() - time.time()) < 60
    told = log.judged([head])
    assert (told["sound"], told["anchored"]) == (True, 5)
    assert "time-stamps" in told["warnings"][0]
    (tmp_path / "data").write_bytes(stamp_text(head))
    (tmp_path / "answer").write_bytes(base64.b64decode(head["stamp"]))
    openssl("ts", "-verify", "-data", tmp_path / "data", "-in", tmp_path / "answer", "-CAfile", folder / "ca.pem")


def test_a_stamp_of_another_head_is_found(authority, folder):
    log = grown(5)
    other = log.head(4) | {"stamp": stamped(log.head(5), authority.url, 20)["stamp"]}
    with pytest.raises(BadInput, match="something else"):
        log.judged([other])
    with pytest.raises(SealError, match="does not verify"):
        stamp_time(other, folder / "ca.pem")


def test_another_root_is_refused(authority, folder, tmp_path):
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
            tmp_path / "k", "-out", tmp_path / "ca.pem", "-subj", "/CN=Another", "-days", "30", "-config",
            folder / "req", "-extensions", "root")  # fmt: skip
    head = stamped(grown(2).head(2), authority.url, 20)
    with pytest.raises(SealError, match="does not verify"):
        stamp_time(head, tmp_path / "ca.pem")
    (tmp_path / "none.pem").write_text("no certificate")
    with pytest.raises(SealError, match="not a certificate"):
        stamp_time(head, tmp_path / "none.pem")


def test_what_is_no_answer_is_refused(authority):
    head = grown(2).head(2)
    first = stamped(head, authority.url, 20)
    replayed = base64.b64decode(first["stamp"])
    for spoil, says in (
        (lambda answer: b"<html>", "not the answer"),
        (lambda answer: answer[:-20], "not the answer"),
        (lambda answer: replayed, "something else"),  # the same head, another question
        (lambda answer: b"x" * 1_100_000, "too much"),
    ):
        authority.spoil = spoil
        with pytest.raises(SealError, match=says):
            stamped(head, authority.url, 20)
    authority.status = 500
    with pytest.raises(SealError, match="does not answer"):
        stamped(head, authority.url, 20)
    for url in ("http://127.0.0.1:1/", "nonsense", "file:///etc/passwd"):
        with pytest.raises(SealError, match="does not answer"):
            stamped(head, url, 2)
