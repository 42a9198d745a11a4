"""A confirmed file in a worker's hands: how far it is, all of it or nothing, and never twice."""

import pytest
from django.db import connection
from django.utils import timezone

from initiatives import importing, tasks, uploads, versions
from initiatives.models import ImportFile, Initiative
from tests.factories import make_initiative, make_user
from tests.pages import words_of

ADDRESS = "/staff/initiatives/import/"


def confirmed(staff, number=3, **fields):
    """A file of so many new entries to which somebody said yes."""
    header = ["slug", "title", "summary", "who it is for", "stage"]
    cells = [
        dict(zip(header, [f"car-{row}", f"Car {row}", "A car.", "All", "Pilot"], strict=True)) for row in range(number)
    ]
    file = ImportFile.objects.create(by=staff, header=header, rows=[*enumerate(cells, start=2)], **fields)
    uploads.confirm(file, digest=importing.plan(uploads.table(file)).digest)
    return file


@pytest.mark.django_db(transaction=True)
def test_others_see_how_far_it_is_before_anything_else(client, staff, monkeypatch):
    file, seen = confirmed(staff), []
    save = importing._save
    aside = connection.copy()

    def look(entry, row, by):
        with aside.cursor() as cursor:
            cursor.execute(
                "SELECT rows_done, rows_to_do, (SELECT count(*) FROM initiatives_initiative) FROM "
                "initiatives_importfile WHERE id = %s",
                [file.pk],
            )
            seen.append(cursor.fetchone())
        save(entry, row, by)

    monkeypatch.setattr(uploads, "TOLD_EVERY", 0)
    monkeypatch.setattr(importing, "_save", look)
    tasks.carry_out_imports()
    aside.close()

    assert seen == [(0, 3, 0), (1, 3, 0), (2, 3, 0)]
    assert Initiative.objects.count() == 3
    assert [version.why for version in versions.of(Initiative.objects.first())] == ["From an uploaded file"]


@pytest.mark.django_db
def test_the_page_says_how_far_it_is_and_can_be_kept_still(client, staff):
    file = confirmed(staff)
    address = f"{ADDRESS}{file.pk}/"

    waiting = client.get(address)
    assert "Waiting for its turn" in waiting.content.decode()
    assert waiting["Refresh"] == "5"

    ImportFile.objects.update(rows_done=1200, rows_to_do=3000)
    page = client.get(address)
    assert "<title>1,200 of 3,000 rows: saving the file" in page.content.decode()
    assert '<progress class="portal-progress" max="3000" value="1200"' in page.content.decode()
    assert "Refresh" not in client.get(f"{address}?still")

    tasks.carry_out_imports()
    done = client.get(address)
    assert "3 new entries wait for review, 0 were changed." in done.content.decode()
    assert "Refresh" not in done


@pytest.mark.django_db
def test_whoever_closed_the_page_finds_how_it_ended(client, staff):
    file = confirmed(staff)
    assert "being saved" in client.get(ADDRESS).content.decode()

    tasks.carry_out_imports()

    page = client.get(ADDRESS).content.decode()
    assert f'<a href="{ADDRESS}{file.pk}/">' in page
    assert "3 new entries wait for review" in page
    client.force_login(make_user())
    assert "wait for review" not in client.get(ADDRESS).content.decode()


@pytest.mark.django_db
def test_the_cells_are_forgotten_when_all_is_saved(staff):
    file = confirmed(staff)

    tasks.carry_out_imports()

    file.refresh_from_db()
    assert (file.header, file.rows) == ([], [])


@pytest.mark.django_db
def test_what_fails_in_the_middle_saves_nothing_and_can_be_tried_again(client, staff, monkeypatch, caplog):
    file = confirmed(staff)
    save = importing._save

    def fail(entry, row, by):
        if row.slug == "car-1":
            raise OSError("no space left")
        save(entry, row, by)

    monkeypatch.setattr(importing, "_save", fail)
    tasks.carry_out_imports()

    assert not Initiative.objects.exists()
    assert f"Import {file.pk}: nothing was saved" in caplog.text
    page = client.get(f"{ADDRESS}{file.pk}/").content.decode()
    assert "Nothing was saved: something went wrong" in page
    assert "Save all of it" in page

    monkeypatch.undo()
    uploads.confirm(file, digest=importing.plan(uploads.table(file)).digest)
    tasks.carry_out_imports()
    assert Initiative.objects.count() == 3


