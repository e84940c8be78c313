"""Steps, funding, risks and indicators come with their actions from further sheets."""

import io
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from actionplan.importing import rows as reading
from actionplan.models import Action, Indicator, Risk, Step
from actionplan.printing.books import as_workbook
from actionplan.whole import collect
from tests.actionplan.test_views_importing_actions import address, pen, take, told
from tests.plan_factories import (
    ActionFactory,
    FundingFactory,
    FundingSourceFactory,
    IndicatorFactory,
    PlanFactory,
    RiskFactory,
    StepFactory,
)
from tests.support.uploads import upload

__all__ = ["pen"]
pytestmark = pytest.mark.django_db
STEPS = ["Nummer", "Titel", "Schritt", "Wer", "Beginnt am", "Endet am", "Erst nach"]
FUNDINGS = ["Nummer", "Titel", "Finanzierungsquelle", "Jahr", "Geplant"]
RISKS = ["Nummer", "Titel", "Art", "Risiko", "Wahrscheinlichkeit", "Auswirkung"]
INDICATORS = ["Nummer", "Titel", "Art", "Gemessen in", "Indikator", "Einheit", "Zielwert"]


def look(pen, plan, actions, *sheets):
    """A workbook of actions, by number and title, and of further sheets."""
    book = Workbook()
    for lines in ([["Nummer", "Titel"], *actions], *sheets):
        sheet = book.create_sheet(lines[0][2] if len(lines[0]) > 2 else "Maßnahmen")
        for line in lines:
            sheet.append(line)
    target = io.BytesIO()
    book.save(target)
    return pen.post(address(plan), {"file": upload("a.xlsx", target.getvalue())})


@pytest.fixture
def full(plan):
    """A plan with two actions, and all that belongs to them."""
    first = ActionFactory(plan=plan, number=3, title="Kataster")
    second = ActionFactory(plan=plan, number=8, title="Netz")
    plans = StepFactory(
        action=first, title="Planen", responsible="Stadt", starts_on=date(2027, 1, 1),
        ends_on=date(2027, 2, 1), position=1,
    )  # fmt: skip
    StepFactory(action=first, title="Bauen", position=2).after.add(plans)
    StepFactory(action=second, title="Prüfen").after.add(plans)
    source = FundingSourceFactory(plan=plan, title="Land")
    FundingFactory(action=first, source=source, planned=Decimal("1250.50"), secured=7, spent=0)
    RiskFactory(action=second, title="Regen", mitigation="Zelt\nund Schirm", owner="Amt")
    kinds = Indicator.Measure
    IndicatorFactory(action=first, title="Gas", unit="MWh", target="1.125", position=1)
    IndicatorFactory(
        action=first, title="Läuft", unit="", measure=kinds.YES_NO, target=1, position=2
    )
    IndicatorFactory(
        action=first, title="Lob", unit="", measure=kinds.WORDS, target_words="viel", position=3
    )
    return plan


def belongings(plan):
    """All of it in words that do not name the plan."""
    said = collect(plan, "de", inside=True)
    numbers = {one["number"]: str(n) for n, one in enumerate(said["actions"])}
    sources = {one["id"]: one["title"] for one in said["funding_sources"]}
    for one in said["actions"]:
        for step in one["steps"]:
            step["number"] = moved(step["number"], numbers)
            step["after"] = [moved(number, numbers) for number in step["after"]]
        for funding in one["fundings"]:
            funding["source"] = sources[funding["source"]]
    kinds = ("steps", "fundings", "risks", "indicators")
    return [{kind: one[kind] for kind in kinds} for one in said["actions"]]


def moved(number, numbers):
    action, place = number.split(".")
    return f"{numbers[int(action)]}.{place}"


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_workbook_of_ours_brings_all_that_belongs_to_its_actions(pen, full, language):
    other = PlanFactory(group=full.group)
    FundingSourceFactory(plan=other, title="Land")
    book = as_workbook(collect(full, language, inside=True))
    with override("de"):
        page = pen.post(address(other), {"file": upload("a.xlsx", book)})
    assert told(page) == [(2, "new", ""), (3, "new", "")]
    words = " ".join(unescape(page.content.decode()).split())
    assert "2 Schritte, 1 Zeile zur Finanzierung, 3 Indikatoren" in words
    assert "Planen" in words

    take(pen, other, page, 2, 3)

    assert belongings(other) == belongings(full)


