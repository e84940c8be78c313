"""A task for the worker of ``test_worker_memory``, which loads this module by ``--include``."""

from celery import shared_task

MEGABYTES = 200


@shared_task
def swell() -> None:
    bytearray(b"x") * (MEGABYTES * 2**20)
