"""What the registers know of a household on a day: what a check need not ask again.

Each value carries the list or person it is known from and the day it became known. It means what the
fact of the same kind means to the rules (docs/rules); here it is of one household, on any day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.casework.queries.lines import months_after, parameter
from anju.memory import remembered
from anju.registry.models import Event, Household, Status
from anju.registry.models.dated import Known as KnownRow
from anju.registry.models.person import Labour, Schooling
from anju.registry.queries import homes, money
from anju.registry.queries.health import may_see_health
from anju.registry.queries.people import Member, is_member, members, memberships_of

INCOME_KINDS: Final = ("wage", "business", "business_cost", "property", "transfer")
SPENDING: Final = ("medical_selfpaid", "tuition", "disaster", "accident")
ABOUT_HEALTH: Final = frozenset({"self_paid"})
GUARANTEES: Final = ("education", "medical", "housing", "water")
PER_HEAD: Final = "net_income_per_capita"
QUARTERS: Final = 4


@dataclass(frozen=True, slots=True)
class Known:
    """One value: money in fen, persons as a count, a guarantee as yes or no; None where unknown."""

    id: str
    value: int | bool | None
    source: str = ""
    on: date | None = None
    note: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the registers tell it."""
        return self.value is not None


def of(household: Household, on: date) -> dict[str, Known]:
    """Everything the registers know of a household on a day, by id; ten queries."""
    present = people(household, on)
    found = {
        **guarantees(household, present, on),
        **earned(household, on),
        **spent(household, on),
        "members": Known("members", len(present)),
        "labour": Known("labour", labour(present, on)),
    }
    return found


def shown_to(viewer: Viewer, household: Household, found: Mapping[str, Known]) -> dict[str, Known]:
    """The same without what is about health, where the viewer may not see it."""
    if may_see_health(viewer, household):
        return dict(found)
    return {id_: each for id_, each in found.items() if id_ not in ABOUT_HEALTH}


@remembered
def people(household: Household, on: date) -> list[Member]:
    """Who belongs to the household on the day, with what holds of them."""
    found = members(memberships_of(household), on=on, with_health=True)
    return [each for each in found if is_member(each.membership, on)]


@remembered
def dead(household: Household, on: date) -> set[int]:
    """The ids of persons of whom a death is registered."""
    deaths = Event.objects.filter(
        household=household, kind="death", known_to__isnull=True, occurred_on__lte=on
    )
    return set(deaths.values_list("person_id", flat=True))


def labour(present: Sequence[Member], on: date) -> int | None:
    """How many can work; None where nobody surely can and of somebody it cannot be told."""
    ages = _ages("labour", on)
    if ages is None:
        return None
    told = [_all(_is_of(each, ages), _has_strength(each), _left_school(each)) for each in present]
    sure = sum(each is True for each in told)
    return None if not sure and None in told else sure


def _all(*parts: bool | None) -> bool | None:
    """Whether all hold: one that surely does not settles it, an unknown one leaves it open."""
    return False if False in parts else None if None in parts else True


def _is_of(each: Member, ages: range) -> bool | None:
    return None if each.age is None else each.age in ages


def _has_strength(each: Member) -> bool | None:
    found = each.record.labour if each.record else None
    return None if not found else found in (Labour.ORDINARY, Labour.SKILLED, Labour.WEAK)


def _left_school(each: Member) -> bool | None:
    found = each.record.schooling if each.record else None
    return None if not found else found not in (Schooling.UPPER_SECONDARY, Schooling.TERTIARY)


def _is_not_at_school(each: Member) -> bool | None:
    found = each.record.schooling if each.record else None
    return None if not found else found in (Schooling.NONE, Schooling.PRESCHOOL)


@remembered
def last_year(household: Household, on: date) -> tuple[money.Quarter, ...]:
    """The last four quarters that ended, the latest first; empty where they are not all known.

    Lists come after a quarter has ended: where the very last is not known yet, the four before it.
    """
    known = {_place(each.quarter): each for each in money.quarters_of(household)}
    after = on + timedelta(days=1)
    ended = after.year * QUARTERS + (after.month - 1) // 3 - 1
    for latest in (ended, ended - 1):
        wanted = range(latest, latest - QUARTERS, -1)
        if all(place in known and known[place].net is not None for place in wanted):
            return tuple(known[place] for place in wanted)
    return ()


def _place(quarter: int) -> int:
    """Quarters in one row: 20233 → the number of quarters that began before it."""
    year, number = divmod(quarter, 10)
    return year * QUARTERS + number - 1


