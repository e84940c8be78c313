"""Draw the pages of all editions anew, after the way of drawing has changed."""

from typing import Any

from django.core.management.base import BaseCommand

from actionplan.models import Edition
from actionplan.services import editions


class Command(BaseCommand):
    help = "Draws the pages of all editions anew; what was published stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        for edition in Edition.objects.select_related("plan").iterator(chunk_size=1):
            editions.draw(edition)
            self.stdout.write(f"{edition.plan.slug} {edition.number}")