def test_a_step_waits_for_no_step_of_an_action_that_was_not_ticked(pen, full):
    other = PlanFactory(group=full.group)
    FundingSourceFactory(plan=other, title="Land")
    book = upload("a.xlsx", as_workbook(collect(full, "de", inside=True)))
    page = pen.post(address(other), {"file": book})

    take(pen, other, page, 3)

    [step] = Step.objects.filter(action__plan=other)
    assert (step.title, step.after.count()) == ("Prüfen", 0)


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        ([STEPS, [1, "", "A", "", "2.2.2027", "1.2.2027"]], "darf nicht enden, bevor"),
        ([STEPS, [1, "", "A", "", "bald"]], "Beginnt am"),
        ([STEPS, [1, "", "A", "", "", "", "1.7"]], "keinen Schritt 1.7"),
        ([STEPS, [1, "", "A", "", "", "", "morgen"]], "„morgen“"),
        ([STEPS, [1, "", "A", "", "", "", "1.1"]], "1.1"),
        ([STEPS, [1, "", "=1+1"]], "Schritt"),
        ([FUNDINGS, [1, "", "Mond", 2027, 5]], "„Mond“"),
        ([FUNDINGS, [1, "", "Land", 2027, "viel"]], "Geplant"),
        ([FUNDINGS, [1, "", "Land", 2027, 5], [1, "", "land", 2027, 6]], "dieses Jahr schon"),
        ([RISKS, [1, "", "Finanziell", "A", "hoch", 9]], "Auswirkung"),
        ([RISKS, [1, "", "Wetter", "A", "hoch", "gering"]], "Art"),
        ([RISKS, [1, "", "Finanziell", "", "hoch", 3]], "Risiko"),
        ([INDICATORS, [1, "", "Leistung (Output)", "Zahl", "A", "", 5]], "in welcher Einheit"),
        ([INDICATORS, [1, "", "Leistung (Output)", "Ja oder nein", "A", "", 5]], "Zielwert"),
    ],
)  # fmt: skip
def test_what_is_wrong_on_another_sheet_keeps_its_action_out(pen, plan, sheet, words):
    FundingSourceFactory(plan=plan, title="Land")

    page = look(pen, plan, [[1, "Kataster"], [2, "Netz"]], sheet)

    [(_n, outcome, said), other] = told(page)
    assert (outcome, other) == ("broken", (3, "new", ""))
    assert words in said
    assert f"{sheet[0][2]}, Zeile {len(sheet)}:" in said
    take(pen, plan, page, 2, 3)
    assert [action.title for action in plan.actions.all()] == ["Netz"]


def test_steps_that_wait_for_each_other_in_a_circle_are_named(pen, plan):
    lines = [STEPS, [1, "", "A", "", "", "", "2.1"], [2, "", "B", "", "", "", "1.1; 1.2"],
             [1, "", "C", "", "", "", "1.1"]]  # fmt: skip

    page = look(pen, plan, [[1, "Kataster"], [2, "Netz"], [3, "Rad"]], lines)

    assert [outcome for _n, outcome, _said in told(page)] == ["broken", "broken", "new"]
    assert "im Kreis" in told(page)[0][2]


def test_steps_that_were_sorted_in_the_file_keep_their_numbers(pen, plan):
    lines = [["Nummer", "Titel", "Schritt", "Schritt Nr.", "Erst nach"],
             [1, "", "Bauen", "1.2", "1.1"], [1, "", "Planen", 1.1, ""]]  # fmt: skip

    take(pen, plan, look(pen, plan, [[1, "Kataster"]], lines), 2)

    assert Step.objects.get(title="Bauen").after.get().title == "Planen"


def test_a_number_of_a_step_stands_once(pen, plan):
    lines = [
        ["Nummer", "Titel", "Schritt", "Schritt Nr."],
        [1, "", "A", "1.1"],
        [1, "", "B", "1.1"],
    ]

    page = look(pen, plan, [[1, "Kataster"]], lines)

    assert "1.1 steht in dieser Datei zweimal" in told(page)[0][2]


def test_columns_of_other_sheets_that_are_not_read_are_named(pen, plan):
    page = look(pen, plan, [[1, "A"]], [[*RISKS, "Wetter"], [1, "", "Finanziell", "B", 2, 3]])

    assert page.context["ignored"] == ["Art: Wetter"]


def test_rows_find_their_action_by_its_title_and_those_of_none_are_listed(pen, plan):
    lines = [["Titel", "Wer", "Schritt"], ["kataster", "", "Planen"], ["Rad", "", "Verloren"]]

    page = look(pen, plan, [[None, "Kataster"]], lines)

    assert "Verloren" in [part.title for part in page.context["lost"]]
    assert "gehören zu keiner Maßnahme" in " ".join(unescape(page.content.decode()).split())
    take(pen, plan, page, 2)
    assert [step.title for step in Step.objects.all()] == ["Planen"]


def test_what_belongs_to_an_action_that_is_there_is_not_taken(pen, plan):
    ActionFactory(plan=plan, title="Kataster")

    page = look(pen, plan, [[1, "Kataster"]], [RISKS, [1, "", "Finanziell", "A", "hoch", 3]])

    assert [outcome for _n, outcome, _said in told(page)] == ["there"]
    take(pen, plan, page, 2)
    assert not Risk.objects.exists()


def test_a_sheet_with_more_rows_than_fit_is_refused(pen, plan, monkeypatch):
    monkeypatch.setattr(reading, "MOST_PARTS", 1)

    page = look(pen, plan, [[1, "A"]], [STEPS, [1, "", "Eins"], [1, "", "Zwei"]])

    assert page.context["form"].errors["file"]
    assert not Action.objects.exists()


def test_further_sheets_cost_one_question_however_many_rows(pen, plan, django_assert_num_queries):
    FundingSourceFactory(plan=plan, title="Land")
    for n in (1, 20):
        lines = [[1, "", "Land", 2000 + year, 5] for year in range(n)]
        with django_assert_num_queries(12):
            look(pen, plan, [[1, "A"]], [FUNDINGS, *lines], [STEPS, *([1, "", "S"],) * n])


def test_the_empty_tables_have_the_headings_that_are_read(pen, plan):
    answer = pen.get(address(plan, "actions_template"))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    answer.close()
    book.worksheets[0].append([1, "A"])
    target = io.BytesIO()
    book.save(target)

    table = reading.read_table(
        upload("a.xlsx", target.getvalue()), ("number", "title"), needs="title"
    )

    assert list(table.parts) == ["steps", "fundings", "risks", "indicators"]
