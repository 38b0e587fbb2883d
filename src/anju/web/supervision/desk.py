"""What of supervision is on the desk: problems to put right, reports to check, late ones first."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.lights import Light
from anju.language import in_language
from anju.reporting.queries import notices
from anju.supervision.models import SupervisionNotice
from anju.supervision.queries import acceptance, desk
from anju.supervision.queries.health import hidden
from anju.web.casework.columns import left_in_words
from anju.web.desk.item import Item, few
from anju.web.supervision.problems import HIDDEN, add_words

_SHOWN = 20


def items(viewer: Viewer) -> Iterator[Item]:
    """Problems the viewer's unit puts right, what units reported where the viewer inspects, notices to
    countersign or sign off, and stages of acceptance that are near or late."""
    yield from _to_rectify(viewer)
    yield from _to_check(viewer)
    yield from _notices(viewer, notices.to_countersign(viewer), _("会签通知：%(title)s"))
    yield from _notices(viewer, notices.to_sign(viewer), _("签发通知：%(title)s"))
    yield from _stages(viewer)


def _notices(viewer: Viewer, waiting: QuerySet[SupervisionNotice], said: str) -> Iterator[Item]:
    """Notices that wait for the viewer; what tells of health by its number alone."""
    rows = waiting.select_related("problem__household__grid", "issuing_unit").order_by("pk")
    for row in few(rows, _SHOWN):
        secret = row.problem is not None and bool(hidden(viewer, [row.problem]))
        yield Item(
            title=said % {"title": HIDDEN if secret else row.title},
            detail="　".join(
                (
                    row.number,
                    row.get_kind_display(),
                    row.issuing_unit.name if row.issuing_unit else "",
                )
            ),
            address=reverse("web:supervision-notice", args=[row.number]),
            since=row.issued_on,
            is_late=False,
        )


def _to_rectify(viewer: Viewer) -> Iterator[Item]:
    rows = few(desk.to_rectify(viewer).select_related("household__grid"), _SHOWN)
    if not rows:
        return
    add_words(viewer, rows, viewer.on)
    for row in rows:
        yield Item(
            title=_("待整改：%(title)s") % {"title": row.title_text},
            detail="　".join(
                part for part in (row.number, row.get_state_display(), row.left) if part
            ),
            address=reverse("web:problem", args=[row.number]),
            since=row.found_on,
            is_late=row.light == Light.RED,
            due_on=row.due_on,
        )


def _to_check(viewer: Viewer) -> Iterator[Item]:
    found = few(desk.to_check(viewer), _SHOWN)
    if not found:
        return
    problems = {each.problem.pk: each.problem for each in found}
    add_words(viewer, list(problems.values()), viewer.on)
    for each in found:
        problem = problems[each.problem.pk]
        yield Item(
            title=_("待复核整改：%(title)s") % {"title": problem.title_text},
            detail=_("%(unit)s已报送，%(number)s")
            % {"unit": each.unit.name, "number": problem.number},
            address=reverse("web:problem", args=[problem.number]),
            since=each.submitted_on,
            is_late=problem.is_late,
            due_on=problem.due_on,
        )


def _stages(viewer: Viewer) -> Iterator[Item]:
    """The next stage of each plan's acceptance once its day is near, for who writes down how it went."""
    if not viewer.scope_for(Permission.INSPECT).is_county_wide:
        return
    for plan in acceptance.plans_under_way(viewer, viewer.on):
        stages = acceptance.stages_of(viewer, plan, viewer.on, with_checks=False)
        found = next((each for each in stages if not each.is_passed and each.may_begin), None)
        if found is None or found.due_on is None or found.light not in (Light.YELLOW, Light.RED):
            continue
        name = in_language(found.stage.name, found.stage.name_en)
        yield Item(
            title=_("验收：%(stage)s") % {"stage": name},
            detail="　".join((plan.short_title, left_in_words(found.due_on, viewer.on))),
            address=reverse("web:acceptance", args=[plan.pk]),
            since=found.due_on,
            is_late=found.light == Light.RED,
            due_on=found.due_on,
        )
