"""Pictures to try things with: plainly drawn, so that nobody takes one for a photograph."""

import io
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFont

from in4green.common.documents.fonts import FOLDER

Pen = ImageDraw.ImageDraw
SIZE = (900, 600)
FINER = 1.5  # for one unit of a scene, of which there are 1200 by 800; made smaller: smooth edges
SKY, GROUND, DARK, GREEN = "#EAF1EE", "#D5DEDC", "#1C262B", "#0E6B4C"
STEEL, EMBER, PAPER = "#7A8A91", "#B4430F", "#FFFFFF"


def draw(scene: Callable[[Pen], None]) -> bytes:
    """As a JPEG file."""
    paper = Image.new("RGB", (SIZE[0] * 2, SIZE[1] * 2), SKY)
    scene(ImageDraw.Draw(paper))
    target = io.BytesIO()
    paper.resize(SIZE, Image.Resampling.BOX).save(target, "JPEG", quality=88)
    return target.getvalue()


def _fine(*numbers: float) -> list[float]:
    return [number * FINER for number in numbers]


def _box(pen: Pen, *corners: float, fill: str) -> None:
    pen.rectangle(_fine(*corners), fill=fill)


def _line(pen: Pen, *points: float, fill: str, width: int = 10) -> None:
    pen.line(_fine(*points), fill=fill, width=round(width * FINER), joint="curve")


def _say(pen: Pen, x: float, y: float, words: str, *, fill: str = DARK, size: int = 36) -> None:
    font = ImageFont.truetype(str(FOLDER / "SourceSans3[wght].ttf"), size * FINER)
    font.set_variation_by_axes([600])
    pen.text((x * FINER, y * FINER), words, fill=fill, font=font, anchor="mm")


def heating_plant(pen: Pen) -> None:
    """A plant with its chimney, a pipe in the ground, houses that it warms."""
    _box(pen, 0, 600, 1200, 800, fill=GROUND)
    _box(pen, 110, 380, 470, 600, fill=STEEL)
    _box(pen, 400, 130, 450, 600, fill=DARK)
    for x, y, size in ((425, 105, 26), (462, 72, 36), (516, 40, 48)):
        pen.ellipse(_fine(x - size, y - size, x + size, y + size), fill=PAPER)
    _box(pen, 150, 500, 230, 600, fill=EMBER)
    for x in (700, 850, 1000):
        _box(pen, x, 480, x + 110, 600, fill=PAPER)
        pen.polygon(_fine(x - 14, 480, x + 55, 410, x + 124, 480), fill=GREEN)
        _box(pen, x + 40, 535, x + 70, 600, fill=DARK)
        _line(pen, x + 55, 600, x + 55, 680, fill=EMBER)
    _line(pen, 190, 600, 190, 680, 1055, 680, fill=EMBER)
    _say(pen, 265, 440, "Verbrennung", fill=PAPER)
    _say(pen, 620, 735, "Fernwärme: eine Leitung zu den Häusern")


def from_waste_to_heat(pen: Pen) -> None:
    """Four steps, one below the other, the last of two."""
    steps = [(600, "Restmüll", STEEL), (600, "Feuer", EMBER), (600, "Dampf", DARK)]
    for number, (x, words, fill) in enumerate(steps):
        y = 50 + number * 185
        _step(pen, x, y, words, fill)
        _line(pen, 600, y + 110, 600, y + 185, fill=DARK, width=6)
    _line(pen, 330, 640, 330, 605, 870, 605, 870, 640, fill=DARK, width=6)
    _step(pen, 330, 640, "Strom", GREEN)
    _step(pen, 870, 640, "Fernwärme", GREEN)


def _step(pen: Pen, x: float, y: float, words: str, fill: str) -> None:
    _box(pen, x - 190, y, x + 190, y + 110, fill=fill)
    _say(pen, x, y + 52, words, fill=PAPER, size=44)


def table_with_cards(pen: Pen) -> None:
    """Seen from above, with nobody around it."""
    pen.rounded_rectangle(_fine(180, 150, 1020, 650), 40 * FINER, fill=STEEL)
    for number in range(8):
        x, y = 270 + number % 4 * 180, 220 + number // 4 * 210
        _box(pen, x, y, x + 120, y + 150, fill=PAPER)
        for line in range(3):
            _line(pen, x + 18, y + 36 + line * 36, x + 102, y + 36 + line * 36, fill=GROUND)
        _box(pen, x, y, x + 120, y + 12, fill=EMBER if number == 5 else GREEN)


def two_people(pen: Pen) -> None:
    """Heads and shoulders, without faces."""
    _box(pen, 0, 640, 1200, 800, fill=GROUND)
    for x, fill in ((430, GREEN), (770, STEEL)):
        pen.ellipse(_fine(x - 85, 190, x + 85, 360), fill=DARK)
        pen.pieslice(_fine(x - 170, 390, x + 170, 900), 180, 360, fill=fill)
    _say(pen, 600, 720, "Zwei gezeichnete Personen")
