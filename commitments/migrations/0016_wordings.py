import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0015_stories_spread_and_summary"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "letter",
                    models.CharField(
                        choices=[
                            ("ask", "First email"),
                            ("reminder", "Reminder"),
                            ("without", "Email to people without a commitment"),
                        ],
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("body", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="wordings", to="commitments.wave"
                    ),
                ),
            ],
            options={
                "ordering": ["wave", "letter", "-version"],
            },
        ),
        migrations.AddField(
            model_name="message",
            name="wording",
            field=models.ForeignKey(
                blank=True,
                help_text="None for the standard wording",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="commitments.wording",
            ),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.UniqueConstraint(fields=("wave", "letter", "version"), name="wording_version_once"),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("body", ""), ("subject", "")),
                    models.Q(models.Q(("subject", ""), _negated=True), models.Q(("body", ""), _negated=True)),
                    _connector="OR",
                ),
                name="wording_with_subject_and_body",
            ),
        ),
    ]
