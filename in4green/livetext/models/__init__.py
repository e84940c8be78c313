from in4green.livetext.models.comments import Comment, CommentThread
from in4green.livetext.models.imports import TextImport
from in4green.livetext.models.log import TextClient, TextSnapshot, TextUpdate
from in4green.livetext.models.proposals import (
    ProposalDecision,
    ProposedChange,
    TextProposal,
)
from in4green.livetext.models.texts import LiveText, TextImage
from in4green.livetext.models.versions import TextVersion

__all__ = [
    "Comment",
    "CommentThread",
    "LiveText",
    "ProposalDecision",
    "ProposedChange",
    "TextClient",
    "TextImage",
    "TextImport",
    "TextProposal",
    "TextSnapshot",
    "TextUpdate",
    "TextVersion",
]
