from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from initiatives.models import Source, STPArea


class Command(BaseCommand):
    help = (
        "Loads the published record from fixtures/: reference data, then each document whose source is not there yet."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        fixtures: Path = settings.BASE_DIR / "fixtures"
        with transaction.atomic():
            if not STPArea.objects.exists():
                self.load("reference data", [fixtures / "reference.yaml"])
            for number in sorted({file.name[:3] for file in fixtures.glob("[0-9][0-9][0-9]*.yaml")}):
                files = sorted(fixtures.glob(f"{number}*.yaml"))
                if not Source.objects.filter(slug=first_source(files)).exists():
                    self.load(f"document {number}", files)

    def load(self, what: str, files: list[Path]) -> None:
        call_command("loaddata", *files, verbosity=0)
        self.stdout.write(f"Loaded {what}.")


def first_source(files: list[Path]) -> str:
    """The slug of the document that a group of fixtures carries over: the first source they list."""
    rows = (row for file in files for row in yaml.safe_load(file.read_text()))
    return next(str(row["fields"]["slug"]) for row in rows if row["model"] == "initiatives.source")
