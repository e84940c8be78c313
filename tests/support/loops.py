"""Event loops for tests: in a thread, because Playwright's own loop may run in this one."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run(work: Coroutine[Any, Any, Any]) -> Any:
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, work).result()
