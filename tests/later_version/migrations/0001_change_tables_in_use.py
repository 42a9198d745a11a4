from django.db import migrations


class Migration(migrations.Migration):
    """As a new version may change tables: with columns that the code before it can leave out."""

    operations = [
        migrations.RunSQL(
            "ALTER TABLE commitments_answer ADD COLUMN later text NOT NULL DEFAULT 'unknown'", migrations.RunSQL.noop
        ),
    ]
