import pytest
from django.core.cache import cache

from initiatives import lookalikes, submitting
from initiatives.models import Initiative, Link, OldSlug, Submission
from initiatives.slugs import free
from tests.factories import make_area, make_initiative, make_organisation, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_throttle():
    cache.clear()


@pytest.fixture
def typed():
    return {
        "title": "Hospital at home",
        "summary": "Nurses visit people at home within two hours.",
        "who_for": "Frail older people",
        "stage": "pilot",
        "areas": [make_area("NEL").pk],
        "organisation": "a TRUST",
        "themes": [make_theme("Frailty").pk],
        "links": "The evaluation https://example.org/report\nhttps://example.org/",
        "name": "Sam Sample",
        "email": "sam@example.org",
    }


def test_an_offer_waits_for_review_and_shows_its_sender_to_nobody(client, typed):
    trust = make_organisation("A trust")

    response = client.post("/initiatives/submit/", typed)

    assert (response.status_code, response.url) == (302, "/initiatives/submit/thanks/")
    entry = Initiative.objects.get()
    assert (entry.publication, entry.slug, entry.created_by) == ("in-review", "hospital-at-home", None)
    assert [area.code for area in entry.areas.all()] == ["NEL"]
    assert [theme.name for theme in entry.themes.all()] == ["Frailty"]
    assert [*entry.organisations.all()] == [trust]
    assert list(Link.objects.values_list("position", "label", "address")) == [
        (1, "The evaluation", "https://example.org/report"),
        (2, "example.org", "https://example.org/"),
    ]
    submission = Submission.objects.get()
    assert (submission.name, submission.email, submission.organisation) == ("Sam Sample", "sam@example.org", "a TRUST")
    for address in [
        "/initiatives/",
        "/initiatives.csv",
        "/initiatives.json",
        "/api/v1/initiatives/",
        "/initiatives.atom",
    ]:
        response = client.get(address)
        page = b"".join(response.streaming_content) if response.streaming else response.content
        assert b"Hospital at home" not in page
        assert b"sam@example.org" not in page
    assert client.get("/initiatives/hospital-at-home/").status_code == 404


def test_fields_that_are_not_asked_for_are_not_taken(client, typed):
    client.post("/initiatives/submit/", typed | {"publication": "published", "slug": "mine", "verified_by": "Me"})

    entry = Initiative.objects.get()
    assert (entry.publication, entry.slug, entry.verified_by) == ("in-review", "hospital-at-home", "")


def test_what_is_alike_is_shown_once_and_never_blocks(client, typed):
    make_initiative(title="Hospital at home service", slug="known")
    make_initiative(title="Hospital at home draft", slug="hidden", publication="draft")

    warned = client.post("/initiatives/submit/", typed)

    page = warned.content.decode()
    assert warned.status_code == 200
    assert 'href="/initiatives/known/"' in page
    assert "Hospital at home draft" not in page
    assert 'value="sam@example.org"' in page
    assert "Nurses visit people at home within two hours." in page
    assert not Submission.objects.exists()

    assert client.post("/initiatives/submit/", typed | {"anyway": "yes"}).status_code == 302
    assert Submission.objects.count() == 1


def test_an_error_keeps_everything_typed(client, typed):
    response = client.post("/initiatives/submit/", typed | {"email": "nobody", "links": "javascript:alert(1)"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Enter an email address, such as name@example.org" in page
    assert "“javascript:alert(1)” holds no web address" in page
    assert 'value="Hospital at home"' in page
    assert "Nurses visit people at home within two hours." in page
    assert not Initiative.objects.exists()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"website": "https://spam.example.org"}, "Leave the box that says so empty"),
        ({"areas": []}, "Choose an area, or say that it runs all over London"),
        ({"title": "Nul\x00l"}, "Null characters are not allowed"),
        ({"areas": ["999999"]}, "Select a valid choice"),
        ({"links": "\n".join(["https://example.org/"] * 11)}, "Give 10 links at most"),
        ({"links": f"https://example.org/{'x' * 200}"}, "A web address must be 200 characters or fewer"),
    ],
)
def test_wrong_input_is_refused_in_words(client, typed, change, error):
    response = client.post("/initiatives/submit/", typed | change)

    assert response.status_code == 422
    assert error in response.content.decode().replace("&#34;", '"').replace("&quot;", '"')
    assert not Initiative.objects.exists()


