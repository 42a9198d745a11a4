"""Wakes a worker for what a page leaves to it."""

from typing import Any

from celery import Task
from django.db import transaction


def after_commit(task: Task, *args: Any) -> None:
    """Queue the task once the transaction holds. A broker that is away is logged, and the page goes on."""

    # Django names in its log what failed, which a partial or a bound method of Celery's does not bear.
    def ring() -> None:
        task.apply_async(args, retry=False)

    transaction.on_commit(ring, robust=True)
