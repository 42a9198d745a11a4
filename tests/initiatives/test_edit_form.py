"""The form in which staff write an entry: sections, and the way to what is wrong."""

import lxml.html
import pytest

from initiatives.staff_forms import FORMSETS, SECTIONS, InitiativeForm
from tests.factories import make_initiative, make_user
from tests.initiatives.test_publishing import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(client):
    client.force_login(make_user())
    return make_initiative(title="Falls car")


def page(response):
    return lxml.html.fromstring(response.content.decode())


def texts(elements):
    return [" ".join(element.text_content().split()) for element in elements]


def test_every_box_stands_in_one_section():
    fields = [name for section in SECTIONS for name in section.fields]
    formsets = [name for section in SECTIONS for name in section.formsets]

    assert sorted(fields) == sorted(set(InitiativeForm().fields) - {"seen"})
    assert sorted(formsets) == sorted(FORMSETS)


def test_the_page_shows_every_box_once_under_headings_that_the_contents_lead_to(client, entry):
    response = client.get(f"/staff/initiatives/{entry.pk}/edit/")

    shown = page(response)
    names = [
        box.get("name") for box in shown.xpath("//main//form//*[@name][not(@type='checkbox')][not(@type='radio')]")
    ]
    assert len(names) == len(set(names))
    forms = [response.context_data["form"]]
    for formset in response.context_data["formsets"].values():
        forms += [formset.management_form, *formset.forms]
    expected = {field.html_name for form in forms for field in form}
    boxes = set(shown.xpath("//main//form//*[@name]/@name")) - {"csrfmiddlewaretoken"}
    without_choices = {"populations", "themes", "organisations", "areas_stated", "areas_inferred"}
    without_choices |= {"boroughs_stated", "boroughs_inferred"}
    assert expected - boxes == without_choices, "there is nothing to choose from in this database"
    assert boxes <= expected
    contents = shown.xpath("//nav[@aria-labelledby='contents']//a")
    assert texts(contents) == [section.title for section in SECTIONS]
    for link, section in zip(contents, SECTIONS, strict=True):
        (part,) = shown.xpath(f"//fieldset[@id='{link.get('href')[1:]}']")
        assert texts(part.xpath("./legend/h2")) == [section.title]


def test_everything_wrong_is_named_once_in_the_summary_and_leads_to_its_box(client, entry):
    data = typed(client, entry) | {
        "title": "",
        "slug": "matrix",
        "contact-0-name": "Jo",
        "contact-0-kind": "mailbox",
        "outcome-0-measure": "Admissions",
        "how_it_works": "What was typed stays",
    }

    response = client.post(f"/staff/initiatives/{entry.pk}/edit/", data)

    assert response.status_code == 422
    shown = page(response)
    (summary,) = shown.xpath("//*[contains(@class, 'nhsuk-error-summary ') or @class='nhsuk-error-summary']")
    links = {link.text_content().split(":")[0].strip(): link.get("href") for link in summary.xpath(".//a")}
    assert links == {
        "Title": "#id_title",
        "End of its address": "#id_slug",
        "Email": "#id_contact-0-email",
        "Kind of claim": "#id_outcome-0-claim",
        "What was measured": "#id_outcome-0-measured",
    }
    for href in links.values():
        assert shown.xpath(f"//form//*[@id='{href[1:]}']")
    assert texts(shown.xpath("//nav[@aria-labelledby='contents']//li[strong]")) == [
        "What it is: 2 problems",
        "How sure can we be?: 2 problems",
        "Who to ask, and where to read more: 1 problem",
    ]
    assert shown.findtext(".//title").startswith("Error: Edit the entry")
    assert "What was typed stays" in response.content.decode()
