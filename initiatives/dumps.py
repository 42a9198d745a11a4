"""The whole published catalogue in one file, made each night: two tables, what their columns mean and when it was made.

The only people in it are the contacts that the pages show.
"""

import tempfile
from collections.abc import Iterable
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.urls import reverse

from initiatives import catalogue, exports
from initiatives.models import CatalogueDump
from senate_portal.lib.spreadsheets import csv_lines


def make(*, now: datetime) -> CatalogueDump:
    """Takes the place of the last one as a whole: until it is ready, the last one is given."""
    everything = catalogue.find({})
    stamp = exports.Stamp(
        f"All {len(everything)} published initiatives", f"{settings.SITE_URL}{reverse('initiatives:dump')}", now
    )
    with tempfile.TemporaryFile() as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            write(archive, "initiatives.csv", csv_lines(exports.HEADER, exports.rows(everything)))
            write(archive, "initiatives.json", exports.json_lines(everything, stamp))
            write(archive, "columns.csv", csv_lines(["column", "meaning"], exports.dictionary()))
            write(archive, "about.csv", csv_lines(["what", "value"], stamp.rows()))
        file.seek(0)
        content = file.read()
    made, _ = CatalogueDump.objects.update_or_create(
        id=1, defaults={"made_at": now, "entries": len(everything), "size": len(content), "content": content}
    )
    return made


def write(archive: ZipFile, name: str, lines: Iterable[str]) -> None:
    with archive.open(name, "w") as file:
        for line in lines:
            file.write(line.encode())
