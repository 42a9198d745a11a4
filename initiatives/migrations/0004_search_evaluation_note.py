"""Search also looks into what is said about an evaluation."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.contrib.postgres.search import SearchVector
from django.db import migrations, models
from django.db.models import F, Func, TextField


def _words(*fields, weight):
    words = [Func(F(field), function="catalogue_words", output_field=TextField()) for field in fields]
    return SearchVector(*words, config="catalogue", weight=weight)


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0003_search_related_words")]

    operations = [
        migrations.RemoveIndex(model_name="initiative", name="initiative_search"),
        migrations.RemoveField(model_name="initiative", name="search_vector"),
        migrations.AddField(
            model_name="initiative",
            name="search_vector",
            field=models.GeneratedField(
                db_persist=True,
                expression=_words("title", "acronyms", weight="A")
                + _words("summary", weight="B")
                + _words("who_for", "how_it_works", "evaluation_note", weight="C")
                + _words("related_words", weight="D"),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search_vector"], name="initiative_search"),
        ),
    ]
