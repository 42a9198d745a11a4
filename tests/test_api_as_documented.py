"""The read API is asked for what its own document says, as each role, and must answer as the document says it does.

The examples are the same each time; `make hostile` asks for more of them.
"""

import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from rest_framework.throttling import AnonRateThrottle
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from senate_portal.accounts.models import User
from senate_portal.wsgi import application
from stp_feedback.models import Series
from tests.factories import (
    make_area,
    make_contact,
    make_forum_with_feedback,
    make_initiative,
    make_measure,
    make_outcome,
    make_point,
    make_reading_of_measure,
    make_source,
    make_theme,
    make_user,
)

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("API_EXAMPLES", "10"))  # of each address, as many wrong ones, for each role
PLAN = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
THERE = {"slug": "care", "code": "NEL"}
# Which themes, places and organisations a filter knows is data, which no document can list: others are answered by 400.
load_all_checks()
UNDOCUMENTED = [CHECKS.get_one("positive_data_acceptance")]


@pytest.fixture
def document(monkeypatch):
    """Asked for as a server would be, but within the test's transaction and however often."""
    make_point(make_forum_with_feedback(slug="care"), make_area("NEL"), enabled_by="Time")
    initiative = make_initiative(slug="care", areas=[make_area("NEL")], themes=[make_theme("Care")])
    make_outcome(initiative)
    make_contact(initiative)
    make_source(slug="care")
    make_reading_of_measure(make_measure(Series.objects.create(slug="care", title="Care closer to home")))
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": None})
    signals = [request_started, request_finished]
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application)
    for signal in signals:
        signal.connect(close_old_connections)


def signed_in(role):
    client = Client()
    client.force_login(make_user(role))
    return {"Cookie": f"session={client.cookies['session'].value}"}


@pytest.mark.parametrize("role", [None, *User.Role])
def test_api_answers_as_its_document_says(document, role):
    headers = {"Accept-Encoding": "identity"} | (signed_in(role) if role else {})
    answers, problems = {}, []
    for operation in (found.ok() for found in document.get_all_operations()):
        for mode in GenerationMode:

            @PLAN
            @given(case=operation.as_strategy(generation_mode=mode), exists=st.booleans())
            def ask(case, exists):
                if exists and case.path_parameters:
                    case.path_parameters |= {name: THERE[name] for name in case.path_parameters}
                response = case.call_and_validate(headers=headers, excluded_checks=UNDOCUMENTED)
                answers.setdefault(case.operation.label, set()).add(response.status_code)

            try:
                ask()
            except Unsatisfiable:  # nothing is wrong as a slug
                continue
            except (AssertionError, BaseExceptionGroup) as problem:
                reasons = getattr(problem, "exceptions", [problem])
                problems += [f"{operation.label}, {mode.value}: {reason}" for reason in reasons]

    assert problems == [], "\n\n".join(problems)
    assert len(answers) >= 10
    assert all(200 in seen for seen in answers.values()), answers
