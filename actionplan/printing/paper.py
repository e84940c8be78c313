"""The plan as PDF: PDF/UA-1 and PDF/A-2a by typst's own checks."""

from collections.abc import Mapping
from datetime import datetime

from actionplan.printing.cover import Cover
from actionplan.printing.document import Record, document
from in4green.common.documents import pdf
from in4green.livetext.paper import named

PATIENCE = 120.0  # seconds; the largest plan that was measured takes two


def as_pdf(whole: Record, cover: Cover, pictures: Mapping[str, bytes], at: datetime) -> bytes:
    """Raises Unprintable."""
    shown, files = named(dict(pictures))
    made = document(whole, shown)
    drawings = {name: drawing.encode() for name, drawing in made.drawings.items()}
    return pdf(
        "documents/plan.typ",
        {**cover.as_data(), "blocks": made.blocks},
        title=whole["title"],
        language=whole["language"],
        images={**files, **drawings},
        at=at,
        patience=PATIENCE,
    )
