"""A proposal that waits for a decision, to try things with. All of it is made up."""

from django.db import transaction

from actionplan.demo_texts import PROBLEMS_PROPOSED
from actionplan.models import Plan, SectionText
from groups.models import Membership, User
from in4green.livetext.by_form import base_of
from in4green.livetext.content.html_in import from_html
from in4green.livetext.proposals import drafting

SECTION, LANGUAGE = "context-problems", "de"
NOTE = "Aus der Werkstatt (erfunden): Die Miete fehlte, und Punkt 2 war schwer zu lesen."


@transaction.atomic
def load_demo(plan: Plan) -> bool:
    """False if there is one already, or nobody who only reads and proposes, or no text."""
    found = SectionText.objects.filter(
        section__plan=plan, section__key=SECTION, language=LANGUAGE, text__proposals=None
    )
    row = found.select_related("text", "section__plan").first()
    author = _reader(plan)
    if row is None or author is None:
        return False
    begun = drafting.fork(row.text, base_of(row.text))
    content = from_html(PROBLEMS_PROPOSED, language=LANGUAGE)
    drafting.send(drafting.begin(row.text, begun, content, note=NOTE, by=author), by=author)
    return True


def _reader(plan: Plan) -> User | None:
    readers = plan.group.memberships.current().filter(role=Membership.Role.READER)
    member = readers.select_related("user").order_by("pk").first()
    return member.user if member else None
