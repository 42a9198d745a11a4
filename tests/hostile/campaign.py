"""A seeded campaign: every address of the portal is asked for in every role with hostile strings; answers are judged.

Whatever a request changes is taken back after it, so that each meets the same portal and a fault can be repeated alone.
"""

import copy
import io
import itertools
import logging
import random
import re
import time
import traceback
from collections import Counter
from contextlib import contextmanager
from urllib.parse import quote, urlencode, urlsplit

import lxml.etree
from django.apps import apps
from django.core import mail, signals
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver
from openpyxl import Workbook

from commitments import emails
from commitments.models import Attendee
from initiatives import confirming
from initiatives.models import Contact
from senate_portal.accounts import invitations
from senate_portal.accounts.models import User
from tests.factories import make_area, make_user
from tests.hostile import judging, pages
from tests.hostile.strings import ADDRESSES, STORABLE, STRINGS

ROLES = [None, *User.Role]
APPS = ["accounts", "initiatives", "stp_feedback", "commitments"]
# What the portal itself makes, and addresses and people are found by.
MADE = re.compile(r"^pgh_|slug|code|hash|message_id|password|verb|file_name|state$")
LONGEST_SHOWN = 60
FIELDS_A_ROUND = 8  # of a form; others have their turn in other rounds
FORM_TYPE = "application/x-www-form-urlencoded"
HEADER_NAMES = ["Host", "User-Agent", "Referer", "Accept", "Accept-Language", "Cookie", "Origin"]
HEADER_NAMES += [
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "If-None-Match",
    "If-Modified-Since",
    "Range",
]


class Campaign:
    """`addresses` are those of tests/permissions.py, by the name of their route; `faults` are lines to act on."""

    def __init__(self, addresses, *, seed, budget):
        self.addresses = addresses
        self.random = random.Random(seed)
        self.seed, self.budget = seed, budget
        self.requests = Counter()
        self.emails = 0
        self.faults = []
        self.slowest = []  # seconds, and what took them
        self.cause = ""
        self.clients = {role: self.signed_in(role) for role in ROLES}

    def signed_in(self, role):
        client = Client(raise_request_exception=False)
        if role:
            user = make_user(role)
            if role == User.Role.LEAD:
                user.areas.add(make_area("NEL"))
            client.force_login(user)
        return client

    @property
    def spent(self):
        return self.requests.total() >= self.budget

    def run(self, parts):
        """Rounds of all parts of the campaign until so many requests are made."""
        logging.disable(logging.CRITICAL)
        signals.got_request_exception.connect(self.note_cause)
        try:
            while not self.spent:
                for part in parts:
                    part(self)
        finally:
            signals.got_request_exception.disconnect(self.note_cause)
            logging.disable(logging.NOTSET)

    def note_cause(self, **_):
        lines = traceback.format_exc().strip().splitlines()
        places = [line.strip() for line in lines if line.startswith("  File") and "site-packages" not in line]
        self.cause = f"{lines[-1][:200]} ({places[-1] if places else 'in a library'})"

    def one_of(self, strings=STRINGS):
        return self.random.choice(strings)

    @contextmanager
    def taken_back(self):
        cookies = {role: copy.copy(client.cookies) for role, client in self.clients.items()}
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        for role, kept in cookies.items():
            self.clients[role].cookies = kept

    def ask(self, part, role, address, *, method="get", what="", follow=True, **how):
        """One request, judged. Returns the answer, or None where it failed."""
        self.requests[part] += 1
        self.cause = ""
        mail.outbox.clear()
        began = time.monotonic()
        try:
            with transaction.atomic():
                response = getattr(self.clients[role], method)(address, **how)
                found = judging.faults(response)
                found += [fault for email in mail.outbox for fault in judging.mail_faults(email)]
        except Exception as problem:
            response, found = None, [f"raised {problem!r}"[:300]]
        self.emails += len(mail.outbox)
        where = f"seed {self.seed}, {part}, {role or 'public'}: {method.upper()} {address[:120]} {what}"
        self.faults += [f"{where}: {fault} {self.cause}" for fault in found]
        self.slowest = sorted([(time.monotonic() - began, where), *self.slowest], reverse=True)[:10]
        if response and follow and response.status_code in {301, 302, 303}:
            onward = urlsplit(response["Location"])
            self.ask(part, role, f"{onward.path}?{onward.query}", what=f"after {what}", follow=False)
        return response

    def roles(self):
        """One role at a time, so that a round stays short."""
        return [self.random.choice(ROLES)]


def shown(text):
    return repr(text[:LONGEST_SHOWN])


def part(function):
    """Goes through the addresses in an order of its own until the budget is spent."""

    def walk(campaign):
        addresses = list(campaign.addresses.items())
        campaign.random.shuffle(addresses)
        for name, address in addresses:
            if campaign.spent:
                return
            for role in campaign.roles():
                function(campaign, role, name, address)

    walk.__name__ = function.__name__
    return walk


