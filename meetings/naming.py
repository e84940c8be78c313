"""What people agree to when they let themselves be named; a changed text is a new version."""

from django.utils.translation import gettext_lazy as _

VERSION = 1
TEXT = _("My name and my organisation may be read by everybody on the public page of this meeting.")
