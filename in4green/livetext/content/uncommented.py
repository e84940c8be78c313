"""A text without its comments: they are of those who write, not of those who read."""

from in4green.livetext.content.tree import Content, Run, Text, from_json, overlaps, to_json, walk


def uncommented(content: Content) -> Content:
    root = from_json(content)
    for node in walk(root):
        for child in node.children:
            if isinstance(child, Text):
                child.runs = [Run(run.text, _plain(run)) for run in child.runs]
    return to_json(root)


def _plain(run: Run) -> dict[str, dict[str, object]]:
    return {key: value for key, value in run.marks.items() if not overlaps(key)}
