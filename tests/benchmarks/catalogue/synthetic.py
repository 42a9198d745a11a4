"""Synthetic initiatives, the same for the same seed. They are for measuring only and say so."""

import random
from contextlib import contextmanager
from datetime import UTC, date, datetime

from django.db import connection, transaction

from initiatives.models import (
    Borough,
    Contact,
    Initiative,
    InitiativeArea,
    InitiativeBorough,
    Link,
    Organisation,
    Outcome,
    Population,
    Source,
    SourceReference,
    STPArea,
    Theme,
)
from stp_feedback.models import FeedbackPoint, Forum, KeyTheme

CHUNK = 2000
COMMON = "care"
RARE = "zebrafish"  # one entry in a thousand
FORUM = "synthetic-forum"
WORDS = """
    access advice ambulance assessment borough carer clinic community coordinated discharge diabetes
    digital emergency exercise falls family frailty heart home hospital hub integrated learning
    medicines mental nurse older outreach pathway patients peer pharmacist planning primary proactive
    rapid recovery referral reablement rehabilitation response respiratory review school screening self
    service shared social specialist support team therapy training transition urgent virtual visit
    voluntary ward wellbeing winter young
""".split()


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def make(total: int, seed: int = 2017) -> None:
    """Adds published initiatives until there are `total`."""
    start = Initiative.objects.count()
    with connection.cursor() as cursor, _no_triggers(cursor):
        for first in range(start, total, CHUNK):
            with transaction.atomic():
                _make_chunk(first, min(CHUNK, total - first), random.Random(f"{seed}-{first}"))
    with connection.cursor() as cursor:
        # What the triggers would have done piece by piece
        cursor.execute("UPDATE initiatives_initiative SET related_words = catalogue_related_words(id)")
        cursor.execute("VACUUM ANALYZE")


def make_points(total: int, seed: int = 2017) -> None:
    """A forum with so many points, each on a key theme and naming an initiative."""
    chance = random.Random(seed)
    now = datetime(2026, 11, 1, tzinfo=UTC)
    forum = Forum.objects.create(
        slug=FORUM, title="Synthetic", held_on=now.date(), is_published=True, feedback_published_at=now
    )
    themes = KeyTheme.objects.bulk_create(
        KeyTheme(name=f"Synthetic {number}", short_name=f"Synthetic {number}", slug=f"s-{number}")
        for number in range(8)
    )
    areas, entries = list(STPArea.objects.all()), list(Initiative.objects.values_list("pk", flat=True)[:1000])
    with connection.cursor() as cursor, _no_triggers(cursor, "stp_feedback_"):
        points = FeedbackPoint.objects.bulk_create(
            (
                FeedbackPoint(
                    forum=forum,
                    area=areas[number % 5],
                    section=FeedbackPoint.Section.values[number // 5 % 3],
                    position=number // 15 + 1,
                    text=_sentence(chance, 20),
                    enabled_by=_sentence(chance, 8),
                    state=FeedbackPoint.State.PUBLISHED,
                )
                for number in range(total)
            ),
            batch_size=CHUNK,
        )
        for name, other, others in (
            ("key_themes", "keytheme_id", [theme.pk for theme in themes]),
            ("initiatives", "initiative_id", entries),
        ):
            through = getattr(FeedbackPoint, name).through
            through.objects.bulk_create(
                (through(feedbackpoint_id=point.pk, **{other: chance.choice(others)}) for point in points),
                batch_size=CHUNK,
            )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def _no_triggers(cursor, app="initiatives_"):
    tables = [table for table in connection.introspection.table_names(cursor) if table.startswith(app)]
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _make_chunk(first: int, number: int, chance: random.Random) -> None:
    now = datetime(2026, 11, 1, tzinfo=UTC)
    entries = Initiative.objects.bulk_create(
        Initiative(
            slug=f"synthetic-{first + place}",
            title=f"{_sentence(chance, 4)[:-1]} {first + place}",
            summary=f"Synthetic. {_sentence(chance, 12)} {COMMON.capitalize()} for {_sentence(chance, 20)}"
            + (f" A {RARE}." if (first + place) % 1000 == 1 else ""),
            how_it_works=" ".join(_sentence(chance, 15) for _ in range(4)),
            who_for=_sentence(chance, 6),
            stage=chance.choice(Initiative.Stage.values),
            evaluation_status=chance.choice(Initiative.Evaluation.values),
            london_wide=chance.random() < 0.1,
            publication=Initiative.Publication.PUBLISHED,
            verified_on=date(2026, 1, 1 + chance.randrange(28)),
            verified_by="Nobody: synthetic",
            created_at=now,
            updated_at=now,
        )
        for place in range(number)
    )
    some = {model: list(model.objects.all()) for model in (STPArea, Borough, Theme, Population, Organisation, Source)}

    def each(model, most):
        return [(entry, other) for entry in entries for other in chance.sample(some[model], chance.randint(1, most))]

    InitiativeArea.objects.bulk_create(InitiativeArea(initiative=e, area=a) for e, a in each(STPArea, 2))
    InitiativeBorough.objects.bulk_create(InitiativeBorough(initiative=e, borough=b) for e, b in each(Borough, 2))
    for name, model in (("themes", Theme), ("populations", Population), ("organisations", Organisation)):
        through = getattr(Initiative, name).through
        key = f"{model._meta.model_name}_id"
        through.objects.bulk_create(through(initiative=e, **{key: other.pk}) for e, other in each(model, 2))
    Outcome.objects.bulk_create(
        Outcome(
            initiative=entry,
            position=position,
            claim=chance.choice(Outcome.Claim.values),
            measured=chance.choice(Outcome.Measured.values),
            measure=_sentence(chance, 4),
            direction=chance.choice(Outcome.Direction.values),
            value=chance.randrange(100),
            unit="%",
            as_printed="as printed",
        )
        for entry in entries
        for position in (1, 2, 3)
    )
    Contact.objects.bulk_create(
        Contact(initiative=entry, position=1, name="Nobody Synthetic", email="nobody@example.org", is_public=True)
        for entry in entries
    )
    Link.objects.bulk_create(Link(initiative=entry, position=1, label="Overview") for entry in entries)
    SourceReference.objects.bulk_create(
        SourceReference(initiative=entry, source=chance.choice(some[Source]), place=f"page {position}")
        for position, entry in enumerate(entries, start=1)
    )