# The parts


@part
def address_parts(campaign, role, name, address):
    """A hostile string in place of each part of the path, and behind it."""
    pieces = address.split("/")
    for place in range(1, len(pieces)):
        text = campaign.one_of()
        changed = "/".join([*pieces[:place], quote(as_bytes(text), safe=""), *pieces[place + 1 :]])
        with campaign.taken_back():
            campaign.ask("address", role, changed, what=shown(text))


@part
def query_strings(campaign, role, name, address):
    """Hostile values of every parameter that the page itself uses, one by one and all together."""
    with campaign.taken_back():
        response = campaign.clients[role].get(address)
        body = b"" if response.streaming else response.content
        known = pages.parameters(body, address) if is_page(response) else api_parameters(campaign, name)
    for names in [*([one] for one in known), known]:
        values = [(one, campaign.one_of()) for one in names for _ in range(campaign.random.choice([1, 1, 2]))]
        query = urlencode([(one, as_bytes(value)) for one, value in values])
        with campaign.taken_back():
            campaign.ask("query", role, f"{address}?{query}", what=shown(values[0][1]))


def api_parameters(campaign, name):
    """Those of the schema, which all addresses without a page are asked with too."""
    if not hasattr(campaign, "schema_parameters"):
        schema = campaign.clients[None].get("/api/v1/schema/?format=json").json()
        campaign.schema_parameters = sorted(
            {parameter["name"] for path in schema["paths"].values() for parameter in path["get"]["parameters"]}
        )
    return campaign.schema_parameters


@part
def page_forms(campaign, role, name, address):
    """Every form of the page: single fields, all at once, none, files; made-up fields where there is no form."""
    with campaign.taken_back():
        response = campaign.clients[role].get(address)
        found = list(pages.forms(response.content, address, "post")) if is_page(response) else []
    for form in found:
        if form.action.startswith("/"):
            try_form(campaign, role, form)
    if not found:  # a POST-only address, or a page without a form
        form = pages.PageForm(address, {campaign.one_of(): [campaign.one_of()] for _ in range(3)})
        send(campaign, role, form, form.fields, what="made-up fields")


def try_form(campaign, role, form):
    some = campaign.random.sample(list(form.fields), min(len(form.fields), FIELDS_A_ROUND))
    trials = [[one] for one in some] + [list(form.fields)] * 2
    for names in trials:
        values = {one: [campaign.one_of()] for one in names}
        send(
            campaign,
            role,
            form,
            form.fields | values,
            what=f"{names[:3]} {shown(next(iter(values.values()), [''])[0])}",
        )
    send(campaign, role, form, {}, what="empty")
    send(campaign, role, form, {one: [] for one in form.fields}, what="without fields")
    for one in form.files:
        for file in itertools.chain.from_iterable(hostile_files(campaign) for _ in range(4)):
            send(campaign, role, form, form.fields, files={one: file}, what=f"file {file.name!r}")


def send(campaign, role, form, fields, *, what, files=None):
    with campaign.taken_back():
        if files:
            data = {name: [encodable(one) for one in values] for name, values in fields.items()} | files
            response = campaign.ask("file", role, form.action, method="post", what=what, data=data, follow=False)
            if response is not None and response.status_code == 302:
                look_at_upload(campaign, role, response["Location"])
            return
        pairs = [(as_bytes(name), as_bytes(value)) for name, values in fields.items() for value in values]
        how = {"data": urlencode(pairs), "content_type": FORM_TYPE}
        campaign.ask("form", role, form.action, method="post", what=what, **how)


def as_bytes(text):
    return text.encode("utf-8", "surrogatepass")


def encodable(text):
    return text.encode("utf-8", "replace").decode()


def look_at_upload(campaign, role, address):
    """What was uploaded is looked at and then confirmed."""
    response = campaign.ask("file", role, address, what="upload shown")
    if response is not None and is_page(response):
        for form in pages.forms(response.content, address, "post"):
            campaign.ask("file", role, form.action, method="post", what="upload confirmed", data=form.fields)


