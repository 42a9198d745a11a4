from typing import Any

from django.core.management.base import BaseCommand

from commitments import privacy


class Command(BaseCommand):
    help = "Erases again the people whom a restored backup brought back. Run it before anything is sent."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Erased again: {privacy.replay()}")
