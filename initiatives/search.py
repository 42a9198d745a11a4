"""Search over the catalogue: weighted PostgreSQL full text, kept by the database itself in a generated column.

The configuration `catalogue` is English without accents; the function `catalogue_words` spells "A&E" and "A+E" out,
which the parser would otherwise take apart. Both are made in migration 0003.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchVector
from django.db import connection
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Concat

CONFIGURATION = "catalogue"
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
    + _vector("who_for", "how_it_works", "evaluation_note", weight="C")
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


def query(text: str, same: Thesaurus, *, by_prefix: bool = False) -> SearchQuery | None:
    """All words must be there, in any of the forms that the thesaurus knows; "..." keeps words together, - leaves out.

    None when nothing is asked for. `by_prefix` also takes the beginning of a word for the word.
    """
    whole: SearchQuery | None = None
    for negated, term in _terms(spell_out(text), same):
        forms = same.get(_key(term), (term,))
        for part in [~_phrase(form) for form in forms] if negated else [_any_of(forms, by_prefix=by_prefix)]:
            whole = part if whole is None else whole & part
    return whole


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


def _phrase(words: str) -> SearchQuery:
    """The words next to each other. A hyphen would have them looked up as one; both spellings hold the parts."""
    return SearchQuery(words.replace("-", " "), config=CONFIGURATION, search_type="phrase")


def _any_of(forms: Sequence[str], *, by_prefix: bool) -> SearchQuery:
    parts = [_phrase(form) for form in forms]
    if by_prefix:
        words = [form for form in forms if re.fullmatch(r"\w{3,}", form)]
        parts += [SearchQuery(f"{word}:*", config="simple", search_type="raw") for word in words]
    return reduce(or_, parts)


def excerpt(query: SearchQuery) -> SearchHeadline:
    """Up to two pieces of an entry's text with the words asked for between MARKS."""
    return SearchHeadline(
        Concat("summary", Value(" "), "how_it_works", output_field=TextField()),
        query,
        config=CONFIGURATION,
        start_sel=MARKS[0],
        stop_sel=MARKS[1],
        max_fragments=2,
        min_words=12,
        max_words=28,
        fragment_delimiter=" … ",
    )


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
