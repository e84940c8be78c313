"""LibreOffice for the tests: there, or unpacked from Debian's packages and told its place."""

from pathlib import Path

import pytest

from portal import libreoffice
from portal.errors import Refusal


def program(path: Path, code: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{code}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Nothing is on it but what a test puts there."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("SOFFICE", raising=False)
    monkeypatch.setattr(libreoffice, "MAC", tmp_path / "mac")
    return tmp_path


def test_the_one_that_is_named_is_taken(machine, monkeypatch):
    monkeypatch.setenv("SOFFICE", "/opt/office/soffice")

    assert libreoffice.office().program == Path("/opt/office/soffice")


def test_the_machines_own_is_taken_if_it_starts(machine):
    program(machine / "bin" / "soffice", "exit 1")
    mac = program(machine / "mac", 'test "$1" = --version')

    assert libreoffice.office().program == mac


def test_without_debians_programs_a_sentence_says_what_to_install(machine):
    with pytest.raises(Refusal, match=r"^The tests of Word .* need LibreOffice: install it .*\.$"):
        libreoffice.office()


def test_packages_are_verified_and_unpacked_by_debians_programs(machine, monkeypatch):
    """These stand for them: no test downloads a hundred megabytes."""
    var = machine / "var"
    monkeypatch.setattr(libreoffice, "VAR", var)
    monkeypatch.setattr(libreoffice, "CACHE", var / "cache")
    monkeypatch.setattr(libreoffice, "RUN", var / "run")
    program(machine / "bin" / "sh", "").unlink()
    (machine / "bin" / "sh").symlink_to("/bin/sh")
    asked = machine / "asked"
    program(
        machine / "bin" / "apt-get",
        f'echo "$@" >> {asked}\n: > {var}/cache/apt/archives/office.deb',
    )
    inside = "usr/lib/libreoffice/program"
    program(
        machine / "bin" / "dpkg-deb",
        f'PATH=/bin:/usr/bin; mkdir -p "$3/{inside}" "$3/usr/lib/libreoffice/share/.registry"\n'
        f'printf "#!/bin/sh\\n" > "$3/{inside}/soffice"; chmod +x "$3/{inside}/soffice"\n'
        f"echo A=file:///usr/lib/libreoffice B=file:///etc/libreoffice/registry"
        f' > "$3/{inside}/officerc"',
    )

    found = libreoffice.office()
    again = libreoffice.office()

    home = found.program.parents[4]
    assert home.parent == var
    assert found == again
    assert [line.split()[-1] for line in asked.read_text().splitlines()] == [
        "--error-on=any", libreoffice.PACKAGE,
    ]  # fmt: skip
    rc = (home / inside / "officerc").read_text()
    assert rc == "A=${ORIGIN}/.. B=${ORIGIN}/../share/registry\n"
    assert (home / "usr/lib/libreoffice/share/registry").resolve().name == ".registry"
    assert str(home) in (home / "fonts.conf").read_text()
    assert not (var / "cache" / "apt").exists()


def test_settings_that_lie_below_etc_are_found_beside_the_others(tmp_path):
    """As Debian 13 packs them; the packages above are like those of Debian 12."""
    share = tmp_path / libreoffice.INSIDE / "share"
    for folder in (".registry", "registry"):
        (share / folder).mkdir(parents=True)
    (share / ".registry" / "main.xcd").write_text("main")
    (share / "registry" / "main.xcd").symlink_to("/etc/libreoffice/registry/main.xcd")
    (share / "registry" / "writer.xcd").write_text("writer")

    libreoffice.relocate(tmp_path)

    assert (share / "registry" / "main.xcd").read_text() == "main"
    assert (share / "registry" / "writer.xcd").read_text() == "writer"
