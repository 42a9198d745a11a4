"""Search over the catalogue: weighted PostgreSQL full text, kept by the database itself in a generated column."""

from django.contrib.postgres.search import SearchVector

WEIGHTED_WORDS = (
    SearchVector("title", "acronyms", config="english", weight="A")
    + SearchVector("summary", config="english", weight="B")
    + SearchVector("who_for", "how_it_works", config="english", weight="C")
)
