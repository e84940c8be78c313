"""Who is behind a session, asked for many at once: as Django itself would answer."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, get_user
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from groups.models import User
from in4green.common.ready import together
from in4green.livetext import owners
from in4green.livetext.live.doors import Asked, TurnedAway, let_in, rights, session_key_in
from in4green.livetext.live.people import people_behind
from in4green.livetext.owners import Access
from in4green.livetext.wire import Close
from tests.factories import NoteFactory, UserFactory, coordinator_of
from tests.livetext.live import session_of
from tests.livetext.people import editor_of, reader_of

pytestmark = pytest.mark.django_db


def behind(key):
    [people] = together(people_behind([key]))
    return people.behind(key)


def change(key, **values):
    session = SessionStore(key)
    session.update(values)
    session.save()


def test_a_signed_in_person_is_found_and_a_made_up_session_is_nobody_s():
    person = UserFactory()

    assert behind(session_of(person)) == person
    assert behind("made-up") is None
    assert behind("") is None


def test_a_session_that_has_run_out_is_nobody_s():
    key = session_of(UserFactory())
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert behind(key) is None


def test_a_session_somebody_has_tampered_with_is_nobody_s():
    key, other = session_of(UserFactory()), session_of(UserFactory())
    stored = Session.objects.get(pk=other).session_data
    Session.objects.filter(pk=key).update(session_data=stored[:-2] + "xx")

    assert behind(key) is None


def test_a_new_password_ends_all_sessions():
    person = UserFactory()
    key = session_of(person)
    person.set_password("another one")
    person.save()

    assert behind(key) is None


@pytest.mark.parametrize("missing", [HASH_SESSION_KEY, BACKEND_SESSION_KEY])
def test_a_session_without_its_hash_or_backend_is_nobody_s(missing):
    key = session_of(UserFactory())
    change(key, **{missing: ""})

    assert behind(key) is None


def test_a_way_of_signing_in_that_is_switched_off_ends_its_sessions():
    key = session_of(UserFactory())
    change(key, **{BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend"})

    assert behind(key) is None


def test_a_locked_account_is_nobody():
    person = UserFactory()
    key = session_of(person)
    User.objects.update(is_active=False)

    assert behind(key) is None


def test_a_deleted_account_is_nobody():
    person = UserFactory()
    key = session_of(person)
    person.delete()

    assert behind(key) is None


def test_a_session_of_the_secret_before_still_counts(settings):
    person = UserFactory()
    key = session_of(person)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new secret of more than fifty letters, for this test alone"

    assert behind(key) == person


def test_whoever_has_not_shown_a_second_factor_waits_outside():
    group = NoteFactory().group

    assert behind(session_of(editor_of(group)))
    assert behind(session_of(coordinator_of(group))) is None


def test_each_of_a_crowd_gets_the_answer_it_would_get_alone():
    note = NoteFactory()
    text = note.text
    keys = {
        session_of(editor_of(note.group)): Access.WRITE,
        session_of(reader_of(note.group)): Access.READ,
        session_of(UserFactory()): Close.UNKNOWN,
        "made-up": Close.SIGNED_OUT,
        "": Close.SIGNED_OUT,
    }
    asked = [Asked(key, text.pk, text.epoch) for key in keys]

    assert [said(answer) for answer in let_in(asked)] == list(keys.values())
    assert [said(let_in([each])[0]) for each in asked] == list(keys.values())


def said(answer):
    return answer.code if isinstance(answer, TurnedAway) else answer[1]


def test_another_epoch_and_an_unknown_text_turn_away():
    note = NoteFactory()
    text, key = note.text, session_of(editor_of(note.group))

    answers = let_in([Asked(key, text.pk, text.epoch + 1), Asked(key, text.pk + 999, 1)])

    assert [said(answer) for answer in answers] == [Close.OTHER_EPOCH, Close.UNKNOWN]


def test_a_crowd_takes_as_many_turns_of_the_database_as_one(django_assert_num_queries):
    note = NoteFactory()
    text = note.text
    people = [editor_of(note.group) for _ in range(5)]
    asked = [Asked(session_of(person), text.pk, text.epoch) for person in people]

    for crowd in (asked[:1], asked):
        with django_assert_num_queries(2):  # session and text; person, memberships and note
            let_in(crowd)
    for number in (1, 5):
        with django_assert_num_queries(2):
            rights(text.pk, [person.pk for person in people[:number]])


def test_a_rule_that_fails_keeps_nobody_else_out():
    note = NoteFactory()
    broken, key = NoteFactory(group=note.group).text, session_of(editor_of(note.group))
    broken.kind = "broken"
    broken.save()

    def fail(*_):
        raise ZeroDivisionError

    owners.register(owners.Owner("broken", fail, fail, fail, fail, fail))
    try:
        failed, good = let_in([Asked(key, t.pk, t.epoch) for t in (broken, note.text)])
    finally:
        owners.unregister("broken")

    assert isinstance(failed, ZeroDivisionError)
    assert said(good) == Access.WRITE


def test_it_is_what_django_says():
    """The page and the socket of one session know the same person."""

    class Request:
        pass

    person, request = UserFactory(), Request()
    request.session = SessionStore(session_of(person))

    assert get_user(request) == behind(request.session.session_key)


def test_what_is_no_session_key_is_never_asked_for():
    key = session_of(UserFactory())
    cookies = {
        f"{settings.SESSION_COOKIE_NAME}={said}": found
        for said, found in ((key, key), ('"\\000"', ""), ("a" * 99, ""), ("Ä" * 32, ""))
    }

    assert [session_key_in({"cookie": cookie}) for cookie in cookies] == list(cookies.values())
    assert session_key_in({}) == ""
