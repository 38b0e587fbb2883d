"""What awaits somebody: each item says what it is, since when, and where to do it."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.exports import queries as exports
from anju.intake import queries as intake
from anju.intake.models import Batch, BatchState
from anju.monitoring import queries as monitoring
from anju.web.assignments import desk as assignments
from anju.web.benefits import desk as benefits
from anju.web.casework import desk as casework
from anju.web.casework import open_items, visits
from anju.web.community import desk as community
from anju.web.desk.item import Item
from anju.web.indicators import desk as indicators
from anju.web.intake import left
from anju.web.labour import desk as labour
from anju.web.labour.posts import desk as posts
from anju.web.plans import desk as plans
from anju.web.reports import desk as reports
from anju.web.supervision import desk as supervision
from anju.web.tasks import desk as tasks

_LATE_AFTER = timedelta(days=3)
_SHOWN = 20


def items_for(viewer: Viewer) -> list[Item]:
    """Late ones first, then by the day they are due, then the oldest."""
    found = [*_monitoring(viewer), *_imports(viewer), *_contradictions(viewer), *_exports(viewer)]
    found += left.items(viewer)
    found += [*casework.items(viewer), *open_items.items(viewer), *visits.items(viewer)]
    found += community.items(viewer)
    found += benefits.items(viewer)
    found += plans.items(viewer)
    found += tasks.items(viewer)
    found += assignments.items(viewer)
    found += indicators.items(viewer)
    found += labour.items(viewer)
    found += posts.items(viewer)
    found += supervision.items(viewer)
    found += reports.items(viewer)
    return sorted(found, key=lambda i: (not i.is_late, i.due_on or date.max, i.since))


def _monitoring(viewer: Viewer) -> Iterator[Item]:
    """Last month has no finished run yet."""
    if not viewer.may(Permission.RUN_MONITORING):
        return
    first = viewer.on.replace(day=1)
    month = f"{first - timedelta(days=1):%Y-%m}"
    latest = monitoring.latest_run()
    if latest is not None and latest.month >= month:
        return
    yield Item(
        title=_("%(month)s 的监测研判还没有完成") % {"month": month},
        detail=_("确认本月名单都已导入后发起。"),
        address=reverse("web:runs"),
        since=first,
        is_late=viewer.on - first > timedelta(days=10),
    )


def _imports(viewer: Viewer) -> Iterator[Item]:
    """Files that wait for a decision, and files with rows that were refused."""
    if not viewer.may(Permission.IMPORT_FILES):
        return
    mend = Q(state=BatchState.DONE) & (Q(counts__rejected__gt=0) | Q(counts__conflict__gt=0))
    waiting = Q(state__in=[BatchState.CHECKED, BatchState.REFUSED])
    recent = timezone.now() - timedelta(days=60)
    batches = intake.batches_for(viewer).filter(mend | waiting, created_at__gte=recent)
    for batch in batches.order_by("-id")[:_SHOWN]:
        since = timezone.localtime(batch.created_at).date()
        yield Item(
            title=batch.file_name,
            detail=_detail(batch),
            address=reverse("web:import", args=[batch.pk]),
            since=since,
            is_late=viewer.on - since > _LATE_AFTER,
        )


def _contradictions(viewer: Viewer) -> Iterator[Item]:
    """Departments disagree on a field that the viewer's unit decides."""
    number, since = intake.waiting_contradictions(viewer)
    if not number or since is None:
        return
    yield Item(
        title=_("有 %(count)s 条部门不一致要本单位认定") % {"count": f"{number:,}"},
        detail=_("名单与底册说法不一，底册暂按本部门原来的说法。"),
        address=reverse("web:contradictions") + "?state=open",
        since=since,
        is_late=viewer.on - since > _LATE_AFTER,
    )


def _exports(viewer: Viewer) -> Iterator[Item]:
    """Exports that wait for a second person."""
    for asked in exports.to_decide(viewer)[:_SHOWN]:
        since = timezone.localtime(asked.asked_at).date()
        yield Item(
            title=_("待审批的导出：%(title)s") % {"title": asked.title},
            detail=_("%(name)s 申请导出 %(rows)s 行。")
            % {"name": asked.asker.name, "rows": f"{asked.rows:,}"},
            address=reverse("web:export", args=[asked.pk]),
            since=since,
            is_late=viewer.on - since > _LATE_AFTER,
        )


def _detail(batch: Batch) -> str:
    if batch.state == BatchState.CHECKED:
        return _("已检查，等待确认入库。")
    if batch.state == BatchState.REFUSED:
        return _("文件被退回，请按说明修改后重新导入。")
    refused = batch.counts.get("rejected", 0) + batch.counts.get("conflict", 0)
    return _("有 %(count)s 行没有入库，请下载后修改再导入。") % {"count": f"{refused:,}"}
