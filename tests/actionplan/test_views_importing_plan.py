"""A plan that is written already becomes sections: shown first, then all at once."""

import base64

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.urls import reverse

from actionplan.models import PlanImport, Section
from actionplan.services import importing_plan
from groups.models import Membership
from groups.services.accounts import enrol_totp
from in4green.activity.models import LogEntry
from in4green.livetext.archive import reading
from in4green.livetext.content.plain import to_text
from in4green.livetext.importing import queue
from in4green.livetext.models import LiveText, TextImage, TextImport, TextUpdate
from tests.factories import MembershipFactory, coordinator_of
from tests.groups.doors import SECRET
from tests.livetext.word_files import written
from tests.plan_factories import PlanFactory, SectionFactory, SectionTextFactory
from tests.support.uploads import pdf, picture

pytestmark = pytest.mark.django_db
HTML = (
    "<h1>Ziele</h1><p>Weniger Abwärme.</p><h2>Klima</h2><p>Bis 2030.</p><h1>Wege</h1>"
    "<p>Gemeinsam.</p>"
)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def address(plan, name="import"):
    return reverse(f"plan:{name}", args=[plan.slug])


def read_in(desk, plan, file):
    answer = desk.post(address(plan), {"file": file})
    assert answer.status_code == 302, answer.context["form"].errors
    row = TextImport.objects.get()
    queue.read_next(row.pk)
    return desk.get(address(plan))


def chosen(page, **changes):
    """The form as it was shown, with changes."""
    fields = page.context["parts"].fields
    return {name: field.initial for name, field in fields.items()} | changes


def said(section, language="de"):
    return to_text(reading.content(section.texts.get(language=language).text))


def outline(plan):
    return [
        (section.parent.title if section.parent else None, section.title, said(section))
        for section in plan.sections.order_by("pk")
    ]


def test_headings_become_sections_with_their_texts(desk, plan, coordinator):
    page = read_in(desk, plan, written(HTML))
    shown = [(part.words, part.depth, name) for part, name, _field in page.context["parts"].rows()]
    assert shown == [(2, 1, "Ziele"), (2, 2, "Klima"), (1, 1, "Wege")]
    assert not plan.sections.exists()

    answer = desk.post(address(plan, "import_take"), chosen(page))

    assert answer.url == plan.get_absolute_url()
    assert outline(plan) == [
        (None, "Ziele", "Weniger Abwärme."),
        ("Ziele", "Klima", "Bis 2030."),
        (None, "Wege", "Gemeinsam."),
    ]
    assert set(TextUpdate.objects.values_list("kind", "author")) == {("import", coordinator.pk)}
    assert LogEntry.objects.get(action="plans.imported").data == {"sections": 3}
    assert not TextImport.objects.exists()
    assert not PlanImport.objects.exists()


def test_a_heading_goes_into_the_section_that_it_resembles_and_its_text_is_appended(
    desk, plan, coordinator
):
    section = SectionFactory(plan=plan, title="Die Ziele")
    row = SectionTextFactory(section=section, language="de")
    importing_plan.taking.put(
        row.text, [{"type": "paragraph", "content": [{"type": "text", "text": "Schon da."}]}],
        "append", by=coordinator,
    )  # fmt: skip
    page = read_in(desk, plan, written("<h1>Die Ziele</h1><p>Neu.</p><h2>Klima</h2><p>b</p>"))
    assert page.context["parts"].fields["to_0"].initial == str(section.pk)

    desk.post(address(plan, "import_take"), chosen(page))

    assert outline(plan) == [(None, "Die Ziele", "Schon da.\nNeu."), ("Die Ziele", "Klima", "b")]


def test_what_is_left_out_stays_out_and_its_parts_go_one_up(desk, plan):
    page = read_in(desk, plan, written(HTML))

    desk.post(address(plan, "import_take"), chosen(page, to_0="", to_2=""))

    assert outline(plan) == [(None, "Klima", "Bis 2030.")]


def test_nothing_chosen_is_an_error_that_keeps_the_choice(desk, plan):
    page = read_in(desk, plan, written(HTML))

    answer = desk.post(address(plan, "import_take"), dict.fromkeys(chosen(page), ""))

    assert answer.status_code == 200
    assert answer.context["parts"].non_field_errors()
    assert not plan.sections.exists()


