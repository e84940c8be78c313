"""Invite somebody from the command line: how the first coordinator gets in."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from groups.models import Membership, WorkingGroup
from groups.services.invitations import invite


class Command(BaseCommand):
    help = "Sends an invitation to a working group."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--group", default=settings.DEFAULT_GROUP, help="slug of the group")
        parser.add_argument(
            "--role", choices=Membership.Role.values, default=Membership.Role.COORDINATOR
        )

    def handle(self, *args: Any, email: str, group: str, **options: Any) -> None:
        try:
            validate_email(email)
            to = WorkingGroup.objects.get(slug=group)
            invite(
                to,
                email=email,
                name=options["name"],
                role=options["role"],
                language=to.language,
                by=None,
            )
        except WorkingGroup.DoesNotExist:
            raise CommandError(f"There is no group {group!r}: run load_reference first.") from None
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from None
        self.stdout.write(f"The invitation to {email} is on its way.")
