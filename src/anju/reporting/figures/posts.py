"""Figures over public-welfare posts: places taken, pay in full and in time, who should have left."""

from __future__ import annotations

from fractions import Fraction

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from anju.employment.models import PostHolding, PostTerms, WelfarePost
from anju.employment.post_rules import Leaving
from anju.employment.queries.post_facts import holds_post
from anju.employment.queries.posts import open_on, pay_states, to_leave, with_pay
from anju.reporting.figures import registers
from anju.reporting.figures.model import SHARE, Asked, Behind, Figure, Made, Side, Why
from anju.rules.months import Month

#: What ends a post surely; the rest must be looked at first.
_OVER = (Leaving.OVER, Leaving.GONE, Leaving.AGE)


def _posts(asked: Asked) -> QuerySet[WelfarePost]:
    """Posts needed on the day, with the places approved then."""
    terms = PostTerms.objects.filter(
        registers.holds(asked.on), post=OuterRef("pk"), known_to__isnull=True
    )
    rows = WelfarePost.objects.filter(asked.within("division_code"), open_on(asked.on))
    return rows.annotate(approved=Subquery(terms.values("places")[:1])).order_by()


def _sized(asked: Asked) -> QuerySet[WelfarePost]:
    return _posts(asked).filter(approved__isnull=False)


def _filled(asked: Asked) -> Made:
    places = _sized(asked).aggregate(n=Sum("approved"))["n"]
    unknown = _posts(asked).filter(approved__isnull=True).count()
    if not places:
        return Made(None, unknown=unknown, why=Why.NOBODY)
    held = PostHolding.objects.filter(holds_post(asked.on), post__in=_sized(asked).values("pk"))
    number = held.count()
    exact = Fraction(number, places)
    return Made.of(exact, numerator=number, denominator=places, unknown=unknown)


def _holders(asked: Asked) -> QuerySet[PostHolding]:
    rows = PostHolding.objects.filter(asked.within("household__village_code"))
    return rows.filter(known_to__isnull=True).order_by()


def _paid(asked: Asked) -> tuple[QuerySet[PostHolding], Month]:
    """Who was on a post in the month before that of the day: its pay is due by then."""
    month = Month.of(asked.on).shift(-1)
    return with_pay(_holders(asked), month), month


def _told(asked: Asked) -> QuerySet[PostHolding]:
    rows, month = _paid(asked)
    return rows.exclude(pay_states(month)["untold"])


def _in_time(asked: Asked) -> QuerySet[PostHolding]:
    rows, month = _paid(asked)
    return rows.filter(pay_states(month)["paid"])


def _paid_in_time(asked: Asked) -> Made:
    rows, month = _paid(asked)
    unknown = rows.filter(pay_states(month)["untold"]).count()
    of = _told(asked).count()
    if not of:
        return Made(None, unknown=unknown, why=Why.NOBODY)
    number = _in_time(asked).count()
    return Made.of(Fraction(number, of), numerator=number, denominator=of, unknown=unknown)


def _staying(asked: Asked) -> QuerySet[PostHolding]:
    """Who holds a post on the day though the agreement ended, they left or are too old."""
    conditions = to_leave(asked.on)
    over = Q()
    for each in _OVER:
        over |= conditions[each]
    return _holders(asked).filter(holds_post(asked.on)).filter(over)


def _still_there(asked: Asked) -> Made:
    on_posts = _holders(asked).filter(holds_post(asked.on)).count()
    if not on_posts:
        return Made(None, why=Why.NOBODY)
    number = _staying(asked).count()
    return Made.of(number, numerator=number, denominator=on_posts)


FIGURES = (
    Figure(
        id="welfare_post_places_filled",
        name=_("公益岗在岗率"),
        unit=SHARE,
        definition=_(
            "月末需要的公益性岗位中，在岗人数与核定人数之比；核定人数没有掌握的岗位不计入，另列未掌握。"
            "在岗以公益性岗位聘用登记为准。"
        ),
        numerator=_("在岗的人"),
        denominator=_("核定人数"),
        compute=_filled,
        behind=Behind(
            "welfare-posts",
            {"state": "open"},
            {Side.COUNTED: lambda asked: _sized(asked).values("pk")},
            _("核定人数已掌握的岗位"),
        ),
    ),
    Figure(
        id="welfare_post_paid_in_time",
        name=_("公益岗补贴按时足额发放率"),
        unit=SHARE,
        definition=_(
            "上月在公益性岗位、补贴已登记的人中，按政策规定天数内足额发放的人数所占比例；"
            "还没有登记的不计入，另列未掌握。全部在册农户。"
        ),
        numerator=_("按时足额发放的人"),
        denominator=_("补贴已登记的人"),
        compute=_paid_in_time,
        behind=Behind.share(
            "post-pay",
            lambda asked: _in_time(asked).values("pk"),
            lambda asked: _told(asked).values("pk"),
            _("未发、迟发或少发的人"),
        ),
    ),
    Figure(
        id="welfare_post_should_have_left",
        name=_("公益岗应退未退人数"),
        unit="人",
        definition=_(
            "月末在公益性岗位，而协议已到期没有续签、已去世或不在任何家庭、已达年龄上限的人数。"
            "年龄上限以政策参数为准。全部在册农户。"
        ),
        numerator=_("应退未退的人"),
        denominator=_("在岗的人"),
        compute=_still_there,
        behind=Behind.count("post-holders", lambda asked: _staying(asked).values("pk")),
    ),
)
