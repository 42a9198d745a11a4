"""Natural keys, so that fixtures name rows by what people know them by."""

from operator import attrgetter
from typing import Any, ClassVar

from django.db import models


class NaturalKeyQuerySet(models.QuerySet[Any]):
    def get_by_natural_key(self, *key: Any) -> Any:
        return self.get(**dict(zip(self.model.NATURAL_KEY, key, strict=True)))


class NaturalKeyModel(models.Model):
    """A model whose NATURAL_KEY names the look-ups that find one row, such as ("initiative__slug", "position")."""

    NATURAL_KEY: ClassVar[tuple[str, ...]]

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[Any, ...]:
        return tuple(attrgetter(look_up.replace("__", "."))(self) for look_up in self.NATURAL_KEY)
