"""The messages that a site without a mail server writes as files."""

import re
from typing import Any

from django.http import Http404
from django.views.generic import ListView, TemplateView

from senate_portal.accounts.access import StaffRequired
from senate_portal.lib import mail_files

ADDRESSES = re.compile(r"https?://[^\s<>\"]+")


class Outbox(StaffRequired, ListView):
    template_name = "commitments/outbox.html"
    paginate_by = 25

    def get_queryset(self) -> list[str]:  # type: ignore[override]
        names = mail_files.names()
        return names[::-1] if self.request.GET.get("sort") == "earliest" else names

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Only the files of this page are read."""
        context = super().get_context_data(**kwargs)
        context["mails"] = [mail for name in context["object_list"] if (mail := mail_files.read(name))]
        return context


class OutboxMail(StaffRequired, TemplateView):
    template_name = "commitments/outbox_mail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mail = mail_files.read(self.kwargs["name"])
        if mail is None:
            raise Http404
        addresses = list(dict.fromkeys(ADDRESSES.findall(mail.text)))
        return super().get_context_data(mail=mail, addresses=addresses, **kwargs)
