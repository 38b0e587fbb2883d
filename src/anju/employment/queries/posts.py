"""Reads of public-welfare posts: the posts, who holds them, what was paid, and the labour ledger's side.

A post is seen where it is; who holds one where their household lives. How many places are taken counts
all holders, also those who live elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.employment.models import (
    Channel,
    Employment,
    PostHolding,
    PostPay,
    PostTerms,
    WelfarePost,
)
from anju.employment.post_rules import UNABLE, Leaving
from anju.employment.queries.post_facts import at_work, holds_post, owns_company
from anju.employment.queries.post_limits import notice_days, pay_days, stated
from anju.places.queries import inside
from anju.registry.models import Holding, Household, Membership, Person, PersonRecord
from anju.registry.queries.gates import persons_for, within
from anju.rules.months import Month

_TERMS: Final = ("places", "monthly_pay", "fund", "paper")


def posts_for(viewer: Viewer) -> QuerySet[WelfarePost]:
    """Posts in the viewer's places, with the terms in force and how many hold them (`taken`)."""
    rows = WelfarePost.objects.filter(viewer.scope.q("division_code", None))
    return rows.select_related("site").annotate(**_now(viewer.on))


def post_for(viewer: Viewer, pk: int) -> WelfarePost:
    """One post; raises WelfarePost.DoesNotExist outside the viewer's places."""
    return posts_for(viewer).get(pk=pk)


def may_edit_post(viewer: Viewer, post: WelfarePost) -> bool:
    """Whether the viewer may change the post."""
    return viewer.scope_for(Permission.EDIT_REGISTERS).covers(post.division_code)


def free(posts: QuerySet[WelfarePost]) -> QuerySet[WelfarePost]:
    """Posts with a place that nobody holds; those of unknown size are none of them."""
    return posts.filter(places__gt=F("taken"))


def over_filled(posts: QuerySet[WelfarePost]) -> QuerySet[WelfarePost]:
    """Posts that more people hold than there are places."""
    return posts.filter(places__lt=F("taken"))


def open_on(on: date) -> Q:
    """Posts that are needed on a day."""
    ended = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    return ended & (Q(started_on__isnull=True) | Q(started_on__lte=on))


def terms_of(post: WelfarePost) -> list[PostTerms]:
    """All terms of a post, the present ones first; corrected ones too."""
    rows = PostTerms.objects.filter(post=post)
    return list(rows.order_by(F("known_to").desc(nulls_first=True), "-valid_from", "-id"))


def taken_on(post: WelfarePost, on: date, *, but: int | None = None) -> int:
    """How many hold the post on a day, wherever they live."""
    return PostHolding.objects.filter(holds_post(on), post=post).exclude(pk=but).count()


def holdings_for(viewer: Viewer) -> QuerySet[PostHolding]:
    """Who of the viewer's places holds or held a post, as known now."""
    rows = PostHolding.objects.filter(within(viewer, "household__"), known_to__isnull=True)
    return rows.select_related("household", "household__grid", "person", "post")


def holding_for(viewer: Viewer, pk: int) -> PostHolding:
    """One of them; raises PostHolding.DoesNotExist outside the viewer's places."""
    return holdings_for(viewer).get(pk=pk)


def may_edit_holding(viewer: Viewer, household: Household) -> bool:
    """Whether the viewer may hire or let go somebody of the household."""
    grid = household.grid.code if household.grid else ""
    return viewer.scope_for(Permission.EDIT_REGISTERS).covers(household.village_code, grid)


def holdings_ever_known(person_ids: Sequence[int]) -> QuerySet[PostHolding]:
    """Posts of these persons with what was corrected since, for timelines."""
    return PostHolding.objects.filter(person__in=person_ids).select_related("person", "post")


def holdings_of(person_ids: Sequence[int]) -> QuerySet[PostHolding]:
    """Posts of these persons as known now, the latest first."""
    rows = holdings_ever_known(person_ids).filter(known_to__isnull=True)
    return rows.order_by("-started_on", "-id")


