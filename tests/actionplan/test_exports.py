"""Files of a plan: asked for by its group or by an edition, made by a worker, gone in time."""

import csv
import io
import json
import os
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker

from actionplan.models import Decision, EditionFile, PlanExport
from actionplan.services import editions, exports
from actionplan.tasks import delete_old_exports, make_exports
from actionplan.views.exports import SCHEMA
from in4green.common.health import find_problems
from in4green.common.making import queue
from in4green.livetext.models import LiveText
from tests.actionplan.printed import add_action, fill
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
Format = EditionFile.Format
DATA = ["json", "csv", "xlsx"]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def written(plan, coordinator):
    return fill(plan, coordinator)


def made(plan, kind, language="de"):
    row = exports.ask(plan, kind, language)
    exports.make(row.pk)
    row.refresh_from_db()
    with row.file.open("rb") as file:
        return file.read()


def address(plan, *args):
    return reverse("plan:export" if args else "plan:exports", args=[plan.slug, *args])


def valid(data):
    schema = json.loads(SCHEMA.read_text())
    Draft202012Validator.check_schema(schema)
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{list(error.path)}: {error.message[:200]}" for error in checker.iter_errors(data)]


def publish(plan, by, after=0):
    said = {"title": plan.title, "title_en": "", "note": "Neu", "note_en": ""}
    return editions.publish(plan, after=after, by=by, **said)


def test_the_json_is_what_the_schema_says(written):
    data = json.loads(made(written, "json"))

    assert valid(data) == []
    assert data["is_draft"]
    assert data["$schema"].endswith("/plan/plan.schema.json")
    assert [one["number"] for one in data["actions"]] == [1, 2]


def test_the_workbook_has_sheets_with_figures_days_filters_and_a_fixed_head(written):
    book = openpyxl.load_workbook(io.BytesIO(made(written, "xlsx")))

    *sheets, _about = book
    titles = [sheet.title for sheet in sheets]
    assert titles == ["Maßnahmen", "Finanzierung", "Schritte", "Risiken", "Indikatoren"]
    for sheet in sheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
    head, row, _dropped = (
        [cell.value for cell in line] for line in book["Maßnahmen"].iter_rows(max_row=3)
    )
    cells = dict(zip(head, row, strict=True))
    assert (cells["Nummer"], cells["Titel"], cells["Kosten in Euro"]) == (1, "Wärmenetz", 5000)
    assert cells["Beginnt am"].year == 2027
    money = [cell.value for cell in book["Finanzierung"][2]]
    assert money[-3:] == [3000, 1000, 0]


def test_every_file_of_figures_says_who_has_paid_and_whether_it_counts(written, coordinator):
    line = "Kofinanziert von der Europäischen Union"
    content = io.BytesIO(made(written, "xlsx"))
    about = openpyxl.load_workbook(content)["Über diese Datei"]
    lines = list(csv.DictReader(io.StringIO(made(written, "csv").decode("utf-8-sig"))))

    [emblem] = about._images
    assert (emblem.width, emblem.height) == (240, 160)  # as it is kept; it is shown half as wide
    with zipfile.ZipFile(content) as archive:
        assert "Flagge der Europäischen Union" in archive.read("xl/drawings/drawing1.xml").decode()
    [_row, paid, _portal, _of, note] = [cell.value for cell in about["A"]]
    assert (paid, "zitieren Sie ihn nicht" in note) == (line, True)
    assert {each["Förderhinweis"] for each in lines} == {line}
    assert json.loads(made(written, "json"))["funding"] == line

    edition = publish(written, coordinator)
    row = PlanExport(plan=written, edition=edition, format="xlsx", language="de")
    told = openpyxl.load_workbook(io.BytesIO(exports.draw(row)))["Über diese Datei"]["A"][-1].value
    assert edition.get_absolute_url() in told


def test_no_program_finds_a_formula_in_what_people_wrote(plan, coordinator):
    add_action(plan, 1, '=HYPERLINK("http://x")', coordinator)

    book = openpyxl.load_workbook(io.BytesIO(made(plan, "xlsx")))
    lines = list(csv.reader(io.StringIO(made(plan, "csv").decode("utf-8-sig"))))

    assert book["Maßnahmen"]["B2"].data_type == "s"
    assert lines[1][1] == '\'=HYPERLINK("http://x")'


def test_the_csv_begins_with_a_mark_and_tells_each_action_in_a_line(written):
    content = made(written, "csv")

    assert content.startswith(b"\xef\xbb\xbf")
    assert len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))) == 3


def test_an_edition_gets_all_its_files_once_with_their_sums(written, coordinator):
    edition = publish(written, coordinator)
    exports.ask_for_editions()
    exports.ask_for_editions()
    assert PlanExport.objects.count() == len(Format)
    for pk in exports.exports_to_make():
        exports.make(pk)
    exports.ask_for_editions()

    files = {one.format: one for one in edition.files.all()}
    assert not PlanExport.objects.exists()
    assert set(files) == set(Format.values)
    assert all(len(one.sha256) == 64 and one.size for one in files.values())
    with files["json"].file.open("rb") as file:
        data = json.loads(file.read())
    assert valid(data) == []
    assert (data["edition"], data["sha256"]) == (1, edition.sha256)
    assert "Entwurf" not in _words_of(files["docx"])


def _words_of(file):
    with file.file.open("rb") as opened, zipfile.ZipFile(opened) as archive:
        return archive.read("word/document.xml").decode() + archive.read("word/header.xml").decode()


