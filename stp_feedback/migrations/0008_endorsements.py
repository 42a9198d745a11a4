import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0013_adaptations"),
        ("stp_feedback", "0007_forums_in_the_portal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_on", models.DateField(auto_now_add=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements",
                        to="initiatives.stparea",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endorsements",
                        to="stp_feedback.feedbackpoint",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("point", "area", "by"), name="endorsement_once_a_person")
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER feedback_changed BEFORE INSERT OR UPDATE OR DELETE ON stp_feedback_endorsement "
            "FOR EACH STATEMENT EXECUTE FUNCTION feedback_changed();",
            "DROP TRIGGER feedback_changed ON stp_feedback_endorsement;",
        ),
    ]
