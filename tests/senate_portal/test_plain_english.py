"""How old a reader must be to follow the public pages, by the measure of Flesch and Kincaid."""

import re

import lxml.html
import pytest

from tests.factories import make_forum_with_feedback

pytestmark = pytest.mark.django_db

OLDEST = 12  # years; words such as "initiative" and "commitment" cost two
PAGES = [
    "/",
    "/forums/",
    "/about/",
    "/accessibility/",
    "/privacy/",
    "/initiatives/submit/",
    "/initiatives/submit/thanks/",
    "/answer/fresh/",
    "/answer/nothing-like-it/",
    "/accounts/login/",
    "/nowhere/",
]
# Names that a page has to print, whatever their length.
NAMES = re.compile(
    "|".join(
        [
            r"\S+@\S+",
            "Web Content Accessibility Guidelines",
            "Sustainability and Transformation Partnership",
            "Information Commissioner.s Office",
            "Equality Advisory and Support Service",
        ]
    )
)
TEXT = "//main//p | //main//li | //main//dd | //main//*[contains(@class, 'nhsuk-hint')]"


def sentences(page):
    """Those of the page's running text: paragraphs, points and hints of four words or more."""
    for element in lxml.html.document_fromstring(page).xpath(TEXT):
        text = NAMES.sub("name", " ".join(element.text_content().split()))
        for sentence in re.split(r"(?<=[.:?!])\s", text):
            words = re.findall(r"[A-Za-z'\u2019]+", sentence)
            if len(words) >= 4:
                yield words


def syllables(word):
    bare = re.sub(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$", "", word.lower())
    return max(len(re.findall(r"[aeiouy]{1,2}", bare)), 1)


def reading_age(page):
    found = list(sentences(page))
    words = [word for sentence in found for word in sentence]
    grade = 0.39 * len(words) / len(found) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return grade + 5


@pytest.mark.parametrize("address", PAGES)
def test_public_pages_are_in_plain_english(client, address):
    assert reading_age(client.get(address).content.decode()) <= OLDEST


def test_forums_are_told_of_in_plain_english(client):
    venue = {"venue": "The King's Fund, London", "attendees": 100, "committers": 45, "commitments": 92}
    make_forum_with_feedback(title="Developing high quality, value based care out of hospital", **venue)
    make_forum_with_feedback(title="Invented forum: moving care closer to home", is_invented=True, **venue)
    assert reading_age(client.get("/forums/").content.decode()) <= OLDEST


def test_the_measure_tells_plain_from_stilted():
    plain = "<main><p>We write to you in three months. You say how it went.</p></main>"
    stilted = "<main><p>Subsequently, participants receive correspondence regarding implementation.</p></main>"

    assert reading_age(plain) < 8
    assert reading_age(stilted) > 20
