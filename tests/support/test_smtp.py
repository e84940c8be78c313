"""The SMTP server of the tests does what the tests of the outbox rely on."""

import smtplib
import threading
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from tests.support.smtp import SmtpServer


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    server = SmtpServer()
    server.start()
    yield server
    server.stop()


def mail(*recipients: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "portal@example.org", ", ".join(recipients)
    message["Subject"], message["Message-ID"] = "Grüße", "<7@example.org>"
    message.set_content("Guten Tag, schön.")
    return message


def send(server: SmtpServer, *recipients: str, timeout: float = 5) -> dict[str, tuple[int, bytes]]:
    with smtplib.SMTP(server.host, server.port, timeout=timeout) as client:
        return client.send_message(mail(*recipients))


def test_a_message_arrives_as_it_was_sent(server):
    send(server, "anna@example.org")

    [received] = server.wait_for_messages(1)
    assert received.recipients == ["anna@example.org"]
    assert received.subject == "Grüße"
    assert received.message_id == "<7@example.org>"
    assert received.text == "Guten Tag, schön.\n"


@pytest.mark.parametrize(
    ("at", "error"),
    [
        ("MAIL", smtplib.SMTPSenderRefused),
        ("RCPT", smtplib.SMTPRecipientsRefused),
        ("DATA", smtplib.SMTPDataError),
    ],
)
def test_a_refusal_comes_where_it_was_ordered_and_ends_when_it_behaves(server, at, error):
    server.refuse("451 later, please", at=at)
    with pytest.raises(error):
        send(server, "anna@example.org")

    server.behave()
    send(server, "anna@example.org")

    assert len(server.messages) == 1


def test_one_recipient_can_be_refused_alone(server):
    server.refuse("550 unknown", at="RCPT", recipients={"gone@example.org"})

    refused = send(server, "anna@example.org", "gone@example.org")

    assert refused == {"gone@example.org": (550, b"unknown")}
    assert server.messages[0].recipients == ["anna@example.org"]


def test_a_hanging_server_has_the_message_and_never_replies(server):
    server.hang_after_data()
    failures: list[Exception] = []

    def patient_client() -> None:
        try:
            send(server, "anna@example.org", timeout=30)
        except smtplib.SMTPException as error:
            failures.append(error)

    client = threading.Thread(target=patient_client)
    client.start()
    server.wait_for_hang()
    assert client.is_alive()
    server.stop()
    client.join(5)

    assert [type(failure) for failure in failures] == [smtplib.SMTPServerDisconnected]
    assert len(server.messages) == 1


def test_a_stopped_server_refuses_connections_and_comes_back_on_its_port(server):
    server.stop()
    with pytest.raises(ConnectionRefusedError):
        send(server, "anna@example.org")

    server.start()
    send(server, "anna@example.org")

    assert len(server.messages) == 1
