import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0010_asking_again_and_handing_over"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bounce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hard", "The address does not work"),
                            ("soft", "Not delivered this time"),
                            ("complaint", "Reported as unwanted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(max_length=500, verbose_name="why, in words")),
                ("report", models.TextField(blank=True, help_text="What the mail server wrote; emptied after a while")),
                ("key", models.CharField(help_text="The same report twice counts once", max_length=200, unique=True)),
                ("received_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["-received_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="message",
            name="service_id",
            field=models.CharField(
                blank=True, max_length=200, db_default="", verbose_name="the mail service's own name for it"
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "Waiting to be sent"),
                    ("claimed", "Being sent"),
                    ("accepted", "Accepted by the mail server"),
                    ("deferred", "Put off, will be tried again"),
                    ("unknown", "May have been sent"),
                    ("bounced-soft", "Came back this time"),
                    ("bounced-hard", "Came back for good"),
                    ("failed", "Failed"),
                    ("cancelled", "Not needed"),
                ],
                default="queued",
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("service_id", ""), _negated=True), fields=["service_id"], name="message_service_id"
            ),
        ),
        migrations.AddField(
            model_name="bounce",
            name="message",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="bounces", to="commitments.message"
            ),
        ),
        migrations.AddConstraint(
            model_name="bounce",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["hard", "soft", "complaint"])), name="bounce_of_a_known_kind"
            ),
        ),
    ]
