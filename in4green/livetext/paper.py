"""Pictures of texts on paper: small enough to be kept, on white, in one format."""

import io
from collections.abc import Iterable
from typing import Any

from PIL import Image

from in4green.livetext.content.blocks import Picture
from in4green.livetext.content.tree import Content, from_json, walk

LARGEST = (1400, 1400)  # pixels of a picture: sharp on a page, and 200 of them still fit
PIXELS_OF_A_LINE = 1000  # a picture of fewer is shown smaller


def addresses_in(contents: Iterable[Content]) -> set[str]:
    """Where the pictures of these texts come from."""
    nodes = (node for content in contents for node in walk(from_json(content)))
    return {str(node.attributes["src"]) for node in nodes if node.name == "image"}


def smaller(file: Any) -> bytes:
    """As JPEG; nothing where the file is no longer there."""
    try:
        with file.open("rb") as opened, Image.open(opened) as picture:
            picture.thumbnail(LARGEST)
            paper = Image.new("RGB", picture.size, "white")
            shape = picture.convert("RGBA")
            paper.paste(shape, mask=shape.getchannel("A"))
    except FileNotFoundError:
        return b""
    made = io.BytesIO()
    paper.save(made, "JPEG", quality=85)
    return made.getvalue()


def named(pictures: dict[str, bytes]) -> tuple[dict[str, Picture], dict[str, bytes]]:
    """For a document: what stands at each address, and the files by their names in it."""
    names = {address: f"picture-{n}.jpg" for n, address in enumerate(pictures)}
    shown = {
        address: Picture(f"/{names[address]}", width(made)) for address, made in pictures.items()
    }
    return shown, {names[address]: made for address, made in pictures.items()}


def width(made: bytes) -> int:
    """Per cent of the line."""
    with Image.open(io.BytesIO(made)) as picture:
        return max(10, min(100, picture.width * 100 // PIXELS_OF_A_LINE))
