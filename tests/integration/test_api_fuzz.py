"""Every operation of the API's own schema, called with generated values: no answer may be a fault of ours."""

import json

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from rest_framework.authtoken.models import Token
from rest_framework.renderers import JSONRenderer

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
def token(transactional_db):
    programme = ProgrammeFactory(code="IT")
    period = PeriodFactory(place=programme.place)
    LeadershipFactory(programme=programme)
    StatusFactory(item=PlanItemFactory(programme=programme), period=period)
    ReturnFactory(programme=programme, period=period)
    office = MembershipFactory(place=programme.place).user
    return Token.objects.create(user=office).key


@pytest.mark.parametrize("operation", operations(), ids=lambda found: found.label)
def test_no_generated_request_is_answered_with_a_fault(operation, token):
    tried = []

    @given(case=operation.as_strategy())
    @settings(
        max_examples=15,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def call(case):
        answer = case.call(headers={"Authorization": f"Token {token}"})
        tried.append(answer.status_code)
        assert answer.status_code < 500, answer.text

    call()
    assert tried
