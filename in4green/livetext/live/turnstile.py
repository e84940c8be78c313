"""Those who come while others are being asked for are asked for together, as updates are committed.

After a restart everybody comes back at once; one by one they would wait for each other's queries.
"""

import asyncio

from in4green.livetext.live.doors import Asked, Visited, in_thread, let_in

AT_ONCE = 50  # who comes first doesn't wait for the last of a crowd


class Turnstile:
    def __init__(self) -> None:
        self._waiting: list[tuple[Asked, asyncio.Future[Visited]]] = []
        self._working: asyncio.Task[None] | None = None

    async def pass_through(self, asked: Asked) -> Visited:
        """Nothing older than this call decides. Raises TurnedAway and psycopg.OperationalError."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Visited] = loop.create_future()
        self._waiting.append((asked, answer))
        if self._working is None:
            self._working = loop.create_task(self._work())
        return await answer

    async def _work(self) -> None:
        try:
            while self._waiting:
                now, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
                answers = await answers_to([asked for asked, _ in now])
                for (_, future), answer in zip(now, answers, strict=True):
                    tell(future, answer)
        finally:
            self._working = None


async def answers_to(asked: list[Asked]) -> list[Visited | Exception]:
    try:
        return await in_thread(let_in, asked)
    except Exception as error:
        return [error] * len(asked)


def tell(future: "asyncio.Future[Visited]", answer: Visited | Exception) -> None:
    if future.done():  # who has left meanwhile waits no longer
        return
    if isinstance(answer, Exception):
        future.set_exception(answer)
    else:
        future.set_result(answer)
