"""Actions from a spreadsheet: each row is shown first, and only what is ticked is taken over."""

import io
from datetime import date
from decimal import Decimal
from html import unescape
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.urls import reverse
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from actionplan import columns
from actionplan.importing import rows as reading
from actionplan.importing.rows import read_table
from actionplan.models import Action
from actionplan.printing.books import as_workbook
from actionplan.whole import collect
from groups.models import Topic
from in4green.activity.models import LogEntry
from in4green.common.exporting import xlsx_response
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.plan_factories import ActionFactory, AreaFactory, ObjectiveFactory, PlanFactory
from tests.support.uploads import archive, docx, upload

pytestmark = pytest.mark.django_db
HEAD = ["Titel", "Beginnt am", "Endet am", "Kosten in Euro"]


@pytest.fixture
def pen(client, member):
    """Where somebody sits who writes in the group."""
    client.force_login(member)
    return client


def xlsx(*lines, name="Maßnahmen.xlsx", sheets=()):
    book = Workbook()
    for title in sheets:
        book.create_sheet(title, 0).append(["etwas anderes"])
    for line in lines:
        book.worksheets[-1].append(line)
    target = io.BytesIO()
    book.save(target)
    return upload(name, target.getvalue())


def address(plan, name="import_actions"):
    return reverse(f"plan:{name}", args=[plan.slug])


def look(pen, plan, *lines, **options):
    return pen.post(address(plan), {"file": xlsx(*lines, **options)})


def told(page):
    return [(one.row.number, one.outcome, " ".join(one.said)) for one in page.context["rows"]]


def take(pen, plan, page, *numbers):
    data = {"shown": page.context["digest"], "rows": page.context["sealed"], "row": numbers}
    return pen.post(address(plan, "take_actions"), data)


def test_the_ticked_rows_become_actions_with_numbers_and_texts(pen, plan, member):
    page = look(
        pen, plan, HEAD, ["Kataster", date(2027, 1, 31), "31.12.2027", 12_500.5], [],
        ["Netz", None, None, "1.000,00 €"], ["Beirat"],
    )  # fmt: skip
    assert told(page) == [(2, "new", ""), (4, "new", ""), (5, "new", "")]
    assert not plan.actions.exists()

    answer = take(pen, plan, page, 2, 5)

    assert answer.url == reverse("plan:actions", args=[plan.slug])
    assert [
        (one.number, one.title, one.starts_on, one.ends_on, one.cost, one.changed_by)
        for one in plan.actions.all()
    ] == [
        (1, "Kataster", date(2027, 1, 31), date(2027, 12, 31), Decimal("12500.50"), member),
        (2, "Beirat", None, None, None, member),
    ]
    assert plan.actions.first().text.kind == "plan_action"
    assert LogEntry.objects.get(action="actions.imported").data == {"rows": 2}


