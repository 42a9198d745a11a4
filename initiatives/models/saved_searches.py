from django.conf import settings
from django.db import models


class SavedSearch(models.Model):
    """A list of the catalogue that somebody who signs in comes back to, and whether they are emailed about it."""

    MOST = 20  # of one person

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=100)
    query = models.TextField("search words, filters and order, as in the list's address", blank=True)
    told_until = models.DateTimeField(
        null=True, blank=True, help_text="The next digest tells what is newer than this. Without it no email leaves"
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "saved searches"
        constraints = [models.UniqueConstraint(fields=["by", "query"], name="saved_search_once_for_each_person")]

    def __str__(self) -> str:
        return f"Saved search {self.pk}"
