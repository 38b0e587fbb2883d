"""Which assets and projects an entry of the audit chain changed: named by it, or written by its list."""

from __future__ import annotations

from typing import Any, Final

from anju.accounts.viewer import Viewer
from anju.assets.queries import assets_for
from anju.assets.queries import known as known_assets
from anju.audit.models import Entry
from anju.projects.queries import known as known_projects
from anju.projects.queries import projects_for

ACTIONS: Final = ("asset.", "lease.", "yield.", "project.")
READING: Final = ("asset.read", "project.read")
_BY_ID: Final = ("asset.recode",)
_OF_ASSETS: Final = ("assets", "asset_yields")
_OF_PROJECTS: Final = ("projects", "project_payments")


def is_of_things(entry: Entry) -> bool:
    """Whether an entry that writes is of assets or projects, and of no household."""
    return entry.action.startswith(ACTIONS) or _feed(entry) in (*_OF_ASSETS, *_OF_PROJECTS)


def assets(viewer: Viewer, entry: Entry) -> tuple[int, ...]:
    """Ids of the assets of the viewer's places that the entry changed."""
    if _feed(entry) in _OF_ASSETS:
        found = assets_for(viewer).filter(known_assets.written_by(_mark(entry)))
    elif entry.action in _BY_ID:
        found = assets_for(viewer).filter(pk__in=entry.ids)
    elif entry.kind == "asset" and entry.action.startswith(ACTIONS):
        found = assets_for(viewer).filter(code__in=entry.ids)
    else:
        return ()
    return tuple(found.order_by("pk").values_list("pk", flat=True))


def projects(viewer: Viewer, entry: Entry) -> tuple[int, ...]:
    """Ids of the projects of the viewer's places that the entry changed."""
    if _feed(entry) in _OF_PROJECTS:
        found = projects_for(viewer).filter(known_projects.written_by(_mark(entry)))
    elif entry.kind == "project" and entry.action.startswith(ACTIONS):
        found = projects_for(viewer).filter(pk__in=entry.ids)
    else:
        return ()
    return tuple(found.order_by("pk").values_list("pk", flat=True))


def _feed(entry: Entry) -> str:
    """The feed of a list that was written; empty for everything else."""
    detail: Any = entry.detail
    return str(detail.get("feed", "")) if entry.action == "intake.done" else ""


def _mark(entry: Entry) -> str:
    """How the rows of a list end their `source`."""
    return f" #{entry.ids[0]}"
