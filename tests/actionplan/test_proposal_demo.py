"""A proposal to try things with."""

import pytest

from actionplan.demo_texts import PROBLEMS
from actionplan.proposal_demo import LANGUAGE, SECTION, load_demo
from actionplan.services.sections import write
from in4green.livetext.content.html_in import from_html
from in4green.livetext.models import TextProposal
from tests.plan_factories import PlanFactory, SectionTextFactory

pytestmark = pytest.mark.django_db


def test_the_demo_has_a_proposal_of_whoever_only_reads_once(plan, coordinator, reader):
    row = SectionTextFactory(section__plan=plan, section__key=SECTION, language=LANGUAGE)
    write(row, from_html(PROBLEMS, language=LANGUAGE), by=coordinator)

    assert load_demo(plan)
    assert not load_demo(plan)

    proposal = TextProposal.objects.get()
    assert (proposal.author, proposal.state) == (reader, TextProposal.State.SENT)
    assert proposal.changes.count() == 2
    assert "erfunden" in proposal.note


def test_without_readers_or_text_there_is_nothing_to_load(db):
    assert not load_demo(PlanFactory())
