import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from commitments import bounces
from senate_portal.lib import delivery_reports

TRY_LATER = 75  # EX_TEMPFAIL of sysexits.h: the mail server keeps the email and calls again


class Command(BaseCommand):
    help = "Takes an email that came to BOUNCE_ADDRESS, from standard input, as a mail server hands it on"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("detail", help="What stands between the plus sign and the @ of the address it came to")

    def handle(self, *args: Any, detail: str, **options: Any) -> None:
        content = sys.stdin.buffer.read(delivery_reports.LARGEST + 1)
        try:
            bounces.take_report(detail, content)
        except DatabaseError:
            self.stderr.write("The database does not answer.")
            sys.exit(TRY_LATER)
