"""Which files of plans."""

from datetime import datetime
from typing import Self

from in4green.common.making.models import MadeQuerySet


class PlanExportQuerySet(MadeQuerySet):
    def of_drafts(self) -> Self:
        return self.filter(edition=None)

    def of_drafts_before(self, moment: datetime) -> Self:
        return self.of_drafts().filter(asked_at__lt=moment)
