"""Pages of proposals: for whoever makes them, and whoever decides."""

import re
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from in4green.livetext.editor import text_page
from in4green.livetext.models import TextProposal
from in4green.livetext.owners import Access
from in4green.livetext.proposals import drafting
from in4green.livetext.views import reviewing
from tests.livetext.proposing import LINES, TITLE, Forum, forum, settle, verdicts
from tests.livetext.talking import SCRIPT, as_, at, portal
from tests.livetext.writing import doc, items, node, p, table

__all__ = ["forum", "portal"]
# Each page names the group in its frame.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]
State = TextProposal.State
LONGER = ("Wir bauen ein großes Netz.", "Es bringt viel Wärme.", "Alle machen gerne mit.")


def opened(client, address):
    """What the form holds."""
    page = client.get(address).content.decode()
    [lines] = re.findall(r'<textarea name="lines"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    [base] = re.findall(r'name="base" value="([^"]*)"', page)
    return {"lines": unescape(lines), "base": base}


def page_of(forum, proposal, by=None):
    return as_(by or forum.anna).get(at("proposal", forum.text, proposal.pk))


def shown(answer):
    return re.findall(r'name="shown"\s+value="([^"]+)"', answer.content.decode())


def decide(forum, proposal, **data):
    """As the page was when it was opened just now."""
    data.setdefault("shown", shown(page_of(forum, proposal)))
    address = at("decide_proposal", forum.text, proposal.pk)
    return as_(forum.anna).post(address, data, follow=True)


def test_a_change_is_proposed_by_a_form_of_lines_and_sent(forum: Forum):
    client, address = as_(forum.ben), at("propose", forum.text)
    form = opened(client, address)

    lines = "\r\n\r\n".join(LONGER)
    answer = client.post(address, {**form, "lines": lines, "note": "Größer", "send": "yes"})

    proposal = TextProposal.objects.get()
    assert answer.url == at("proposal", forum.text, proposal.pk)
    assert form["lines"] == "\n\n".join(LINES)
    assert (proposal.content, proposal.note) == (doc(*map(p, LONGER)), "Größer")
    assert (proposal.state, proposal.author) == (State.SENT, forum.ben)
    assert forum.now() == doc(*map(p, LINES))


def test_a_draft_is_saved_changed_sent_withdrawn_and_deleted(forum: Forum):
    client, address = as_(forum.ben), at("propose", forum.text)
    client.post(address, {**opened(client, address), "lines": "Eins"})
    proposal = TextProposal.objects.get()
    edit, act = (at(n, forum.text, proposal.pk) for n in ("edit_proposal", "act_on_proposal"))

    client.post(edit, {**opened(client, edit), "lines": "Eins\n\nZwei"})
    states = []
    for do in ("send", "withdraw", "send", "send", "withdraw", "discard"):
        client.post(act, {"do": do})
        states.extend(TextProposal.objects.values_list("state", flat=True))

    assert states == ["sent", "draft", "sent", "sent", "draft"]


def test_what_can_not_be_sent_stays_in_the_form_and_nothing_is_kept(forum: Forum):
    client, address = as_(forum.ben), at("propose", forum.text)
    form = opened(client, address)

    for lines, words in [
        (form["lines"], _("Your proposal changes nothing yet.")),
        ("[[9: x]]", ""),
    ]:
        page = client.post(address, {**form, "lines": lines, "send": "yes"}).content.decode()
        assert _("Error:") in page.partition("</title>")[0]
        assert words in unescape(page)
        assert unescape(page).count(f"{lines}</textarea>") == 1

    assert not TextProposal.objects.exists()


def test_a_second_window_overwrites_nothing_unasked(forum: Forum):
    proposal = forum.draft(doc(p("Eins")))
    client, address = as_(forum.ben), at("edit_proposal", forum.text, proposal.pk)
    form = opened(client, address)
    drafting.change(proposal, doc(p("Anderswo")), note="", by=forum.ben)

    page = client.post(address, {**form, "lines": "Hier"})
    proposal.refresh_from_db()
    untouched = proposal.content
    [base] = re.findall(r'name="base" value="([^"]*)"', page.content.decode())
    client.post(address, {**form, "lines": "Hier", "base": base})

    assert "Hier</textarea>" in page.content.decode()
    assert untouched == doc(p("Anderswo"))
    proposal.refresh_from_db()
    assert proposal.content == doc(p("Hier"))


def test_tables_and_formatting_that_are_left_alone_stay(forum: Forum):
    whole = doc(p("Vorher"), table(["a", "b"]))
    settle(forum, drafting.send(forum.draft(whole), by=forum.ben), rest="accepted")
    client, address = as_(forum.ben), at("propose", forum.text)
    form = opened(client, address)

    client.post(address, {**form, "lines": form["lines"].replace("Vorher", "Nachher")})

    assert TextProposal.objects.latest("pk").content == doc(p("Nachher"), table(["a", "b"]))


