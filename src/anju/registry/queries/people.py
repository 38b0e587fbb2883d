"""Who belongs to a household, what each was on a day, and numbers masked for the screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from anju.audit.keys import provider
from anju.privacy import CHILD_BEFORE, HEALTH_STATUSES, MINOR_BEFORE
from anju.privacy.masking import mask_identity, mask_phone
from anju.registry.identity import IDENTITY, PHONE, Number
from anju.registry.models import Household, Membership, Person, PersonRecord, Status
from anju.registry.models.dated import Dated
from anju.registry.models.person import Labour, Schooling


@dataclass(frozen=True)
class Member:
    """A person in a household, with the record that holds and the statuses that hold."""

    person: Person
    membership: Membership
    record: PersonRecord | None
    statuses: tuple[Status, ...]
    age: int | None
    identity: str | None  # masked
    phone: str | None  # masked

    @property
    def is_child(self) -> bool:
        """Under 14: everything about them is sensitive by law."""
        return self.age is not None and self.age < CHILD_BEFORE

    @property
    def is_minor(self) -> bool:
        """Under 18."""
        return self.age is not None and self.age < MINOR_BEFORE

    def status(self, kind: str) -> Status | None:
        """The status of a kind that holds, the latest first."""
        return next((status for status in self.statuses if status.kind == kind), None)

    def can_work(self, ages: range) -> bool:
        """Whether the person surely counts as labour; `ages` are those of the policy pack."""
        return (
            self.record is not None
            and self.record.labour in (Labour.ORDINARY, Labour.SKILLED, Labour.WEAK)
            and self.record.schooling not in (Schooling.UPPER_SECONDARY, Schooling.TERTIARY)
            and self.age in ages
        )


def memberships_of(household: Household) -> list[Membership]:
    """All memberships as known now, the head first, then in the order they came."""
    found = (
        Membership.objects.filter(household=household, known_to__isnull=True)
        .select_related("person")
        .order_by("joined_on", "id")
    )
    return sorted(found, key=lambda each: each.relation not in ("head", "户主"))


def is_member(membership: Membership, on: date) -> bool:
    """Whether a membership holds on a day; whoever was listed without a day counts from ever."""
    return (membership.joined_on is None or membership.joined_on <= on) and (
        membership.left_on is None or on < membership.left_on
    )


def members(memberships: Iterable[Membership], *, on: date, with_health: bool) -> list[Member]:
    """Members with what holds on a day; two queries.

    Without `with_health` (see `registry.queries.health`) nothing of health or disability is read.
    """
    memberships = list(memberships)
    ids = [membership.person_id for membership in memberships]
    records: dict[int, list[PersonRecord]] = {}
    for record in PersonRecord.objects.filter(person__in=ids, known_to__isnull=True):
        if not with_health:
            record.health = ""  # of this object in memory only
        records.setdefault(record.person_id, []).append(record)
    statuses: dict[int, list[Status]] = {}
    held = Status.objects.filter(person__in=ids, known_to__isnull=True)
    if not with_health:
        held = held.exclude(kind__in=HEALTH_STATUSES)
    for status in held:
        if status.person_id is not None and holds(status, on):
            statuses.setdefault(status.person_id, []).append(status)
    return [
        _member(each, records.get(each.person_id, []), statuses.get(each.person_id, []), on)
        for each in memberships
    ]


def _member(
    membership: Membership, records: list[PersonRecord], statuses: list[Status], on: date
) -> Member:
    person = membership.person
    return Member(
        person=person,
        membership=membership,
        record=current(records, on),
        statuses=tuple(sorted(statuses, key=lambda each: each.valid_from or on, reverse=True)),
        age=age(person.born_on, on),
        identity=mask_identity(opened(person, IDENTITY)),
        phone=mask_phone(opened(person, PHONE)),
    )


def holds(row: Dated, on: date) -> bool:
    """Whether an interval holds on a day; one without a beginning never does."""
    return (
        row.valid_from is not None
        and row.valid_from <= on
        and (row.valid_to is None or on < row.valid_to)
    )


def current(records: list[PersonRecord], on: date) -> PersonRecord | None:
    """The record valid on a day; the latest beginning wins, an unknown one loses."""
    valid = [
        record
        for record in records
        if (record.valid_from is None or record.valid_from <= on)
        and (record.valid_to is None or on < record.valid_to)
    ]
    return max(valid, key=lambda each: (each.valid_from or date.min, each.pk), default=None)


def age(born_on: date | None, on: date) -> int | None:
    """Completed years; born on 29 February, one is a year older on 1 March of other years."""
    if born_on is None:
        return None
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def opened(person: Person, number: Number) -> str | None:
    """A sealed number in clear. Only for masking and for the reveal action."""
    sealed = getattr(person, number.field)
    return None if sealed is None else provider().open(bytes(sealed), number.place, person.pk)
