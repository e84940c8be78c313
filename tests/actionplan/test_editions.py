"""Editions: the whole plan as it was, once, for good."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import Error, transaction
from django.db.models import ProtectedError

from actionplan.editions import freezing
from actionplan.models import Edition, EditionPicture
from actionplan.services import editions
from in4green.activity.models import LogEntry
from in4green.livetext.models import TextImage
from tests.actionplan.publishing import publish, write, written
from tests.factories import NoteFactory, WorkingGroupFactory
from tests.livetext.writing import comment, node, p, text
from tests.plan_factories import ActionFactory, SectionTextFactory

pytestmark = pytest.mark.django_db
PIXELS = b"\x89PNG made up"


def image(live):
    row = TextImage(text=live)
    row.file.save(f"{row.pk.hex}.png", ContentFile(PIXELS))
    return row


def shown(row):
    return node("image", src=row.get_absolute_url(), alt="Ein Werk", lang=None)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_an_edition_keeps_what_the_plan_said_whatever_happens_to_the_plan(plan, coordinator):
    section = written(plan, p("Die Lage"), by=coordinator, title="Lage")
    action = ActionFactory(plan=plan, title="Dach", cost=100, ends_on=date(2027, 5, 1))
    edition = publish(plan, coordinator)
    before = Edition.objects.get().content

    write(section.texts.get().text, p("Ganz anders"), by=coordinator)
    action.delete()
    section.title = "Anders"
    section.save()

    after = Edition.objects.get()
    assert after.content == before
    assert (after.number, after.languages, after.status) == (1, ["de"], plan.status)
    said = after.content["in"]["de"]
    assert [one["title"] for one in said["sections"]] == ["Lage"]
    assert [one["cost"] for one in said["actions"]] == ["100.00"]
    assert "Die Lage" in after.pages.get().html
    assert edition == after


def test_its_checksum_is_that_of_its_content_in_canonical_form(plan, coordinator):
    written(plan, p("Grüße, „Welt“"), by=coordinator)
    publish(plan, coordinator)

    kept = Edition.objects.get()

    assert freezing.checksum(kept.content) == kept.sha256
    assert json.loads(freezing.canonical(kept.content)) == kept.content


def test_translations_are_kept_where_there_are_any(plan, coordinator):
    section = written(plan, p("Die Lage"), by=coordinator)
    written(plan, p("Context"), by=coordinator, of=section, language="en")

    edition = publish(plan, coordinator)

    assert edition.languages == ["de", "en"]
    pages = dict(edition.pages.values_list("language", "html"))
    assert "Die Lage" in pages["de"]
    assert "Context" not in pages["de"]
    assert "Context" in pages["en"]


def test_nobodys_talk_gets_into_an_edition(plan, coordinator):
    written(plan, p(text("Die Lage", comment(1))), by=coordinator)

    edition = publish(plan, coordinator)

    assert "comment" not in json.dumps(edition.content)


@pytest.mark.parametrize("change", [{"title": "Anders"}, {"content": {}}, {"sha256": "0" * 64}])
def test_the_database_refuses_to_change_an_edition(plan, coordinator, change):
    edition = publish(plan, coordinator)

    with pytest.raises(Error, match="never changed"), transaction.atomic():
        Edition.objects.update(**change)

    assert Edition.objects.get() == edition
    assert Edition.objects.get().title == "Unser Plan"


def test_a_plan_with_an_edition_is_not_deleted(plan, coordinator):
    publish(plan, coordinator)

    with pytest.raises(ProtectedError):
        plan.delete()


def test_whoever_published_can_leave_and_the_edition_stays(plan, coordinator):
    edition = publish(plan, coordinator)

    Edition.objects.filter(pk=edition.pk).update(published_by=None)

    edition.refresh_from_db()
    assert (edition.published_by, edition.title) == (None, "Unser Plan")


def test_who_decided_before_somebody_elses_edition_is_told_and_publishes_nothing(plan, coordinator):
    publish(plan, coordinator)

    with pytest.raises(ValidationError, match="Erika Beispiel") as caught:
        editions.publish(plan, after=0, by=coordinator, title="Noch einer")

    assert caught.value.code == "meanwhile"
    assert plan.editions.count() == 1


def test_publishing_is_logged_with_the_checksum(plan, coordinator):
    edition = publish(plan, coordinator)

    entry = LogEntry.objects.get(action="editions.published")
    assert (entry.actor, entry.data) == (coordinator, {"number": 1, "sha256": edition.sha256})


def test_a_picture_stays_in_the_edition_when_its_text_loses_it(plan, coordinator):
    live = SectionTextFactory(section__plan=plan, language="de").text
    picture = image(live)
    write(live, shown(picture), by=coordinator)
    edition = publish(plan, coordinator)

    write(live, p("Ohne Bild"), by=coordinator)
    default_storage.delete(picture.file.name)
    picture.delete()

    kept = EditionPicture.objects.get()
    with kept.file.open() as file:
        assert file.read() == PIXELS
    assert f'src="{kept.get_absolute_url()}"' in edition.pages.get().html


def test_a_picture_is_copied_once_for_all_editions(plan, coordinator):
    live = SectionTextFactory(section__plan=plan, language="de").text
    write(live, shown(image(live)), by=coordinator)

    first, second = publish(plan, coordinator), publish(plan, coordinator)

    kept = EditionPicture.objects.get()
    assert kept.edition == first
    assert kept.get_absolute_url() in second.pages.get().html


def test_a_picture_of_another_group_is_not_made_public(plan, coordinator):
    foreign = image(NoteFactory(group=WorkingGroupFactory()).text)
    live = SectionTextFactory(section__plan=plan, language="de").text
    write(live, shown(foreign), by=coordinator)

    edition = publish(plan, coordinator)

    assert not EditionPicture.objects.exists()
    html = edition.pages.get().html
    assert "<img" not in html
    assert "Ein Werk" in html


def test_pages_are_drawn_anew_from_what_was_frozen(plan, coordinator):
    section = written(plan, p("Die Lage"), by=coordinator)
    edition = publish(plan, coordinator)
    drawn = edition.pages.get().html
    edition.pages.update(html="alt")
    write(section.texts.get().text, p("Ganz anders"), by=coordinator)

    call_command("draw_editions", stdout=StringIO())

    assert edition.pages.get().html == drawn
