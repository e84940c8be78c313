"""Publishing an edition: what there is to know before, and the last word."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from actionplan.editions.looking import look_at
from actionplan.editions.showing import newest_edition
from actionplan.forms.editions import PublishForm
from actionplan.models import Edition, Plan
from actionplan.services import editions
from actionplan.views.guarding import with_plan
from groups.accounts import signed_in


@with_plan("actionplan.publish_edition")
def publish(request: HttpRequest, plan: Plan) -> HttpResponse:
    first = {"title": plan.title, "title_en": plan.title_en, "after": _newest_number(plan)}
    form = PublishForm(request.POST or None, initial=first)
    sent = request.method == "POST" and form.is_valid()
    if sent and (edition := _publish(request, plan, form)):
        messages.success(
            request, _("Edition %(number)s is published.") % {"number": edition.number}
        )
        return redirect(edition)
    newest = newest_edition(plan.slug)
    number = newest.number + 1 if newest else 1
    context = {"plan": plan, "form": form, "newest": newest, "number": number}
    return render(request, "editions/publish.html", context | {"warnings": look_at(plan)})


def _newest_number(plan: Plan) -> int:
    newest = newest_edition(plan.slug)
    return newest.number if newest else 0


def _publish(request: HttpRequest, plan: Plan, form: PublishForm) -> Edition | None:
    """None where somebody was quicker: then the form knows of the newer one."""
    after = form.cleaned_data["after"]
    try:
        return editions.publish(plan, after=after, by=signed_in(request), **form.said())
    except ValidationError as error:
        form.add_error(None, error)
    typed = request.POST.copy()
    typed["after"] = str(_newest_number(plan))
    form.data = typed
    return None
