from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from commitments import retention
from senate_portal.lib.clock import database_now


class Command(BaseCommand):
    help = "Ends what was kept long enough, as the nightly task does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        if dry_run:
            self.stdout.write("Nothing is changed. Tonight's run would end:")
        for what, number in retention.apply(database_now(), dry_run=dry_run).items():
            self.stdout.write(f"{number:>8,} {what}")
