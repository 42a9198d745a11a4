from django.views.generic import TemplateView

from senate_portal.accounts.access import StaffRequired


class StaffHome(StaffRequired, TemplateView):
    template_name = "commitments/staff_home.html"
