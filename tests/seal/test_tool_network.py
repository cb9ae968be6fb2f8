"""What the tools do on the network: TLS is verified, an onion service is reached through a tunnel and nothing else."""

import datetime
import ipaddress
import socket
import ssl
import threading

import pytest
from ceremony import Person
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from relay import TOKEN, Desk

from clarion.seal.errors import DeskError
from clarion.seal.tool.desk import parse_address

ONION = "expyuzz4wqqyqhjn" * 3 + "abcdefgh.onion"


@pytest.fixture
def desk():
    found = Desk()
    yield found
    found.close()


class Tunnel:
    """As Tor's HTTPTunnelPort: it understands CONNECT only, and leads every name to one port of this machine."""

    def __init__(self, to):
        self.to, self.asked = to, []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:
                return
            head = b""
            while b"\r\n\r\n" not in head:
                head += client.recv(4096)
            self.asked.append(head.split(b"\r\n")[0].decode())
            if not head.startswith(b"CONNECT "):
                client.sendall(b"HTTP/1.0 405 Only CONNECT\r\n\r\n")
                client.close()
                continue
            there = socket.create_connection(("127.0.0.1", self.to))
            client.sendall(b"HTTP/1.0 200 Connected\r\n\r\n")
            for source, target in ((client, there), (there, client)):
                threading.Thread(target=pump, args=(source, target), daemon=True).start()


def pump(source, target):
    try:
        while chunk := source.recv(65536):
            target.sendall(chunk)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def certificate(folder, name):
    """A certificate for ``name`` that nobody vouches for, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = folder / "certificate.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ) + made.public_bytes(serialization.Encoding.PEM)
    )  # fmt: skip
    return file


def test_a_certificate_that_nobody_vouches_for_is_refused_before_the_token_is_sent(desk, tmp_path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path, "127.0.0.1"))
    desk.server.socket = context.wrap_socket(desk.server.socket, server_side=True)
    asked = parse_address(desk.url.replace("http://", "https://"), "", TOKEN)
    with pytest.raises(DeskError, match="does not prove who it is"):
        asked.get("/rosters")
    assert desk.seen == []


def test_an_onion_service_is_reached_by_connect_only(desk, tmp_path, monkeypatch):
    tunnel = Tunnel(desk.server.server_port)
    monkeypatch.setattr(socket, "getaddrinfo", only_this_machine(socket.getaddrinfo))
    asked = parse_address(f"http://{ONION}", tunnel.url, TOKEN)
    assert asked.get("/rosters") == {"rosters": []}
    assert [line.rsplit(" ", 1)[0] for line in tunnel.asked] == [f"CONNECT {ONION}:80"]
    person = Person(tmp_path, "north")
    words = ("init", "--label", "north", "--desk", f"http://{ONION}", "--proxy", tunnel.url)
    assert person.run(*words, "--token-file", person.token) == 0
    with pytest.raises(DeskError, match="not reached through the proxy"):
        parse_address(f"http://{ONION}", "http://127.0.0.1:9", TOKEN).get("/rosters")
    tunnel.listening.close()


def only_this_machine(real):
    """Looking up any other name would tell a name server where this person goes."""

    def look_up(host, *more, **named):
        assert host in ("127.0.0.1", "localhost"), f"{host} was looked up"
        return real(host, *more, **named)

    return look_up


def test_the_environments_proxies_are_not_used(desk, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert parse_address(desk.url, "", TOKEN).get("/rosters") == {"rosters": []}
    assert TOKEN not in repr(parse_address(desk.url, "", TOKEN))
