"""``{% talk editor as talk %}``: the comments for the margin of an editor."""

from django import template

from in4green.livetext.discussion.talk import Talk
from in4green.livetext.editor import Editor
from in4green.livetext.rules import may_read_comments

register = template.Library()


@register.simple_tag
def talk(editor: Editor) -> Talk | None:
    """None for who may read the text but not the talk about it."""
    if not may_read_comments(editor.user, editor.text):
        return None
    return Talk(editor.text, editor.user, content=editor.said.content)
