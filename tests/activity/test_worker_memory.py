"""What a large document took is given back: the machine of a city is a small one."""

import psutil
import pytest

from in4green.celery import app
from tests.support.waiting import wait_for


@pytest.mark.chaos
@pytest.mark.django_db(transaction=True)
def test_a_worker_swollen_by_a_large_task_is_replaced_by_a_fresh_one(spawn, valkey):
    worker = spawn.worker("--include=tests.activity.greed")
    worker.wait_for_output(" ready.")
    (before,) = psutil.Process(worker.pid).children()

    with app.connection_for_write(valkey.url) as connection:
        app.send_task("tests.activity.greed.swell", connection=connection)

    worker.wait_for_output("greed.swell[")
    wait_for(lambda: [now for now in psutil.Process(worker.pid).children() if now != before])
    wait_for(lambda: not before.is_running() or before.status() == psutil.STATUS_ZOMBIE)