def test_the_reviewer_sees_each_change_and_decides_each(forum: Forum):
    proposal = forum.propose(*LONGER, "Neu.", note="Wir sind mehr")

    page = page_of(forum, proposal)
    answer = decide(forum, proposal, **{"change-0": "accepted", "change-1": "declined"})

    words = unescape(page.content.decode())
    assert "Wir sind mehr" in words
    assert "großes " in re.sub(
        r"<span.*?</span>", "", " ".join(re.findall("<ins>(.*?)</ins>", words))
    )
    assert [number.partition(":")[0] for number in shown(page)] == ["0", "1", "2"]
    assert forum.now() == doc(p(LONGER[0]), *map(p, LINES[1:]))
    assert verdicts(proposal) == ["accepted", "declined", ""]
    assert len(shown(answer)) == 1


def test_all_others_are_accepted_or_declined_with_one_button(forum: Forum):
    first, second = forum.propose(*LONGER), forum.propose(*LONGER[:1], *LINES[1:], "Neu.")

    decide(forum, first, **{"change-0": "declined", "rest": "accept"})
    decide(forum, second, rest="decline", reason="Später")

    assert (verdicts(first), verdicts(second)) == (["declined", "accepted"], ["declined"] * 2)
    assert forum.now() == doc(*map(p, LINES[:2]), p(LONGER[2]))
    assert second.decisions.get().reason == "Später"


def test_sending_the_same_decisions_twice_says_so_and_changes_nothing(forum: Forum):
    proposal = forum.propose(*LONGER)
    before = shown(page_of(forum, proposal))
    decide(forum, proposal, shown=before, **{"change-0": "accepted"})
    head = forum.now()

    again = decide(forum, proposal, shown=before, **{"change-0": "accepted"})
    decide(forum, proposal, rest="decline")
    late = decide(forum, proposal, shown=before, rest="accept")

    assert "%(n)d" not in again.content.decode()
    assert "schon entschieden" in again.content.decode()
    assert _("This proposal no longer waits for a decision.") in late.content.decode()
    assert forum.now() == head


def test_a_page_that_is_out_of_date_is_shown_anew_with_what_was_chosen(forum: Forum):
    proposal = forum.propose(*LONGER)
    before = shown(page_of(forum, proposal))
    forum.write("Wir bauen bald ein Netz.", *LINES[1:])

    chosen = {"change-0": "accepted", "reason": "Sehr gut"}
    answer = decide(forum, proposal, shown=before, **chosen)

    page = answer.content.decode()
    assert forum.now() == doc(p("Wir bauen bald ein Netz."), *map(p, LINES[1:]))
    assert re.search(r'name="change-0"\s+value="accepted" checked', page)
    assert "Sehr gut</textarea>" in page
    assert shown(answer) != before
    assert _("This paragraph was changed meanwhile: both changes are put together here.") in page


def test_what_would_vanish_is_shown_apart_and_can_be_inserted_anew(forum: Forum):
    proposal = forum.propose(*LONGER)
    forum.write(*LINES[1:])

    page = page_of(forum, proposal).content.decode()
    accepted = decide(forum, proposal, rest="accept")
    decide(forum, proposal, **{"change-0": "anew"})

    assert _("Would vanish: please decide") in page
    assert not re.search(r'name="change-0"\s+value="accepted"', page)
    assert "braucht eine eigene Entscheidung" in accepted.content.decode()
    assert forum.now() == doc(*map(p, LONGER))


def test_part_of_a_list_that_would_vanish_is_named(forum: Forum):
    points = ["Wir pflanzen viele Bäume", "Wir bauen neue Wege"]
    both = doc(node("bulletList", *items("listItem", *points)))
    settle(forum, drafting.send(forum.draft(both), by=forum.ben), rest="accepted")
    longer = doc(
        node(
            "bulletList",
            *items("listItem", "Wir pflanzen hier viele Bäume", points[1] + " im Park"),
        )
    )
    proposal = drafting.send(forum.draft(longer), by=forum.ben)
    gone = forum.draft(doc(node("bulletList", *items("listItem", points[0]))))
    settle(forum, drafting.send(gone, by=forum.ben), rest="accepted")

    page = page_of(forum, proposal).content.decode()
    decide(forum, proposal, **{"change-0": "anew"})

    assert _("Part of it would vanish: please decide") in page
    assert forum.now() == longer


def test_nothing_chosen_decides_nothing_and_says_so(forum: Forum):
    proposal = forum.propose(*LONGER)

    answer = decide(forum, proposal)

    assert _("Please choose first what is to happen with a change.") in answer.content.decode()
    assert verdicts(proposal) == ["", ""]


@pytest.mark.parametrize("said", ["", "x", "0", "-1:y", "99999999999:z", "٣:q"])
def test_what_no_page_sends_decides_nothing(forum: Forum, said):
    proposal = forum.propose(*LONGER)

    assert decide(forum, proposal, shown=[said], rest="accept").status_code == 200

    assert verdicts(proposal) == ["", ""]


