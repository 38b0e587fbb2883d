"""All indicators that the viewer's unit reports for one day, on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.attachments import ACCEPT
from anju.audit.refusal import Refusal
from anju.duties.actions import values
from anju.duties.actions.many_values import Said, SomeRefused, report_many
from anju.duties.models import Indicator
from anju.duties.queries import indicators as queries
from anju.duties.queries import unit_of
from anju.duties.queries.indicators import Standing
from anju.reporting.figures.model import SHARE
from anju.web.access import requires
from anju.web.doing import Doing, carry_out
from anju.web.indicators import telling, wording
from anju.web.indicators.numbers import number
from anju.web.indicators.values import day
from anju.web.indicators.workbook_lines import Line, Outcome
from anju.web.uploads import uploaded

Open = tuple[Indicator, Standing, list[date]]
"""An indicator, how it stands, and the ended periods that nobody told."""


@dataclass(frozen=True)
class Row:
    """One indicator to report: what it must reach, what was said last, what was typed, what is wrong."""

    indicator: Indicator
    name: str
    unit: str
    target: str
    last: str
    last_on: date | None
    value: str
    words: str
    problem: str


@requires(Permission.REPORT_PROGRESS)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """What the unit owes for a day, the latest ended one unless another is asked for."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if request.method == "GET":
        return show(request, request.GET.get("as_of", ""))
    problems: dict[int, str] = {}

    def do(doing: Doing) -> str:
        as_of = day(request.POST.get("as_of", ""))
        try:
            said = _said(request, as_of)
            count = report_many(by=doing.by, on=doing.on, viewer=viewer, as_of=as_of, said=said)
        except SomeRefused as refused:
            problems.update(refused.problems)
            raise
        told = ngettext("已提交 %(count)s 项", "已提交 %(count)s 项", count) % {"count": count}
        messages.success(request, _("%(told)s，牵头部门审核后计入。") % {"told": told})
        return reverse("web:indicators-report")

    return carry_out(
        request,
        do,
        lambda problem: show(request, request.POST.get("as_of", ""), problem, problems),
    )


def _said(request: HttpRequest, as_of: date) -> list[Said]:
    """What was typed, of all rows with a number; refused together where some cannot be meant."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found, problems = [], {}
    shared = request.POST.get("words", "").strip()
    for row, _standing in _open(viewer, as_of):
        written = request.POST.get(f"value-{row.pk}", "").strip()
        if not written:
            continue
        words = request.POST.get(f"words-{row.pk}", "").strip() or shared
        try:
            proofs = uploaded(
                request, f"proofs-{row.pk}", place="indicator", most=values.MOST_PROOFS
            )
            found.append(Said(row, number(written, row.unit), words[:2000], proofs))
        except Refusal as refused:
            problems[row.pk] = refused.zh
    if problems:
        raise SomeRefused(problems)
    return found


def _open(viewer: Viewer, as_of: date) -> list[tuple[Indicator, Standing]]:
    """Indicators of the viewer's unit of which nothing was said yet for a day."""
    return [(row, standing) for row, standing, days in all_open(viewer) if as_of in days]


def all_open(viewer: Viewer) -> list[Open]:
    """Indicators of the viewer's unit with their ended periods that nobody told: two queries."""
    rows = list(queries.of_unit(viewer))
    standings = queries.standings(rows, viewer.on) if rows else {}
    return [
        (row, standings[row.pk], telling.open_days(row, standings[row.pk], viewer.on))
        for row in rows
    ]


def chosen_day(every: Sequence[Open], asked: str) -> date | None:
    """The day that was asked for, else the latest of which something is open."""
    days = {each for _row, _standing, open_days in every for each in open_days}
    latest = max(days) if days else None
    return next((each for each in days if each.isoformat() == asked), latest)


def show(
    request: HttpRequest,
    asked: str,
    problem: str = "",
    problems: Mapping[int, str] | None = None,
    *,
    lines: Sequence[Line] | None = None,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The page, with what was `typed` or read from a workbook (`lines`), and what is wrong with it."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    every = all_open(viewer)
    counts = Counter(each for _row, _standing, days in every for each in days)
    chosen = chosen_day(every, asked)
    typed = request.POST if typed is None else typed
    context = {
        "unit": unit_of(viewer),
        "days": [(each.isoformat(), each, counts[each]) for each in sorted(counts, reverse=True)],
        "chosen": chosen.isoformat() if chosen else "",
        "rows": [
            _row(row, standing, typed, (problems or {}).get(row.pk, ""))
            for row, standing, open_days in every
            if chosen in open_days
        ],
        "words": request.POST.get("words", ""),
        "problem": problem,
        "accept": ACCEPT,
        "lines": lines,
        "wrong": [each for each in lines or () if each.outcome is Outcome.WRONG],
        "counts": Counter(each.outcome.value for each in lines or ()),
    }
    return render(request, "web/indicators/many.html", context, status=422 if problem else 200)


def _row(row: Indicator, standing: Standing, typed: Any, problem: str) -> Row:
    latest = standing.waiting or standing.latest
    return Row(
        indicator=row,
        name=wording.name_of(row),
        unit="%" if row.unit == SHARE else wording.unit_words(row.unit),
        target=wording.target_words(standing.target, row),
        last=str(wording.number(latest.value, row.unit)) if latest else "",
        last_on=latest.as_of if latest else None,
        value=typed.get(f"value-{row.pk}", ""),
        words=typed.get(f"words-{row.pk}", ""),
        problem=problem,
    )
