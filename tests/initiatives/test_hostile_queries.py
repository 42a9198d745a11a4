"""Whatever stands in an address, the catalogue answers with a page or a refusal in words, and asks the database no more
than for an honest one. The addresses are the same in each run."""

import random
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import catalogue
from tests.factories import make_area, make_initiative, make_theme

pytestmark = pytest.mark.django_db

# The most queries of an honest request, the empty list with its ways out included
MOST_QUERIES = {
    "/initiatives/": 7,
    "/initiatives/matrix/": 5,
    "/initiatives/compare/": 3,
    "/initiatives.csv": 5,
    "/initiatives.json": 5,
    "/initiatives.atom": 5,
    "/initiatives-matrix.csv": 5,
    "/api/v1/initiatives/": 10,  # six of them count what this visitor asks for
}
NAMES = [
    *(facet.name for facet in catalogue.FACETS),
    "search",
    "sort",
    "page",
    "by",
    "entry",
    "unknown",
    "",
    "search[]",
]
VALUES = [
    "",
    " ",
    "falls",
    "NEL",
    "0",
    "-1",
    "1e9",
    "99999999999999999999",
    "\x00",
    "a\x00b",
    "\x01\x02\x1b",
    "'",
    '"',
    '"open phrase',
    "' OR 1=1 --",
    "a & b | !c <-> d",
    "falls:*",
    "<3> ( )) :A",
    "!!!! &&&& ||||",
    "-falls -care",
    "\\",
    "%s %(x)s {0} {query}",
    "$$",
    "(a+)+$",
    "[[:<:]]",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "שלום \u202eabc",
    "عربى",
    "👩‍⚕️🚑",
    "e\u0301" * 40,
    "\ud7ff\ue000\ufffe\uffff",
    "ﬀ\u00a0\u2028\u2029\ufeff",
    "A" * 10_000,
    "care " * 2_000,
    "x-" * 500,
    "a&e " * 100,
]


def hostile_queries():
    yield from (f"search={quote(value)}" for value in VALUES)
    yield from (f"area={quote(value)}&page={quote(value)}&sort={quote(value)}" for value in VALUES)
    yield urlencode([(f"p{number}", "x") for number in range(5_000)])
    yield urlencode([("area", f"x{number}") for number in range(900)])
    yield from ("search=%00", "area=%ff%fe&search=%ff")
    yield "&&&===;;;%%%&search"
    chance = random.Random(2017)
    for _ in range(60):
        pairs = [(chance.choice(NAMES), chance.choice(VALUES)) for _ in range(chance.randint(1, 12))]
        yield urlencode(pairs)


@pytest.mark.parametrize("path", MOST_QUERIES)
def test_hostile_queries_get_an_answer_and_cost_no_more(client, path):
    make_initiative(title="Falls car", areas=[make_area("NEL")], themes=[make_theme("Falls")])
    catalogue.current()

    for query in hostile_queries():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path, QUERY_STRING=query)
            body = response.getvalue() if response.streaming else response.content
        told = (path, query[:200])
        assert response.status_code in (200, 400, 404), told
        assert body, told
        assert b"Traceback" not in body, told
        assert len(queries) <= MOST_QUERIES[path], (*told, [one["sql"][:80] for one in queries])
