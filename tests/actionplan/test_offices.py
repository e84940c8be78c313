"""The plan's Word and OpenDocument file as LibreOffice opens them: what is read, and by whom."""

import io

import pikepdf
import pytest
from django.db import transaction

from actionplan.printing import cover
from actionplan.printing.office import as_office
from tests.actionplan.printed import NOON, fill, whole_of
from tests.factories import MembershipFactory
from tests.plan_factories import PlanFactory
from tests.support.offices import Opened, convert

pytestmark = pytest.mark.django_db
KINDS = ["docx", "odt"]


@pytest.fixture(scope="module")
def files(django_db_setup, django_db_blocker):
    """Of a draft, made once; what it was made of does not stay."""
    with django_db_blocker.unblock(), transaction.atomic():
        plan = PlanFactory(title="Aktionsplan")
        whole = whole_of(fill(plan, MembershipFactory(group=plan.group).user))
        transaction.set_rollback(True)
    around = cover.of_draft(whole, NOON)
    return {f"{kind}.{kind}": as_office(kind, whole, around, {}) for kind in KINDS}


@pytest.fixture(scope="module")
def opened(files, tmp_path_factory):
    told = convert(files, "fodt", tmp_path_factory.mktemp("offices"))
    return {kind: Opened(told[kind]) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_headings_have_their_levels(opened, kind):
    assert opened[kind].headings() == [
        (1, "1 Ausgangslage"),
        (2, "Was wir wissen"),
        (1, "2 Maßnahmen"),
        (2, "1 Wärmenetz"),
        (1, "Maßnahmen, die aufgegeben wurden"),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_tables_repeat_their_heads(opened, kind):
    assert [head[0] for head in opened[kind].heads()] == [
        "Kopf", "Maßnahme", "Schritt", "Jahr", "Risiko", "Indikator",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_say_what_they_show(opened, kind):
    emblem, *drawings = opened[kind].alternative_texts()

    assert emblem == "Flagge der Europäischen Union"
    assert len(drawings) == 3
    assert all(len(each) > 20 for each in drawings)


def test_both_are_laid_out_in_pages(files, tmp_path):
    made = convert(files, "pdf", tmp_path)

    assert {kind: len(pikepdf.open(io.BytesIO(made[kind])).pages) > 2 for kind in KINDS} == {
        "docx": True, "odt": True,
    }  # fmt: skip
