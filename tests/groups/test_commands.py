"""Commands that operators and the set-up call."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from groups import demo
from groups.management.commands import load_demo
from groups.models import City, InterestSignup, Invitation, Note, Topic, User, WorkingGroup
from in4green.activity.models import Delivery
from in4green.livetext.archive import reading
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reference(settings):
    settings.COORDINATION_ADDRESS = "koordination@solingen.example"
    call_command("load_reference")


@pytest.fixture
def demo_loaded(reference, settings):
    settings.DEBUG = True
    call_command(load_demo.Command())


def test_reference_data_are_ten_cities_four_topics_and_solingen_s_group(reference):
    group = WorkingGroup.objects.get()

    assert (City.objects.count(), Topic.objects.count()) == (10, 4)
    assert City.objects.values("country").distinct().count() == 9
    assert City.objects.get(is_lead=True).name == "Avilés"
    assert (group.slug, group.city.name) == ("solingen", "Solingen")
    assert group.coordination_address == "koordination@solingen.example"
    assert group.topics.count() == 4


def test_loading_again_updates_facts_and_keeps_what_coordination_has_set(reference):
    City.objects.filter(slug="navan").update(name="Falsch")
    WorkingGroup.objects.update(coordination_address="neu@solingen.example", name="Neuer Name")

    call_command("load_reference")

    assert City.objects.get(slug="navan").name == "Navan"
    group = WorkingGroup.objects.get()
    assert (group.coordination_address, group.name) == ("neu@solingen.example", "Neuer Name")
    assert (City.objects.count(), Topic.objects.count()) == (10, 4)


def test_without_a_coordination_address_nothing_is_loaded(settings):
    settings.COORDINATION_ADDRESS = ""

    with pytest.raises(CommandError, match="COORDINATION_ADDRESS"):
        call_command("load_reference")

    assert not City.objects.exists()


def test_the_demo_has_a_sign_up_in_each_state_coordination_meets(demo_loaded):
    found = set(InterestSignup.objects.values_list("status", flat=True))

    assert found == {"unconfirmed", "received", "declined"}
    assert InterestSignup.objects.overdue().count() == 1
    assert InterestSignup.objects.with_history().filter(declined_before=True).count() == 1


def test_everybody_in_the_demo_is_recognisably_made_up(demo_loaded):
    addresses = [*User.objects.values_list("email", flat=True)]
    addresses += InterestSignup.objects.values_list("email", flat=True)
    addresses += Delivery.objects.values_list("address", flat=True)

    assert addresses
    assert [address for address in addresses if not address.endswith(".example")] == []


def test_the_demo_is_loaded_once(demo_loaded, capsys):
    people = User.objects.count()

    call_command(load_demo.Command())

    assert User.objects.count() == people
    assert "left as it is" in capsys.readouterr().out


def test_the_demo_coordinator_signs_in_with_the_printed_code(demo_loaded, client, capsys):
    call_command("demo_accounts")
    shown = capsys.readouterr().out
    call_command("demo_accounts", code=True)
    code = capsys.readouterr().out.strip()

    coordinator = User.objects.get(email=re.search(r"\S+@\S+(?= +coordinator)", shown)[0])
    password = re.search(r"password of each: (\S+)", shown)[1]
    client.post(reverse("account_login"), {"login": coordinator.email, "password": password})
    client.post(reverse("mfa_authenticate"), {"code": code})

    assert client.get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize("command", ["load_demo", "demo_accounts"])
def test_production_has_no_demo(reference, settings, command):
    settings.DEBUG = False

    with pytest.raises(CommandError):
        call_command(command)

    assert not User.objects.exists()


def test_the_first_coordinator_is_invited_from_the_command_line(reference):
    call_command("invite", "erika@solingen.example", name="Erika")

    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role) == ("erika@solingen.example", "coordinator")
    assert Delivery.objects.get().address == "erika@solingen.example"


def test_a_wrong_invitation_says_why(reference):
    MembershipFactory(group=WorkingGroup.objects.get(), user__email="da@example.org")

    for arguments in (["no address"], ["a@example.org", "--group=nowhere"], ["da@example.org"]):
        with pytest.raises(CommandError):
            call_command("invite", *arguments)

    assert not Invitation.objects.exists()


def test_the_demo_has_two_notes_with_a_version_a_change_since_and_a_comment(demo_loaded):
    visits, heat = Note.objects.order_by("pk")
    version = visits.text.versions.get()
    thread = visits.text.threads.get()

    now = reading.content(visits.text)
    assert version.snapshot.content_json != now
    assert str(thread.pk) in str(now)  # the comment hangs on its passage
    assert {update.author.name for update in visits.text.updates.all()} == {
        "Erika Beispiel",
        "Max Muster",
        "Vera Vertretung",
    }
    assert heat.text.head_seq > 0


def test_loading_the_demo_again_leaves_its_notes_as_people_have_left_them(demo_loaded):
    Note.objects.update(title="Umbenannt")

    call_command(load_demo.Command())

    assert set(Note.objects.values_list("title", flat=True)) == {"Umbenannt"}
    assert Note.objects.count() == 2


def test_notes_come_to_a_demo_that_was_loaded_before_there_were_any(reference, settings):
    settings.DEBUG = True
    assert demo._load_people(WorkingGroup.objects.get())

    call_command(load_demo.Command())

    assert Note.objects.count() == 2
