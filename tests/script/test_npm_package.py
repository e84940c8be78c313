"""What the tests take from the npm registry is exactly what was reviewed."""

import base64
import hashlib
import tarfile
from pathlib import Path

import pytest

from portal import axe, npm_package
from portal.errors import Refusal
from portal.npm_package import NpmPackage


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "rules.js").write_text("rules")
    path = tmp_path / "rules-1.0.tgz"
    with tarfile.open(path, "w:gz") as packed:
        packed.add(tmp_path / "rules.js", "package/dist/rules.js")
    return path


def package(archive: Path) -> NpmPackage:
    digest = hashlib.sha512(archive.read_bytes()).digest()
    return NpmPackage("rules", "1.0", base64.b64encode(digest).decode())


def test_the_reviewed_archive_is_used(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(npm_package, "CACHE", tmp_path)
    reviewed = package(archive)
    reviewed.verify(archive)

    reviewed.unpack(tmp_path / "out", "dist/rules.js")

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["rules.js"]
    assert (tmp_path / "out" / "rules.js").read_text() == "rules"


def test_another_archive_of_the_same_name_is_refused_and_not_kept(archive):
    reviewed = package(archive)
    archive.write_bytes(archive.read_bytes() + b"\0")

    with pytest.raises(Refusal, match=r"^rules 1\.0 is not the one that was reviewed: not used\.$"):
        reviewed.verify(archive)
    assert not archive.exists()


def test_the_rules_of_these_tests_are_those_of_the_pinned_version():
    assert f"axe v{axe.PACKAGE.version}" in axe.script().read_text()[:200]
