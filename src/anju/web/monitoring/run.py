"""One run: its progress while it is carried out, then what it found, read and left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.casework.actions import from_run
from anju.monitoring import queries
from anju.monitoring.actions import runs
from anju.monitoring.models import Run, WarningLevel
from anju.monitoring.readings import snapshot_table
from anju.places import queries as places
from anju.rules import packs
from anju.web.access import requires
from anju.web.address import address_of

#: Beyond a county's usual number a column a town helps nobody: the list is filtered instead.
TOWNS_SHOWN = 40


@requires(Permission.VIEW_FINDINGS)
@require_GET
def page(request: HttpRequest, run_id: int) -> HttpResponse:
    """The run; while it is open, htmx asks for its progress alone."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    run = _run(viewer, run_id)
    standing = queries.standing(run)
    names: dict[str, Any] = {
        "run": run,
        "standing": standing,
        "may_cancel": viewer.may(Permission.RUN_MONITORING) and run.job_id is not None,
        "policy": _policy(run),
    }
    if request.htmx:  # type: ignore[attr-defined]
        if not standing.is_open:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "web/monitoring/run.html#progress", names)
    if run.state == "done":
        names |= _result(viewer, run) | {"may_open_cases": from_run.may_ask(viewer)}
    return render(request, "web/monitoring/run.html", names)


@requires(Permission.RUN_MONITORING)
@require_POST
def cancel(request: HttpRequest, run_id: int) -> HttpResponse:
    """Ask a run to stop."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    run = _run(viewer, run_id)
    try:
        by = viewer.actor(address_of(request))
        runs.cancel(by=by, at=timezone.now(), run=run)
    except Refusal as refused:
        messages.error(request, refused.zh)
    return HttpResponseRedirect(reverse("web:run", args=[run_id]))


@dataclass(frozen=True)
class Cell:
    """A number and the list behind it."""

    number: int
    address: str


@dataclass(frozen=True)
class RuleRow:
    """One rule's hits, or its gaps (which have no level): in all places and in each town."""

    name: str
    level: str
    total: Cell
    towns: list[Cell]


def _run(viewer: Viewer, run_id: int) -> Run:
    try:
        return queries.run_for(viewer, run_id)
    except Run.DoesNotExist:
        raise Http404 from None


def _policy(run: Run) -> str:
    """The page of the run's pack in its month; empty where the pack is there no longer."""
    if run.pack not in packs.names():
        return ""
    return f"{reverse('web:policy', args=[run.pack])}?{urlencode({'month': run.month})}"


def _result(viewer: Viewer, run: Run) -> dict[str, Any]:
    book = queries.Rulebook(run)
    has_too_many = len(places.towns_in(viewer.scope)[: TOWNS_SHOWN + 1]) > TOWNS_SHOWN
    by_place = [] if has_too_many else queries.counts_by_place(viewer, run)
    towns = sorted({count.place for count in by_place})
    names = places.names([town.ljust(12, "0") for town in towns])
    totals = queries.counts_by_rule(viewer, run)
    shown = book.shown_to(viewer)
    cells = {(count.rule, count.place): count for count in by_place}
    hits, gaps = [], []
    for rule in shown:
        total = totals.get(rule)
        if total is None:
            continue
        for rows, status, field in ((hits, "", "hits"), (gaps, "unknown", "unknown")):
            if not getattr(total, field):
                continue
            rows.append(
                RuleRow(
                    book.name(rule),
                    "" if status else book.level(rule),
                    Cell(getattr(total, field), _list_of(run, rule, "", status)),
                    [
                        Cell(
                            getattr(cells[rule, town], field) if (rule, town) in cells else 0,
                            _list_of(run, rule, town, status),
                        )
                        for town in towns
                    ],
                )
            )
    return {
        "book": book,
        "levels": _levels(viewer, run),
        "has_too_many_towns": has_too_many,
        "towns": [names.of(town.ljust(12, "0")) or town for town in towns],
        "hits": hits,
        "gaps": gaps,
        "quiet_rules": [
            book.name(rule)
            for rule in shown
            if rule in totals and not (totals[rule].hits or totals[rule].unknown)
        ],
        "same": queries.same_result(run),
        "before": next(iter(queries.earlier_runs(run, limit=1)), None),
        "versions": sorted(run.report["engine"]["versions"].items()),
        **_of_the_county(viewer, run),
    }


def _of_the_county(viewer: Viewer, run: Run) -> dict[str, Any]:
    """What the run read of the whole county: no figure for who may see only a part of it."""
    sees_all = viewer.scope_for(Permission.VIEW_FINDINGS).is_county_wide
    read = run.report["snapshot"] if sees_all else {"rows": {}, "left_out": {}}
    return {
        "sees_all": sees_all,
        "rows": [(snapshot_table(name), number) for name, number in read["rows"].items()],
        "left_out": _left_out(read["left_out"].items()),
    }


def _levels(viewer: Viewer, run: Run) -> list[tuple[WarningLevel, Cell]]:
    counted = queries.level_counts(viewer, run).get("", {})
    return [
        (
            level,
            Cell(
                counted.get(level, 0),
                f"{reverse('web:findings')}?{urlencode({'run': run.pk, 'level': level.value})}",
            ),
        )
        for level in WarningLevel
    ]


def _left_out(rows: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return [(snapshot_table(name), number) for name, number in rows if number]


def _list_of(run: Run, rule: str, town: str, status: str) -> str:
    asked = {"run": run.pk, "rule": rule, "town": town.ljust(12, "0") if town else ""}
    asked["status"] = status
    given = {name: value for name, value in asked.items() if value}
    return f"{reverse('web:findings')}?{urlencode(given)}"
