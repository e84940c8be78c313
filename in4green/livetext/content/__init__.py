"""Texts as people read and type them: ProseMirror's JSON, HTML, plain lines, differences."""
