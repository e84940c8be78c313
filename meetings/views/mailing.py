"""Coordination cancels a meeting, lets it take place after all, and invites to it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from groups.accounts import signed_in
from groups.forms.review import MailForm
from in4green.activity.services import Wording
from in4green.common.cleaning import clean_text
from meetings.asked import Asked
from meetings.forms.mailing import CancelForm, InviteForm
from meetings.models import Meeting, Participation
from meetings.notifications import letters
from meetings.services import cancelling, inviting
from meetings.views.entering import with_meeting

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@with_meeting
def cancel(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancelling.cancel_meeting(meeting, by=signed_in(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The meeting is cancelled. It stays here as cancelled."))
            return redirect(meeting)
    return render(request, "meetings/mails/cancel.html", {"meeting": meeting, "form": form})


@require_POST
@with_meeting
def reinstate(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    try:
        cancelling.reinstate_meeting(meeting, by=signed_in(request))
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The meeting takes place after all."))
    return redirect(meeting)


@require_http_methods(METHODS)
@with_meeting
def invite(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The mail is seen, and can be changed, before it leaves."""
    people = inviting.to_invite(meeting, by=signed_in(request))
    draft = _draft(meeting)
    sent = request.POST or None
    numbers = {who: len(rows) for who, rows in people.items()}
    form = InviteForm(sent, numbers=numbers, last=inviting.last_invited(meeting))
    mail = MailForm(sent, prefix="mail", initial={"subject": draft.subject, "body": draft.body})
    if sent and form.is_valid() and mail.is_valid():
        wording = _own_words(mail.wording(), draft)
        if _sent(request, meeting, form, wording):
            return redirect(meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "mail": mail,
        "people": people,
        "asked": Asked(meeting),
        "is_ahead": inviting.can_invite(meeting),
    }
    return render(request, "meetings/mails/invite.html", context)


def _draft(meeting: Meeting) -> Wording:
    """In the language of the group; greets nobody by name."""
    nobody = Participation(pk=0, meeting=meeting)
    with translation.override(meeting.group.language):
        draft = letters.draft(letters.invitation(nobody))
    return Wording(draft.subject, clean_text(draft.body))


def _own_words(wording: Wording, draft: Wording) -> Wording | None:
    """None for what nobody has changed: then everybody is written to in the own language."""
    return None if wording == draft else wording


def _sent(
    request: HttpRequest, meeting: Meeting, form: InviteForm, wording: Wording | None
) -> bool:
    """False with an error in the form, if nothing can leave."""
    who, by = form.cleaned_data["who"], signed_in(request)
    try:
        n = inviting.invite(meeting, who=who, by=by, wording=wording, seen=form.last)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    text = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", n)
    messages.success(request, text % {"n": n})
    return True
