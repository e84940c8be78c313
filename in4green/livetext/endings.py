"""Sockets end with their session: at sign-out, after a new password, from the list of sessions.

Whoever deletes a session knows nothing of texts, hence the signal.
"""

from typing import Any

from django.contrib.sessions.models import Session
from django.db.models.signals import post_delete
from django.dispatch import receiver

from in4green.livetext.bell import fingerprint, ring


@receiver(post_delete, sender=Session)
def tell_live(instance: Session, **_of_the_signal: Any) -> None:
    ring(session=fingerprint(instance.session_key))
