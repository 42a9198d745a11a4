"""Ranking every entry that holds a common word: the vectors stay uncompressed, and titles are asked without a copy.

PostgreSQL would compress a vector in each row of more than 2 kB, and unpack it again for every function that reads it.
"""

from django.db import migrations

# 'falls' & 'car':* becomes 'falls':A & 'car':*A, which only words of a title and acronyms match.
IN_TITLES = r"""
CREATE FUNCTION catalogue_in_titles(query tsquery) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT regexp_replace(query::text, '(''(?:[^'']|'''')*'')(?::(\*))?', '\1:\2A', 'g')::tsquery $$;
"""


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0008_what_it_took_and_evidence")]

    operations = [
        migrations.RunSQL(IN_TITLES, "DROP FUNCTION catalogue_in_titles(tsquery);"),
        migrations.RunSQL(
            "ALTER TABLE initiatives_initiative SET (toast_tuple_target = 8160);",
            "ALTER TABLE initiatives_initiative RESET (toast_tuple_target);",
        ),
        # Writes the vectors anew.
        migrations.RunSQL("UPDATE initiatives_initiative SET title = title;", migrations.RunSQL.noop),
    ]
