"""The mark on documents: the ten dots in colours for white paper."""

from groups.templatetags.network import DOT, MARK_HEIGHT, MARK_WIDTH, OWN_DOT, mark_positions
from in4green.common.documents import register_mark

STEEL, HERE = "#7a8a91", "#b4430f"


def draw_mark() -> str:
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{OWN_DOT if place.is_own else DOT}"'
        f' fill="{HERE if place.is_own else STEEL}"/>'
        for place, x, y in mark_positions()
    )
    size = f"{MARK_WIDTH} {MARK_HEIGHT}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">{dots}</svg>'


register_mark(draw_mark)
