"""Plain frames are heard without the library, and everything is heard as it would hear it."""

import itertools

import pytest
from websockets.client import ClientProtocol
from websockets.frames import CloseCode, Frame, Opcode
from websockets.protocol import State
from websockets.server import ServerProtocol
from websockets.uri import parse_uri

from in4green.livetext.live.frames import Frames, is_between_frames

LIMIT = 65536
TEXT, BINARY, CONTINUED = Opcode.TEXT, Opcode.BINARY, Opcode.CONT
PLAIN = [b"", b"\x00", b"a" * 125, b"b" * 126, b"c" * 40_000, b"d" * 65_535]


def connected():
    """The library's two sides, after their greeting."""
    client = ClientProtocol(parse_uri("ws://localhost/"))
    server = ServerProtocol(max_size=LIMIT)
    client.send_request(client.connect())
    server.receive_data(b"".join(client.data_to_send()))
    [request] = server.events_received()
    server.send_response(server.accept(request))
    client.receive_data(b"".join(server.data_to_send()))
    client.events_received()
    return client, server


def masked(opcode, data, fin=True):
    return Frame(opcode, data, fin).serialize(mask=True)


def messages(library):
    """Of the frames that it has read; what is no message is left out."""
    return [bytes(e.data) for e in library.events_received() if e.opcode in (BINARY, CONTINUED)]


class Heard:
    """A server's side with the shortcut; ``directly`` is what the library never saw."""

    def __init__(self):
        self.library = connected()[1]
        self.messages = []
        self.directly = 0
        self.frames = Frames(self.library, self.pass_on, self.hear)

    def pass_on(self, data):
        self.library.receive_data(data)
        self.messages += messages(self.library)

    def hear(self, message):
        self.directly += 1
        self.messages.append(message)


def both_ways(stream, cuts=()):
    """Read in pieces that are cut at these places; asserts that both ways agree."""
    heard, alone = Heard(), connected()[1]
    places = [0, *sorted(cuts), len(stream)]
    for start, end in itertools.pairwise(places):
        heard.frames.read(stream[start:end])
        alone.receive_data(stream[start:end])
    assert heard.messages == messages(alone)
    assert heard.library.state == alone.state
    assert heard.library.close_code == alone.close_code
    assert heard.library.data_to_send() == alone.data_to_send()
    return heard


def test_plain_messages_are_heard_without_the_library():
    heard = both_ways(b"".join(masked(BINARY, message) for message in PLAIN))

    assert heard.messages == PLAIN
    assert heard.directly == len(PLAIN)


@pytest.mark.parametrize(
    "odd",
    [
        masked(Opcode.PING, b"there?"),
        masked(Opcode.PONG, b""),
        masked(BINARY, b"in ", fin=False) + masked(CONTINUED, b"parts"),
        masked(BINARY, b"in ", fin=False) + masked(Opcode.PING, b"") + masked(CONTINUED, b"parts"),
        masked(TEXT, "Wörter".encode()),
        masked(BINARY, b"e" * 65_536),
    ],
    ids=["ping", "pong", "in parts", "parts with a ping between them", "text", "long"],
)
def test_what_is_allowed_and_not_plain_stands_between_plain_messages(odd):
    heard = both_ways(masked(BINARY, b"one") + odd + masked(BINARY, b"two"))

    assert heard.messages[0] == b"one"
    assert heard.messages[-1] == b"two"
    assert heard.library.state is State.OPEN


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (Frame(BINARY, b"not masked").serialize(mask=False), CloseCode.PROTOCOL_ERROR),
        (b"\x82\x00", CloseCode.PROTOCOL_ERROR),
        (b"\xc2" + masked(BINARY, b"a reserved bit")[1:], CloseCode.PROTOCOL_ERROR),
        (b"\x83" + masked(BINARY, b"a kind that nobody knows")[1:], CloseCode.PROTOCOL_ERROR),
        (masked(CONTINUED, b"of nothing"), CloseCode.PROTOCOL_ERROR),
        (masked(BINARY, b"a", fin=False) + masked(BINARY, b"b"), CloseCode.PROTOCOL_ERROR),
        (masked(BINARY, b"f" * 65_537), CloseCode.MESSAGE_TOO_BIG),
        (b"\x82\xff" + b"\x7f" * 12, CloseCode.MESSAGE_TOO_BIG),
    ],
    ids=[
        "not masked",
        "only a head",
        "reserved bit",
        "unknown kind",
        "part of nothing",
        "a message within another",
        "too long",
        "much too long",
    ],
)
def test_what_is_not_allowed_ends_the_connection_as_before(wrong, code):
    heard = both_ways(masked(BINARY, b"one") + wrong + masked(BINARY, b"too late"))

    assert heard.messages == [b"one"] or heard.messages == [b"one", b"a"]
    assert heard.library.close_sent.code == code


def test_nothing_is_heard_after_a_goodbye():
    goodbye = masked(Opcode.CLOSE, (1000).to_bytes(2, "big"))

    heard = both_ways(masked(BINARY, b"one") + goodbye + masked(BINARY, b"too late"))

    assert heard.messages == [b"one"]


def test_it_does_not_matter_where_the_network_cuts():
    stream = b"".join(
        [masked(BINARY, b"one"), masked(Opcode.PING, b"!"), masked(BINARY, b"2" * 200),
         masked(BINARY, b"in ", fin=False), masked(CONTINUED, b"parts"), masked(BINARY, b"end")]
    )  # fmt: skip

    both_ways(stream, range(1, len(stream)))
    for first, second in itertools.combinations(range(1, len(stream), 13), 2):
        both_ways(stream, (first, second))


def test_the_library_reads_on_where_it_stands_within_a_frame():
    heard = Heard()
    frame = masked(BINARY, b"begun before")
    heard.library.receive_data(frame[:7])

    assert not is_between_frames(heard.library)
    late = Frames(heard.library, heard.pass_on, heard.hear)
    late.read(frame[7:] + masked(BINARY, b"next"))

    assert heard.messages == [b"begun before", b"next"]
    assert heard.directly == 0
