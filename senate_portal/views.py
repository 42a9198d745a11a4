"""Pages that belong to no app or draw on all of them."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import DetailView, ListView, TemplateView, View

from commitments import learning
from commitments import reports as follow_up_reports
from commitments.documents import follow_up as follow_up_blocks
from commitments.documents import of_area as commitments_of_area
from commitments.models import Wave
from initiatives import entries
from initiatives.models import Borough, CatalogueDump, Initiative, STPArea, Theme
from senate_portal.lib import charts, file_sizes
from senate_portal.lib.downloads import document_response
from senate_portal.lib.spreadsheets import csv_response, xlsx_response
from stp_feedback import exports
from stp_feedback import reports as feedback_reports
from stp_feedback.documents import area_summary, no_commitments, poll_chart, theme_chart
from stp_feedback.forum_reports import forum_report
from stp_feedback.models import Ask, FeedbackPoint, Forum, Idea

MOST_LISTED = 50  # initiatives on the page of an area; the list has them all
PUBLISHED = Q(initiatives__publication=Initiative.Publication.PUBLISHED)


class Home(TemplateView):
    template_name = "home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        published = Initiative.objects.published()
        closed = Wave.objects.closed().filter(forum__is_published=True).select_related("forum").first()
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "areas": STPArea.objects.annotate(initiative_count=Count("initiatives", filter=PUBLISHED)).order_by("name"),
            "boroughs": boroughs_on_map(),
            "themes": Theme.objects.annotate(initiative_count=Count("initiatives", filter=PUBLISHED))
            .filter(initiative_count__gt=0)
            .order_by("name"),
            "london_wide_count": published.filter(london_wide=True).count(),
            "forum": latest_forum(),
            "today": timezone.localdate(),
            "closed": closed,
            "follow_up": (follow_up := follow_up_reports.outcomes(closed) if closed else None),
            "became": became_chart(follow_up) if follow_up else None,
            "recent": published.latest_news_first()[:5],
            "lead_areas": user.areas.all() if user.is_authenticated else [],
        }


def latest_forum() -> Forum | None:
    """A demonstration's invented forums never stand before a real one."""
    held = Forum.objects.published().over(timezone.localdate())
    return held.order_by("is_invented", "-held_on", "title").first()


def became_chart(follow_up: follow_up_reports.FollowUp) -> charts.Chart:
    """How far the follow-up came and what people reported; what is hidden to protect a few people is left out."""
    figures = [follow_up.made, follow_up.answered, *follow_up.outcomes]
    return charts.bars(
        "became",
        title="What became of the commitments",
        description="How many commitments were made and answered, and what the answers said.",
        header=("Step", "Commitments"),
        rows=[(figure.label, figure.commitments) for figure in figures if figure.commitments is not None],
    )


class About(TemplateView):
    template_name = "about.html"
    extra_context = {"section": "about"}


class Accessibility(TemplateView):
    template_name = "accessibility.html"


class Privacy(TemplateView):
    template_name = "privacy.html"


class Data(TemplateView):
    """Downloads and the read API, in words."""

    template_name = "data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(dump=CatalogueDump.objects.defer("content").first(), **kwargs)


def boroughs_on_map() -> QuerySet[Borough]:
    """Row by row from the north-west, each with the count of initiatives placed in it."""
    boroughs: QuerySet[Borough] = Borough.objects.select_related("area").order_by("tile_row", "tile_column")
    return boroughs.annotate(initiative_count=Count("initiatives", filter=PUBLISHED))