def test_of_very_many_changes_a_page_shows_some(forum: Forum, monkeypatch):
    monkeypatch.setattr(reviewing, "SHOWN", 2)
    proposal = forum.propose(*LINES, *(f"Neu {number}" for number in range(5)))

    first = page_of(forum, proposal)
    decide(forum, proposal, rest="accept")

    assert len(shown(first)) == 2
    assert verdicts(proposal) == ["accepted"] * 2 + [""] * 3


def test_who_may_what(forum: Forum, client):
    proposal, draft = forum.propose(*LONGER), forum.draft(doc(p("Entwurf")))
    cem, rita = forum.joins("Cem", Access.SUGGEST), forum.joins("Rita", Access.READ)
    of = {name: at(name, forum.text, proposal.pk) for name in ("proposal", "decide_proposal")}
    of["draft"], of["edit"] = (at(n, forum.text, draft.pk) for n in ("proposal", "edit_proposal"))
    of["act"] = at("act_on_proposal", forum.text, proposal.pk)
    of["propose"], of["list"] = at("propose", forum.text), at("proposals", forum.text)

    def gets(user, *names):
        return [as_(user).get(of[name]).status_code for name in names]

    def posts(user, *names):
        return [as_(user).post(of[name], {"do": "withdraw"}).status_code for name in names]

    assert gets(forum.anna, "list", "propose", "proposal", "draft", "edit") == [
        200,
        200,
        200,
        404,
        404,
    ]
    assert gets(forum.ben, "list", "propose", "proposal", "draft", "edit") == [200] * 5
    assert gets(cem, "list", "propose", "proposal", "draft", "edit") == [200, 200, 404, 404, 404]
    assert gets(rita, "list", "propose", "proposal", "draft", "edit") == [200, 403, 404, 404, 403]
    assert posts(forum.ben, "decide_proposal") == [403]
    assert posts(cem, "decide_proposal", "act", "edit") == [403, 404, 404]
    assert posts(forum.anna, "act") == [404]
    stranger = forum.joins("Fremd", Access.NOTHING)
    assert gets(stranger, "list", "propose", "proposal", "draft", "edit") == [404] * 5
    assert posts(stranger, "decide_proposal", "act", "edit", "propose") == [404] * 4
    assert all(reverse("account_login") in client.get(of[name]).url for name in ("list", "propose"))
    assert proposal.decisions.count() == 0
    foreign = at("proposal", forum.text, 2**60)
    assert as_(forum.anna).get(foreign).status_code == 404


def test_the_list_shows_whose_they_are_and_how_far(forum: Forum):
    forum.propose(*LONGER, note="Größer")
    proposal = forum.propose("Wir bauen ein kleines Netz.", *LINES[1:])
    settle(forum, proposal, rest="declined")

    page = as_(forum.anna).get(at("proposals", forum.text)).content.decode()

    assert page.count("Ben Beispiel") == 2
    assert "Größer" in page
    assert TITLE in page
    assert str(State.DECIDED.label) in page


def test_scripts_are_words_everywhere(forum: Forum):
    forum.ben.name = f"Ben {SCRIPT}"
    forum.ben.save()
    proposal = forum.propose(f"Wir {SCRIPT} bauen ein Netz.", *LINES[1:], SCRIPT, note=SCRIPT)
    draft = forum.draft(doc(p(SCRIPT)), note=SCRIPT)

    pages = [page_of(forum, proposal), page_of(forum, draft, forum.ben)]
    pages.append(decide(forum, proposal, reason=SCRIPT, rest="decline"))
    pages.extend(as_(forum.ben).get(at(n, forum.text)) for n in ("proposals", "propose"))
    pages.append(as_(forum.ben).get(at("edit_proposal", forum.text, draft.pk)))

    for page in pages:
        assert page.status_code == 200
        assert SCRIPT not in page.content.decode()
        assert "&amp;lt;" not in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(forum: Forum, django_assert_num_queries, number):
    for _each in range(number):
        proposal = forum.propose(*LINES, *(f"Neu {at}" for at in range(number)))
        settle(forum, proposal, _0="declined")
    client = as_(forum.anna)

    with django_assert_num_queries(6):
        client.get(at("proposals", forum.text))
    with django_assert_num_queries(8):
        client.get(at("proposal", forum.text, proposal.pk))


def links_of(forum, user):
    forum.text.refresh_from_db()
    context = text_page(user, forum.text, label="Ziele") | {"text_id": forum.text.pk}
    return render_to_string("livetext/links.html", context)


def test_the_texts_page_leads_to_proposing_and_says_how_many_wait(forum: Forum):
    writes, before = at("propose", forum.text), links_of(forum, forum.anna)
    proposal = forum.propose(*LONGER)
    forum.propose("Neu.")

    assert writes in links_of(forum, forum.ben)
    assert at("proposals", forum.text) in links_of(forum, forum.ben)
    assert at("proposals", forum.text) not in before
    assert "2 Vorschläge warten" in links_of(forum, forum.anna)
    settle(forum, proposal, rest="declined")
    assert "1 Vorschlag wartet" in links_of(forum, forum.anna)
    rita = forum.joins("Rita", Access.READ)
    assert at("proposals", forum.text) not in links_of(forum, rita)
