"""The published catalogue in memory: which entries match, and how many more each filter would give.

One bit stands for one entry, in the order of titles. Each value of each filter holds a number whose bits are the
entries that have it, so "NEL or SEL, and falls" is two operations on whole numbers, and counting is `bit_count()`.
Every process keeps its own copy and builds it anew when CatalogueVersion, a row that triggers keep, says that something
has changed.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property, reduce
from itertools import chain, islice, pairwise
from operator import or_
from threading import Lock
from typing import overload

from django.db import connection, models
from django.db.models import F

from initiatives import search
from initiatives.models import (
    Basis,
    Borough,
    Initiative,
    OldThemeSlug,
    Outcome,
    Population,
    Source,
    STPArea,
    Theme,
    ThesaurusEntry,
)

LONDON_WIDE = "london-wide"


@dataclass(frozen=True)
class Facet:
    """One filter: its parameter, its title, where an entry's values stand, and whether we know or inferred each."""

    name: str
    title: str
    path: str
    phrase: str
    values: type[models.TextChoices] | None = None
    rows: tuple[type[models.Model], str, str] | None = None
    basis: str = ""

    def labels(self) -> dict[str, str]:
        if self.values:
            return {str(value): str(label) for value, label in self.values.choices}
        model, key, label = self.rows  # type: ignore[misc]
        return dict(model._default_manager.values_list(key, label).order_by(label))


FACETS = (
    Facet(
        "area",
        "STP area",
        "initiativearea__area__code",
        "in {}",
        rows=(STPArea, "code", "name"),
        basis="initiativearea__basis",
    ),
    Facet("theme", "Theme", "themes__slug", "about {}", rows=(Theme, "slug", "name")),
    Facet("evaluation", "Evaluation status", "evaluation_status", "with evaluation: {}", values=Initiative.Evaluation),
    Facet("claim", "Kind of claim", "outcomes__claim", "with the claim: {}", values=Outcome.Claim),
    Facet("measured", "What was measured", "outcomes__measured", "that measured: {}", values=Outcome.Measured),
    Facet("population", "Who it is for", "populations__slug", "for {}", rows=(Population, "slug", "name")),
    Facet("stage", "How far along", "stage", "at the stage: {}", values=Initiative.Stage),
    Facet(
        "borough",
        "Borough",
        "initiativeborough__borough__slug",
        "in {}",
        rows=(Borough, "slug", "name"),
        basis="initiativeborough__basis",
    ),
    Facet("source", "Source", "source_references__source__slug", "from {}", rows=(Source, "slug", "title")),
)


@dataclass(frozen=True)
class Value:
    """A value of a filter, and as bits the entries that have it, and those that have it because we worked it out."""

    key: str
    label: str
    entries: int
    inferred: int = 0


