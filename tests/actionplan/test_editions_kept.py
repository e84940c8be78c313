"""The page of an edition is kept, but nothing on it that is no longer so."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone, translation

from actionplan.models import Edition, EditionComment, EditionFile, EditionPage, Plan
from groups.models import WorkingGroup
from in4green.common import pagecache
from tests.actionplan.publishing import publish, written
from tests.livetext.writing import p

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(plan, coordinator) -> Edition:
    written(plan, p("Die Lage ist gut."), by=coordinator, title="Lage")
    return publish(plan, coordinator)


@pytest.fixture
def later(client, edition):
    """The page as strangers get it now, and again once what was kept has to be asked after."""

    def read(language: str = "de") -> str:
        for key, page in pagecache._pages.items():
            pagecache._pages[key] = page._replace(until=0)
        with translation.override(language):
            answer = client.get(edition.get_absolute_url())
        return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)

    return read


def take_comments(plan: Plan, *, are_taken: bool) -> None:
    Plan.objects.filter(pk=plan.pk).update(takes_comments=are_taken)


def test_while_nothing_changes_one_query_is_enough(later, edition, django_assert_num_queries):
    before = later()

    with django_assert_num_queries(1):
        assert later() == before


def test_whether_comments_are_taken_shows(later, edition):
    before = later()
    take_comments(edition.plan, are_taken=True)
    open_now = later()
    take_comments(edition.plan, are_taken=False)

    assert "0 Kommentare" in open_now
    assert later() == before
    assert "Kommentar" not in before


def test_a_comment_that_is_published_or_withdrawn_shows(later, edition):
    take_comments(edition.plan, are_taken=True)
    later()
    comment = EditionComment.objects.create(
        edition=edition, name="Cem", text="Gut", state="published", consented_at=timezone.now()
    )
    published = later()
    comment.delete()

    assert "1 Kommentar" in published
    assert "1 Kommentar" not in later()


def test_a_file_that_was_made_shows(later, edition):
    later()
    EditionFile.objects.create(
        edition=edition,
        format="pdf",
        language="de",
        file=ContentFile(b"x", "x.pdf"),
        size=1,
        sha256="ab" * 32,
    )

    assert "ab" * 32 in later()


def test_the_next_edition_shows(later, edition, coordinator):
    later()
    publish(edition.plan, coordinator)

    assert "Es gibt eine neuere Ausgabe" in later()


def test_a_text_that_was_drawn_anew_shows(later, edition):
    later()
    EditionPage.objects.filter(edition=edition).update(html="<p>Neu gezeichnet</p>")

    assert "Neu gezeichnet" in later()


def test_the_groups_new_name_shows(later, edition):
    later()
    WorkingGroup.objects.filter(pk=edition.plan.group_id).update(name="Umbenannte Gruppe")

    assert "Umbenannte Gruppe" in later()


def test_what_is_no_longer_published_is_not_found(later, edition):
    later()
    Plan.objects.filter(pk=edition.plan_id).update(slug="anderswo")

    assert later() == "404"


def test_readers_of_english_never_get_what_was_kept_in_german(later, edition):
    german, english = later(), later("en")

    assert ('<html lang="de"' in german, '<html lang="en"' in english) == (True, True)
    assert (later(), later("en")) == (german, english)
