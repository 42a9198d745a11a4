import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from senate_portal.lib.natural_keys import NaturalKeyModel, NaturalKeyQuerySet


class ThemeQuerySet(NaturalKeyQuerySet):
    def get_by_natural_key(self, *key: str) -> "Theme":
        """A document that comes later may name a theme by a slug that it once had."""
        found: Theme | None = self.filter(slug=key[0]).first()
        return found or self.get(old_slugs__slug=key[0])


@pghistory.track()
class Theme(NaturalKeyModel):
    """What an initiative is about, from the list that staff keep."""

    NATURAL_KEY = ("slug",)

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(unique=True)
    description = models.CharField(max_length=300, blank=True)

    objects = ThemeQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["name"]
        triggers = [
            pgtrigger.Trigger(
                name="keep_old_slug",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                condition=pgtrigger.Condition("OLD.slug <> NEW.slug"),
                func="""
                    INSERT INTO initiatives_oldthemeslug (slug, theme_id) VALUES (OLD.slug, NEW.id)
                    ON CONFLICT (slug) DO UPDATE SET theme_id = excluded.theme_id;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.name


class OldThemeSlug(models.Model):
    """A slug that a theme once had, or one that went into it: addresses with it lead to the theme for ever."""

    slug = models.SlugField(unique=True)
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="old_slugs")

    def __str__(self) -> str:
        return self.slug


class ThemeMergeQuerySet(models.QuerySet["ThemeMerge"]):
    def standing(self) -> "ThemeMergeQuerySet":
        return self.filter(undone_at=None)


class ThemeMerge(models.Model):
    """A theme went into another one, and all that it takes to undo that. Keys of themes are never given twice."""

    kept = models.ForeignKey(Theme, models.CASCADE, related_name="merges")
    into = models.PositiveBigIntegerField("key of the theme it went into, which may have gone on since")
    gone = models.PositiveBigIntegerField("key of the theme that went")
    name = models.CharField(max_length=100)
    slug = models.SlugField()
    description = models.CharField(max_length=300, blank=True)
    old_slugs = ArrayField(models.SlugField(), blank=True)
    moved = ArrayField(models.PositiveBigIntegerField(), verbose_name="keys of the entries that changed their theme")
    had_both = ArrayField(models.PositiveBigIntegerField(), verbose_name="keys of the entries that had both")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ThemeMergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(gone=F("into")), name="theme_merge_of_two"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=False) | Q(undone_by=None), name="theme_merge_undone_at_and_by"
            ),
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at=None), name="theme_merge_gone_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} into {self.kept}"


class Population(NaturalKeyModel):
    """A group of people that initiatives are for, such as older people."""

    NATURAL_KEY = ("slug",)

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