def earned(household: Household, on: date) -> dict[str, Known]:
    """Income by kind, net, and net per head of the last four quarters; two queries."""
    quarters = last_year(household, on)
    if not quarters:
        return {kind: Known(kind, None) for kind in (*INCOME_KINDS, "net_income", PER_HEAD)}
    row = quarters[0].income
    note = _("%(first)s至%(last)s") % {
        "first": _said(quarters[-1].quarter),
        "last": _said(quarters[0].quarter),
    }
    sums = {kind: sum(getattr(each.income, kind) for each in quarters) for kind in INCOME_KINDS}
    net = sum(each.net or 0 for each in quarters)
    values = {**sums, "net_income": net, PER_HEAD: money.per_head(net, quarters[0].members)}
    return {
        kind: Known(kind, value, row.source, row.known_from, note) for kind, value in values.items()
    }


def _said(quarter: int) -> str:
    year, number = divmod(quarter, 10)
    return _("%(year)s年第%(quarter)s季度") % {"year": year, "quarter": number}


@remembered
def spent(household: Household, on: date) -> dict[str, Known]:
    """What was paid in twelve months for illness, and in all for what could not be avoided."""
    rows = list(
        Event.objects.filter(
            household=household,
            kind__in=SPENDING,
            known_to__isnull=True,
            occurred_on__gt=months_after(on, -12),
            occurred_on__lte=on,
        )
    )
    own = [each for each in rows if each.kind == "medical_selfpaid"]
    return {"self_paid": _sum("self_paid", own), "rigid_spending": _sum("rigid_spending", rows)}


def _sum(name: str, rows: Sequence[Event]) -> Known:
    """The sum; unknown where there are rows and none has an amount."""
    amounts = [each.amount for each in rows if each.amount is not None]
    if rows and not amounts:
        return Known(name, None)
    source, known_on = _newest(rows)
    return Known(name, sum(amounts), source or _("近十二个月没有登记"), known_on)


def guarantees(household: Household, present: Sequence[Member], on: date) -> dict[str, Known]:
    """Schooling, insurance, a sound house, safe water; two queries."""
    whole = _standing(household, on)
    return {
        "education": _schooling(whole, present, on),
        "medical": _insured(whole, present),
        "housing": _house(whole),
        "water": _water(whole, present),
    }


@remembered
def _standing(household: Household, on: date) -> homes.Standing:
    return homes.standing(household, on=on)


def _schooling(whole: homes.Standing, present: Sequence[Member], on: date) -> Known:
    """Whether every child of school age is at school, or exempt for illness."""
    ages = _ages("compulsory", on)
    if ages is None:
        return Known("education", None)
    if whole.status("health_exempt_from_school"):
        return Known("education", True, *_newest([whole.status("health_exempt_from_school")]))
    asked = [each for each in present if not each.status("health_exempt_from_school")]
    out = [_all(_is_of(each, ages), _is_not_at_school(each)) for each in asked]
    source, known_on = _newest(
        each.record for each in asked if each.record and _is_of(each, ages) is not False
    )
    value = False if True in out else None if None in out else True
    return Known("education", value, source or _("没有适龄儿童"), known_on)


def _insured(whole: homes.Standing, present: Sequence[Member]) -> Known:
    """Whether everybody has medical insurance, of their own or of the household."""
    all_ = whole.status("medical_insured")
    if all_ is not None:
        return Known("medical", True, all_.source, all_.known_from)
    held = [status for each in present if (status := each.status("medical_insured"))]
    source, known_on = _newest(held)
    note = _("%(held)s人参保，共%(all)s人") % {"held": len(held), "all": len(present)}
    return Known("medical", len(held) == len(present), source, known_on, note)


def _house(whole: homes.Standing) -> Known:
    """Whether the house is sound: the latest grading; not known where there is none."""
    graded = whole.grading
    if graded is None or graded.level not in ("A", "B", "C", "D"):
        return Known("housing", None)
    note = _("%(grade)s级") % {"grade": graded.level}
    return Known("housing", graded.level in "AB", graded.source, graded.known_from, note)


def _water(whole: homes.Standing, present: Sequence[Member]) -> Known:
    """Whether nothing says that the water is unsafe."""
    unsafe = [whole.status("unsafe_water"), *(each.status("unsafe_water") for each in present)]
    found: list[Status] = [each for each in unsafe if each is not None]
    if found:
        return Known("water", False, found[0].source, found[0].known_from)
    return Known("water", True, _("没有饮水不安全的登记"))


def _ages(name: str, on: date) -> range | None:
    """Ages of a group, as the pack says; None where it does not."""
    first, last = parameter(f"{name}_age_from", on), parameter(f"{name}_age_to", on)
    return None if first is None or last is None else range(int(first), int(last) + 1)


def _newest(rows: Iterable[KnownRow | None]) -> tuple[str, date | None]:
    """The source of what became known last."""
    row = max(
        (each for each in rows if each), key=lambda each: (each.known_from, each.pk), default=None
    )
    return ("", None) if row is None else (row.source, row.known_from)
