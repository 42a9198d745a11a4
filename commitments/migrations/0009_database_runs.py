import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0008_erasures"),
    ]

    operations = [
        migrations.CreateModel(
            name="DatabaseRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("began_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        # A crash of the database empties it.
        migrations.RunSQL(
            "ALTER TABLE commitments_databaserun SET UNLOGGED", "ALTER TABLE commitments_databaserun SET LOGGED"
        ),
    ]
