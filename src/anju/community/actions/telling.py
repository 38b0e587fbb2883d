"""Writing down what somebody told, once for one matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.community import book
from anju.community.actions import noting
from anju.community.book_model import RequestKind
from anju.community.models import Channel, Request, RequestNumber, StepKind
from anju.community.queries import may_tell_at, request_for
from anju.community.queries.requests import Where, same_matter
from anju.community.refusals import CommunityRefused
from anju.community.states import State
from anju.places.models import Building, Grid, Site
from anju.procedures.calendars import Calendar
from anju.registry.models import Household
from anju.registry.queries import household_for


@dataclass(frozen=True)
class Told:
    """What was told: of which kind, about where, by whom, in which words, when."""

    kind: str
    village_code: str
    words: str
    said_on: date
    channel: Channel = Channel.CAME
    told_by: str = ""
    site: Site | None = None
    building: Building | None = None
    entrance: str = ""
    room: str = ""
    grid: Grid | None = None
    household: Household | None = None
    is_own: bool = False


class SameMatter(CommunityRefused):
    """Others told the like: somebody says whether it is one matter. `rows` are those there are."""

    def __init__(self, rows: Sequence[Request]) -> None:
        super().__init__(
            _("这里最近有同类诉求还没有办结。请看是不是同一件事，是的并入，不用再登记一次。")
        )
        self.rows = rows


@transaction.atomic
def tell(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    calendar: Calendar,
    told: Told,
    joins: str = "",
    is_another: bool = False,
) -> Request:
    """Write down a request; `joins` is the number of one it is the same matter as.

    Refused: an unknown kind, a place that is not the viewer's, a day to come, nothing said, numbers of
    persons; and (as `SameMatter`) one that may be told already, until somebody says which it is.
    """
    kind = _checked(viewer, told, on)
    words = noting.checked(told.words, asks=_("请写明反映的情况，至少 4 个字。"))
    name = noting.without_numbers(told.told_by)[:60]
    if joins:
        return _again(by, on, viewer, told, words, name, joins)
    if not is_another:
        found = same_matter(viewer, _where(told), on)
        if found:
            raise SameMatter(found)
    row = Request.objects.create(
        number=next_number(told.village_code, on),
        kind=kind.id,
        village_code=told.village_code,
        site=told.site,
        building=told.building,
        entrance=told.entrance.strip()[:10],
        room=told.room.strip()[:20],
        grid=told.grid,
        household=told.household,
        is_own=told.is_own,
        words=words,
        said_on=told.said_on,
        state=State.TOLD,
        **clocks(kind, told.said_on, calendar),
    )
    noting.step(by, told.said_on, row, StepKind.TOLD, words, channel=told.channel, told_by=name)
    noting.note(by, "tell", row, kind=kind.id, channel=str(told.channel))
    return row


def clocks(kind: RequestKind, since: date, calendar: Calendar) -> dict[str, date]:
    """Days by which a request that begins on a day is taken on and settled."""
    answer_by = calendar.add(kind.answer, since)
    settle_by = calendar.add(kind.settle, since)
    return {
        "answer_by": answer_by,
        "settle_by": settle_by,
        "due_on": min(answer_by, settle_by),
    }


def next_number(village_code: str, on: date) -> str:
    """The next number, in the caller's transaction: another one waits until that ends."""
    prefix = f"SU-{village_code[:6]}-{on.year}"
    RequestNumber.objects.get_or_create(prefix=prefix)
    counter = RequestNumber.objects.select_for_update().get(prefix=prefix)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{prefix}-{counter.last:04d}"


def _again(
    by: Actor, on: date, viewer: Viewer, told: Told, words: str, name: str, number: str
) -> Request:
    """Somebody told it once more: a line of its story, nothing asked again."""
    try:
        seen = request_for(viewer, number)
    except Request.DoesNotExist:
        raise CommunityRefused(_("没有找到要并入的诉求，请刷新页面。")) from None
    row = Request.objects.select_for_update().get(pk=seen.pk)
    if row.state == State.CLOSED:
        raise CommunityRefused(_("要并入的诉求已经办结，请打开它重新办理，或另外登记。"))
    row.tellings += 1
    row.save(update_fields=["tellings"])
    noting.step(by, told.said_on, row, StepKind.AGAIN, words, channel=told.channel, told_by=name)
    noting.note(by, "tell_again", row, channel=str(told.channel), tellings=row.tellings)
    return row


def _checked(viewer: Viewer, told: Told, on: date) -> RequestKind:
    kind = book.own_book().kind(told.kind)
    if kind is None:
        raise CommunityRefused(_("请选择诉求类别。"))
    if told.said_on > on:
        raise CommunityRefused(_("反映日期不能晚于今天。"))
    grid = told.grid.code if told.grid else ""
    if not may_tell_at(viewer, told.village_code, grid):
        raise CommunityRefused(_("这个地点不在您负责的区域，请核对。"))
    if told.site and told.site.village_code != told.village_code:
        raise CommunityRefused(_("安置点不在所选的村（社区），请核对。"))
    if told.building and (told.site is None or told.building.site_id != told.site.pk):
        raise CommunityRefused(_("楼栋不在所选的安置点，请核对。"))
    if told.household is not None:
        household_for(viewer, told.household.code)
    elif told.is_own:
        raise CommunityRefused(_("是农户自己的事，要先选农户。"))
    return kind


def _where(told: Told) -> Where:
    return Where(
        told.kind,
        told.village_code,
        told.site.pk if told.site else None,
        told.building.pk if told.building else None,
        told.household.pk if told.household else None,
        told.is_own,
    )
