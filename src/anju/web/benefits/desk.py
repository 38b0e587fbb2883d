"""What of subsidies is on the viewer's desk: rolls and claims at their step, money that is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.benefits.models import Scheme
from anju.benefits.queries import listing, may, schemes_for, standing
from anju.benefits.queries.standing import Waiting
from anju.benefits.states import State, Step
from anju.duties.queries.limits import warning_days
from anju.places import queries as places
from anju.web import words as figures
from anju.web.benefits import words
from anju.web.desk.item import Item

_MOST = 2_000
_ROLLS_SHOWN = 3
#: What stands in a state, as something to do.
_TO_DO = {
    State.DRAFT: _("花名册待提交"),
    State.SUBMITTED: _("花名册待公示"),
    State.PUBLISHED: _("公示期满后报乡镇"),
    State.OBJECTED: _("异议待核实答复"),
    State.FAILED: _("发放失败待更正"),
    State.CLEARED: _("花名册待审核"),
    State.CHECKED: _("花名册待审定"),
    State.APPROVED: _("待编制发放批次"),
    State.CORRECTED: _("更正后待重新发放"),
    State.IN_PAYMENT: _("发放结果待登记"),
}


def items(viewer: Viewer) -> Iterator[Item]:
    """One line for a roll, or for all rolls of a scheme that wait for the same."""
    if not viewer.may(Permission.VIEW_BENEFITS):
        return
    waiting = standing.waiting(viewer, most=_MOST)

    def key(each: Waiting) -> tuple[int, State]:
        return each.roll.scheme_id, each.state

    groups = [list(group) for _key, group in groupby(sorted(waiting, key=key), key=key)]
    singles = [each for group in groups if len(group) <= _ROLLS_SHOWN for each in group]
    names = places.names([each.roll.village_code for each in singles])
    for group in groups:
        if len(group) > _ROLLS_SHOWN or group[0].step == Step.PAYER:
            yield _of_scheme(group, viewer)
        else:
            for each in group:
                yield _of_roll(each, names, viewer)
    yield from _to_be_paid(viewer)


def _of_roll(each: Waiting, names: places.Names, viewer: Viewer) -> Item:
    code = each.roll.village_code
    return _item([each], names.village(code) or code, words.roll_address(each.roll), viewer)


def _of_scheme(group: Sequence[Waiting], viewer: Viewer) -> Item:
    first = group[0]
    scheme = first.roll.scheme
    if first.state in (State.APPROVED, State.CORRECTED):
        address = reverse("web:benefit-batch-new", args=[scheme.pk])
    elif first.state == State.IN_PAYMENT:
        address = f"{reverse('web:benefit-batches')}?scheme={scheme.pk}"
    else:
        address = f"{reverse('web:benefit-rolls')}?scheme={scheme.pk}&waiting={first.step}"
    where = gettext("%(count)s 册") % {"count": len(group)}
    return _item(group, where, address, viewer)


def _item(group: Sequence[Waiting], where: str, address: str, viewer: Viewer) -> Item:
    first = group[0]
    due = min((each.due_on for each in group if each.due_on is not None), default=None)
    told = {
        "where": where,
        "count": f"{sum(each.claims for each in group):,}",
        "sum": figures.yuan(sum(each.fen for each in group)),
    }
    return Item(
        title=gettext("%(scheme)s：%(what)s")
        % {"scheme": first.roll.scheme.title, "what": _TO_DO[first.state]},
        detail=gettext("%(where)s · %(count)s 笔 · %(sum)s 元") % told,
        address=address,
        since=first.roll.scheme.opened_on,
        is_late=due is not None and due < viewer.on,
        due_on=due,
    )


def _to_be_paid(viewer: Viewer) -> Iterator[Item]:
    """Schemes of the viewer's unit near the day by which to pay, with how much is not paid yet."""
    if not (viewer.may(Permission.APPROVE_BENEFITS) or viewer.may(Permission.PAY_BENEFITS)):
        return
    soon = viewer.on + timedelta(days=warning_days(viewer.on))
    rows = schemes_for(viewer).filter(state="open", pay_by__lte=soon, unit=may.unit_of(viewer))
    schemes = list(rows)
    tallies = listing.of_schemes(viewer, [each.pk for each in schemes]) if schemes else {}
    for scheme in schemes:
        tally = tallies.get(scheme.pk, listing.NOTHING)
        left = tally.count - tally.of([State.PAID, State.RECOVERED]).count
        if left:
            yield _unpaid(scheme, scheme.pay_by or viewer.on, left, viewer)


def _unpaid(scheme: Scheme, pay_by: date, left: int, viewer: Viewer) -> Item:
    return Item(
        title=gettext("%(scheme)s：应在 %(day)s 前发放到位")
        % {"scheme": scheme.title, "day": pay_by},
        detail=gettext("还有 %(count)s 笔没有发放") % {"count": f"{left:,}"},
        address=words.scheme_address(scheme),
        since=scheme.opened_on,
        is_late=pay_by < viewer.on,
        due_on=pay_by,
    )
