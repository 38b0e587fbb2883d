"""What waits on desks of the labour ledger: of the office that trains, people who ask for training and were
offered none; of a town or village, households in which nobody works and whom an opening suits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anju.accounts.permissions import Permission
from anju.accounts.queries import office_of
from anju.accounts.viewer import Viewer
from anju.employment.queries import seekers
from anju.employment.queries import trainings as queries
from anju.intake.feeds import BY_ID
from anju.web.desk.item import Item

#: Whoever sends in the list of trainings holds them.
_FEED: Final = "training"
_COUNTED: Final = 1_000


def items(viewer: Viewer) -> Iterator[Item]:
    """A line of each sort, where something waits."""
    yield from _owed(viewer)
    yield from _openings(viewer)


def _openings(viewer: Viewer) -> Iterator[Item]:
    """One line with how many households they are, for who notes offers in a part of the county."""
    if viewer.scope.is_county_wide or not viewer.may(Permission.EDIT_REGISTERS):
        return
    number, has_more = seekers.homes_with_openings(viewer, viewer.on)
    if not number:
        return
    said = ngettext(
        "%(count)s 户全家没有人就业，有合适的岗位可以推荐",
        "%(count)s 户全家没有人就业，有合适的岗位可以推荐",
        number,
    )
    count = _("至少 %(count)s") % {"count": number} if has_more else number
    yield Item(
        title=said % {"count": count},
        detail=_("点开名单，在户档案的“就业”页看合适的岗位，记下推荐和答复。"),
        address=f"{reverse('web:seekers')}?home=1",
        since=viewer.on,
        is_late=False,
    )


def _owed(viewer: Viewer) -> Iterator[Item]:
    """One line with how many they are this year; nothing for other offices."""
    if not viewer.may(Permission.VIEW_HOUSEHOLDS) or office_of(viewer) != BY_ID[_FEED].office:
        return
    year = viewer.on.year
    count = queries.owed_for(viewer, year, viewer.on)[: _COUNTED + 1].count()
    if not count:
        return
    said = ngettext(
        "%(count)s 人想参加培训，%(year)s年还没有安排",
        "%(count)s 人想参加培训，%(year)s年还没有安排",
        count,
    )
    number = _("超过 %(count)s") % {"count": _COUNTED} if count > _COUNTED else count
    yield Item(
        title=said % {"count": number, "year": year},
        detail=_("按最近一次摸底的意愿。办班后导入培训名册，或在户档案里登记，就不再列出。"),
        address=f"{reverse('web:training-owed')}?year={year}",
        since=queries.last_round(viewer) or viewer.on,
        is_late=False,
    )
