"""Reads the forms and the parameters of a page out of its HTML, so that a new page is tried without being listed."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

import lxml.html

PLAUSIBLE = {"date": "2026-01-05", "email": "somebody@example.org", "number": "1", "url": "https://example.org/"}


@dataclass
class PageForm:
    """`fields` are names with the values that a person might send."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


def forms(page, address, method):
    """The forms of that method; the one in every header that signs people out is left out."""
    for element in lxml.html.document_fromstring(page).forms:
        if element.method.lower() != method or "nhsuk-header" in element.get("class", ""):
            continue
        form = PageForm(urljoin(address, element.get("action") or address).partition("#")[0])
        for box in element.xpath(".//input[@name] | .//textarea[@name] | .//select[@name] | .//button[@name]"):
            if box.get("type") == "file":
                form.files.add(box.get("name"))
            elif box.get("name") != "csrfmiddlewaretoken":
                form.fields.setdefault(box.get("name"), [])
                form.fields[box.get("name")] += plausible(box, form.fields[box.get("name")])
        yield form


def plausible(box, already):
    kind = box.get("type", "")
    if box.tag == "select":
        return [value for value in box.value_options if value][:1]
    if kind == "radio":
        return [] if already else [box.get("value", "on")]
    if kind == "checkbox":
        return [box.get("value", "on")]
    if box.tag == "button" or kind == "submit":
        return [] if already else [box.get("value", "")]
    given = box.text_content() if box.tag == "textarea" else box.get("value", "")
    return [given.strip() or PLAUSIBLE.get(kind, "Something")]


def parameters(page, address):
    """Names that the page's own links and filters put behind its address."""
    path = urlsplit(address).path
    names = {"page", "search", "sort", "next", "format"}
    for link in lxml.html.document_fromstring(page).xpath("//a/@href"):
        target = urlsplit(urljoin(address, link))
        if target.path == path:
            names |= {name for name, _ in parse_qsl(target.query)}
    for form in forms(page, address, "get"):
        names |= form.fields.keys()
    return sorted(names)
