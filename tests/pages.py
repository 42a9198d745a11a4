"""Ways to read what the portal answered."""

import csv
import io
import re


def html_of(response):
    """The page as it was sent, with single spaces."""
    return " ".join(response.content.decode().split())


def words_of(response):
    """The page without its tags."""
    return " ".join(re.sub("<[^>]+>", " ", response.content.decode()).split())


def read_csv(response):
    """The rows of a streamed file, each a dict by the names of its columns."""
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"), newline="")))
