from django.views.generic import TemplateView

from senate_portal.accounts.access import StaffRequired


class Outbox(StaffRequired, TemplateView):
    template_name = "commitments/outbox.html"
