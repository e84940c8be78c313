"""What the portal would have sent, as text, as it looks and as it travels."""

from csp.decorators import csp, csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from in4green.common import mailbox

# Mails bring their styles with them; nothing else of a mail is let through, and it is no page of
# ours: it runs nothing, sends nothing and has no access to the portal's cookies.
MAIL_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "frame-ancestors": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "sandbox": ["allow-popups", "allow-top-navigation-by-user-activation"],
}


@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    return render(request, "mailbox/list.html", {"mails": mailbox.all_mails()})


@csp_update({"frame-src": ["'self'"]})  # type: ignore[arg-type]
@require_safe
def mail(request: HttpRequest, number: int) -> HttpResponse:
    return render(request, "mailbox/mail.html", {"mail": _mail_or_404(number)})


@csp(MAIL_POLICY)  # type: ignore[arg-type]
@xframe_options_sameorigin
@require_safe
def html(request: HttpRequest, number: int) -> HttpResponse:
    """Links open in the window around the frame."""
    before, head, after = _mail_or_404(number).html.rpartition("<head>")
    return HttpResponse(f'{before}{head}<base target="_top">{after}')


@require_safe
def source(request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse(_mail_or_404(number).source, content_type="text/plain; charset=utf-8")


@require_POST
def delete_all(request: HttpRequest) -> HttpResponse:
    mailbox.empty()
    return redirect("mailbox:list")


def _mail_or_404(number: int) -> mailbox.Mail:
    try:
        return mailbox.read_mail(number)
    except (FileNotFoundError, OverflowError) as error:
        raise Http404 from error