class AreaList(ListView):
    template_name = "areas.html"
    queryset = (
        STPArea.objects.order_by("name")
        .annotate(initiative_count=Count("initiatives", filter=PUBLISHED))
        .prefetch_related("successors", "boroughs")
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(section="areas", boroughs=boroughs_on_map(), **kwargs)


class AreaDetail(DetailView):
    """What one area said, and what there is in it."""

    template_name = "area.html"
    context_object_name = "area"
    slug_field = slug_url_kwarg = "code"
    queryset = STPArea.objects.prefetch_related("successors", "boroughs")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if kwargs["code"] != kwargs["code"].upper():
            return redirect("area", kwargs["code"].upper(), permanent=True)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        area: STPArea = self.object
        points = FeedbackPoint.objects.visible_to(self.request.user).filter(area=area)
        # A demonstration's invented forums never stand before a real one.
        forums = list(Forum.objects.filter(pk__in=points.values("forum")).order_by("is_invented", "-held_on", "title"))
        said: dict[str, Any] = {"feedback": None}
        if forums:
            feedback = feedback_reports.area_feedback(forums[0], area, points.filter(forum=forums[0]).for_reading())
            said = {
                "feedback": feedback,
                "chart": theme_chart(feedback),
                "asks": Ask.objects.of_forum(forums[0], self.request.user, area=area),
                "commitments": commitments_of_area(learning.of_area(forums[0], area)) or [no_commitments(forums[0])],
                "sizes": file_sizes.known(
                    reverse("area-file", args=[forums[0].slug, area.code, format]) for format in ("pdf", "docx")
                ),
            }
        published = Initiative.objects.published()
        return super().get_context_data(
            section="areas",
            may_answer=points.answerable_by(self.request.user).exists(),
            other_forums=forums[1:],
            words=entries.WORDS,
            here=entries.listed([*published.in_area(area).values_list("pk", flat=True)[:MOST_LISTED]]),
            london_wide=published.filter(london_wide=True).exclude(areas=area).only("slug", "title")[:MOST_LISTED],
            most_listed=MOST_LISTED,
            **said,
            **kwargs,
        )


class AreaSummary(View):
    """What one area said at one forum, to hand on. Drafts only for those who may see them, and marked so."""

    def get(self, request: HttpRequest, slug: str, code: str, format: str) -> HttpResponseBase:
        visible = FeedbackPoint.objects.visible_to(request.user).filter(forum__slug=slug, area__code=code)
        points = list(visible.for_reading(with_contacts=True))
        if not points:
            raise Http404
        name = f"{slug}-{code}"
        if format == "csv":
            return csv_response(name, exports.POINT_COLUMNS, exports.point_rows(points))
        area = get_object_or_404(STPArea.objects.prefetch_related("successors"), code=code)
        forum = get_object_or_404(Forum.objects.select_related("source"), slug=slug)
        feedback = feedback_reports.area_feedback(forum, area, points)
        parts: dict[str, Any] = {
            "asks": Ask.objects.of_forum(forum, request.user, area=area),
            "commitments": commitments_of_area(learning.of_area(forum, area)),
            "made_at": timezone.now(),
        }
        summary = area_summary(feedback, **parts)
        if format == "xlsx":
            return xlsx_response(name, summary.description, exports.area_sheets(feedback, **parts))
        return remembered(request, document_response(name, format, summary))


class ForumDetail(DetailView):
    """One forum: what happened, what was said and what became of it."""

    template_name = "forum.html"

    def get_queryset(self) -> QuerySet[Forum]:
        return Forum.objects.visible_to(self.request.user).whole()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forum: Forum = self.object
        forums = Forum.objects.visible_to(self.request.user)
        if forum.series:
            forums = forums.filter(series=forum.series)
        points = FeedbackPoint.objects.visible_to(self.request.user).filter(forum=forum)
        return super().get_context_data(
            section="forums",
            sections=FeedbackPoint.Section,
            counts=feedback_reports.count_by_cell(points),
            initiatives=Initiative.objects.published()
            .filter(foruminitiative__forum=forum)
            .order_by("foruminitiative__position"),
            sizes=report_sizes(forum),
            polls=[poll_chart(poll) for poll in forum.polls.all()],
            ideas=Idea.objects.visible_to(self.request.user).filter(forum=forum).select_related("forum"),
            today=timezone.localdate(),
            follow_up=follow_up_reports.follow_up(forum),
            previous_forum=forums.before(forum).first(),
            next_forum=forums.after(forum).last(),
            **kwargs,
        )


class ForumReport(View):
    """The whole forum as one document: a page, a PDF or a Word file, all in the same words."""

    def get(self, request: HttpRequest, slug: str, format: str = "") -> HttpResponse:
        forum = get_object_or_404(Forum.objects.visible_to(request.user).whole(), slug=slug)
        report = forum_report(
            forum,
            FeedbackPoint.objects.visible_to(request.user).filter(forum=forum),
            asks=Ask.objects.of_forum(forum, request.user),
            ideas=Idea.objects.visible_to(request.user).filter(forum=forum).for_reading(),
            follow_up=follow_up_blocks(follow_up_reports.follow_up(forum)),
            made_at=timezone.now(),
        )
        if format:
            return remembered(request, document_response(f"{slug}-report", format, report))
        context = {"section": "forums", "forum": forum, "report": report, "sizes": report_sizes(forum)}
        return render(request, "report.html", context)


def remembered(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Pages that offer the file say its size from now on."""
    file_sizes.remember(request.path, response)
    return response


def report_sizes(forum: Forum) -> dict[str, str]:
    return file_sizes.known(reverse("report-file", args=[forum.slug, format]) for format in ("pdf", "docx"))
