"""The members' own pages: my group, my account."""

from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from groups import typed_text
from groups.accounts import home_of, signed_in
from groups.forms.profile import ProfileForm
from groups.member_area import of_member, waiting_for
from groups.services import accounts
from groups.services.accounts import change_profile, has_second_factor


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """My groups with their people, what is new there, and what waits for me."""
    user = signed_in(request)
    groups = of_member(user)
    context = {"groups": groups, "waiting": waiting_for(user, groups)}
    return render(request, "members/home.html", context)


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=signed_in(request))
    if request.method == "POST" and form.is_valid():
        user = change_profile(signed_in(request), **form.cleaned_data)
        with override(user.language):
            messages.success(request, _("Your profile is saved."))
            return redirect("member:profile")
    return render(request, "members/profile.html", {"form": form})


@require_POST
@login_required
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    accounts.end_session(signed_in(request), pk, but=request.session.session_key)
    messages.success(request, _("That device is signed out."))
    return redirect("usersessions_list")


@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why staff need one, and the two ways to get it."""
    if has_second_factor(request.user):
        return redirect("mfa_index")
    return render(request, "members/second_factor.html")


@never_cache
@login_required
def typed(request: HttpRequest) -> HttpResponse:
    """What was typed when the session ended: send it on, or throw it away."""
    kept = typed_text.kept_for(request)
    if request.method == "POST" or kept is None:
        typed_text.forget(request)
        return redirect(home_of(signed_in(request)))
    return render(request, "members/typed.html", {"typed": kept})


class RemovePasskeyView(RemoveWebAuthnView):
    """allauth asks nobody before it removes a passkey; the last one may have to stay."""

    def form_valid(self, form: Form) -> HttpResponse:
        adapter = get_mfa_adapter()
        if not adapter.can_delete_authenticator(self.object):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_list_webauthn")
        response: HttpResponse = super().form_valid(form)
        return response


remove_passkey = RemovePasskeyView.as_view()
