"""Imprint, privacy, accessibility, and the form with which barriers are reported."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from groups.forms.duties import BarrierForm
from groups.models import WorkingGroup
from groups.services.duties import report_barrier
from in4green.common.network import network_key


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    return render(request, "duties/imprint.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "duties/privacy.html", {"periods": _periods()})


def _periods() -> dict[str, int]:
    """As the notice names them: in days, or in months where the setting is that long."""
    interest = settings.INTEREST
    return {
        "unconfirmed_days": interest["CONFIRM_WITHIN"].days,
        "declined_months": _months(interest["DECLINED_KEPT"].days),
        "link_days": interest["LINK_KEPT_AFTER_JOINING"].days,
        "session_days": settings.SESSION_COOKIE_AGE // 86_400,
        "device_days": settings.MFA_TRUST_COOKIE_AGE.days,
        "delivery_days": settings.OUTBOX["KEPT"].days,
        "log_months": _months(settings.LOG_KEPT.days),
        "barrier_months": _months(settings.BARRIER["KEPT"].days),
    }


def _months(days: int) -> int:
    return round(days * 12 / 365)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {"checked_on": settings.ACCESSIBILITY_CHECKED_ON, **_barrier_facts()}
    return render(request, "duties/accessibility.html", context)


# As for the interest form: the signed one-time stamp stands where a CSRF cookie would.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def barrier_report(request: HttpRequest) -> HttpResponse:
    initial = {"page": _page_before(request)}
    form = BarrierForm(request.POST or None, initial=initial, network=network_key(request))
    if request.method == "POST" and form.is_valid():
        report_barrier(
            WorkingGroup.objects.default(),
            language=get_language() or settings.LANGUAGE_CODE,
            form_token=form.token,
            network=form.network,
            **form.values(),
        )
        return redirect("barrier_thanks")
    return render(request, "duties/barrier_report.html", {"form": form, **_barrier_facts()})


@require_safe
def barrier_thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "duties/barrier_thanks.html", _barrier_facts())


def _barrier_facts() -> dict[str, Any]:
    weeks = settings.BARRIER["ANSWER_WITHIN"].days // 7
    return {"weeks": weeks, "ombudsstelle": settings.OMBUDSSTELLE}


def _page_before(request: HttpRequest) -> str:
    """The page of ours that led here, unless its address is a personal link."""
    address = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}):
        return ""
    path = urlsplit(address).path
    try:
        personal = resolve(path).kwargs.keys() & {"token", "key"}
    except Resolver404:
        return ""
    return "" if personal else path
