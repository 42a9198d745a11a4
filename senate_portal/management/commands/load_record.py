from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from initiatives import search
from initiatives.models import Source, STPArea, ThesaurusEntry

# Files that came later than their document, each with the kind of record that it alone brings.
CAME_LATER = {"001-2-measures.yaml": "stp_feedback.measure"}


class Command(BaseCommand):
    help = (
        "Loads the published record from fixtures/: reference data, then each document whose source is not there yet. "
        "Into a database that has it, only what came later."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        fixtures: Path = settings.BASE_DIR / "fixtures"
        with transaction.atomic():
            if not STPArea.objects.exists():
                self.load("reference data", [fixtures / "reference.yaml"])
            else:
                self.load_new_synonyms(fixtures / "reference.yaml")
            for number in sorted({file.name[:3] for file in fixtures.glob("[0-9][0-9][0-9]*.yaml")}):
                files = sorted(fixtures.glob(f"{number}*.yaml"))
                if not Source.objects.filter(slug=first_source(files)).exists():
                    self.load(f"document {number}", files)
                elif later := [file for file in files if file.name in CAME_LATER and not exist(CAME_LATER[file.name])]:
                    self.load(f"what came later of document {number}", later)

    def load_new_synonyms(self, file: Path) -> None:
        """Lines of the thesaurus that came later. A line that staff have changed, or one like it, stays as it is."""
        known = search.thesaurus(ThesaurusEntry.objects.values_list("terms", flat=True))
        lines = [row["fields"]["terms"] for row in rows_of(file) if row["model"] == "initiatives.thesaurusentry"]
        new = [line for line in lines if not search.thesaurus([line]).keys() & known.keys()]
        ThesaurusEntry.objects.bulk_create(ThesaurusEntry(terms=line) for line in new)
        if new:
            self.stdout.write(f"Loaded {len(new)} new lines of the thesaurus.")

    def load(self, what: str, files: list[Path]) -> None:
        call_command("loaddata", *files, verbosity=0)
        self.stdout.write(f"Loaded {what}.")


def first_source(files: list[Path]) -> str:
    """The slug of the document that a group of fixtures carries over: the first source they list."""
    rows = (row for file in files for row in rows_of(file))
    return next(str(row["fields"]["slug"]) for row in rows if row["model"] == "initiatives.source")


def exist(model: str) -> bool:
    found: bool = apps.get_model(model)._default_manager.exists()
    return found


def rows_of(file: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(file.read_text())
    return rows
