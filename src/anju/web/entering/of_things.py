"""Forms of assets and projects: how many of their fields are known when they open to be put right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.assets.actions.assets import FIELDS
from anju.assets.queries import assets_for
from anju.employment.actions import holdings, vacancies, workshops
from anju.employment.queries.posts import holdings_for
from anju.employment.queries.vacancies import vacancies_for
from anju.employment.queries.workshops import workshops_for
from anju.intake.outgoing.coverage import Counted, Coverage
from anju.projects.facts import DESCRIPTION
from anju.projects.queries import projects_for

_THINGS: Final = 10


def coverages(viewer: Viewer, found: Counted) -> Iterator[Coverage]:
    """The newest assets and projects the viewer sees; a new one is typed only where no list brings it."""
    assets = list(assets_for(viewer).select_related("project").order_by("-pk")[:_THINGS])
    projects = list(projects_for(viewer).select_related("site", "unit").order_by("-pk")[:_THINGS])
    yield _of("asset", _("更正资产"), FIELDS, assets)
    yield _of("project", _("更正项目"), DESCRIPTION, projects)
    shops = list(workshops_for(viewer).order_by("-pk")[:_THINGS])
    yield _of("workshop", _("更正车间"), workshops.FIELDS, shops)
    held = list(holdings_for(viewer).order_by("-pk")[:_THINGS])
    yield _of("post_holding", _("更正聘用"), holdings.AGREED, held)
    offered = list(vacancies_for(viewer).order_by("-pk")[:_THINGS])
    yield _of("vacancy", _("更正岗位"), vacancies.FIELDS, offered)


def _of(id_: str, title: str, names: tuple[str, ...], rows: list[object]) -> Coverage:
    known = sum(getattr(row, name) not in (None, "") for row in rows for name in names)
    return Coverage(id_, title, "", len(names), len(rows), known)
