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
        until = time.thread_time() + lasting
        while time.thread_time() < until:  # as sending to hundreds of people does
            pass

    async def ask_all_the_time() -> None:
        throttle = Throttle(lambda: rate, act)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            throttle.ask()
            await asyncio.sleep(0)

    run(ask_all_the_time())
    return calls


def test_calls_keep_to_the_rate():
    assert 1 < calls_within(0.5, 100) <= 50 + 1


def test_what_is_asked_for_in_one_turn_is_one_call_after_it():
    heard = []

    async def ask_thrice() -> None:
        throttle = Throttle(lambda: 1000, lambda: heard.append("called"))
        for _ in range(3):
            throttle.ask()
        heard.append("turn ended")
        await asyncio.sleep(0.05)

    run(ask_thrice())

    assert heard == ["turn ended", "called"]


def test_time_in_which_the_loop_was_kept_from_running_asks_for_no_rest():
    begun: list[float] = []

    async def ask_twice() -> None:
        loop, called = asyncio.get_running_loop(), asyncio.Event()

        def act() -> None:
            begun.append(loop.time())
            if len(begun) == 1:
                time.sleep(0.3)  # as where others have the core
            called.set()

        throttle = Throttle(lambda: 1000, act)
        throttle.ask()
        await called.wait()
        throttle.ask()
        called.clear()
        await called.wait()

    run(ask_twice())

    assert begun[1] - begun[0] < 0.3 + 4 * 0.3


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
