"""The published description: OpenAPI 3.1, and answers that keep to it whatever is asked."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from hypothesis import HealthCheck, assume, settings
from schemathesis.checks import load_all_checks
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.python._constants.orchestrator import make_constants_value_source
from schemathesis.specs.openapi.checks import response_schema_conformance
from tests.factories.assets import AssetFactory, AssetStateFactory, YieldFactory
from tests.factories.benefits import ClaimFactory, RollFactory
from tests.factories.community import FundEntryFactory, RequestFactory, ServicePointFactory
from tests.factories.county import NORTH, County
from tests.factories.duties import (
    IndicatorFactory,
    IndicatorTargetFactory,
    PlanVersionFactory,
    TaskDueFactory,
    TaskUnitFactory,
)
from tests.factories.employment import (
    LabourProfileFactory,
    OfferFactory,
    PostHoldingFactory,
    TrainingFactory,
    WelfarePostFactory,
    WorkshopFactory,
)
from tests.factories.monitoring import FindingFactory, RunFactory
from tests.factories.projects import PaymentFactory, ProjectFactory, ProjectRecordFactory
from tests.factories.supervision import FoundProblemFactory

from anju.accounts.actions import tokens
from anju.accounts.permissions import FOR_SYSTEMS
from anju.api.urls import api
from anju.audit.actions import record
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
OPERATIONS = {each.ok().label: each.ok() for each in schema.get_all_operations()}


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
@pytest.mark.parametrize("operation", OPERATIONS)
def test_answers_keep_to_the_description(operation: str, key: dict[str, str]) -> None:
    """Questions are made up here: made up while tests are collected (`schema.parametrize`), as every
    process of tests does, they cost each of them two seconds."""
    load_all_checks()
    ask = build_operation_test(
        config=schema.config,
        operation=OPERATIONS[operation],
        test_func=_ask,
        given_kwargs={},
        feedback=FeedbackSources(constants_value_source=make_constants_value_source(schema)),
    )
    ask(key=key)


@settings(
    max_examples=12,
    derandomize=True,  # the same questions each time: a check of a change, not a search
    deadline=None,
    suppress_health_check=[
        HealthCheck.filter_too_much,
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
    ],
)
def _ask(case: schemathesis.Case, key: dict[str, str]) -> None:
    # What no operation knows is passed over, as every server does; what it knows must be right.
    assume(set(case.query or {}) <= {one.name for one in case.operation.query})
    case.call_and_validate(headers=key)


@pytest.fixture
def filled(county: County) -> dict[str, str]:
    """At least one row of everything the interface reads; what stands in its addresses."""
    home = county.households[0]
    member = {"household": home, "person": home.memberships.first().person}
    finding = FindingFactory(run=RunFactory(), household=home, village_code=home.village_code)
    task = TaskUnitFactory(task=TaskDueFactory().task).task
    indicator = IndicatorFactory()
    IndicatorTargetFactory(indicator=indicator)
    PlanVersionFactory(plan=task.plan)
    FoundProblemFactory(division_code=NORTH)
    asset = AssetFactory(division_code=NORTH)
    AssetStateFactory(asset=asset)
    YieldFactory(asset=asset)
    project = ProjectFactory(division_code=NORTH)
    ProjectRecordFactory(project=project)
    PaymentFactory(project=project)
    RequestFactory(village_code=home.village_code)
    ServicePointFactory(site=county.site)
    FundEntryFactory(fund__site=county.site)
    ClaimFactory(household=home, roll=RollFactory(village_code=home.village_code))
    OfferFactory(**member)
    WorkshopFactory(division_code=NORTH)
    PostHoldingFactory(**member, post=WelfarePostFactory(division_code=home.village_code))
    TrainingFactory(**member)
    LabourProfileFactory(**member)
    record(by=Actor("clerk"), action="member.correct", kind="household", ids=[home.code])
    record(by=Actor("clerk"), action="task.add", kind="task", ids=[task.number])
    assert finding.pk
    return {"code": home.code, "number": task.number, "indicator_id": str(indicator.pk)}


@pytest.mark.django_db
@pytest.mark.usefixtures("transaction_outlives_requests")
def test_every_operation_tells_something_and_as_it_is_described(
    filled: dict[str, str], key: dict[str, str]
) -> None:
    empty = set()
    for each in schema.get_all_operations():
        operation = each.ok()
        names = [one.name for one in operation.path_parameters]
        case = operation.Case(path_parameters={name: filled[name] for name in names})
        answer = case.call(headers=key)
        case.validate_response(answer, checks=[response_schema_conformance])
        assert answer.status_code == 200, operation.path
        told = answer.json()
        if [] in (told, told.get("items") if isinstance(told, dict) else told):
            empty.add(operation.path)
    # A new register is asked by itself; it needs a row in `filled` to tell something.
    assert empty == set()
