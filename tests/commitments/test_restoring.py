"""The drill: a real backup of a real database, an erasure, a restore."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from commitments import outbox, privacy
from commitments.models import Attendee, Erasure, Sending
from senate_portal.accounts.models import User
from senate_portal.lib.embedded_postgres import EmbeddedPostgres
from tests.conftest import VAR_DIR, missing
from tests.factories import make_attendee, make_commitment, make_forum, make_user


def run(*command):
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def programs():
    """The folder of PostgreSQL's own, of the version of the server."""
    if not os.environ.get("DATABASE_URL"):
        server = EmbeddedPostgres(VAR_DIR, throw_away=True)
        server.prepare()
        return server.programs
    found = shutil.which("pg_dump")
    if not found:
        missing("pg_dump", "install PostgreSQL's client programs")
    return Path(found).parent


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_brings_nobody_back_and_sends_nothing(programs, database_url, tmp_path, settings, capsys):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"
    Sending.objects.load()
    forum = make_forum()
    erased, stays = (make_attendee(forum, name=name) for name in ["Zuleika Quillfeather", "Anne Other"])
    kept = make_commitment(erased, text="Visit two care homes")
    make_commitment(erased, text="Ring Zuleika")
    erasure = privacy.prepare(erased, kept_texts=[kept.pk], by=make_user())
    run(programs / "pg_dump", "--format=custom", f"--file={tmp_path / 'senate.dump'}", f"--dbname={database_url}")
    privacy.execute(erasure, by=make_user(User.Role.ADMIN))
    connection.close()
    run(
        programs / "pg_restore",
        "--clean",
        "--if-exists",
        "--single-transaction",
        f"--dbname={database_url}",
        str(tmp_path / "senate.dump"),
    )
    assert Attendee.objects.get(pk=erased.pk).name == "Zuleika Quillfeather"

    call_command("migrate", verbosity=0)
    call_command("after_restore")

    assert capsys.readouterr().out == "All sending is paused. Erased again: 1\n"
    assert dict(Attendee.objects.values_list("pk", "name")) == {erased.pk: "", stays.pk: "Anne Other"}
    assert list(erased.commitments.values_list("text", flat=True)) == ["Visit two care homes", ""]
    assert Sending.objects.get().paused_why.startswith("A backup was restored.")
    assert Erasure.objects.waiting().count() == 1
    outbox.resume(by=make_user())
