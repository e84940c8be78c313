"""Stand in front of allauth's own addresses, where the portal is stricter."""

from django.urls import path

from groups.views import members

urlpatterns = [
    path("2fa/webauthn/keys/<int:pk>/remove/", members.remove_passkey, name="mfa_remove_webauthn"),
]
