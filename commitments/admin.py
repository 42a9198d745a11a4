"""For rare edits by administrators. Secrets, objections and whatever is append-only stay out of it."""

from django.contrib import admin
from django.http import HttpRequest

from commitments.models import Answer, Attendee, Commitment, Message, Wave


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class CommitmentInline(admin.StackedInline):
    model = Commitment
    extra = 0
    raw_id_fields = ["inspired_by", "answers_point"]


@admin.register(Attendee)
class AttendeeAdmin(admin.ModelAdmin):
    list_display = ["name", "forum", "organisation", "area", "came"]
    list_filter = ["forum", "area", "came"]
    search_fields = ["name", "organisation", "email"]
    readonly_fields = ["objected_at", "erased_at"]
    inlines = [CommitmentInline]


@admin.register(Wave)
class WaveAdmin(ReadOnlyAdmin):
    list_display = ["forum", "due_on", "closes_on", "state"]


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ["wave", "attendee", "step", "state", "settled_at"]
    list_filter = ["wave", "step", "state"]
    list_select_related = ["wave__forum", "attendee"]


@admin.register(Answer)
class AnswerAdmin(ReadOnlyAdmin):
    list_display = ["commitment", "outcome", "via", "answered_at", "is_late"]
    list_filter = ["outcome", "via", "is_late"]
    list_select_related = ["commitment__attendee"]
