from typing import Any

from django.core.management.base import BaseCommand

from commitments import outbox, privacy

WHY = "A backup was restored. See what left since it was made before you resume."


class Command(BaseCommand):
    help = "After a backup was restored: pauses all sending, and erases again whom the backup brought back."

    def handle(self, **options: Any) -> None:
        outbox.pause(why=WHY)
        self.stdout.write(f"All sending is paused. Erased again: {privacy.replay()}")
