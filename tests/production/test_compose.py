"""The files for production agree with the Procfile, each other and the published schema."""

import json
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
import redis
import yaml
from jsonschema import Draft7Validator

from portal import procfile, valkey
from portal.paths import ROOT
from portal.ports import free_port
from tests.support.waiting import wait_for

HERE = Path(__file__).parent
PROCESSES = procfile.read(ROOT / "Procfile")


def interpolated(value):
    """What Compose makes of ``$$``; our commands use no variable of the host."""
    assert not re.search(r"(?<!\$)\$(?![\$])", value), f"{value!r} is filled in on the host"
    return value.replace("$$", "$")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


@pytest.fixture(scope="module")
def services(compose):
    return compose["services"]


def test_the_file_follows_the_published_schema(compose):
    """compose-spec.schema.json is the Compose Specification's own, see compose-spec.LICENSE."""
    schema = json.loads((HERE / "compose-spec.schema.json").read_text())
    errors = [error.message for error in Draft7Validator(schema).iter_errors(compose)]
    assert errors == []
    broken = {**compose, "services": {"web": {"imaeg": "x"}}}
    assert list(Draft7Validator(schema).iter_errors(broken))


@pytest.mark.parametrize("name", PROCESSES)
def test_every_process_of_the_procfile_runs_by_the_same_command(services, name):
    shell, option, command = services[name]["command"]
    assert (shell, option) == ("sh", "-c")
    assert interpolated(command) == f"exec {PROCESSES[name]}"


def test_what_sends_mails_leaves_the_processor_to_the_pages(services):
    """By ``nice`` among processes, by shares among containers, which don't heed it."""
    polite = {name for name, line in PROCESSES.items() if line.startswith("nice -n 10 ")}
    assert polite == {"worker", "relay"}
    assert {name: s["cpu_shares"] for name, s in services.items() if "cpu_shares" in s} == {
        "worker": 128,  # of the usual 1024
        "relay": 128,
    }


def test_the_image_starts_web_by_itself_with_the_same_command():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    [command] = [line for line in lines if line.startswith("CMD ")]
    assert json.loads(command[4:]) == ["sh", "-c", f"exec {PROCESSES['web']}"]


def test_there_is_nothing_else_of_ours(services):
    ours = {name for name, service in services.items() if "build" in service}
    assert ours == {*PROCESSES, "setup"}


def test_only_caddy_is_reached_from_outside(services):
    assert [name for name, service in services.items() if "ports" in service] == ["caddy"]


def test_only_caddy_web_and_live_share_the_network_whose_headers_are_believed(compose, services):
    [front] = compose["networks"]["front"]["ipam"]["config"]
    assert services["web"]["environment"]["TRUSTED_PROXIES"] == front["subnet"]
    inside = {name for name, service in services.items() if "front" in service["networks"]}
    assert inside == {"web", "live", "caddy"}


def test_the_services_with_data_have_no_way_out(compose, services):
    assert compose["networks"]["data"]["internal"]
    for name in ("database", "valkey", "web", "live", "beat", "setup"):
        assert not {"outside"} & set(services[name]["networks"])


def test_every_secret_is_a_file_that_a_service_uses(compose, services):
    used = {secret for service in services.values() for secret in service.get("secrets", ())}
    assert used == compose["secrets"].keys()
    for secret in compose["secrets"].values():
        assert secret["file"].startswith("secrets/")
    for service in services.values():
        for name, value in service.get("environment", {}).items():
            if str(value).startswith("/run/secrets/"):
                assert name.endswith("_FILE")
                assert value.removeprefix("/run/secrets/") in service["secrets"]


def test_services_come_back_after_a_crash_and_say_how_they_are(services):
    for name, service in services.items():
        if name == "setup":
            assert service["restart"] == "no"
        else:
            assert service["restart"] == "unless-stopped"
            assert "limits" in service["deploy"]["resources"]
    for name in ("live", "worker", "database", "valkey", "caddy"):
        assert services[name]["healthcheck"]["test"]
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()


def test_the_set_up_is_over_before_anything_of_ours_begins(services):
    for name in PROCESSES:
        assert services[name]["depends_on"] == {
            "setup": {"condition": "service_completed_successfully"}
        }
    assert services["setup"]["depends_on"] == {"database": {"condition": "service_healthy"}}


def test_images_are_pinned(services):
    for service in services.values():
        if "build" not in service:
            assert re.fullmatch(r"[a-z/]+:\d[\w.]*-\w+", service["image"])
    for line in (ROOT / "Dockerfile").read_text().splitlines():
        if line.startswith("FROM "):
            assert re.match(r"FROM (node|python):\d[\d.]*-", line)


def test_the_image_runs_as_nobody_in_particular_and_writes_nothing(services):
    text = (ROOT / "Dockerfile").read_text()
    assert "USER 10001:10001" in text
    for name in PROCESSES:
        assert services[name]["read_only"]
        assert services[name]["cap_drop"] == ["ALL"]


def test_everything_the_image_copies_is_let_in_and_exists():
    text = (ROOT / "Dockerfile").read_text()
    allowed = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    copied = set()
    for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.M):
        *sources, _target = shlex.split(line)
        copied |= {source.split("/")[0] for source in sources}
        assert all((ROOT / source).exists() for source in sources)
    assert copied == allowed


def test_every_variable_of_the_settings_stands_in_the_operator_s_table():
    parts = (*ROOT.glob("*/configuration.py"), *ROOT.glob("in4green/*/configuration.py"))
    settings = "".join(file.read_text() for file in (ROOT / "in4green" / "settings.py", *parts))
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))
    table = (ROOT / "docs" / "operations.md").read_text()
    listed = set(re.findall(r"`([A-Z][A-Z_]+)`", table))
    assert read - listed == set()


def test_valkey_starts_with_a_password_and_keeps_what_it_was_told(services, tmp_path):
    """The very command, with folders of this test instead of the container's."""
    (tmp_path / "data").mkdir()
    (tmp_path / "valkey_password").write_text("a-secret")
    (tmp_path / "valkey-server").symlink_to(valkey.server_binary())
    port = free_port()
    shell, option, script = services["valkey"]["command"]
    script = interpolated(script).replace("/run/secrets", str(tmp_path))
    script = script.replace("dir /data", f"dir {tmp_path / 'data'}\nport {port}")

    process = subprocess.Popen(
        [shell, option, script], env={"PATH": f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin"}
    )
    try:
        wait_for(lambda: valkey.answers(port, "a-secret"))
        with redis.Redis(port=port, password="a-secret") as connection:
            settings = connection.config_get("append*")
            settings |= connection.config_get("maxmemory*")
        with redis.Redis(port=port) as stranger, pytest.raises(redis.AuthenticationError):
            stranger.ping()
    finally:
        process.terminate()
        assert process.wait(10) == 0
    assert (settings["appendonly"], settings["appendfsync"]) == ("yes", "everysec")
    assert settings["maxmemory-policy"] == "noeviction"
