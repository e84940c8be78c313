"""What a page with the editor says before a script runs."""

import pytest
from django.conf import settings
from django.utils.safestring import SafeString

from groups.models import User
from in4green.livetext.archive.reading import Read
from in4green.livetext.editor import Editor
from in4green.livetext.models import LiveText
from in4green.livetext.owners import Access

THIRD = settings.LIVETEXT["STATE_BYTES"] // 3


@pytest.mark.parametrize(
    ("access", "size", "told"),
    [
        (Access.WRITE, THIRD + 1, True),
        (Access.WRITE, THIRD, False),
        (Access.SUGGEST, THIRD + 1, False),
    ],
)
def test_who_writes_is_told_that_a_text_has_become_long(access: Access, size: int, told: bool):
    said = Read({"type": "doc"}, size)
    editor = Editor(LiveText(), User(), access, label="", html=SafeString(""), said=said)

    assert editor.is_long is told
