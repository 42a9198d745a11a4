"""The whole catalogue as one file, made each night."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0011_result_questions"),
    ]

    operations = [
        migrations.CreateModel(
            name="CatalogueDump",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("entries", models.PositiveIntegerField()),
                ("size", models.PositiveIntegerField(help_text="in bytes")),
                ("content", models.BinaryField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="catalogue_dump_one_row")],
            },
        ),
    ]
