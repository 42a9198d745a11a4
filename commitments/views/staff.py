from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.views.generic import DetailView, ListView

from commitments import close_down, reports
from commitments.models import Commitment, HeldText, Remark, Sending
from initiatives import contacts
from initiatives.models import Contact, Initiative, Link, ProblemReport
from initiatives.staff_exports import TO_COMPLETE
from initiatives.staff_filters import ToCompleteFilter
from senate_portal.accounts.access import StaffRequired
from senate_portal.accounts.staff_lists import StaffList
from stp_feedback.models import Ask, FeedbackPoint, Forum

STANDING = Q(people__commitments__withdrawn_at=None, people__commitments__isnull=False)


def initiatives_to_complete() -> QuerySet[Initiative]:
    """Entries without an address of a contact or link, without an evaluation, or whose result is late."""
    late = Initiative.objects.without_expected_result(timezone.localdate())
    return Initiative.objects.exclude(publication=Initiative.Publication.ARCHIVED).filter(
        Q(evaluation_status=Initiative.Evaluation.NONE_STATED)
        | Q(pk__in=late)
        | Exists(Contact.objects.here().filter(initiative=OuterRef("pk"), email=""))
        | Exists(Link.objects.filter(initiative=OuterRef("pk"), address=""))
    )


class StaffHome(StaffRequired, ListView):
    """What waits for staff today, and every forum with its stage."""

    template_name = "commitments/staff_home.html"
    queryset = Forum.objects.select_related("wave").annotate(
        people_count=Count("people", distinct=True),
        commitment_count=Count("people__commitments", filter=STANDING, distinct=True),
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        to_close = {one.forum.pk: one.left for one in close_down.overdue(timezone.localdate())}
        return super().get_context_data(
            today=reports.today(timezone.localdate()),
            to_close=to_close,
            to_complete=initiatives_to_complete().count(),
            to_review=Initiative.objects.filter(publication=Initiative.Publication.IN_REVIEW).count(),
            asks_without_owner=Ask.objects.without_owner().count(),
            to_check=Initiative.objects.due_to_be_checked(timezone.localdate()).count(),
            drafts=FeedbackPoint.objects.filter(state=FeedbackPoint.State.DRAFT).count(),
            draft_forum=Forum.objects.filter(points__state=FeedbackPoint.State.DRAFT).first(),
            contacts_lost=contacts.lost().count(),
            problems=ProblemReport.objects.open().count(),
            asking=HeldText.objects.waiting().count()
            + Remark.objects.unsettled().count()
            + Commitment.objects.filter(is_disowned=True).count(),
            sending=Sending.objects.first(),
            **kwargs,
        )


class ToComplete(StaffList):
    """Entries that lack an address, which is allowed and worth mending."""

    template_name = "commitments/to_complete.html"
    filterset_class = ToCompleteFilter
    file = TO_COMPLETE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(today=timezone.localdate(), **kwargs)
        return context

    def get_queryset(self) -> QuerySet[Initiative]:
        return initiatives_to_complete().prefetch_related("contacts", "links")


class ForumWorkspace(StaffRequired, DetailView):
    template_name = "commitments/forum_workspace.html"
    queryset = close_down.with_facts(Forum.objects.select_related("close_down__by"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forum = self.object
        standing = Q(commitments__withdrawn_at=None, commitments__isnull=False)
        counts = forum.people.aggregate(
            people=Count("pk", distinct=True),
            committers=Count("pk", filter=standing, distinct=True),
            commitments=Count("commitments", filter=standing, distinct=True),
        )
        return super().get_context_data(
            counts=counts,
            follow_up=reports.follow_up(forum, for_staff=True),
            checklist=close_down.checklist(forum),
            **kwargs,
        )
