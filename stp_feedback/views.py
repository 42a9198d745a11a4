from django.views.generic import ListView

from stp_feedback.models import Forum


class ForumList(ListView):
    queryset = Forum.objects.published()
    extra_context = {"section": "forums"}
