"""The pictures of a plan's texts, small enough for paper, by their addresses in the texts."""

from typing import Any

from django.db.models import Q

from actionplan.models import EditionPicture, Plan
from actionplan.printing.document import Record
from in4green.livetext.models import TextImage
from in4green.livetext.paper import addresses_in, smaller


def of_draft(plan: Plan) -> Any:
    """Of the plan's own texts alone: an address of another group's picture shows nothing."""
    own = Q(text__section_text__section__plan=plan) | Q(text__action__plan=plan)
    return TextImage.objects.filter(own)


def of_editions(plan: Plan) -> Any:
    return EditionPicture.objects.filter(edition__plan=plan)


def shown(whole: Record, rows: Any) -> dict[str, bytes]:
    """``rows`` of either kind: a kept picture has the id of the one that it was copied from."""
    sections = (row["content"] for row in whole["sections"] if row["content"])
    actions = (row["description"] for row in whole["actions"])
    wanted = addresses_in([*sections, *actions])
    found = {TextImage(pk=row.pk).get_absolute_url(): row for row in rows.order_by("pk")}
    made = ((address, smaller(row.file)) for address, row in found.items() if address in wanted)
    return {address: content for address, content in made if content}