def test_whoever_asks_twice_waits_for_the_same_and_an_older_file_goes(
    written, django_capture_on_commit_callbacks
):
    first = exports.ask(written, "csv", "de")
    assert exports.ask(written, "csv", "de") == first
    exports.make(first.pk)
    first.refresh_from_db()
    second = exports.ask(written, "csv", "de")
    with django_capture_on_commit_callbacks(execute=True):
        exports.make(second.pk)

    assert list(PlanExport.objects.values_list("pk", "state")) == [(second.pk, "made")]
    assert not default_storage.exists(first.file.name)


def test_a_draft_is_gone_after_a_day_and_so_are_files_without_a_row(
    written, django_capture_on_commit_callbacks
):
    made(written, "csv")
    row = PlanExport.objects.get()
    lost = default_storage.save("plans/lost.csv", ContentFile(b"x"))
    os.utime(default_storage.path(lost), (0, 0))
    assert exports.delete_old() == 0
    assert not default_storage.exists(lost)
    PlanExport.objects.update(asked_at=timezone.now() - timedelta(days=1, minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        delete_old_exports()

    assert not PlanExport.objects.exists()
    assert not default_storage.exists(row.file.name)


def test_the_paper_of_a_decision_stays_although_it_lies_in_the_same_folder(plan):
    decision = Decision(plan=plan, body="Rat", decided_on=timezone.localdate(), outcome="adopted")
    decision.file.save("beschluss.pdf", ContentFile(b"%PDF-"))
    os.utime(decision.file.path, (0, 0))

    exports.delete_old()

    assert default_storage.exists(decision.file.name)


def test_the_page_shows_how_far_a_file_is_and_leads_to_it_without_javascript(
    client, written, member
):
    client.force_login(member)
    assert client.post(address(written), {"format": "csv", "language": "de"}).status_code == 302
    PlanExport.objects.update(progress=40)
    waiting = client.get(address(written)).content.decode()
    make_exports.apply()
    exports.make(PlanExport.objects.get().pk)
    ready = client.get(address(written)).content.decode()

    assert 'value="40"' in waiting
    assert "data-awaited" in waiting
    assert "data-awaited" not in ready
    assert address(written, PlanExport.objects.get().pk) in ready


def test_progress_is_told_while_a_file_is_made(written, monkeypatch):
    told = []
    row = exports.ask(written, "csv", "de")
    before = queue.still_waiting

    def watched(row):
        told.append(row.pk)
        return before(row)

    monkeypatch.setattr(queue, "still_waiting", watched)
    exports.make(row.pk)

    row.refresh_from_db()
    assert row.progress == 20
    assert len(told) >= 2


def test_only_the_group_sees_and_asks(client, written, member):
    made(written, "csv")
    page, file = address(written), address(written, PlanExport.objects.get().pk)
    assert client.get(page).status_code == client.get(file).status_code == 302
    client.force_login(MembershipFactory().user)
    assert client.get(page).status_code == client.get(file).status_code == 404
    client.force_login(member)
    answer = client.get(file)

    assert answer.headers["Content-Type"].startswith("text/csv")
    assert b"".join(answer.streaming_content).startswith(b"\xef\xbb\xbf")


def test_what_nobody_offers_is_not_made(client, written, member):
    client.force_login(member)
    for kind, language in (("exe", "de"), ("csv", "fr"), ("csv", "")):
        client.post(address(written), {"format": kind, "language": language})

    assert not PlanExport.objects.exists()


def test_what_could_not_be_made_says_so_and_coordination_asks_again(client, desk, written, member):
    edition = editions.newest_edition(written) or publish(written, member)
    PlanExport.objects.create(
        plan=written, edition=edition, format="pdf", language="de", state="failed", attempts=3
    )
    PlanExport.objects.create(plan=written, format="pdf", language="de", state="failed")
    page = desk.get(address(written)).content.decode()
    desk.post(reverse("plan:export_again", args=[written.slug]))

    assert "Die Datei konnte nicht erstellt werden" in page
    assert list(PlanExport.objects.filter(edition=edition).values_list("state", "attempts")) == [
        ("waiting", 0)
    ]
    client.force_login(member)
    again = client.post(reverse("plan:export_again", args=[written.slug]))
    assert again.status_code == 403


def test_a_quarantined_text_stops_no_file(written):
    LiveText.objects.update(quarantined_at=timezone.now())

    assert valid(json.loads(made(written, "json"))) == []


def test_readiness_says_when_nobody_makes_what_was_asked_for(written):
    exports.ask(written, "csv", "de")
    assert "plan_exports_waiting" not in find_problems()

    PlanExport.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    assert "plan_exports_waiting" in find_problems()


def test_the_schema_is_there_for_everybody(client, db):
    answer = client.get(reverse("plan:schema"))

    assert json.loads(answer.content)["title"] == "Integrated Action Plan"


def test_one_command_writes_all_files_of_the_newest_edition(written, coordinator, tmp_path):
    publish(written, coordinator)
    call_command("write_plan_files", written.slug, str(tmp_path), stdout=io.StringIO())

    names = {f"{written.slug}-1-de.{kind}" for kind in Format.values}
    assert {file.name for file in tmp_path.iterdir()} - {"media"} == names
    with pytest.raises(CommandError, match="not there in fr"):
        call_command("write_plan_files", written.slug, str(tmp_path), language="fr")
    with pytest.raises(CommandError, match="no edition"):
        call_command("write_plan_files", "unbekannt", str(tmp_path))


def test_the_example_in_the_docs_is_what_the_schema_says(settings):
    folder = settings.BASE_DIR / "docs" / "examples"
    [example] = folder.glob("*.json")

    assert valid(json.loads(example.read_text())) == []
    assert {file.suffix[1:] for file in folder.iterdir()} == set(Format.values)
