"""Write the files of a plan's newest edition into a folder, such as ``docs/examples``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from actionplan.models import Edition, EditionFile, PlanExport
from actionplan.services import exports


class Command(BaseCommand):
    help = "Writes the files of a plan's newest edition into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("plan", help="its name in addresses")
        parser.add_argument("folder", type=Path)
        parser.add_argument("--language", help="by default the original's")

    def handle(self, *args: Any, plan: str, folder: Path, **options: Any) -> None:
        rows = Edition.objects.select_related("plan__group__city").filter(plan__slug=plan)
        edition = rows.order_by("-number").first()
        if edition is None:
            raise CommandError(f"{plan}: there is no edition of such a plan.")
        language = options["language"] or edition.plan.language
        if language not in edition.languages:
            raise CommandError(f"{plan}: the edition is not there in {language}.")
        folder.mkdir(parents=True, exist_ok=True)
        for kind in EditionFile.Format:
            row = PlanExport(plan=edition.plan, edition=edition, format=kind, language=language)
            name = f"{plan}-{edition.number}-{language}.{kind.value}"
            (folder / name).write_bytes(exports.draw(row))
            self.stdout.write(name)
