from django.contrib import admin

from stp_feedback.models import (
    AreaResponse,
    FeedbackPoint,
    Forum,
    ForumInitiative,
    ForumKeyTheme,
    KeyTheme,
    Recommendation,
    RecommendationUpdate,
    Series,
    Session,
)


class SessionInline(admin.StackedInline):
    model = Session
    extra = 0


class ForumInitiativeInline(admin.TabularInline):
    model = ForumInitiative
    extra = 0


class ForumKeyThemeInline(admin.StackedInline):
    model = ForumKeyTheme
    extra = 0


class RecommendationInline(admin.StackedInline):
    model = Recommendation
    extra = 0


class AreaResponseInline(admin.StackedInline):
    model = AreaResponse
    readonly_fields = ["by"]
    extra = 0


class RecommendationUpdateInline(admin.StackedInline):
    model = RecommendationUpdate
    readonly_fields = ["by"]
    extra = 0


@admin.register(Recommendation)
class RecommendationAdmin(admin.ModelAdmin):
    list_display = ["forum", "number", "addressed_to"]
    list_filter = ["forum"]
    list_select_related = ["forum"]
    inlines = [RecommendationUpdateInline]


@admin.register(Series)
class SeriesAdmin(admin.ModelAdmin):
    prepopulated_fields = {"slug": ["title"]}


@admin.register(KeyTheme)
class KeyThemeAdmin(admin.ModelAdmin):
    list_display = ["name", "short_name"]
    prepopulated_fields = {"slug": ["short_name"]}


@admin.register(Forum)
class ForumAdmin(admin.ModelAdmin):
    list_display = ["title", "held_on", "follow_up_due_on", "is_published", "feedback_published_at"]
    list_filter = ["is_published", "series"]
    search_fields = ["title", "venue"]
    readonly_fields = ["follow_up_due_on"]
    filter_horizontal = ["further_sources"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [SessionInline, ForumInitiativeInline, ForumKeyThemeInline, RecommendationInline]


@admin.register(FeedbackPoint)
class FeedbackPointAdmin(admin.ModelAdmin):
    list_display = ["forum", "area", "section", "position", "text", "state", "is_unclear"]
    list_filter = ["forum", "area", "section", "state", "is_unclear", "key_themes"]
    list_select_related = ["forum", "area"]
    search_fields = ["text", "enabled_by", "verbatim"]
    filter_horizontal = ["key_themes", "initiatives"]
    readonly_fields = ["verbatim", "edited_by"]
    inlines = [AreaResponseInline]
