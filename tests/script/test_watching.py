"""Changed files ask for what they need and no more."""

import pytest
import watchfiles

from portal import frontend
from portal.paths import ROOT
from portal.watching import Changed, is_source, watched


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("groups/models/people.py", {"code"}),
        ("templates/base.html", {"code"}),
        ("locale/de/LC_MESSAGES/django.po", {"code", "translations"}),
        ("frontend/styles/main.scss", {"frontend"}),
        ("frontend/build.mjs", {"frontend"}),
    ],
)
def test_what_a_changed_file_asks_for(name, asked):
    changed = Changed(frozenset([ROOT / name]))

    kinds = {"code", "frontend", "translations"}
    assert {kind for kind in kinds if getattr(changed, kind)} == asked


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("groups/tasks.py", True),
        ("frontend/styles/_page.scss", True),
        ("locale/de/LC_MESSAGES/django.mo", False),
        ("groups/__pycache__/tasks.cpython-311.pyc", False),
        ("groups/.tasks.py.swp", False),
    ],
)
def test_what_counts_as_a_source(name, counts):
    assert is_source(watchfiles.Change.modified, str(ROOT / name)) is counts


def test_what_the_portal_itself_writes_is_not_watched():
    folders = set(watched())

    assert {ROOT / "groups", ROOT / "in4green", ROOT / "templates", ROOT / "locale"} <= folders
    assert not folders & {ROOT / "var", ROOT / "static", ROOT / ".venv", frontend.MODULES}


def test_a_frontend_source_that_changed_or_was_renamed_is_built_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(frontend, "SOURCES", tmp_path)
    (tmp_path / "a.scss").write_text("a")
    (tmp_path / "node_modules").mkdir()
    seen = {frontend.fingerprint()}

    (tmp_path / "node_modules" / "b.js").write_text("b")
    assert frontend.fingerprint() in seen

    (tmp_path / "a.scss").write_text("b")
    seen.add(frontend.fingerprint())
    (tmp_path / "a.scss").rename(tmp_path / "b.scss")
    seen.add(frontend.fingerprint())
    assert len(seen) == 3