@dataclass(frozen=True)
class Catalogue:
    """Everything about the published entries that filters and counts need."""

    version: uuid.UUID | None
    ids: list[int]
    names: list[tuple[str, str]]  # slug and title
    by_checked: list[int]
    facets: dict[str, dict[str, Value]]
    thesaurus: search.Thesaurus
    old_slugs: dict[str, str]  # of themes, each with the slug of today

    @cached_property
    def places(self) -> dict[int, int]:
        """The bit that stands for an entry."""
        return {pk: place for place, pk in enumerate(self.ids)}

    @cached_property
    def slugs(self) -> dict[str, int]:
        """The key of the entry with a slug."""
        return {slug: pk for pk, (slug, _) in zip(self.ids, self.names, strict=True)}

    def known(self, name: str) -> dict[str, str]:
        """The values of a filter by what an address may call them: in any case, a theme by each slug it had."""
        old = self.old_slugs if name == "theme" else {}
        return {written.casefold(): key for written, key in [*old.items(), *((key, key) for key in self.facets[name])]}

    def title(self, pk: int) -> str:
        return self.names[self.places[pk]][1]

    @property
    def everything(self) -> int:
        return (1 << len(self.ids)) - 1

    def bits(self, pks: Iterable[int]) -> int:
        """Entries as bits; those that are not published are left out."""
        marks = bytearray(len(self.ids) // 8 + 1)
        for pk in pks:
            place = self.places.get(pk)
            if place is not None:
                marks[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(marks, "little")

    def any_of(self, name: str, keys: Iterable[str]) -> int:
        values = self.facets[name]
        return reduce(or_, (values[key].entries for key in keys if key in values), 0)


@dataclass(frozen=True)
class Count:
    """What a click on a value gives: all entries it stands for, or those it adds to others chosen beside it."""

    key: str
    label: str
    number: int
    is_chosen: bool
    adds: bool


@dataclass
class Found(Sequence[int]):
    """The keys of the entries that match, in order. Pages of it are read without reading the rest."""

    catalogue: Catalogue
    chosen: Mapping[str, Sequence[str]]
    hits: int
    order: Sequence[int]
    query: search.Query | None = None
    _kept: dict[str, int] = field(default_factory=dict)

    def matching(self, *, without: str = "") -> int:
        """The bits that all filters leave, or all but one."""
        if without not in self._kept:
            bits = self.hits
            for name, keys in self.chosen.items():
                if keys and name != without:
                    bits &= self.catalogue.any_of(name, keys)
            self._kept[without] = bits
        return self._kept[without]

    def counts(self, name: str) -> list[Count]:
        """Every area, but of other filters only the values that give something."""
        keys = self.chosen.get(name, ())
        others = self.matching(without=name)
        rest = others & ~self.catalogue.any_of(name, keys)
        counts = []
        for value in self.catalogue.facets[name].values():
            is_chosen = value.key in keys
            number = (value.entries & (others if is_chosen else rest)).bit_count()
            if number or is_chosen or name == "area":
                counts.append(Count(value.key, value.label, number, is_chosen, bool(keys) and not is_chosen))
        return counts

    def __len__(self) -> int:
        return self.matching().bit_count()

    def __iter__(self) -> Iterator[int]:
        marks = f"{self.matching():0{len(self.catalogue.ids)}b}"[::-1]
        return (self.catalogue.ids[place] for place in self.order if marks[place] == "1")

    @overload
    def __getitem__(self, wanted: int) -> int: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[int]: ...
    def __getitem__(self, wanted: int | slice) -> int | list[int]:
        if isinstance(wanted, slice):
            return list(islice(iter(self), wanted.start, wanted.stop, wanted.step))
        return next(islice(iter(self), wanted, None))


_lock = Lock()
_latest: Catalogue | None = None
_known: ContextVar[uuid.UUID | None] = ContextVar("known version", default=None)


def current() -> Catalogue:
    """The catalogue as it is now: one small query when nothing has changed."""
    global _latest
    version = _known.get() or _version()
    latest = _latest
    if latest is None or version is None or latest.version != version:
        with _lock:
            latest = _latest
            if latest is None or version is None or latest.version != version:
                latest = _latest = _build(version)
    return latest


@contextmanager
def known_version(version: uuid.UUID | None) -> Iterator[None]:
    """What is done within takes this version, which was just read, for the latest one."""
    token = _known.set(version)
    try:
        yield
    finally:
        _known.reset(token)


def _version() -> uuid.UUID | None:
    """In plain SQL, since every page asks for it and Django's way takes ten times as long."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM initiatives_catalogueversion")
        row = cursor.fetchone()
    return row[0] if row else None


def _build(version: uuid.UUID | None) -> Catalogue:
    published = Initiative.objects.published()
    entries = list(published.order_by("title", "pk").values_list("pk", "slug", "title"))
    ids = [pk for pk, *_ in entries]
    names = [(slug, title) for _, slug, title in entries]
    built = Catalogue(
        version,
        ids,
        names,
        [],
        {},
        search.thesaurus(ThesaurusEntry.objects.values_list("terms", flat=True)),
        dict(OldThemeSlug.objects.values_list("slug", "theme__slug")),
    )
    recent = published.order_by(F("verified_on").desc(nulls_last=True), "title", "pk").values_list("pk", flat=True)
    built.by_checked.extend(built.places[pk] for pk in recent if pk in built.places)
    for facet in FACETS:
        having: dict[str, list[int]] = {}
        inferred: dict[str, list[int]] = {}
        columns = (facet.path, facet.basis) if facet.basis else (facet.path,)
        for pk, key, *basis in published.order_by().values_list("pk", *columns).iterator():
            having.setdefault(key, []).append(pk)
            if basis == [Basis.INFERRED]:
                inferred.setdefault(key, []).append(pk)
        built.facets[facet.name] = {
            key: Value(key, label, built.bits(having.get(key, ())), built.bits(inferred.get(key, ())))
            for key, label in facet.labels().items()
        }
    built.facets["area"][LONDON_WIDE] = Value(
        LONDON_WIDE,
        "London-wide",
        built.bits(published.filter(london_wide=True).values_list("pk", flat=True)),
        built.bits(published.filter(london_wide_basis=Basis.INFERRED).values_list("pk", flat=True)),
    )
    return built


def find(
    chosen: Mapping[str, Sequence[str]], *, words: str = "", sort: str = "", now: Catalogue | None = None
) -> Found:
    """Entries that have one of the chosen values of every filter and all the words.

    `sort` is title, checked or nothing: the best match first where there are words, else by title.
    """
    now = now or current()
    orders: dict[str, Sequence[int]] = {"title": range(len(now.ids)), "checked": now.by_checked}
    if not words:
        return Found(now, chosen, now.everything, orders.get(sort, orders["title"]))
    query, ranked = _ranked(words, now)
    return Found(now, chosen, now.bits(ranked), orders.get(sort, [now.places[pk] for pk in ranked]), query)


def _ranked(words: str, now: Catalogue) -> tuple[search.Query | None, list[int]]:
    """Best match first. The beginnings of words count only when no entry holds the whole words."""
    query = None
    for by_prefix in (False, True):
        query = search.query(words, now.thesaurus, by_prefix=by_prefix)
        if query is None:
            break
        if found := [pk for pk in search.ranked(query) if pk in now.places]:
            return query, found
    return query, []


@dataclass(frozen=True)
class Related:
    """Another entry, and what it shares with the one that is shown."""

    slug: str
    title: str
    shared: list[str]


def related(now: Catalogue, pk: int, *, most: int = 4) -> list[Related]:
    """Those that share most themes and boroughs come first; an area or a population in common is not enough."""
    place = now.places[pk]
    mine = [value for name in ("theme", "borough") for value in now.facets[name].values() if value.entries >> place & 1]
    # sharing[number]: the entries that share at least so many of these values
    sharing = [now.everything & ~(1 << place), *[0] * len(mine)]
    for value in mine:
        for number in range(len(mine), 0, -1):
            sharing[number] |= sharing[number - 1] & value.entries
    exactly = [some & ~more for some, more in pairwise([*sharing[1:], 0])]
    best = islice(chain.from_iterable(map(_places, reversed(exactly))), most)
    return [Related(*now.names[other], [value.label for value in mine if value.entries >> other & 1]) for other in best]


def _places(bits: int) -> Iterator[int]:
    """The places of the bits that are set, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