def to_leave(on: date) -> Mapping[str, Q]:
    """Why somebody should leave → the condition on holdings that go on; as `post_rules.leaving` says."""
    member = Membership.objects.filter(
        Q(joined_on__isnull=True) | Q(joined_on__lte=on),
        Q(left_on__isnull=True) | Q(left_on__gt=on),
        person=OuterRef("person"),
        known_to__isnull=True,
    )
    record = PersonRecord.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        person=OuterRef("person"),
        known_to__isnull=True,
    )
    elsewhere = Employment.objects.filter(at_work(on), person=OuterRef("person"))
    owned = Holding.objects.filter(owns_company(on), person=OuterRef("person"))
    ahead = on + timedelta(days=notice_days(on))
    age = stated(on).bounds.age_before
    old = Q(person__born_on__lte=_years_before(on, age))
    return {
        Leaving.OVER: Q(agreed_until__lt=on),
        Leaving.ENDING: Q(agreed_until__gte=on, agreed_until__lte=ahead),
        Leaving.GONE: ~Q(Exists(member)),
        Leaving.AGE: old,
        Leaving.AGE_AHEAD: Q(person__born_on__lte=_years_before(ahead, age)) & ~old,
        Leaving.WORK: Q(Exists(elsewhere)) & (Q(is_part_time=False) | Q(is_part_time=None)),
        Leaving.LICENCE: Q(Exists(owned)),
        Leaving.UNABLE: Q(Exists(record.filter(labour__in=UNABLE))),
        Leaving.SCHOOL: Q(Exists(record.exclude(schooling__isnull=True).exclude(schooling="none"))),
    }


def month_pay(viewer: Viewer, month: Month) -> QuerySet[PostHolding]:
    """Who of the viewer's places held a post in a month, with its pay (see `with_pay`)."""
    return with_pay(holdings_for(viewer), month)


def with_pay(holdings: QuerySet[PostHolding], month: Month) -> QuerySet[PostHolding]:
    """Those that went on in a month, with what is on record of its pay: `pay_id`, `pay_due`, `paid`,
    `paid_on`, `paid_days`."""
    ended = Q(ended_on__isnull=True) | Q(ended_on__gt=month.first_day)
    pay = PostPay.objects.filter(
        person=OuterRef("person"), post=OuterRef("post"), month=str(month), known_to__isnull=True
    )
    named = {"pay_id": "pk", "pay_due": "due", "paid": "amount", "paid_on": "paid_on",
             "paid_days": "days"}  # fmt: skip
    rows = holdings.filter(ended, started_on__lte=month.last_day)
    return rows.annotate(**{name: Subquery(pay.values(field)[:1]) for name, field in named.items()})


def pay_states(month: Month) -> Mapping[str, Q]:
    """How a month's pay stands → the condition on rows of `month_pay`."""
    last = month.last_day + timedelta(days=pay_days(month.last_day))
    paid = Q(paid_on__isnull=False)
    return {
        "untold": Q(pay_id__isnull=True),
        "unpaid": Q(pay_id__isnull=False, paid_on__isnull=True),
        "late": paid & Q(paid_on__gt=last),
        "short": paid & Q(paid_on__lte=last, paid__lt=F("pay_due")),
        "paid": paid & Q(paid_on__lte=last) & (Q(pay_due=None) | Q(paid__gte=F("pay_due"))),
    }


def pay_state(row: Any, month: Month) -> str:
    """How the month's pay of one row of `month_pay` stands; as `pay_states` says."""
    if row.pay_id is None:
        return "untold"
    if row.paid_on is None:
        return "unpaid"
    if row.paid_on > month.last_day + timedelta(days=pay_days(month.last_day)):
        return "late"
    return "short" if row.pay_due is not None and row.paid < row.pay_due else "paid"