def test_a_title_without_a_text_is_left_out_unless_it_is_chosen(desk, plan):
    page = read_in(desk, plan, written("<h1>Unser Plan</h1><h1>Ziele</h1><p>a</p>"))

    assert chosen(page) == {"to_0": "", "to_1": "new"}


def test_parts_of_the_lowest_level_stand_beside_the_section_they_would_stand_in(desk, plan):
    top = SectionFactory(plan=plan, title="Oben")
    middle = SectionFactory(plan=plan, title="Mitte", parent=top)
    low = SectionFactory(plan=plan, title="Unten", parent=middle)
    SectionTextFactory(section=low, language="de")
    page = read_in(desk, plan, written("<h1>Unten</h1><p>a</p><h2>Klima</h2><p>b</p>"))

    desk.post(address(plan, "import_take"), chosen(page))

    assert plan.sections.get(title="Klima").parent == middle


def test_agreed_sections_and_those_of_other_plans_are_not_offered(desk, plan):
    section = SectionFactory(plan=plan, title="Ziele", status=Section.Status.APPROVED)
    other = SectionFactory(plan=PlanFactory(group=plan.group), title="Ziele")
    page = read_in(desk, plan, written(HTML))

    assert page.context["parts"].fields["to_0"].initial == "new"
    for pk in (section.pk, other.pk):
        answer = desk.post(address(plan, "import_take"), chosen(page, to_0=str(pk)))
        assert "to_0" in answer.context["parts"].errors
    assert TextUpdate.objects.count() == 0


def test_pictures_move_into_their_section_and_ask_for_words(desk, plan):
    source = base64.b64encode(picture().read()).decode()
    image = f'<p><img src="data:image/png;base64,{source}"></p>'
    page = read_in(desk, plan, written(f"<h1>Ziele</h1><p>a</p>{image}"))
    answer = desk.post(address(plan, "import_take"), chosen(page))
    assert answer.context["words"].errors

    desk.post(address(plan, "import_take"), chosen(page, words_0="Ein Ofen"))

    [image] = TextImage.objects.all()
    section = plan.sections.get()
    assert image.text == section.texts.get(language="de").text
    assert said(section) == "a\nEin Ofen"


def test_a_part_that_is_too_long_is_named_and_stops_no_other(desk, plan, settings, monkeypatch):
    settings.LIVETEXT = {**settings.LIVETEXT, "UPLOAD_STRUCTS": 30}
    monkeypatch.setattr("actionplan.importing.parts._SURELY_PARAGRAPHS", 5)
    body = "".join(f"<p>Absatz {n}</p>" for n in range(30))
    page = read_in(desk, plan, written(f"<h1>Lang</h1>{body}<h1>Kurz</h1><p>a</p>"))
    [long, short] = [part for part, _name, _field in page.context["parts"].rows()]
    assert (long.is_too_long, long.fits, short.is_too_long) == (True, 10, False)

    answer = desk.post(address(plan, "import_take"), chosen(page, to_0="new"))
    assert "to_0" in answer.context["parts"].errors
    desk.post(address(plan, "import_take"), chosen(page))

    assert outline(plan) == [(None, "Kurz", "a")]


def test_if_one_part_fails_nothing_has_happened(desk, plan, settings):
    page = read_in(desk, plan, written(f"<h1>A</h1><p>a</p><h1>B</h1><p>{'x' * 3000}</p>"))
    settings.LIVETEXT = {**settings.LIVETEXT, "STATE_BYTES": 2000}

    desk.post(address(plan, "import_take"), chosen(page))

    assert not plan.sections.exists()
    assert TextImport.objects.get().is_ready


def test_taking_twice_happens_once(desk, plan):
    page = read_in(desk, plan, written(HTML))
    for _time in range(2):
        answer = desk.post(address(plan, "import_take"), chosen(page))

    assert answer.url == address(plan)
    assert plan.sections.count() == 3


