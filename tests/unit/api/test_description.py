"""The published description: OpenAPI 3.1, and answers that keep to it whatever is asked."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from hypothesis import HealthCheck, settings

from anju.accounts.actions import tokens
from anju.accounts.permissions import FOR_SYSTEMS
from anju.api.urls import api
from anju.audit.actor import Actor

PUBLISHED = Path(__file__).resolve().parents[3] / "docs" / "openapi.json"


def described() -> dict[str, object]:
    return json.loads(json.dumps(api.get_openapi_schema(), default=str))


def test_the_published_description_is_that_of_the_code() -> None:
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == described(), (
        "run `anju api > docs/openapi.json`"
    )


def test_it_is_openapi_3_1_and_every_operation_names_its_problems() -> None:
    document = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    assert document["openapi"].startswith("3.1")
    for operations in document["paths"].values():
        assert list(operations) == ["get"]
        answers = operations["get"]["responses"]
        assert {"200", "401", "403", "404", "422", "429"} <= set(answers)


schema = schemathesis.openapi.from_dict(described())
schema.app = get_wsgi_application()


@pytest.fixture
def key(county) -> dict[str, str]:
    """The header of a token that may read everything."""
    _, secret = tokens.issue(
        by=Actor("security"),
        at=timezone.now(),
        on=timezone.localdate(),
        system="试用系统",
        division_code="529901000000",
        permissions=FOR_SYSTEMS,
        expires_on=timezone.localdate() + timedelta(days=1),
    )
    return {"Authorization": f"Bearer {secret}"}


@pytest.mark.django_db
@pytest.mark.usefixtures("transaction_outlives_requests")
@pytest.mark.slow
@schema.parametrize()
@settings(
    max_examples=12,
    derandomize=True,  # the same questions each time: a check of a change, not a search
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_answers_keep_to_the_description(case: schemathesis.Case, key: dict[str, str]) -> None:
    case.call_and_validate(headers=key)
