"""Only processes that are ours are taken for leftovers."""

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from portal import records


@pytest.fixture
def process() -> Iterator[subprocess.Popen[bytes]]:
    running = subprocess.Popen(["sleep", "60"], process_group=0)
    yield running
    running.kill()
    running.wait()


def test_a_process_that_still_runs_is_found_and_ended(tmp_path, process):
    records.remember(tmp_path, "web", process.pid)

    assert records.end_leftovers(tmp_path, "web", signal.SIGTERM, patience=5)

    assert not psutil.pid_exists(process.pid)
    assert records.leftovers(tmp_path, "web") == []


def test_a_frozen_process_is_killed(tmp_path, process):
    records.remember(tmp_path, "web", process.pid)
    process.send_signal(signal.SIGSTOP)

    assert records.end_leftovers(tmp_path, "web", signal.SIGTERM, patience=0.1)

    assert not psutil.pid_exists(process.pid)


def test_a_number_that_belongs_to_somebody_else_by_now_is_left_alone(tmp_path, process):
    began = psutil.Process(process.pid).create_time() - 60
    (tmp_path / "web.json").write_text(json.dumps([process.pid, began]))

    assert not records.end_leftovers(tmp_path, "web", signal.SIGTERM, patience=1)

    assert process.poll() is None


@pytest.mark.parametrize("content", ["", "[1", '{"pid": 1}', "nonsense"])
def test_a_record_cut_short_by_a_full_disk_names_nobody(tmp_path: Path, content):
    (tmp_path / "web.json").write_text(content)

    assert records.leftovers(tmp_path, "web") == []


def test_a_process_never_remembered_is_nobody(tmp_path):
    assert not records.end_leftovers(tmp_path, "web", signal.SIGTERM, patience=1)