def test_names_are_found_in_the_plan_and_what_is_unknown_is_said(pen, plan):
    objective, area = (
        ObjectiveFactory(plan=plan, title="Klima"),
        AreaFactory(plan=plan, title="Energie"),
    )
    topic = Topic.objects.create(slug="w", name_de="Wärme", name_en="Heat")
    firm = OrganisationFactory(city=plan.group.city, name="Musterfirma")
    lead = MembershipFactory(group=plan.group, user=UserFactory(name="Anna Beispiel")).user
    OrganisationFactory(name="Andere Stadt GmbH")
    names = ("title", "objective", "area", "topics", "lead_organisation", "partners", "lead_member")
    page = look(
        pen, plan, columns.heads([*names, "is_unfunded"]),
        ["Eins", "klima", "Energie", "Heat; WÄRME", "musterfirma", "Musterfirma;",
         "anna beispiel", "Ja"],
        ["Zwei", "Frieden", "", "", "", "Andere Stadt GmbH", "Ben Gast", "vielleicht"],
        ["Drei", "", "", "", "", "", "Ben Gast", False],
    )  # fmt: skip

    assert [outcome for _n, outcome, _said in told(page)] == ["new", "broken", "new"]
    assert [word in told(page)[1][2] for word in ("Frieden", "Andere Stadt", "vielleicht")] == [
        True
    ] * 3
    assert "Ben Gast" in told(page)[2][2]
    take(pen, plan, page, 2, 4)
    one, three = plan.actions.all()
    assert (one.objective, one.area, one.lead_organisation) == (objective, area, firm)
    assert (list(one.topics.all()), list(one.partners.all())) == ([topic], [firm])
    assert (one.lead_member, one.is_unfunded) == (lead, True)
    assert (three.lead_member, three.lead_name, three.is_unfunded) == (None, "Ben Gast", False)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (["=1+1", None, None, None], "Titel"),
        (["A", "=HEUTE()", None, None], "Beginnt am"),
        (["A", "#REF!", None, None], "Beginnt am"),
        (["A", "irgendwann", None, None], "irgendwann"),
        (["A", "32.01.2027", None, None], "32.01.2027"),
        (["A", "02.01.2027", "01.01.2027", None], "nicht enden"),
        (["A", None, None, "viel"], "viel"),
        (["A", None, None, -5], "Kosten in Euro"),
        (["A", None, None, 1e20], "Kosten in Euro"),
        (["A", None, None, True], "True"),
        (["x" * 201, None, None, None], "Titel"),
        ([None, date(2027, 1, 1), None, None], "Titel"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_and_the_row_not_taken(pen, plan, line, word):
    page = look(pen, plan, HEAD, line)

    [(number, outcome, said)] = told(page)
    assert (number, outcome) == (2, "broken")
    assert word in said
    assert said in unescape(page.content.decode())
    assert 'name="row"' not in page.content.decode()
    take(pen, plan, page, 2)
    assert not Action.objects.exists()


def test_what_the_plan_or_the_table_has_already_is_left_out(pen, plan):
    ActionFactory(plan=plan, number=3, title="Kataster")
    lines = [["Nr.", "Titel"], [7, "kataster"], [3, "Anders"], [9, "Neu"], [10, "NEU"]]

    page = look(pen, plan, *lines)

    assert [outcome for _n, outcome, _said in told(page)] == ["there", "there", "new", "there"]
    assert "4" in told(page)[3][2]


@pytest.mark.parametrize("language", ["de", "en"])
def test_our_own_table_comes_in_again_in_both_languages(plan, language):
    with override(language):
        head = columns.heads(columns.ACTIONS)
        sent = xlsx_response("a", head, [[n + 1 for n in range(len(head))]])
    content = b"".join(sent.streaming_content)
    sent.close()

    table = read_table(upload("a.xlsx", content), columns.ACTIONS, needs="title")

    assert table.ignored == []
    assert table.rows[0].cells == {name: n + 1 for n, name in enumerate(columns.ACTIONS)}


def test_a_workbook_that_was_exported_fills_another_plan(pen, plan):
    firm = OrganisationFactory(city=plan.group.city, name="Musterfirma")
    facts = {
        "title": "Kataster", "summary": "Wer hat Wärme?", "starts_on": date(2027, 1, 1),
        "ends_on": date(2027, 12, 31), "cost": Decimal("12500.50"), "is_unfunded": True,
        "lead_organisation": firm, "lead_name": "Ben Gast",
    }  # fmt: skip
    ActionFactory(plan=plan, number=7, **facts)
    other = PlanFactory(group=plan.group)
    book = upload("a.xlsx", as_workbook(collect(plan, "de", inside=True)))
    page = pen.post(address(other), {"file": book})
    assert told(page) == [(2, "new", "")]

    take(pen, other, page, 2)

    [action] = other.actions.all()
    assert {name: getattr(action, name) for name in facts} == facts


def test_other_columns_are_named_and_other_sheets_passed_over(pen, plan):
    page = look(pen, plan, ["Titel", "Wetter", None], ["A", "gut"], sheets=["Deckblatt"])

    assert page.context["ignored"] == ["Wetter"]
    assert told(page) == [(2, "new", "")]


def sheet_of(lines):
    """Row by row, as no library is quick enough to write it."""
    cells = "".join(f'<row><c t="inlineStr"><is><t>A{n}</t></is></c></row>' for n in range(lines))
    head = '<row><c t="inlineStr"><is><t>Titel</t></is></c></row>'
    return f"<sheetData>{head}{cells}</sheetData>"


def changed(file, name, old, new):
    target = io.BytesIO()
    with ZipFile(file) as before, ZipFile(target, "w", ZIP_DEFLATED) as after:
        for entry in before.infolist():
            content = before.read(entry)
            content = content.replace(old, new) if entry.filename == name else content
            after.writestr(entry.filename, content)
    return upload(file.name, target.getvalue())


def test_ten_thousand_rows_are_counted_and_refused(pen, plan):
    sheet = "xl/worksheets/sheet1.xml"
    file = changed(xlsx(), sheet, b"<sheetData></sheetData>", sheet_of(10_000).encode())

    page = pen.post(address(plan), {"file": file})

    [sentence] = page.context["form"].errors["file"]
    assert "10000" in sentence
    assert str(reading.MOST_ROWS) in sentence


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (lambda: xlsx(["a"], name="a.xlsm"), "macros"),
        (lambda: xlsx(["a"], name="a.xls"), "kind"),
        (lambda: upload("a.xlsx", docx().read()), "content"),
        (lambda: upload("a.xlsx", archive([("a", "b")])), "content"),
        (lambda: xlsx(["Wetter"], ["gut"]), "columns"),
        (lambda: xlsx(), "columns"),
        (
            lambda: changed(
                xlsx(["a"]), "xl/styles.xml", b"<styleSheet", b"<!DOCTYPE a><styleSheet"
            ),
            "content",
        ),
        (lambda: changed(xlsx(["a"]), "xl/workbook.xml", b"<workbook", b"<bookwork"), "content"),
    ],
    ids=["macros", "old", "word", "zip", "columns", "empty", "doctype", "broken"],
)
def test_a_file_that_is_no_table_of_actions_is_refused_with_a_sentence(file, code):
    with pytest.raises(reading.ValidationError) as caught:
        read_table(file(), columns.ACTIONS, needs="title")

    assert caught.value.code == code
    assert caught.value.messages[0].endswith(".")


