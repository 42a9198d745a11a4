"""What no answer of the portal and none of its emails may hold, whoever typed what."""

import csv
import io
import json
import re
import zipfile
from email.utils import getaddresses
from urllib.parse import urlsplit

import lxml.etree
import lxml.html

from senate_portal.lib.spreadsheets import BYTE_ORDER_MARK
from tests.hostile.strings import FORMULA_STARTS

FORBIDDEN = {"applet", "base", "embed", "frame", "frameset", "iframe", "math", "object", "template"}
ADDRESSES = {"action", "data", "formaction", "href", "poster", "src", "xlink:href"}
SCHEMES = {"ftp", "http", "https", "mailto", "tel"}
CALENDAR_LINES = re.compile(
    r"^(BEGIN:(VCALENDAR|VEVENT)|END:(VCALENDAR|VEVENT)|VERSION|PRODID|UID|DTSTAMP|DTSTART|DTEND|SUMMARY|DESCRIPTION"
    r"|LOCATION|URL|X-WR-CALNAME|NAME|LAST-MODIFIED|CREATED|SEQUENCE|CATEGORIES|COLOR|METHOD|CALSCALE|REFRESH-INTERVAL"
    r"|SOURCE|IMAGE|TRANSP|STATUS)\b"
)
MAIL_HEADERS = {
    "auto-submitted",
    "content-transfer-encoding",
    "content-type",
    "date",
    "from",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "message-id",
    "mime-version",
    "precedence",
    "reply-to",
    "subject",
    "to",
    "x-auto-response-suppress",
}


def faults(response):
    """What is wrong with an answer, in words."""
    if response.status_code >= 500:
        return [f"status {response.status_code}"]
    found = list(header_faults(response))
    kind = response.get("Content-Type", "").partition(";")[0]
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body and kind in JUDGES:
        found += JUDGES[kind](body)
    return found


def header_faults(response):
    for name, value in response.items():
        if re.search(r"[\r\n\x00]", f"{name}{value}"):
            yield f"a header of two lines: {name}"
    if response.get("X-Content-Type-Options") != "nosniff":
        yield "its type may be guessed"
    if "script-src 'self'" not in response.get("Content-Security-Policy", ""):
        yield "no content security policy"
    place = response.get("Location", "").replace("\\", "/")
    # A browser takes two slashes, of either kind, for the start of another site.
    if urlsplit(place).netloc or place.startswith("//") or urlsplit(place).scheme:
        yield f"it leads to another site: {place}"


def page_faults(body, *, styles=0):
    """`styles` is how many style sheets the portal itself writes into it."""
    try:
        root = lxml.html.document_fromstring(body.decode())
    except (lxml.etree.ParserError, ValueError) as problem:
        yield f"no page: {problem}"
        return
    if len(root.findall(".//style")) > styles:
        yield "a foreign style sheet"
    if len(root.find_class("nhsuk-error-summary")) > 1 or root.findtext(".//title", "").count("Error: ") > 1:
        yield "what is wrong is summed up twice"
    for element in root.iter(lxml.etree.Element):
        if element.tag in FORBIDDEN:
            yield f"a foreign element: {element.tag}"
        if element.tag == "script" and not element.get("src", "").startswith("/static/") and not is_data(element):
            yield f"a foreign script: {lxml.html.tostring(element)[:80]!r}"
        if element.tag == "meta" and "http-equiv" in element.attrib:
            yield "a foreign instruction to the browser"
        if element.tag == "link" and not is_our_own(element.get("href", "")):
            yield "a foreign file"
        for name, value in element.attrib.items():
            if name.startswith("on") or name in {"style", "srcdoc"}:
                yield f"a foreign attribute: {name}"
            if name in ADDRESSES and not is_plain_address(value):
                yield f"an address that may run: {value[:60]!r}"


def is_our_own(address):
    return address.startswith(("/", "http://testserver/")) and not address.startswith("//")


def is_data(element):
    return element.get("type") in {"application/json", "application/ld+json"}


def is_plain_address(value):
    """As a browser reads it, which leaves control characters and spaces out."""
    bare = re.sub(r"[\x00-\x20]", "", value)
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", bare)
    return not scheme or scheme.group(1).lower() in SCHEMES or bare.startswith("data:image/svg+xml")


def table_faults(body):
    for row in csv.reader(io.StringIO(body.decode().removeprefix(BYTE_ORDER_MARK), newline="")):
        for cell in row:
            if cell.startswith(FORMULA_STARTS) or cell.strip().startswith(FORMULA_STARTS):
                yield f"a live formula: {cell[:60]!r}"


def workbook_faults(body):
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                part = archive.read(name)
                lxml.etree.fromstring(part)
                if b"<f>" in part or b"<f " in part or b"<hyperlink" in part:
                    yield f"a live formula or link in {name}"


def calendar_faults(body):
    for line in body.decode().replace("\r\n ", "").split("\r\n"):
        if line and not CALENDAR_LINES.match(line):
            yield f"a foreign line in a calendar: {line[:60]!r}"


def json_faults(body):
    try:
        json.loads(body)
    except ValueError as problem:
        yield f"not JSON: {problem}"


def xml_faults(body):
    try:
        root = lxml.etree.fromstring(body)
    except lxml.etree.XMLSyntaxError as problem:
        yield f"not XML: {problem}"
        return
    for element in root.iter(lxml.etree.Element):
        if lxml.etree.QName(element).localname == "script":
            yield "a script"
        if any(name.startswith("on") for name in element.attrib):
            yield "a foreign attribute"
        if not is_plain_address(element.get("href", "")):
            yield f"an address that may run: {element.get('href')[:60]!r}"


JUDGES = {
    "text/html": page_faults,
    "text/csv": table_faults,
    "text/calendar": calendar_faults,
    "application/json": json_faults,
    "application/atom+xml": xml_faults,
    "image/svg+xml": xml_faults,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": workbook_faults,
}


def mail_faults(email):
    """What is wrong with an email as it would leave."""
    message = email.message()
    for name, value in message.items():
        if name.lower() not in MAIL_HEADERS:
            yield f"a foreign header: {name}"
        if re.search(r"[\r\n](?![ \t])", value):
            yield f"a header of two lines: {name}"
    if len(email.recipients()) != 1 or len(getaddresses([message["To"]])) != 1:
        yield f"not one recipient: {email.recipients()}"
    for part in message.walk():
        if part.get_content_type() == "text/html":
            yield from page_faults(part.get_payload(decode=True), styles=1)
