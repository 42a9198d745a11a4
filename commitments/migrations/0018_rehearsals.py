import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0017_close_downs"),
    ]

    operations = [
        migrations.CreateModel(
            name="RehearsalRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("commitments", "About their commitments"),
                            ("no-commitment", "To somebody without a commitment"),
                            ("again", "To somebody who asked to be asked later"),
                            ("summary", "The summary after closing"),
                        ],
                        max_length=20,
                        verbose_name="which email",
                    ),
                ),
                ("address", models.EmailField(blank=True, max_length=254, verbose_name="to what address")),
                ("why_not", models.CharField(blank=True, max_length=600, verbose_name="why they get none")),
                (
                    "link_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="an earlier link of theirs worked until"),
                ),
                ("made_at", models.DateTimeField(verbose_name="as it stood on")),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "attendee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rehearsed", to="commitments.attendee"
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rehearsal", to="commitments.wave"
                    ),
                ),
            ],
            options={
                "ordering": ["wave", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("wave", "attendee"), name="rehearsal_names_a_person_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), models.Q(("why_not", ""), _negated=True)),
                            models.Q(("kind__in", ["commitments", "no-commitment"]), ("why_not", "")),
                            _connector="OR",
                        ),
                        name="rehearsal_has_an_email_or_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", ""),
                            models.Q(("address", ""), _negated=True),
                            ("erased_at__isnull", False),
                            _connector="OR",
                        ),
                        name="rehearsal_email_has_an_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("erased_at", None), ("address", ""), _connector="OR"),
                        name="rehearsal_erased_has_no_address",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rehearsalrow",
            trigger=pgtrigger.compiler.Trigger(
                name="never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="d6191ef994e1a9aabc72ddab77e7304d1ce19d86",
                    operation="UPDATE",
                    pgid="pgtrigger_never_changed_b0652",
                    table="commitments_rehearsalrow",
                    when="BEFORE",
                ),
            ),
        ),
    ]
