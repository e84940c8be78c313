"""A plan's whole way: from its first line to the second edition, with everybody who has a part."""

import hashlib
import io
from datetime import date
from html import unescape

import pikepdf
import pytest
from django.urls import reverse

from actionplan.models import Edition, PlanExport, Section
from actionplan.services import actions, exports, states, voting
from groups.models import User
from in4green.livetext.models import LiveText
from in4green.livetext.owners import Access, access
from tests.actionplan.publishing import write
from tests.actionplan.reviews import in_days
from tests.factories import MembershipFactory, OrganisationFactory
from tests.livetext.proposing import Forum, settle
from tests.livetext.talking import content_of
from tests.livetext.writing import p
from tests.plan_factories import SectionFactory, SectionTextFactory

pytestmark = pytest.mark.django_db
FIRST, SECOND = "Solingen härtet Stahl.", "Die Abwärme geht verloren."
BETTER = "Zwei Drittel der Abwärme gehen verloren."


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def ben(group) -> User:
    user: User = MembershipFactory(group=group).user
    return user


def written_together(plan, anna: User, ben: User) -> tuple[Section, LiveText]:
    section = SectionFactory(plan=plan, title="Ausgangslage")
    text = SectionTextFactory(section=section).text
    write(text, p(FIRST), by=anna)
    write(text, p(FIRST), p(SECOND), by=ben)
    return section, text


def propose(text: LiveText, *, by: User, to: User) -> None:
    """What somebody proposes who may not write, and another accepts."""
    forum = Forum(text, to, by, {})
    settle(forum, forum.propose(FIRST, BETTER), rest="accepted")


def agree(plan, section: Section, *, by: User, others: list[User]) -> None:
    states.approve(states.ask_review(section, by=by), by=by)
    approval = voting.open_vote(plan, closes_on=in_days(7), by=by)
    for voter in (by, *others):
        voting.vote(approval, choice="yes", by=voter)
    voting.close(approval, by=by)


def publish(desk, plan) -> Edition:
    """On the page, as coordination does it."""
    address = reverse("plan:publish", args=[plan.slug])
    after = desk.get(address).context["form"]["after"].value()
    sent = {"title": "Unser Plan", "title_en": "", "note": "", "note_en": "", "after": after}
    assert desk.post(address, sent).status_code == 302
    edition: Edition = plan.editions.latest("number")
    return edition


def test_a_plan_is_written_agreed_published_changed_and_published_again(
    plan, desk, client, coordinator, member, ben, reader
):
    section, text = written_together(plan, member, ben)
    propose(text, by=reader, to=member)
    assert content_of(text)["content"] == [p(FIRST), p(BETTER)]

    grid, _roof, tram = (
        actions.new_action(plan, title=title, ends_on=date(2028, 6, 30), by=member)
        for title in ("Wärmenetz", "Solardach", "Seilbahn")
    )
    agree(plan, section, by=coordinator, others=[member, ben])
    assert access(member, text) == Access.READ
    first = publish(desk, plan)
    frozen = first.sha256

    actions.drop(tram, reason="zu teuer", by=coordinator)
    grid.ends_on, grid.lead_organisation = date(2028, 12, 31), OrganisationFactory()
    grid.save()
    actions.new_action(plan, title="Lastenräder", by=member)
    second = publish(desk, plan)

    stranger = client.__class__()
    page = unescape(stranger.get(second.get_absolute_url()).content.decode())
    assert BETTER in page
    assert "Lastenräder" in page
    difference = reverse("plan:compare_editions", args=[plan.slug, 1, 2])
    told = " ".join(unescape(stranger.get(difference).content.decode()).split())
    assert "1 Maßnahme neu" in told
    assert "1 Maßnahme entfallen (weil: zu teuer)" in told
    assert "1 Maßnahme später" in told
    first.refresh_from_db()
    assert (first.sha256, Edition.objects.count()) == (frozen, 2)


def test_an_editions_files_can_be_checked_by_whoever_has_them(plan, desk, coordinator, member, ben):
    written_together(plan, member, ben)
    edition = publish(desk, plan)
    exports.ask_for_editions()
    wanted = PlanExport.objects.filter(edition=edition, format="pdf")
    for row in wanted:
        exports.make(row.pk)

    [file] = edition.files.all()

    with file.file.open("rb") as opened:
        content = opened.read()
    assert hashlib.sha256(content).hexdigest() == file.sha256
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "de"
