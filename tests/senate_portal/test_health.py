import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def test_live_asks_nothing_of_the_database(client):
    response = client.get("/health/live")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Content-Type"] == "text/plain"


@pytest.mark.django_db
def test_ready_when_every_migration_is_applied(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        response = client.get("/health/ready")
    assert (response.status_code, response.content) == (200, b"ready\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client):
    [last] = MigrationLoader(None).graph.leaf_nodes("commitments")
    MigrationRecorder(connection).record_unapplied(*last)
    response = client.get("/health/ready")
    assert (response.status_code, response.content) == (503, b"not ready\n")


@pytest.mark.django_db
def test_not_ready_without_the_table_of_migrations(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_migrations RENAME TO elsewhere")
    response = client.get("/health/ready")
    assert (response.status_code, response.content) == (503, b"not ready\n")


def test_health_takes_no_post(client):
    assert client.post("/health/live").status_code == 405


def test_health_answers_over_plain_http_where_pages_do_not(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health/live").status_code == 200
    assert client.get("/about/").status_code == 301