def test_a_flood_from_one_network_is_told_to_come_back_and_loses_nothing(client, typed):
    for _ in range(20):
        client.post("/initiatives/submit/", typed | {"email": ""})

    response = client.post("/initiatives/submit/", typed)

    assert (response.status_code, response["Retry-After"]) == (429, "3600")
    assert "send it again in an hour" in response.content.decode()
    assert 'value="sam@example.org"' in response.content.decode()
    assert not Initiative.objects.exists()
    assert client.get("/initiatives/submit/").status_code == 200
    assert client.post("/initiatives/submit/", typed, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_nearest_puts_the_likest_title_first_and_gives_five_at_most():
    for number in range(6):
        make_initiative(title=f"Rapid response team {'x' * number}")
    make_initiative(title="Rapid response team")
    make_initiative(title="Diabetes prevention")

    found = lookalikes.nearest("Rapid response team")

    titles = [Initiative.objects.get(pk=pk).title for pk in found]
    assert len(titles) == 5
    assert set(titles[:2]) == {"Rapid response team", "Rapid response team "} or titles[0] == "Rapid response team"
    assert "Diabetes prevention" not in titles


def test_nearest_takes_a_fainter_title_of_the_same_organisation():
    home_first = make_initiative(
        title="Discharge home first with therapists", organisations=[make_organisation("Whittington Health")]
    )

    assert lookalikes.nearest("Discharge to assess") == []
    assert lookalikes.nearest("Discharge to assess", organisation="Whittington Health") == [home_first.pk]


def test_nearest_sorts_the_same_place_before_another():
    elsewhere = make_initiative(title="Falls response car", areas=[make_area("SEL")])
    here = make_initiative(title="Falls response cars", areas=[make_area("NEL")])

    assert lookalikes.nearest("Falls response", areas=[make_area("NEL")]) == [here.pk, elsewhere.pk]


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Falls car", "falls-car-3"), ("Submit", "submit-2"), ("!!!", "initiative"), ("Neu", "neu")],
)
def test_a_free_slug_avoids_entries_old_addresses_and_pages(title, slug):
    initiative = make_initiative(slug="falls-car")
    OldSlug.objects.create(slug="falls-car-2", initiative=initiative)

    assert free(title) == slug


def test_the_same_title_twice_gives_two_entries():
    for _ in range(2):
        submitting.submit(
            Initiative(title="Falls car", summary="A car.", who_for="All", stage="live", london_wide=True),
            themes=[],
            areas=[],
            links=[],
            organisation="",
            name="Sam Sample",
            email="sam@example.org",
        )

    assert sorted(Initiative.objects.values_list("slug", flat=True)) == ["falls-car", "falls-car-2"]


# Patients

NHS_NUMBER = "943 476 5919"  # the example of the NHS Data Dictionary: no person has it


@pytest.mark.parametrize("field", ["title", "summary", "who_for", "organisation"])
def test_an_nhs_number_is_refused_beside_its_field(client, typed, field):
    response = client.post("/initiatives/submit/", typed | {field: f"Seen: {NHS_NUMBER}"})

    assert response.status_code == 422
    assert list(response.context_data["form"].errors) == [field]
    assert "looks like an NHS number" in response.content.decode()
    assert not Initiative.objects.exists()


def test_ten_digits_with_another_check_digit_are_no_nhs_number(client, typed):
    assert client.post("/initiatives/submit/", typed | {"summary": "Ring 943 476 5918"}).status_code == 302


@pytest.mark.parametrize("words", ["Mrs Patient", "an 83-year-old woman", "D.O.B. 1 May 1940", "hospital number 12"])
def test_words_about_one_patient_are_warned_of_and_not_refused(client, typed, words):
    typed["summary"] = f"It began with {words} who fell."

    warned = client.post("/initiatives/submit/", typed)

    assert warned.status_code == 200
    assert "It may tell of one patient" in warned.content.decode()
    assert not Initiative.objects.exists()
    assert client.post("/initiatives/submit/", typed | {"anyway": "yes"}).status_code == 302


def test_a_report_is_looked_at_in_the_same_way(client):
    entry = make_initiative()
    address = f"{entry.get_absolute_url()}report/"

    assert client.post(address, {"text": f"She is {NHS_NUMBER}"}).status_code == 422
    assert "It may tell of one patient" in client.post(address, {"text": "Ask Mrs Patient"}).content.decode()
    assert not entry.problem_reports.exists()
    client.post(address, {"text": "Ask Mrs Patient", "anyway": "yes"})
    assert entry.problem_reports.count() == 1
