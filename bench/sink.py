"""``python -m bench.sink PORT FILE``: takes every mail and notes its recipient, one a line."""

import asyncio
import sys
from typing import IO

from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    def __init__(self, notes: IO[str]) -> None:
        self.notes = notes

    async def handle_DATA(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.notes.writelines(f"{address}\n" for address in envelope.rcpt_tos)
        return "250 OK"


async def serve(port: int, notes: IO[str]) -> None:
    sink = Sink(notes)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(sink, hostname="localhost", enable_SMTPUTF8=True), "127.0.0.1", port
    )
    await server.serve_forever()


if __name__ == "__main__":
    with open(sys.argv[2], "a", buffering=1) as file:  # noqa: PTH123 (line by line)
        asyncio.run(serve(int(sys.argv[1]), file))
