"""Full numbers: with a reason, one person at a time, not too often, health only where allowed."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories.accounts import UserFactory
from tests.factories.county import COUNTY, TODAY, County

from anju.accounts.models import User
from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.accounts.viewer import Grant, Viewer
from anju.audit.models import Entry
from anju.registry.actions import numbers
from anju.registry.actions.reveal import Revealed, RevealRefused, reveal
from anju.registry.identity import BANK_ACCOUNT, DISABILITY_CARD, IDENTITY, PHONE
from anju.registry.models import Membership, Person

pytestmark = pytest.mark.django_db
PLAIN = {
    IDENTITY: "529901198003051234",
    PHONE: "10000005678",
    DISABILITY_CARD: "52990119800305123443",
    BANK_ACCOUNT: "6229990000001234567",
}


@pytest.fixture
def person(county: County) -> Person:
    found = Membership.objects.filter(household=county.households[0]).first().person
    numbers.set_one(person=found, numbers=PLAIN)
    return found


def _viewer(*permissions: Permission) -> Viewer:
    user = User.objects.filter(username="someone").first() or UserFactory(username="someone")
    grant = Grant(frozenset(permissions), Scope.of([COUNTY]))
    return Viewer.with_grants(
        user_id=user.pk, username="someone", name="某人", on=TODAY, grants=(grant,)
    )


def _ask(person: Person, county: County, viewer: Viewer, at: datetime | None = None) -> Revealed:
    return reveal(
        by=viewer.actor("10.0.0.7"),
        at=at or datetime.now(UTC),
        viewer=viewer,
        household=county.households[0],
        person=person,
        reason="办理医保报销核对",
    )


def test_all_numbers_open_for_who_may_see_health(person: Person, county: County) -> None:
    viewer = _viewer(Permission.REVEAL_IDENTITY, Permission.VIEW_HEALTH)

    assert _ask(person, county, viewer) == Revealed(*PLAIN.values())
    detail = Entry.objects.get(action="person.reveal").detail
    assert detail["fields"] == ["identity", "phone", "bank_account", "disability_card"]


def test_the_disability_card_stays_sealed_for_others(person: Person, county: County) -> None:
    shown = _ask(person, county, _viewer(Permission.REVEAL_IDENTITY))

    assert shown.disability_card is None
    assert shown.identity == PLAIN[IDENTITY]
    assert "disability_card" not in Entry.objects.get(action="person.reveal").detail["fields"]


def test_somebody_who_looks_too_often_is_told_when_again(
    person: Person, county: County, settings: object
) -> None:
    settings.REVEALS_PER_HOUR = 2
    viewer = _viewer(Permission.REVEAL_IDENTITY)
    _ask(person, county, viewer)
    _ask(person, county, viewer)
    first = Entry.objects.filter(action="person.reveal").order_by("sequence").first().at

    with pytest.raises(RevealRefused) as refused:
        _ask(person, county, viewer)

    again = (first + timedelta(minutes=61)).astimezone(_here())
    assert f"{again:%H:%M}" in refused.value.zh
    assert Entry.objects.filter(action="person.reveal").count() == 2
    attempt = Entry.objects.get(action="person.reveal_refused")
    assert attempt.ids == Entry.objects.filter(action="person.reveal").first().ids
    assert (attempt.count, attempt.actor) == (0, viewer.username)
    assert _ask(person, county, viewer, first + timedelta(minutes=61)).identity == PLAIN[IDENTITY]


def _here() -> object:
    from django.utils import timezone

    return timezone.get_current_timezone()


def test_what_one_looks_at_does_not_count_for_another(
    person: Person, county: County, settings: object
) -> None:
    settings.REVEALS_PER_HOUR = 1
    _ask(person, county, _viewer(Permission.REVEAL_IDENTITY))
    other = Viewer.with_grants(
        user_id=0, username="other", name="另一人", on=TODAY,
        grants=_viewer(Permission.REVEAL_IDENTITY).grants,
    )  # fmt: skip

    assert _ask(person, county, other).identity == PLAIN[IDENTITY]