def paid_in(rows: Sequence[PostHolding], month: Month) -> dict[tuple[int, int], int]:
    """Person and post → what was paid for a month."""
    people = [row.person_id for row in rows]
    pays = PostPay.objects.filter(
        person__in=people, month=str(month), amount__isnull=False, known_to__isnull=True
    )
    return {(each.person_id, each.post_id): each.amount or 0 for each in pays}


def pay_for(viewer: Viewer, pk: int) -> PostPay:
    """A month's pay of somebody in the viewer's places; raises PostPay.DoesNotExist for others."""
    rows = PostPay.objects.filter(within(viewer, "household__"), known_to__isnull=True)
    return rows.select_related("household", "household__grid", "person", "post").get(pk=pk)


def pays_of(holding: PostHolding) -> QuerySet[PostPay]:
    """What was paid to the person on the post, the latest month first."""
    rows = PostPay.objects.filter(person=holding.person, post=holding.post, known_to__isnull=True)
    return rows.order_by("-month")


def ledger_for(viewer: Viewer) -> QuerySet[Employment]:
    """Rows of the labour ledger that say somebody works on a post, of persons of the viewer's places.

    `is_linked`: a holding says the same; `held_until`: until when, by that.
    """
    held = PostHolding.objects.filter(
        person=OuterRef("person"), started_on=OuterRef("started_on"), known_to__isnull=True
    )
    rows = Employment.objects.filter(
        channel=Channel.WELFARE_POST,
        known_to__isnull=True,
        started_on__isnull=False,
        person__in=persons_for(viewer).order_by().values("pk"),
    )
    return rows.select_related("person").annotate(
        is_linked=Exists(held), held_until=Subquery(held.values("ended_on")[:1])
    )


def of_members_in(code: str, on: date) -> Q:
    """Rows of persons who belong on a day to a household that lives in a place."""
    members = Membership.objects.filter(
        inside("household__village_code", code),
        Q(left_on__isnull=True) | Q(left_on__gt=on),
        person=OuterRef("person"),
        known_to__isnull=True,
    )
    return Q(Exists(members))


def differing() -> Q:
    """Rows of `ledger_for` whose end is not the one of the holding."""
    other = Q(ended_on__isnull=True, held_until__isnull=False)
    other |= Q(ended_on__isnull=False, held_until__isnull=True)
    return Q(is_linked=True) & (other | ~Q(ended_on=F("held_until")) & Q(ended_on__isnull=False))


def ledger_row(viewer: Viewer, pk: int) -> Employment:
    """One of them; raises Employment.DoesNotExist outside the viewer's places."""
    return ledger_for(viewer).get(pk=pk)


def homes_of(persons: list[int], on: date) -> dict[int, Household]:
    """Person → the household they belong to on a day, else the one they belonged to last."""
    rows = Membership.objects.filter(person__in=persons, known_to__isnull=True)
    rows = rows.select_related("household", "household__grid")
    found: dict[int, Household] = {}
    for row in sorted(rows, key=lambda each: each.left_on or date.max):
        found[row.person_id] = row.household
    return found


def members_now(household: Household, on: date) -> list[Person]:
    """Who belongs to a household that came through its gate, on a day."""
    rows = Membership.objects.filter(
        Q(left_on__isnull=True) | Q(left_on__gt=on), household=household, known_to__isnull=True
    )
    return [row.person for row in rows.select_related("person").order_by("id")]


def _now(on: date) -> dict[str, object]:
    terms = PostTerms.objects.filter(
        post=OuterRef("pk"), known_to__isnull=True, valid_to__isnull=True
    )
    held = PostHolding.objects.filter(holds_post(on), post=OuterRef("pk")).order_by()
    counted = held.values("post").annotate(n=Count("pk")).values("n")
    return {
        **{name: Subquery(terms.values(name)[:1]) for name in _TERMS},
        "taken": Coalesce(Subquery(counted, output_field=IntegerField()), 0),
    }


def _years_before(on: date, years: int) -> date:
    """The last birthday on which somebody has completed so many years on a day."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return date(on.year - years, 2, 28)
