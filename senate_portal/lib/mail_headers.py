"""Headers of emails that the portal writes by itself."""

from django.conf import settings

AUTOMATIC = {"Auto-Submitted": "auto-generated"}  # RFC 3834: nobody's out-of-office answers it


def one_click_stop(link: str) -> dict[str, str]:
    """By which a mail program stops such emails with one POST to the link (RFC 8058), or an email to a person."""
    return {
        "List-Unsubscribe": f"<{link}>, <mailto:{settings.CONTACT_EMAIL}?subject=Stop>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