def test_a_part_that_openpyxl_would_read_as_a_whole_is_limited(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_PART", 100)

    with pytest.raises(reading.ValidationError) as caught:
        read_table(xlsx(["Titel"]), columns.ACTIONS, needs="title")
    assert caught.value.code == "large"


def test_what_changed_between_looking_and_taking_is_shown_again(pen, plan):
    page = look(pen, plan, HEAD, ["Kataster"])
    ActionFactory(plan=plan, title="Kataster")

    again = take(pen, plan, page, 2)

    assert again.context["differs"]
    assert told(again)[0][1] == "there"
    assert plan.actions.count() == 1


def test_taking_twice_happens_once(pen, plan):
    page = look(pen, plan, HEAD, ["Kataster"])
    for _time in range(2):
        take(pen, plan, page, 2)

    assert plan.actions.count() == 1


def test_nothing_ticked_is_said_and_keeps_the_table(pen, plan):
    page = take(pen, plan, look(pen, plan, HEAD, ["Kataster"]))

    assert page.context["nothing"]
    assert told(page) == [(2, "new", "")]


def test_rows_that_are_not_ours_or_of_another_plan_are_not_taken(pen, plan):
    page = look(pen, plan, HEAD, ["Kataster"])
    other = PlanFactory(group=plan.group)

    assert take(pen, other, page, 2).url == address(other)
    forged = {"shown": page.context["digest"], "rows": "abc:def", "row": "2"}
    assert pen.post(address(plan, "take_actions"), forged).url == address(plan)
    assert not Action.objects.exists()


def test_hostile_cells_are_only_words(pen, plan):
    script = "<script>alert(1)</script>"
    page = look(pen, plan, ["Titel", script, "Ziel"], [script, "x", script])

    assert script not in page.content.decode()


def test_the_template_has_all_columns_and_no_row(pen, plan):
    answer = pen.get(address(plan, "actions_template"))

    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    answer.close()
    assert [cell.value for cell in book.active[1]] == columns.heads(columns.ACTIONS)
    assert book.active.max_row == 1


@pytest.mark.parametrize("name", ["import_actions", "take_actions", "actions_template"])
def test_readers_and_other_groups_import_no_action(client, plan, reader, name):
    client.force_login(reader)
    assert client.get(address(plan, name)).status_code in (403, 405)
    assert client.post(address(plan, name)).status_code in (403, 405)
    client.force_login(MembershipFactory().user)
    assert client.post(address(plan, name)).status_code in (404, 405)


def test_a_table_asks_as_many_queries_for_one_row_as_for_thirty(
    pen, plan, django_assert_num_queries
):
    for n in (1, 30):
        file = xlsx(HEAD, *([f"Maßnahme {i}"] for i in range(n)))
        with django_assert_num_queries(11):
            pen.post(address(plan), {"file": file})
