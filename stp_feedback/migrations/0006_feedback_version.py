"""Everyone can tell whether what the forums said has changed: a row that triggers renew, as that of the catalogue."""

import uuid

from django.db import migrations, models

FUNCTION = """
-- Taken before any row is touched, so that two writers queue here and cannot block each other further on.
CREATE FUNCTION feedback_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO stp_feedback_feedbackversion (id, version, changed_at) VALUES (1, gen_random_uuid(), now())
    ON CONFLICT (id) DO UPDATE SET version = excluded.version, changed_at = excluded.changed_at;
    RETURN NULL;
END $$;
"""
TABLES = [
    "stp_feedback_series",
    "stp_feedback_keytheme",
    "stp_feedback_forum",
    "stp_feedback_forum_further_sources",
    "stp_feedback_session",
    "stp_feedback_foruminitiative",
    "stp_feedback_forumkeytheme",
    "stp_feedback_feedbackpoint",
    "stp_feedback_feedbackpoint_key_themes",
    "stp_feedback_feedbackpoint_initiatives",
    "stp_feedback_arearesponse",
    "stp_feedback_recommendation",
    "stp_feedback_recommendationupdate",
]


def _trigger(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER feedback_changed BEFORE INSERT OR UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION feedback_changed();",
        f"DROP TRIGGER feedback_changed ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("stp_feedback", "0005_asks")]

    operations = [
        migrations.CreateModel(
            name="FeedbackVersion",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("version", models.UUIDField(default=uuid.uuid4)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="feedback_version_one_row")],
            },
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION feedback_changed();"),
        *map(_trigger, TABLES),
    ]
