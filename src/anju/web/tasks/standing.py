"""How many tasks of each plan and each unit have which light; each number leads to its list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.duties.lights import Light
from anju.duties.queries.limits import warning_days
from anju.duties.queries.standing import Lights
from anju.web import lights
from anju.web.access import requires
from anju.web.tasks.standing_kept import lights_of


@dataclass(frozen=True)
class Row:
    """A plan or a unit: its number of tasks by light, each with the address of their list."""

    name: str
    address: str
    cells: list[tuple[Any, int, str]]
    total: int


@requires(Permission.VIEW_DUTIES)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Both tables, of what the viewer may see."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    warn = warning_days(viewer.on)
    counted = lights_of(viewer, warn, at=timezone.now(), afresh=bool(request.GET.get("afresh")))
    context = {
        "tables": [
            {
                "id": "plans",
                "title": _("按方案"),
                "what": _("方案"),
                "rows": _rows(
                    counted.plans, "plan", lambda pk: reverse("web:responsibilities", args=[pk])
                ),
            },
            {
                "id": "units",
                "title": _("按单位"),
                "what": _("单位"),
                "rows": _rows(
                    counted.units, "unit", lambda pk: f"{reverse('web:tasks')}?unit={pk}"
                ),
            },
        ],
        "lights": list(Light),
        "warn": warn,
        "on": viewer.on.isoformat(),
        "counted_at": counted.at if counted.is_kept else None,
    }
    return render(request, "web/tasks/standing.html", context)


def _rows(found: list[Lights], name: str, address: Callable[[int], str]) -> list[Row]:
    # Of a plan what was handed down is not counted, of a unit it is.
    tasks, more = reverse("web:tasks"), "&kind=own" if name == "plan" else ""
    return [
        Row(
            each.name,
            address(each.id),
            [
                (
                    lights.WORDS[light],
                    each.counts[light],
                    f"{tasks}?{name}={each.id}&light={light}{more}",
                )
                for light in Light
            ],
            each.total,
        )
        for each in found
    ]
