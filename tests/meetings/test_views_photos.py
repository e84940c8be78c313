"""Photos: described, published, withdrawn; their sizes given out to whoever may see them."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership
from groups.services.accounts import enrol_totp
from meetings.models import Document, Photo
from meetings.services import files
from tests.factories import MeetingFactory, MembershipFactory, PracticeFactory
from tests.groups.doors import SECRET
from tests.meetings.test_rules import INSIDE, OUTSIDE, visitor
from tests.meetings.uploading import DESCRIBED, document_of, photo_of, sized

pytestmark = pytest.mark.django_db
SAID = {**DESCRIBED, "alt_language": "de", "caption": "Die Halle", "people_listed": "on"}


@pytest.fixture
def meeting(group):
    return MeetingFactory(group=group, is_public=True)


@pytest.fixture
def photo(meeting):
    return sized(photo_of(meeting, alt="", credit="", licence="", people_listed=False))


def signed_in(user):
    client = Client()
    if user.is_staff or user.is_superuser:
        user.authenticator_set.all().delete()
        enrol_totp(user, SECRET)
    client.force_login(user)
    return client


def address(photo, verb="photo", *more):
    return reverse(f"files:{verb}", args=[photo.uid, *more])


def picture_of(photo):
    return address(photo, "picture", 40, "jpg")


def text(response):
    return response.content.decode()


def save(client, photo, people=(), **more):
    """``people``: rows of the form, those that are there already first."""
    form = client.get(address(photo)).context["sheet"].form
    hidden = {"pk": photo.pk, "version": form["version"].value(), "base": form["base"].value()}
    there = sum("id" in person for person in people)
    rows = {"people-TOTAL_FORMS": len(people), "people-INITIAL_FORMS": there}
    for number, person in enumerate(people):
        rows |= {f"people-{number}-{name}": value for name, value in person.items()}
    return client.post(address(photo), SAID | hidden | rows | more)


def listed(person, **changes):
    """A person that is there already, as the form sends it."""
    day = person.consented_on.isoformat() if person.consented_on else ""
    return {
        "id": person.pk,
        "name": person.name,
        "consented_on": day,
        "note": person.note,
    } | changes


def today():
    return timezone.localdate().isoformat()


# --- Given out ---


@pytest.mark.parametrize("factory", [MeetingFactory, PracticeFactory])
def test_a_size_goes_to_whoever_may_see_the_photo_and_is_gone_at_once(group, factory):
    photo = sized(photo_of(factory(group=group, published=True), agreed=[True]))
    people = {who: visitor(who, group) for who in OUTSIDE + INSIDE}
    clients = {
        who: signed_in(user) if user.is_authenticated else Client() for who, user in people.items()
    }

    def seen_by():
        answers = {who: client.get(picture_of(photo)) for who, client in clients.items()}
        contents = {who: (one.status_code, one.getvalue()) for who, one in answers.items()}
        assert set(contents.values()) <= {(200, b"jpg"), (302, b"")} | {
            content for content in contents.values() if content[0] == 404
        }
        return {who for who, (status, _content) in contents.items() if status == 200}

    assert seen_by() == set(INSIDE)
    Photo.objects.update(state=Photo.State.PUBLISHED)
    assert seen_by() == set(clients)
    files.withdraw_consent(photo.people.get(), by=None)
    assert seen_by() == {"coordinator", "superuser"}


def test_strangers_ask_again_each_time_and_members_keep_no_copy(client, meeting, member):
    photo = sized(photo_of(meeting, state=Photo.State.PUBLISHED, agreed=[True]))

    first = client.get(picture_of(photo))
    again = client.get(picture_of(photo), headers={"if-none-match": first["ETag"]})
    inside = signed_in(member).get(picture_of(photo))
    files.withdraw_consent(photo.people.get(), by=None)
    after = client.get(picture_of(photo), headers={"if-none-match": first["ETag"]})

    assert first.getvalue() == inside.getvalue() == b"jpg"
    assert first["Content-Type"] == "image/jpeg"
    assert [one.status_code for one in (first, again, inside, after)] == [200, 304, 200, 302]
    assert first["Cache-Control"] == again["Cache-Control"] == "no-cache"
    assert inside["Cache-Control"] == "no-store"
    assert "sandbox" in first["Content-Security-Policy"]
    assert first["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("width", "form"), [(41, "jpg"), (40, "png"), (40, "html")])
def test_a_size_that_was_not_made_is_not_there(member, photo, width, form):
    assert signed_in(member).get(address(photo, "picture", width, form)).status_code == 404


# --- Described and published ---


def test_an_editor_describes_and_coordination_publishes(coordinator, member, photo):
    editor, desk = signed_in(member), signed_in(coordinator)

    assert save(editor, photo, publish="1").url == reverse(
        "files:of_meeting", args=[photo.place.slug]
    )
    photo.refresh_from_db()
    assert (photo.alt, photo.state) == (SAID["alt"], Photo.State.READY)
    assert 'name="publish"' not in text(editor.get(address(photo)))
    assert save(desk, photo, publish="1").status_code == 302
    photo.refresh_from_db()
    assert photo.is_published
    assert Client().get(picture_of(photo)).getvalue() == b"jpg"
    assert [editor.get(address(photo)).status_code, editor.post(address(photo)).status_code] == [
        403,
        403,
    ]
    assert address(photo) not in text(
        editor.get(reverse("files:of_meeting", args=[photo.place.slug]))
    )


@pytest.mark.parametrize("missing", ["alt", "credit", "licence", "people_listed"])
def test_what_is_missing_for_publishing_is_said_and_what_was_typed_stays(desk, photo, missing):
    response = save(desk, photo, publish="1", **{missing: ""})

    page = text(response)
    assert list(response.context["sheet"].form.errors) == [missing]
    assert _("Something is missing or wrong") in page
    assert f"<title>{_('Error:')}" in " ".join(page.split())
    assert SAID["caption"] in page
    photo.refresh_from_db()
    assert (photo.state, photo.caption) == (Photo.State.READY, "")


def test_nothing_is_published_while_somebody_in_it_has_not_agreed(desk, photo):
    response = save(desk, photo, [{"name": "Max Muster"}], publish="1")

    assert _("Not everybody in the picture has agreed.") in text(response)
    assert "Max Muster" in text(response)
    photo.refresh_from_db()
    assert photo.state == Photo.State.READY
    assert not photo.people.exists()


def test_a_consent_may_name_the_paper_that_coordination_keeps(desk, member, photo):
    paper = document_of(photo.place, kind=Document.Kind.CONSENT)
    other = document_of(photo.place)
    person = {"name": "Max Muster", "consented_on": today()}
    assert "document" not in _person_form(signed_in(member), photo).fields

    wrong = save(desk, photo, [person | {"document": other.pk}])
    save(desk, photo, [person | {"document": paper.pk}], publish="1")

    assert "document" in wrong.context["sheet"].people.forms[0].errors
    photo.refresh_from_db()
    assert photo.is_published
    assert photo.people.get().document == paper


def _person_form(client, photo):
    return client.get(address(photo)).context["sheet"].people.forms[0]


def test_a_consent_of_tomorrow_is_refused_with_a_sentence_at_the_top(desk, photo):
    tomorrow = (timezone.localdate() + timezone.timedelta(days=1)).isoformat()

    response = save(desk, photo, [{"name": "Max Muster", "consented_on": tomorrow}])

    assert text(response).count(_("This day is still to come.")) == 2
    assert 'href="#id_people-0-consented_on"' in text(response)


def test_one_more_person_is_listed_on_the_same_page(desk, photo):
    person = {"name": "Max Muster", "consented_on": today()}

    response = save(desk, photo, [person], more="1")

    assert response.url == f"{address(photo)}#people"
    assert photo.people.get().agrees


def test_an_editor_who_lists_somebody_without_consent_hears_where_the_picture_went(member, photo):
    editor = signed_in(member)

    response = save(editor, photo, [{"name": "Max Muster"}], more="1")
    page = text(editor.get(response.url))

    assert _("From now on only coordination sees this picture.") in page
    assert address(photo) not in page
    assert editor.get(address(photo)).status_code == 404


def test_two_who_describe_one_picture_lose_nothing(desk, member, photo):
    editor = signed_in(member)
    opened = desk.get(address(photo)).context["sheet"].form
    old = {"version": opened["version"].value(), "base": opened["base"].value()}
    save(editor, photo, alt="Von der Redaktion")

    response = save(desk, photo, alt="Von der Koordination", **old)

    page = text(response)
    assert "Von der Redaktion" in page
    assert "Von der Koordination" in page
    photo.refresh_from_db()
    assert photo.alt == "Von der Redaktion"


# --- Taken down, withdrawn, deleted ---


def test_taking_down_is_coordinations_and_only_by_its_button(desk, meeting):
    client = Client()
    photo = sized(photo_of(meeting, state=Photo.State.PUBLISHED))
    editor = signed_in(MembershipFactory(group=meeting.group).user)

    asked = desk.get(address(photo, "take_down")), editor.post(address(photo, "take_down"))
    assert [answer.status_code for answer in asked] == [405, 403]
    assert client.get(picture_of(photo)).getvalue() == b"jpg"
    desk.post(address(photo, "take_down"))

    assert client.get(picture_of(photo)).status_code == 302
    assert Photo.objects.get().state == Photo.State.READY


def test_withdrawing_is_one_click_and_nothing_brings_the_picture_back(desk, meeting):
    photo = sized(photo_of(meeting, state=Photo.State.PUBLISHED, agreed=[True]))
    person = photo.people.get()
    withdraw = address(photo, "withdraw", person.pk)
    editor = signed_in(MembershipFactory(group=meeting.group).user)
    assert withdraw in text(desk.get(address(photo)))
    assert [desk.get(withdraw).status_code, editor.post(withdraw).status_code] == [405, 403]

    desk.post(withdraw)
    taken_off = save(desk, photo, [listed(person, DELETE="on")])
    anew = save(desk, photo, [{"name": person.name, "consented_on": today()}])

    assert Client().get(picture_of(photo)).status_code == 302
    assert [taken_off.status_code, anew.status_code] == [302, 200]
    assert _("This person is listed already.") in text(anew)
    person.refresh_from_db()
    assert person.withdrawn_at
    assert person.name in text(desk.get(address(photo)))


def test_somebody_of_another_picture_can_not_be_withdrawn_here(desk, meeting):
    photo, other = photo_of(meeting), photo_of(meeting, agreed=[True])

    answer = desk.post(address(photo, "withdraw", other.people.get().pk))

    assert answer.status_code == 404
    assert other.people.get().agrees


def test_a_person_who_agreed_may_be_taken_off_the_list(desk, photo):
    person = photo.people.create(name="Max Muster", consented_on=timezone.localdate())

    save(desk, photo, [listed(person, DELETE="on")])

    assert not photo.people.exists()


def test_deleting_asks_first(desk, photo):
    asked = desk.get(address(photo, "delete_photo"))
    assert (asked.status_code, Photo.objects.count()) == (200, 1)

    desk.post(address(photo, "delete_photo"))

    assert not Photo.objects.exists()


CHANGES = ["photo", "take_down", "delete_photo"]


@pytest.mark.parametrize("verb", CHANGES)
def test_a_picture_of_another_group_is_not_there(desk, verb):
    published = MeetingFactory(published=True)
    hidden = photo_of(published)
    shown = photo_of(published, state=Photo.State.PUBLISHED)

    assert desk.post(address(hidden, verb)).status_code == 404
    assert desk.post(address(shown, verb)).status_code == 403
    assert Photo.objects.count() == 2


@pytest.mark.parametrize("verb", CHANGES)
def test_a_reader_changes_no_picture(group, photo, verb):
    reader = signed_in(MembershipFactory(group=group, role=Membership.Role.READER).user)

    assert reader.post(address(photo, verb)).status_code == 403
    assert Photo.objects.filter(state=Photo.State.READY, alt="").exists()


@pytest.mark.parametrize("count", [1, 30])
def test_queries_do_not_grow_with_the_people(desk, meeting, count, django_assert_num_queries):
    photo = sized(photo_of(meeting, agreed=[True] * count))
    document_of(meeting, kind=Document.Kind.CONSENT)
    desk.get(address(photo))

    with django_assert_num_queries(13):
        desk.get(address(photo))
