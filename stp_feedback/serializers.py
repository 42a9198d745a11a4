from datetime import date

from rest_framework import serializers

from stp_feedback.models import FeedbackPoint, Forum, ForumKeyTheme, Recommendation


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
