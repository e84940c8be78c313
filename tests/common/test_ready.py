"""Queries that are built once, and asked for together."""

import pytest
from django.db import DatabaseError

from groups.models import Note, User
from in4green.common.ready import NUMBERS, Ready, answers, side_by_side, together
from in4green.livetext.models import TextSnapshot
from tests.factories import NoteFactory, UserFactory

pytestmark = pytest.mark.django_db


def everything_in(row):
    """Its columns, and the related rows that came along."""
    own = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    related = {name: everything_in(each) for name, each in row._state.fields_cache.items()}
    return type(row), row._state.adding, row._state.db, own, related


def find(queryset, ids):
    ready = Ready(queryset.filter(pk__in=NUMBERS))
    [rows] = answers([(ready, ids)])
    return [everything_in(each) for each in ready.objects(rows)]


def test_it_makes_the_objects_that_the_queryset_makes():
    notes = [NoteFactory(), NoteFactory(), UserFactory()]
    TextSnapshot.objects.create(
        text=notes[0].text, seq=1, state=b"", state_vector=b"", content_json={"type": "doc"}
    )  # JSON has to be converted
    querysets = [
        User.objects.all(),
        Note.objects.select_related("group"),
        TextSnapshot.objects.all(),
    ]

    for queryset in querysets:
        ids = list(queryset.values_list("pk", flat=True))
        made = [everything_in(each) for each in queryset]
        assert find(queryset, ids) == made != []
        assert find(queryset, []) == []
        assert len(find(queryset, ids[:1])) == 1


def names_of(ids):
    [rows] = yield [(Ready(User.objects.filter(pk__in=NUMBERS).values_list("name")), ids)]
    return [name for (name,) in rows]


def names_one_by_one(ids):
    first = yield from names_of(ids[:1])
    rest = yield from side_by_side(*(names_of([pk]) for pk in ids[1:]))
    return [*first, *(name for each in rest for name in each)]


def nothing():
    yield from ()
    return "nothing"


def test_what_is_asked_in_the_same_step_takes_one_turn(django_assert_num_queries):
    users = [UserFactory(name=name) for name in ("Anna", "Ben", "Cleo")]
    ids = [user.pk for user in users]

    with django_assert_num_queries(2):
        found = together(names_of(ids[1:2]), names_one_by_one(ids), nothing())

    assert found == [["Ben"], ["Anna", "Ben", "Cleo"], "nothing"]


@pytest.mark.django_db(transaction=True)
def test_a_question_that_fails_is_django_s_error_and_the_next_one_is_answered():
    good, bad = (
        Ready(User.objects.filter(pk__in=NUMBERS)),
        Ready(User.objects.filter(pk__in=NUMBERS)),
    )
    bad.sql = bad.sql.replace("unnest", "unknown")
    user = UserFactory()

    with pytest.raises(DatabaseError):
        answers([(bad, [user.pk]), (good, [user.pk])])

    assert len(answers([(good, [user.pk])])[0]) == 1
