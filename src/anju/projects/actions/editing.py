"""Entering a project by hand, and putting right what the library says of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between
from anju.projects import facts, saying
from anju.projects.actions import library
from anju.projects.facts import Held, Told
from anju.projects.models import Project
from anju.projects.queries import known
from anju.projects.refusals import ProjectRefused


@transaction.atomic
def add(*, by: Actor, on: date, told: Told, source: str) -> Project:
    """A project that is not in the library yet; refused where its code is taken, or it cannot be so."""
    if Project.objects.filter(county_code=told.county_code, code=told.code).exists():
        raise ProjectRefused(
            _("项目编号 %(code)s 已在项目库，请更正那一个，或核对编号。") % {"code": told.code}
        )
    _refuse(told, None, on)
    (project,) = library.write(known_on=on, source=source, entries=[(told, None)])
    _record(by, "project.add", project, told, None)
    return project


@transaction.atomic
def correct(*, by: Actor, on: date, project: Project, told: Told, source: str) -> bool:
    """Put right what is known of a project: description, steps, funds, progress; whether anything
    changed. Refused where it cannot be so, or a later list already told otherwise."""
    Project.objects.select_for_update().get(pk=project.pk)
    held = known.held_by_id([project.pk])[project.pk]
    changed = list(facts.changes(told, held))
    if not changed:
        return False
    _refuse(told, held, on)
    later = max((each.fact.known_from for each in changed if each.fact), default=on)
    if later > on:
        raise ProjectRefused(
            _("这一项是 %(day)s 掌握的，晚于今天。请核对系统日期后再改。") % {"day": later}
        )
    library.write(known_on=on, source=source, entries=[(told, held)])
    project.refresh_from_db()
    _record(by, "project.correct", project, told, held)
    return True


def _refuse(told: Told, held: Held | None, on: date) -> None:
    problem = facts.problem_of(told, held)
    if problem is not None:
        raise ProjectRefused(saying.words(problem))
    days = [*facts.merged(told, held, "steps").values(), *facts.merged(told, held, "progress")]
    if days and max(days) > on:
        raise ProjectRefused(
            _("日期 %(day)s 还没有到。已发生的环节才填日期，计划的填在计划日期里。")
            % {"day": max(days)}
        )


def _record(by: Actor, action: str, project: Project, told: Told, held: Held | None) -> None:
    parts: dict[str, Any] = {}
    described: dict[str, tuple[Any, Any]] = {}
    for change in facts.changes(told, held):
        if change.part == "description":
            described[change.name] = (change.before, change.after)
        else:
            parts[f"{change.part} {change.name}"] = [_plain(change.before), _plain(change.after)]
    before: Mapping[str, Any] = {name: pair[0] for name, pair in described.items()}
    after: Mapping[str, Any] = {name: pair[1] for name, pair in described.items()}
    record(
        by=by,
        action=action,
        kind="project",
        ids=[project.pk],
        detail={"changes": between(Project, before, after), "facts": parts},
        place=project.division_code,
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
