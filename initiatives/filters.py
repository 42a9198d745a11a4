"""What someone asked of the catalogue, read from a query string; the same for page, file and API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from initiatives import catalogue
from senate_portal.lib.printable import printable

SORTS = {"": "Best match", "title": "Title", "checked": "Recently checked"}
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Unknown:
    """A value that a filter does not have."""

    filter: str
    title: str
    value: str


@dataclass(frozen=True)
class WayOut:
    """A filter to leave out, and what that would give."""

    name: str
    title: str
    number: int


@dataclass(frozen=True)
class Filters:
    words: str
    chosen: Mapping[str, Sequence[str]]
    unknown: Sequence[Unknown]
    sort: str
    found: catalogue.Found

    def label(self, name: str, key: str) -> str:
        return self.found.catalogue.facets[name][key].label

    @property
    def heading(self) -> str:
        """What is shown, in words: 4 initiatives in North East London about falls."""
        number = len(self.found)
        return f"{number:,} initiative{'' if number == 1 else 's'} {self.about}".strip()

    @property
    def about(self) -> str:
        """What was asked for, in words; nothing for the whole catalogue."""
        parts = []
        for facet in catalogue.FACETS:
            if keys := self.chosen.get(facet.name):
                parts.append(facet.phrase.format(" or ".join(self.label(facet.name, key) for key in keys)))
        if self.words:
            parts.append(f"for “{self.words}”")
        return " ".join(parts)

    @property
    def areas_without_entry(self) -> list[str]:
        areas = self.found.catalogue.facets["area"]
        return [areas[key].label for key in self.chosen.get("area", ()) if not areas[key].entries]

    @property
    def ways_out(self) -> list[WayOut]:
        """For an empty list: each filter that gives something when it is left out."""
        names = {facet.name: facet.title for facet in catalogue.FACETS if facet.name in self.chosen}
        if self.words:
            names["search"] = "the search words"
        ways = [WayOut(name, title, self.number_without(name)) for name, title in names.items()]
        return [way for way in ways if way.number] if len(names) > 1 else []

    def number_without(self, name: str) -> int:
        """How many would be found with one filter, or the search words, left out; nothing is asked for anew."""
        if name == "search":
            return len(catalogue.find(self.chosen, now=self.found.catalogue))
        return self.found.matching(without=name).bit_count()


def read(query: QueryDict) -> Filters:
    """Repeating a parameter widens, different parameters narrow. Values that no filter has are set apart."""
    now = catalogue.current()
    words = _plain(query.get("search", ""))[:LONGEST_SEARCH]
    chosen: dict[str, list[str]] = {}
    unknown = []
    for facet in catalogue.FACETS:
        known = now.known(facet.name)
        for given in dict.fromkeys(value.strip() for value in query.getlist(facet.name)):
            if key := known.get(given.casefold()):
                keys = chosen.setdefault(facet.name, [])
                keys += [key] if key not in keys else []
            elif given:
                unknown.append(Unknown(facet.name, facet.title, _plain(given)[:60]))
    sort = query.get("sort", "")
    sort = sort if sort in SORTS else ""
    return Filters(words, chosen, unknown, sort, catalogue.find(chosen, words=words, sort=sort, now=now))


def _plain(text: str) -> str:
    """On one line, and as files and feeds can hold it."""
    return " ".join(printable(text).split())