def test_too_many_headings_are_counted(desk, plan, monkeypatch):
    monkeypatch.setattr(importing_plan, "MOST_PARTS", 2)

    page = read_in(desk, plan, written(HTML))

    assert "parts" not in page.context
    assert "import_take" not in page.content.decode()


def test_discarding_leaves_nothing(desk, plan):
    read_in(desk, plan, written(HTML))

    desk.post(address(plan, "import_discard"))

    assert not LiveText.objects.exists()
    assert not TextImport.objects.exists()
    assert desk.post(address(plan, "import_discard")).status_code == 302


def test_a_file_that_is_discarded_before_it_was_read_is_gone(
    desk, plan, django_capture_on_commit_callbacks
):
    desk.post(address(plan), {"file": written(HTML)})
    name = TextImport.objects.get().file.name
    assert default_storage.exists(name)

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address(plan, "import_discard"))

    assert not default_storage.exists(name)


def test_a_refused_file_is_explained(desk, plan):
    assert desk.post(address(plan), {"file": pdf(name="a.docx")}).context["form"].errors["file"]


def test_hostile_headings_are_only_words(desk, plan):
    script = "<script>alert(1)</script>"
    page = read_in(desk, plan, written(f"<h1>{script.replace('<', '&lt;')}</h1><p>a</p>"))

    assert script not in page.content.decode()
    desk.post(address(plan, "import_take"), chosen(page))
    assert plan.sections.get().title == script


def test_a_file_is_seen_by_whoever_brought_it_alone(desk, client, plan):
    read_in(desk, plan, written(HTML))
    text = LiveText.objects.get(kind="plan_import")
    other = coordinator_of(plan.group)
    enrol_totp(other, SECRET)
    client.force_login(other)

    assert client.get(reverse("text:import", args=[text.pk])).status_code == 404
    assert importing_plan.mine(plan, other) is None


@pytest.mark.parametrize("name", ["import", "import_take", "import_discard"])
def test_only_coordination_brings_a_plan(client, plan, member, reader, name):
    for user, status in ((member, 403), (reader, 403)):
        client.force_login(user)
        assert client.post(address(plan, name)).status_code == status
    client.force_login(MembershipFactory().user)
    assert client.post(address(plan, name)).status_code == 404


def test_a_right_that_is_lost_meanwhile_counts(desk, plan, coordinator):
    read_in(desk, plan, written(HTML))
    row = TextImport.objects.get()
    Membership.objects.filter(user=coordinator).update(role=Membership.Role.READER)

    with pytest.raises(PermissionDenied):
        importing_plan.take(row, ["new"] * 3, {}, by=coordinator)
    assert not plan.sections.exists()


@pytest.mark.parametrize(
    ("goals", "code"), [(["new", "new"], "gone"), (["new", "new", "gone"], "section")]
)
def test_what_has_changed_since_the_form_was_read_stops_all_of_it(
    desk, plan, coordinator, goals, code
):
    read_in(desk, plan, written(HTML))
    row = TextImport.objects.get()

    with pytest.raises(ValidationError) as refused:
        importing_plan.take(row, goals, {}, by=coordinator)

    assert refused.value.code == code
    assert not plan.sections.exists()
    assert TextImport.objects.get().is_ready


def test_a_part_that_is_too_long_is_not_taken_whoever_asks(
    desk, plan, coordinator, settings, monkeypatch
):
    settings.LIVETEXT = {**settings.LIVETEXT, "UPLOAD_STRUCTS": 30}
    monkeypatch.setattr("actionplan.importing.parts._SURELY_PARAGRAPHS", 5)
    read_in(desk, plan, written(f"<h1>Lang</h1>{'<p>Absatz</p>' * 30}"))

    with pytest.raises(ValidationError, match="Lang"):
        importing_plan.take(TextImport.objects.get(), ["new"], {}, by=coordinator)
    assert not plan.sections.exists()


def test_the_page_asks_as_many_queries_for_two_parts_as_for_thirty(
    desk, plan, django_assert_num_queries
):
    def count(n):
        html = "".join(f"<h1>Teil {i}</h1><p>a</p>" for i in range(n))
        read_in(desk, plan, written(html))
        with django_assert_num_queries(8):
            desk.get(address(plan))

    count(2)
    count(30)
