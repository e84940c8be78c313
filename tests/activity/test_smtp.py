"""Every conversation with a mail server ends, and its answer is known."""

import datetime
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.mail import EmailMessage

from in4green.activity.smtp import EmailBackend

GREETING = b"220 slow ESMTP\r\n"


class RawServer:
    """Says what it is told to one client after the other, byte by byte if it must."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._context = context
        self.said = b""
        self.pause = 0.0
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> "RawServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while not self._ending.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with closing(client):
                self._talk(client)

    def _talk(self, client: socket.socket) -> None:
        try:
            if self._context:
                client = self._context.wrap_socket(client, server_side=True)
            for n in range(len(self.said)):
                client.sendall(self.said[n : n + 1])
                self._ending.wait(self.pause)
            client.settimeout(10)
            while client.recv(1000):
                pass  # listens and says nothing more
        except OSError:
            return
        finally:
            client.close()


@pytest.fixture
def quick(settings) -> None:
    settings.OUTBOX = {**settings.OUTBOX, "SEND_WITHIN": timedelta(seconds=0.3)}


@pytest.fixture
def certificate(tmp_path, monkeypatch) -> Iterator[ssl.SSLContext]:
    """A server's TLS, which this machine trusts for the moment."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "server.pem"
    pem.write_bytes(
        built.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


def backend(port: int, **options: object) -> EmailBackend:
    return EmailBackend(host="127.0.0.1", port=port, timeout=10, **options)


def assert_left_soon(port: int, **options: object) -> None:
    """A reply that is cut off counts as far as it got; the mail is not handed over all the same."""
    began = time.monotonic()
    with closing(backend(port, **options)) as office, pytest.raises(OSError):  # noqa: PT011
        open_and_send(office)
    assert time.monotonic() - began < 4


def open_and_send(office: EmailBackend) -> None:
    office.open()
    office.send_messages([mail()])


def mail() -> EmailMessage:
    return EmailMessage("Grüße", "Guten Tag", "portal@example.org", ["anna@example.org"])


def test_a_server_that_says_nothing_is_left(quick):
    with RawServer() as server:
        assert_left_soon(server.port)


def test_a_server_that_dribbles_is_left(quick):
    with RawServer() as server:
        server.said, server.pause = GREETING * 100, 0.05
        assert_left_soon(server.port)


def test_a_server_that_dribbles_behind_tls_is_left(quick, certificate):
    with RawServer(certificate) as server:
        server.said, server.pause = b"220-slow\r\n" * 100, 0.05
        assert_left_soon(server.port, use_ssl=True)


def test_each_mail_has_its_own_time_and_the_connection_none(smtp_server, settings):
    settings.OUTBOX = {**settings.OUTBOX, "SEND_WITHIN": timedelta(seconds=1)}
    office = backend(smtp_server.port)
    office.open()
    office.send_messages([mail()])

    # Longer than one mail may take: nothing is running that could cut the line.
    assert not threading.Event().wait(1.3)
    office.send_messages([mail()])
    office.close()

    assert (len(smtp_server.messages), smtp_server.connections) == (2, 1)


def test_a_server_that_hangs_later_in_the_batch_is_left_as_well(smtp_server, quick):
    with closing(backend(smtp_server.port)) as office:
        open_and_send(office)
        smtp_server.hang_after_data()
        began = time.monotonic()
        with pytest.raises(OSError):  # noqa: PT011
            office.send_messages([mail()])

    assert time.monotonic() - began < 4


def test_the_last_answer_is_that_of_the_last_mail(smtp_server):
    office = backend(smtp_server.port)
    assert office.last_reply == ""

    office.open()
    assert office.last_reply == ""
    office.send_messages([mail()])
    assert office.last_reply == "250 OK"

    office.close()
    assert office.last_reply == ""


def test_hanging_up_on_a_line_that_is_gone_is_no_error(smtp_server):
    office = backend(smtp_server.port)
    office.open()
    line = office.connection
    line.file.close()
    line.sock.close()
    line._hang_up()
    line.close()
    line._hang_up()
    office.connection = None


def test_a_server_that_hangs_is_not_waited_for_to_say_good_bye(settings):
    with RawServer() as server:
        server.said = b"220 hello\r\n"
        office = backend(server.port)
        office.open()
        began = time.monotonic()
        office.close()

    assert time.monotonic() - began < 3
