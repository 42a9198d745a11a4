"""What people look for in the real record, what must come first, what must be there and what must not."""

import pytest
from django.core.management import call_command
from django.db import transaction

from initiatives import catalogue, search

CAMDEN_PSYCHOSIS = "camden-islington-psychosis-integrated-practice-unit"
CARE_HOME_ACCESS = "care-home-access-to-urgent-care"
CC4C = "connecting-care-for-children"
CHILDRENS_HOSPITAL = "islington-childrens-hospital-at-home"
CIS = "community-independence-service"
CYPHP = "children-and-young-peoples-health-partnership"
DIY_HEALTH = "diy-health"
EAST_LONDON = "east-london-primary-care-mental-health-service"
ESCAPE_PAIN = "escape-pain"
FALLS_CAR = "falls-specialist-response-car"
FREQUENT = "meeting-the-needs-of-frequent-service-users"
HEALTH_1000 = "health-1000"
LIVING_WELL = "living-well-network"
MEDICINES = "innovation-in-medicines-optimisation"
PBMH = "islington-practice-based-mental-health-team"
ROYAL_FREE = "royal-free-care-homes-outreach"

# what is asked: (what comes first, what else is among the results, what is not)
QUERIES = {
    # Titles, whole and in part
    "falls": (FALLS_CAR, {MEDICINES}, {HEALTH_1000}),
    "falls car": (FALLS_CAR, set(), {ROYAL_FREE}),
    "fall": (FALLS_CAR, set(), set()),
    "health 1000": (HEALTH_1000, set(), {FALLS_CAR}),
    "wellness practice": (HEALTH_1000, set(), set()),
    "escape pain": (ESCAPE_PAIN, set(), {FALLS_CAR}),
    "ESCAPE-pain": (ESCAPE_PAIN, set(), {FALLS_CAR}),
    "medicines optimisation": (MEDICINES, set(), {FALLS_CAR}),
    "connecting care": (CC4C, set(), {ESCAPE_PAIN}),
    "hospital at home": (CHILDRENS_HOSPITAL, set(), {EAST_LONDON}),
    "living well": (LIVING_WELL, set(), {FALLS_CAR}),
    "DIY health": (DIY_HEALTH, set(), set()),
    "frequent service users": (FREQUENT, set(), {ESCAPE_PAIN}),
    "mental health": (PBMH, {EAST_LONDON, LIVING_WELL, CAMDEN_PSYCHOSIS}, {FALLS_CAR, ROYAL_FREE}),
    "primary care mental health": (EAST_LONDON, {PBMH}, {FALLS_CAR}),
    "community independence": (CIS, set(), {DIY_HEALTH}),
    "psychosis": (CAMDEN_PSYCHOSIS, set(), {ESCAPE_PAIN}),
    "care homes": (CARE_HOME_ACCESS, {ROYAL_FREE}, {CHILDRENS_HOSPITAL, FALLS_CAR}),
    "urgent care": (CARE_HOME_ACCESS, {FALLS_CAR}, {ESCAPE_PAIN}),
    # Acronyms
    "CC4C": (CC4C, set(), {CYPHP}),
    "cyphp": (CYPHP, set(), {CC4C}),
    "CIS": (CIS, set(), {FALLS_CAR}),
    "PBMH": (PBMH, set(), {EAST_LONDON}),
    "LIMOS": (MEDICINES, set(), {ESCAPE_PAIN}),
    "SMI": (EAST_LONDON, {CAMDEN_PSYCHOSIS}, {FALLS_CAR}),
    "LTC": (CAMDEN_PSYCHOSIS, {HEALTH_1000, CYPHP, ESCAPE_PAIN}, {FALLS_CAR}),
    "LAS": (CARE_HOME_ACCESS, {FALLS_CAR}, {CC4C}),
    "MSK": (ESCAPE_PAIN, set(), {FALLS_CAR}),
    "GP": (PBMH, {HEALTH_1000, DIY_HEALTH}, {FALLS_CAR}),
    # One thing under several names
    "A&E": (FALLS_CAR, {MEDICINES, ROYAL_FREE, PBMH, CHILDRENS_HOSPITAL}, {ESCAPE_PAIN}),
    "A+E": (FALLS_CAR, {MEDICINES, ROYAL_FREE, PBMH, CHILDRENS_HOSPITAL}, {ESCAPE_PAIN}),
    "ED": (FALLS_CAR, {MEDICINES, ROYAL_FREE, PBMH, CHILDRENS_HOSPITAL}, {ESCAPE_PAIN}),
    "emergency department": (FALLS_CAR, {MEDICINES, ROYAL_FREE, PBMH, CHILDRENS_HOSPITAL}, {ESCAPE_PAIN}),
    "casualty": (FALLS_CAR, {MEDICINES, ROYAL_FREE}, {ESCAPE_PAIN}),
    "coproduction": (PBMH, {LIVING_WELL}, {FALLS_CAR}),
    "co-production": (PBMH, {LIVING_WELL}, {FALLS_CAR}),
    "co-produced": (PBMH, {LIVING_WELL}, {FALLS_CAR}),
    "long-term conditions": (CAMDEN_PSYCHOSIS, {HEALTH_1000, ESCAPE_PAIN}, {FALLS_CAR}),
    "long term condition": (CAMDEN_PSYCHOSIS, {HEALTH_1000, ESCAPE_PAIN}, {FALLS_CAR}),
    "elderly": (FALLS_CAR, {MEDICINES, ROYAL_FREE}, {DIY_HEALTH}),
    "older people": (FALLS_CAR, {MEDICINES, ROYAL_FREE}, {DIY_HEALTH}),
    "nursing home": (CARE_HOME_ACCESS, {ROYAL_FREE}, {CHILDRENS_HOSPITAL}),
    "frequent attenders": (FREQUENT, set(), {FALLS_CAR}),
    "high intensity users": (FREQUENT, set(), {FALLS_CAR}),
    "arthritis": (ESCAPE_PAIN, set(), {FALLS_CAR}),
    "paediatric": (CYPHP, {CC4C, CHILDRENS_HOSPITAL, DIY_HEALTH}, {FALLS_CAR}),
    # Apostrophes, straight, curly and forgotten
    "Guy's": (MEDICINES, set(), {FALLS_CAR}),
    "Guy’s and St Thomas’": (MEDICINES, set(), {FALLS_CAR}),  # noqa: RUF001
    "guys": (MEDICINES, set(), {FALLS_CAR}),
    "children's hospital": (CHILDRENS_HOSPITAL, set(), {DIY_HEALTH}),
    "children’s hospital": (CHILDRENS_HOSPITAL, set(), {DIY_HEALTH}),  # noqa: RUF001
    # People, organisations and places
    "Klaber": (CC4C, set(), {FALLS_CAR}),
    "agambar": (FALLS_CAR, set(), {CC4C}),
    "Whittington": (CHILDRENS_HOSPITAL, set(), {PBMH}),
    "London Ambulance Service": (CARE_HOME_ACCESS, {FALLS_CAR}, {PBMH}),
    "Islington": (PBMH, {CHILDRENS_HOSPITAL, CAMDEN_PSYCHOSIS}, {FALLS_CAR}),
    "Lambeth": (LIVING_WELL, {CYPHP}, {FALLS_CAR}),
    "Tower Hamlets": (DIY_HEALTH, set(), {PBMH}),
    "Westminster": (CIS, set(), {DIY_HEALTH}),
    "consultant geriatrician": (ROYAL_FREE, set(), {FALLS_CAR}),
    "children Islington": (CHILDRENS_HOSPITAL, set(), {CC4C}),
    # What it is about
    "diabetes": (CAMDEN_PSYCHOSIS, {HEALTH_1000, ESCAPE_PAIN}, {FALLS_CAR}),
    "knee": (ESCAPE_PAIN, set(), {FALLS_CAR}),
    "paramedic": (FALLS_CAR, set(), {CC4C}),
    "frailty": (FALLS_CAR, {MEDICINES, ROYAL_FREE}, {DIY_HEALTH}),
    "parents": (DIY_HEALTH, set(), {FALLS_CAR}),
    "length of stay": (CHILDRENS_HOSPITAL, set(), {DIY_HEALTH}),
    "reablement": (CIS, {LIVING_WELL}, {FALLS_CAR}),
    "vanguard": (CARE_HOME_ACCESS, set(), {FALLS_CAR}),
    "five years": (CAMDEN_PSYCHOSIS, set(), {FALLS_CAR}),
    # Beginnings of words, phrases, words left out
    "osteoarth": (ESCAPE_PAIN, set(), {FALLS_CAR}),
    "rehabil": (CIS, set(), {DIY_HEALTH}),
    '"long term conditions"': (CAMDEN_PSYCHOSIS, {HEALTH_1000}, {FALLS_CAR}),
    "mental health -islington": (EAST_LONDON, {LIVING_WELL}, {PBMH, CAMDEN_PSYCHOSIS}),
}

SPELLINGS = {
    "reablment": "reablement",
    "psyhcosis": "psychosis",
    "osteoarthrits": "osteoarthritis",
    "islingtn": "islington",
    "medicnes optimisation": "medicines optimisation",
}


@pytest.fixture(scope="module", autouse=True)
def record(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_record", verbosity=0)
        yield
        transaction.set_rollback(True)


def found(words):
    now = catalogue.current()
    return [now.names[now.places[pk]][0] for pk in catalogue.find({}, words=words)]


@pytest.mark.parametrize("words", QUERIES)
def test_search_finds(words):
    first, among, without = QUERIES[words]
    results = found(words)

    assert results[:1] == [first]
    assert among <= set(results)
    assert not without & set(results)


@pytest.mark.parametrize("words", SPELLINGS)
def test_search_offers_the_nearest_spelling(words):
    assert found(words) == []
    assert search.nearest_spelling(words) == SPELLINGS[words]


@pytest.mark.parametrize("words", ["xyzzy", "&", "of", "falls -falls", "-care -health -mental -people"])
def test_search_finds_nothing(words):
    assert found(words) == []
