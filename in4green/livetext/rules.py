"""Who may take part in the talk beside a text."""

from typing import Any

from in4green.livetext.models import LiveText
from in4green.livetext.owners import Access, access, owner_of


def may_read_comments(user: Any, text: LiveText) -> bool:
    """Members, and who may comment: not everybody who may read a public text."""
    level = access(user, text)
    if level >= Access.COMMENT:
        return True
    return level >= Access.READ and owner_of(text).members(text).filter(pk=user.pk).exists()


def may_comment(user: Any, text: LiveText) -> bool:
    return access(user, text) >= Access.COMMENT