@pytest.mark.django_db
def test_a_second_yes_and_a_second_bell_change_nothing(client, staff):
    file = confirmed(staff)
    before = ImportFile.objects.get().confirmed_at
    client.post(f"{ADDRESS}{file.pk}/", {"digest": "another"})
    assert ImportFile.objects.get().confirmed_at == before

    tasks.carry_out_imports()
    tasks.carry_out_imports()

    assert Initiative.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_an_import_that_another_worker_carries_out_is_left_alone(staff):
    confirmed(staff)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [uploads.LOCK])

        tasks.carry_out_imports()
        assert not Initiative.objects.exists()
        assert ImportFile.objects.confirmed().exists()

    other.close()
    tasks.carry_out_imports()
    assert Initiative.objects.count() == 3


@pytest.mark.django_db
def test_a_worker_is_woken_by_the_yes_and_a_broker_that_is_away_does_no_harm(
    client, staff, monkeypatch, django_capture_on_commit_callbacks, caplog
):
    rung = []
    monkeypatch.setattr(tasks.carry_out_imports, "apply_async", lambda *given, **how: rung.append((*given, how)))
    make_initiative(slug="falls-car", title="Falls car")
    file = ImportFile.objects.create(
        by=staff, header=["slug", "title"], rows=[[2, {"slug": "falls-car", "title": "Falls response car"}]]
    )
    digest = importing.plan(uploads.table(file)).digest

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{ADDRESS}{file.pk}/", {"digest": digest})

    assert rung == [((), {"retry": False})]
    assert ImportFile.objects.get().confirmed_at <= timezone.now()


@pytest.mark.django_db(transaction=True)
def test_an_import_is_undone_but_for_what_was_touched_since(client):
    staff, other = make_user(), make_user()
    client.force_login(staff)
    old, mended = (make_initiative(title=title, slug=title.lower(), cost="£1") for title in ["Old", "Mended"])
    file = confirmed(staff, number=4)
    cells = {title: {"slug": title.lower(), "title": title, "cost": "£2"} for title in ["Old", "Mended"]}
    rows = [*enumerate(cells.values(), start=2)]
    changes = ImportFile.objects.create(by=staff, header=["slug", "title", "cost"], rows=rows)
    tasks.carry_out_imports()
    uploads.confirm(changes, digest=importing.plan(uploads.table(changes)).digest)
    tasks.carry_out_imports()
    mended.refresh_from_db()
    mended.links.create(label="Report", position=1)
    edited, published, asked_about, _ = Initiative.objects.filter(slug__startswith="car-").order_by("slug")
    edited.services.create(name="Night car", position=1)
    Initiative.objects.filter(pk=published.pk).update(publication="published")
    asked_about.problem_reports.create(text="Wrong number")

    def undo(one):
        page = words_of(client.get(f"{ADDRESS}{one.pk}/undo/"))
        assert client.post(f"{ADDRESS}{one.pk}/undo/").status_code == 302
        assert "Undoing the import" in words_of(client.get(f"{ADDRESS}{one.pk}/"))
        tasks.carry_out_imports()
        return page, words_of(client.get(f"{ADDRESS}{one.pk}/"))

    preview, done = undo(changes)
    assert "Would say again what they said before: 1 entry Nobody has changed them since the import. Old" in preview
    assert "Removed: 0. Say again what they said before: 1. Left alone, since somebody changed or used them: 1." in done
    assert [Initiative.objects.get(pk=entry.pk).cost for entry in (old, mended)] == ["£1", "£2"]
    newest = versions.of(old)[0]
    assert (newest.by, newest.why) == (staff.name, "An import was undone")

    preview, done = undo(file)
    assert "Would be removed: 1 entry" in preview
    assert "Would be left alone: 3 entries" in preview
    assert "Removed: 1. Say again what they said before: 0. Left alone, since somebody changed or used them: 3." in done
    assert set(Initiative.objects.filter(slug__startswith="car-")) == {edited, published, asked_about}
    assert client.get(f"{ADDRESS}{file.pk}/undo/").status_code == 404  # once
    assert words_of(client.get(ADDRESS)).count("undone. Removed") == 2
    client.force_login(other)
    assert client.get(f"{ADDRESS}{file.pk}/").status_code == 404
