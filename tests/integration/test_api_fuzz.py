"""Every operation of the API's own schema, called with generated values: no answer may be a fault of ours."""

import json
import os
import sys
from collections import Counter

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from rest_framework.renderers import JSONRenderer

from icp.accounts.api_tokens import make_token
from icp.common import clock
from tests.factories import (
    LeadershipFactory,
    MembershipFactory,
    PeriodFactory,
    PlanItemFactory,
    ProgrammeFactory,
    ReturnFactory,
    StatusFactory,
)


def the_schema():
    made = SchemaGenerator(api_version="v1").get_schema(request=None, public=True)
    return json.loads(JSONRenderer().render(made))


def operations():
    loaded = schemathesis.openapi.from_dict(the_schema())
    loaded.app = get_wsgi_application()
    return [found.ok() for found in loaded.get_all_operations()]


@pytest.fixture
def token(db, open_connection):
    programme = ProgrammeFactory(code="IT")
    period = PeriodFactory(place=programme.place)
    LeadershipFactory(programme=programme)
    StatusFactory(item=PlanItemFactory(programme=programme), period=period)
    ReturnFactory(programme=programme, period=period)
    office = MembershipFactory(place=programme.place).user
    return make_token(user=office, name="Fuzz", at=clock.now(), request=None).key


def tried(operation, token, *, examples: int, derandomize: bool) -> Counter:
    """How often each status was answered to so many generated requests; none of them a fault of ours."""
    told: Counter = Counter()

    @given(case=operation.as_strategy())
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=derandomize,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def call(case):
        answer = case.call(headers={"Authorization": f"Token {token}"})
        told[answer.status_code] += 1
        assert answer.status_code < 500, answer.text

    call()
    return told


@pytest.mark.parametrize("operation", operations(), ids=lambda found: found.label)
def test_no_generated_request_is_answered_with_a_fault(operation, token):
    assert tried(operation, token, examples=15, derandomize=True)


@pytest.mark.soak
def test_no_generated_request_of_very_many_is_answered_with_a_fault(token, capsys):
    told: Counter = Counter()
    examples = int(os.environ.get("ICP_SOAK_EXAMPLES", "400"))
    for operation in operations():
        told += tried(operation, token, examples=examples, derandomize=False)
    with capsys.disabled():
        sys.stdout.write(f"\nGenerated requests by status: {dict(told)}\n")
