"""Search over the catalogue: weighted PostgreSQL full text, kept by the database itself in a generated column.

The configuration `catalogue` is English without accents; the function `catalogue_words` spells "A&E" and "A+E" out,
which the parser would otherwise take apart. Both are made in migration 0003.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchVector
from django.db import connection
from django.db.models import F, Func, TextField

CONFIGURATION = "catalogue"
PHRASE = "phraseto_tsquery('catalogue', %s)"
PREFIX = "to_tsquery('simple', %s)"
MOST_WORDS = 20
# Around words found in an excerpt: characters that no text holds, so that the page can escape the rest.
MARKS = ("\x02", "\x03")

EMERGENCY_DEPARTMENT = re.compile(r"\bA\s?[&+]\s?E\b", re.IGNORECASE)
TERM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')

Thesaurus = Mapping[str, tuple[str, ...]]


def _vector(*fields: str, weight: str) -> SearchVector:
    words = [Func(F(field), function="catalogue_words", output_field=TextField()) for field in fields]
    return SearchVector(*words, config=CONFIGURATION, weight=weight)


WEIGHTED_WORDS = (
    _vector("title", "acronyms", weight="A")
    + _vector("summary", weight="B")
    + _vector("who_for", "problem", "how_it_works", "evaluation_note", "pitfalls", "lessons", weight="C")
    + _vector("related_words", weight="D")
)


def thesaurus(lines: Iterable[str]) -> Thesaurus:
    """Every term with all that mean the same, from lines such as "ED, emergency department, casualty"."""
    groups = [tuple(term.strip() for term in line.split(",") if term.strip()) for line in lines]
    return {_key(term): group for group in groups for term in group}


def _key(term: str) -> str:
    """One key for "Long-term conditions" and "long term condition"."""
    return " ".join(word.removesuffix("s") for word in term.casefold().replace("-", " ").split())


def spell_out(text: str) -> str:
    return EMERGENCY_DEPARTMENT.sub("emergency department", text.replace("\x00", " ").replace("\u2019", "'"))


@dataclass(frozen=True)
class Query:
    """A tsquery of PostgreSQL: its SQL, made of this module's own pieces, and what people typed as parameters."""

    sql: str
    words: tuple[str, ...]


def _joined(operator: str, parts: Sequence[Query]) -> Query:
    return Query(f"({f' {operator} '.join(part.sql for part in parts)})", sum((part.words for part in parts), ()))


def query(text: str, same: Thesaurus, *, by_prefix: bool = False) -> Query | None:
    """All words must be there, in any of the forms that the thesaurus knows; "..." keeps words together, - leaves out.

    None when nothing is asked for. `by_prefix` also takes the beginning of a word for the word.
    """
    parts = []
    for left_out, term in _terms(spell_out(text), same):
        forms = same.get(_key(term), (term,))
        if left_out:
            parts += [Query(f"!!{PHRASE}", (form,)) for form in map(_split, forms)]
        else:
            parts.append(_any_of(forms, by_prefix=by_prefix))
    return _joined("&&", parts) if parts else None


def _terms(text: str, same: Thesaurus) -> list[tuple[bool, str]]:
    """(left out, words) for each phrase in quotes, each phrase that the thesaurus knows and each other word."""
    terms: list[tuple[bool, str]] = []
    words: list[str] = []
    for found in list(TERM.finditer(text))[:MOST_WORDS]:
        if found["word"] and not found["minus"]:
            words.append(found["word"])
            continue
        terms += [(False, term) for term in _known_phrases(words, same)]
        words = []
        terms.append((bool(found["minus"]), found["phrase"] or found["word"] or ""))
    return [*terms, *((False, term) for term in _known_phrases(words, same))]


def _known_phrases(words: list[str], same: Thesaurus) -> list[str]:
    """The words in their order, those together that the thesaurus knows together, longest first."""
    terms = []
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + 4), start, -1):
            term = " ".join(words[start:end])
            if end == start + 1 or _key(term) in same:
                terms.append(term)
                start = end
                break
    return terms


def _split(words: str) -> str:
    """A hyphen would have its word looked up as one; its parts next to each other are found in both spellings."""
    return words.replace("-", " ")


def _any_of(forms: Sequence[str], *, by_prefix: bool) -> Query:
    parts = [Query(PHRASE, (_split(form),)) for form in forms]
    if by_prefix:
        parts += [Query(PREFIX, (f"{form}:*",)) for form in forms if re.fullmatch(r"\w{3,}", form)]
    return _joined("||", parts)


RANKED = """
SELECT id FROM initiatives_initiative, (SELECT {query}) asked (query)
 WHERE publication = 'published' AND search_vector @@ query
 ORDER BY search_vector @@ catalogue_in_titles(query) DESC, ts_rank(search_vector, query) DESC, title, id
"""


def ranked(asked: Query) -> list[int]:
    """Keys of the published entries that match: words in the title first, then by weight and number."""
    with connection.cursor() as cursor:
        cursor.execute(RANKED.format(query=asked.sql), asked.words)
        return [pk for (pk,) in cursor]


EXCERPTS = """
SELECT id, ts_headline('catalogue', concat_ws(' ', summary, how_it_works), query, %s)
  FROM initiatives_initiative, (SELECT {query}) asked (query)
 WHERE id = ANY(%s)
"""
EXCERPT = f'StartSel={MARKS[0]},StopSel={MARKS[1]},MaxFragments=2,MinWords=12,MaxWords=28,FragmentDelimiter=" … "'


def excerpts(asked: Query, pks: Sequence[int]) -> dict[int, str]:
    """By key, up to two pieces of an entry's text with the words asked for between MARKS."""
    with connection.cursor() as cursor:
        cursor.execute(EXCERPTS.format(query=asked.sql), [EXCERPT, *asked.words, list(pks)])
        return dict(cursor.fetchall())


NEAREST = """
WITH vocabulary AS (
    SELECT word FROM ts_stat($$
        SELECT to_tsvector('simple', concat_ws(' ', title, acronyms, summary, who_for, how_it_works, related_words))
          FROM initiatives_initiative WHERE publication = 'published'$$)
)
SELECT asked.word, nearest.word
  FROM unnest(%s::text[]) asked (word)
 CROSS JOIN LATERAL (
    SELECT vocabulary.word FROM vocabulary WHERE similarity(vocabulary.word, asked.word) > 0.35
     ORDER BY similarity(vocabulary.word, asked.word) DESC, vocabulary.word LIMIT 1
 ) nearest
"""


def nearest_spelling(text: str) -> str:
    """The text with its words replaced by the nearest ones of the catalogue; empty where none is near.

    Reads every published entry, so it is for searches that found nothing.
    """
    words = [found["word"] or found["phrase"] or "" for found in TERM.finditer(spell_out(text))][:MOST_WORDS]
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, [[word.casefold() for word in words]])
        nearest: dict[str, str] = dict(cursor.fetchall())
    suggestion = " ".join(nearest.get(word.casefold(), word) for word in words)
    return suggestion if nearest and suggestion.casefold() != " ".join(words).casefold() else ""