def hostile_files(campaign):
    """Tables whose every cell is hostile under headings that are known, and files that are none."""
    headings = ["Name", "Email", "Organisation", "Role", "Area", "Came", "slug", "title", "summary", "areas", "link"]
    rows = [[encodable(campaign.one_of()) for _ in headings] for _ in range(3)]
    lines = [",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in [headings, *rows]]
    yield SimpleUploadedFile("list.csv", "\r\n".join(lines).encode(), "text/csv")
    book = Workbook()
    book.active.append(headings)
    for row in rows:
        book.active.append([re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", cell)[:30_000] for cell in row])
    content = io.BytesIO()
    book.save(content)
    yield SimpleUploadedFile("=list.xlsx", content.getvalue())
    damaged = bytearray(content.getvalue())
    for _ in range(20):
        damaged[campaign.random.randrange(len(damaged))] = campaign.random.randrange(256)
    yield SimpleUploadedFile("damaged.xlsx", bytes(damaged))
    yield SimpleUploadedFile("../../etc/passwd", campaign.random.randbytes(campaign.random.choice([0, 1, 1000])))


@part
def headers_and_verbs(campaign, role, name, address):
    """Hostile headers, verbs that nobody uses and bodies that are none."""
    text = campaign.one_of().encode("utf-8", "replace").decode("latin-1")
    header = campaign.random.choice(HEADER_NAMES)
    with campaign.taken_back():
        campaign.ask("header", role, address, what=f"{header}: {shown(text)}", headers={header: text})
    verb = campaign.random.choice(["head", "options", "put", "patch", "delete", "trace"])
    kind = campaign.random.choice(
        ["application/json", FORM_TYPE, "multipart/form-data; boundary=x", "text/xml", "", "x" * 300]
    )
    body = campaign.random.choice(["{", '{"slug": "\\u0000\\ud800"}', "%", "--x\r\n\r\n", campaign.one_of()])
    with campaign.taken_back():
        how = {} if verb in {"head", "trace"} else {"data": encodable(body), "content_type": kind}
        campaign.ask("verb", role, address, method=verb, what=kind[:40], **how)
        if not name.startswith("api"):
            campaign.ask("verb", role, address, method="post", what=kind[:40], data=encodable(body), content_type=kind)


def stored(campaign):
    """A portal in whose every record every text is hostile, seen by everybody in every form of output."""
    with campaign.taken_back():
        spoil_records(campaign)
        for name, address in campaign.addresses.items():
            if campaign.spent:
                return
            for role in ROLES:
                with campaign.taken_back():
                    campaign.ask("stored", role, address, what=name)


def spoil_records(campaign):
    """Writes past the forms, as an import of old or a mistake of ours might."""
    for model in [model for label in APPS for model in apps.get_app_config(label).get_models()]:
        for row in model.objects.all()[:20]:
            for field in model._meta.concrete_fields:
                if value := hostile_value(campaign, field):
                    write(model, row.pk, field.name, value)


def write(model, pk, name, value):
    try:
        with transaction.atomic():
            model.objects.filter(pk=pk).update(**{name: value})
    except DatabaseError:  # the database itself refuses it
        pass


def hostile_value(campaign, field):
    if not isinstance(field, models.CharField | models.TextField) or field.choices or MADE.search(field.name):
        return None
    text = campaign.one_of(ADDRESSES if field.name == "address" else STORABLE)
    text = text[: field.max_length]
    try:
        field.run_validators(text)
    except ValidationError:
        return None
    return text


def is_page(response):
    return response.get("Content-Type", "").startswith("text/html") and bool(response.content)


def letters(campaign):
    """Every email that the portal writes, about records whose every text is hostile."""
    with campaign.taken_back():
        spoil_records(campaign)
        for attendee in Attendee.objects.select_related("forum__wave").exclude(email=""):
            promised = list(attendee.commitments.all())
            wave = attendee.forum.wave
            for letter in [
                emails.ask(attendee, wave, promised),
                emails.reminder(attendee, wave, promised),
                emails.without_commitment(attendee, wave),
                emails.fresh_link(attendee),
                emails.receipt(attendee, promised),
            ]:
                judge_letter(campaign, emails.envelope(letter, to=attendee.email, token="secret", message_id="<1@x>"))
        mail.outbox.clear()
        for contact in Contact.objects.exclude(email=""):
            confirming.ask(contact)
        for user in User.objects.all():
            invitations.send(user, by=user)
        for email in mail.outbox:
            judge_letter(campaign, email)


def judge_letter(campaign, email):
    campaign.requests["letter"] += 1
    campaign.emails += 1
    try:
        found = list(judging.mail_faults(email))
    except ValueError as problem:  # among them Django's own refusal of a header of two lines
        found = [repr(problem)]
    campaign.faults += [f"seed {campaign.seed}, letter {email.subject[:60]!r}: {fault}" for fault in found]


PARTS = [address_parts, query_strings, page_forms, headers_and_verbs, stored, letters]


def administration(client):
    """Every address of Django's administration that needs no id, and the first row's of those that do."""
    for pattern in get_resolver().url_patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace == "admin":
            yield "admin:index", "/admin/"
    response = client.get("/admin/")
    for link in sorted({link for link in lxml_links(response.content) if link.startswith("/admin/")}):
        yield f"admin:{link}", link
        listed = client.get(link)
        if is_page(listed):
            rows = [one for one in lxml_links(listed.content) if re.fullmatch(rf"{re.escape(link)}\d+/change/", one)]
            yield from ((f"admin:{row}", row) for row in rows[:1])


def lxml_links(page):
    root = lxml.etree.HTML(page)
    return [] if root is None else [str(link) for link in root.xpath("//a/@href")]
