"""Event loops for tests: in a thread, because Playwright's own loop may run in this one."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import connection

Result = TypeVar("Result")


def run(work: Coroutine[Any, Any, Any]) -> Any:
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def beside(ask: Callable[..., Result], *arguments: Any) -> Result:
    """A question to Django's database from within a loop, in a thread of its own."""

    def run() -> Result:
        try:
            return ask(*arguments)
        finally:
            connection.close()

    return await asyncio.to_thread(run)
