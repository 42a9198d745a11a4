from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from commitments.personal_data import EXEMPT, PERSONAL


def texts(model):
    """The fields of a model into which somebody could write a name. A choice of ours holds none."""
    kinds = (models.CharField, models.TextField, models.JSONField, models.FileField)
    for field in model._meta.concrete_fields:
        inner = field.base_field if isinstance(field, ArrayField) else field
        if isinstance(inner, kinds) and not inner.choices:
            yield field.name


def known():
    """Model and field of all that somebody decided about."""
    personal = {(held.model._meta.label, field) for held in PERSONAL for field in held.fields}
    return personal, {(label, field) for label, fields in EXEMPT.items() for field in fields}


def in_the_database():
    """History holds what its model holds, beside a label of its own."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        tracked = getattr(model, "pgh_tracked_model", None)
        for name in texts(model):
            if not (tracked and name == "pgh_label"):
                yield (tracked or model)._meta.label, name


def test_somebody_decided_about_every_text_field():
    personal, exempt = known()
    assert set(in_the_database()) - personal - exempt == set()


def test_what_was_decided_about_exists_and_was_decided_once():
    personal, exempt = known()
    assert (personal | exempt) - set(in_the_database()) == set()
    assert personal & exempt == set()
