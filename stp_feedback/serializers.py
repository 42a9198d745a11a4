from datetime import date
from typing import Any

from rest_framework import serializers

from stp_feedback import measures
from stp_feedback.models import FeedbackPoint, Forum, ForumKeyTheme, Measure, Reading, Recommendation, Series


class ForumKeyThemeSerializer(serializers.ModelSerializer):
    slug = serializers.CharField(source="key_theme.slug")
    name = serializers.CharField(source="key_theme.name")

    class Meta:
        model = ForumKeyTheme
        fields = ["slug", "name"]


class RecommendationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Recommendation
        fields = ["number", "addressed_to", "text"]


class ForumSerializer(serializers.ModelSerializer):
    """The numbers of people and commitments are those the Senate reported."""

    held_on = serializers.SerializerMethodField(help_text="None unless the day is known; date_note then says what is")
    date_note = serializers.SerializerMethodField()
    recommendations = RecommendationSerializer(many=True)
    key_themes = ForumKeyThemeSerializer(source="forumkeytheme_set", many=True)

    class Meta:
        model = Forum
        fields = [
            "slug",
            "title",
            "held_on",
            "date_note",
            "venue",
            "attendees",
            "committers",
            "commitments",
            "follow_up_due_on",
            "recommendations",
            "key_themes",
        ]

    def get_held_on(self, forum: Forum) -> date | None:
        return forum.held_on if forum.has_day else None

    def get_date_note(self, forum: Forum) -> str:
        return ". ".join(filter(None, ["" if forum.has_day else forum.when, forum.date_note]))


class FeedbackPointSerializer(serializers.ModelSerializer):
    """Areas by code, key themes and initiatives by slug."""

    area: serializers.SlugRelatedField = serializers.SlugRelatedField("code", read_only=True)
    key_themes: serializers.SlugRelatedField = serializers.SlugRelatedField("slug", many=True, read_only=True)
    initiatives: serializers.SlugRelatedField = serializers.SlugRelatedField("slug", many=True, read_only=True)

    class Meta:
        model = FeedbackPoint
        fields = ["area", "section", "position", "text", "enabled_by", "key_themes", "initiatives"]


class ReadingSerializer(serializers.ModelSerializer):
    value = serializers.FloatField()

    class Meta:
        model = Reading
        fields = ["read_on", "value", "is_baseline", "note"]


class MeasureSerializer(serializers.ModelSerializer):
    """A target is an aim, not a result; only readings tell how things are."""

    target = serializers.FloatField()
    by_when = serializers.SerializerMethodField(help_text="2018-03-31, or 2018-03 where only the month is known")
    source: Any = serializers.SlugRelatedField("slug", read_only=True, allow_null=True)
    readings = ReadingSerializer(many=True)

    class Meta:
        model = Measure
        fields = ["name", "comparator", "target", "unit", "by_when", "as_printed", "note", "source", "readings"]

    def get_by_when(self, measure: Measure) -> str | None:
        return measures.by_when(measure)


class SeriesSerializer(serializers.ModelSerializer):
    measures = MeasureSerializer(many=True)

    class Meta:
        model = Series
        fields = ["slug", "title", "measures"]
