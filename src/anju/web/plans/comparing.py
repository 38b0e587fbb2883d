"""Two versions of a plan side by side: what is new, gone, changed, and what only moved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.comparing import Change, Item, compare, differences
from anju.duties.models import MeasureState, PlanMeasure, PlanVersion
from anju.duties.queries import plans as queries
from anju.web.access import requires
from anju.web.plans.confirming import version_or_404
from anju.web.plans.item_markup import words
from anju.web.plans.items import MOST_COMPARED

_TITLES: dict[Change, str | Promise] = {
    Change.NEW: _("新增"),
    Change.CHANGED: _("文字有变"),
    Change.GONE: _("不再提"),
    Change.MOVED: _("只是序号变了"),
    Change.SAME: _("没有变"),
}


@dataclass(frozen=True)
class Row:
    """One measure in both versions."""

    old: PlanMeasure | None
    new: PlanMeasure | None
    told: SafeString


@requires(Permission.VIEW_DUTIES)
@require_GET
def page(request: HttpRequest, plan_id: int, sequence: int) -> HttpResponse:
    """A version against another: the one named `with`, else the one before."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    version = version_or_404(request, plan_id, sequence)
    versions = list(queries.versions_for(viewer, version.plan))
    others = [each for each in versions if each.pk != version.pk]
    if not others:
        raise Http404
    before = [each for each in others if each.sequence < sequence]
    wanted = request.GET.get("with", "")
    other = next((each for each in others if str(each.sequence) == wanted), (before or others)[0])
    rows = _rows(version_or_404(request, plan_id, other.sequence), version)
    context = {
        "plan": version.plan,
        "version": version,
        "other": other,
        "others": others,
        "groups": [
            (change.value, title, [row for found, row in rows if found is change])
            for change, title in _TITLES.items()
        ],
        "counts": Counter(change for change, _row in rows),
    }
    return render(request, "web/plans/compare.html", context)


def _rows(old: PlanVersion, new: PlanVersion) -> list[tuple[Change, Row]]:
    """Measures that are not dropped, paired by their words."""
    sides = [
        {each.pk: each for each in version.measures.exclude(state=MeasureState.DROPPED)}
        for version in (old, new)
    ]
    items = [
        [Item(pk, each.key, version.text[each.start : each.end]) for pk, each in side.items()]
        for version, side in zip((old, new), sides, strict=True)
    ]
    found = []
    for pair in compare(*items):
        told = SafeString("")
        if pair.change is Change.CHANGED and pair.old and pair.new:
            told = words(_words(pair.old.text, pair.new.text))
        one = sides[0][pair.old.id] if pair.old else None
        other = sides[1][pair.new.id] if pair.new else None
        found.append((pair.change, Row(one, other, told)))
    return found


def _words(old: str, new: str) -> list[tuple[str, str]]:
    """Differences character by character; of very long texts only both as a whole."""
    if len(old) + len(new) > MOST_COMPARED:
        return [("gone", old), ("new", new)]
    return differences(old, new)
