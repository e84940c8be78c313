"""How often a text's news are sent: at a rate, and never so often that nothing else gets done."""

import asyncio
import time

from in4green.livetext.live.throttle import Load, Throttle
from tests.support.loops import run

SLOW = 0.01  # seconds


def calls_within(seconds: float, rate: int, *, lasting: float = 0.0) -> int:
    calls = 0

    def act() -> None:
        nonlocal calls
        calls += 1
        time.sleep(lasting)  # as sending to hundreds of people does: the loop is busy

    async def ask_all_the_time() -> None:
        throttle = Throttle(lambda: rate, act)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            throttle.ask()
            await asyncio.sleep(0)

    run(ask_all_the_time())
    return calls


def test_calls_keep_to_the_rate_after_a_burst():
    assert calls_within(0.5, 100) <= 10 + 50 + 1


def test_slow_calls_leave_the_loop_most_of_its_time():
    without_rest = 0.5 / SLOW

    assert 1 < calls_within(0.5, 10_000, lasting=SLOW) < without_rest / 2


def test_one_busy_second_is_no_load_and_two_are():
    load = Load()
    seen = []
    for share in (0.9, 0.1, 0.8, 0.7, 0.2):
        load.note(share)
        seen.append(load.lasting)

    assert seen == [0.0, 0.1, 0.1, 0.7, 0.2]
