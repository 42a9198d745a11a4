from django.views.generic import DetailView, ListView

from initiatives.models import Initiative, Source


class InitiativeList(ListView):
    queryset = Initiative.objects.published()
    paginate_by = 25
    extra_context = {"section": "initiatives"}


class InitiativeDetail(DetailView):
    queryset = Initiative.objects.published()
    extra_context = {"section": "initiatives"}


class SourceList(ListView):
    model = Source
