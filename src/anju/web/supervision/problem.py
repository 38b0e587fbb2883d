"""One problem as one story: found, put right, checked, looked at again; and what can be done now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit import attachments
from anju.audit.actions import record
from anju.duties.queries import unit_of
from anju.supervision import queries
from anju.supervision.actions import problems as actions
from anju.supervision.actions import rectifying
from anju.supervision.models import (
    FoundProblem,
    ProblemState,
    Rectification,
    RectificationProof,
    RectificationState,
)
from anju.supervision.proofs import MOST_FILES
from anju.web import words
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.doing import Doing, carry_out
from anju.web.supervision import choosing
from anju.web.supervision.problems import add_words
from anju.web.supervision.wording import notice_said
from anju.web.uploads import uploaded

TEMPLATE = "web/supervision/problem.html"


@dataclass(frozen=True)
class Moment:
    """One line of the story. `rectification` is set where one was handed in."""

    on: date
    title: str
    who: words.Text
    words: str
    is_bad: bool = False
    files: Sequence[RectificationProof] = ()
    rectification: Rectification | None = None


@requires(Permission.VIEW_DUTIES)
@require_GET
def page(request: HttpRequest, number: str) -> HttpResponse:
    """The problem and its story."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row = problem_or_404(request, number)
    record(
        by=viewer.actor(address_of(request)),
        action="supervision_problem.read",
        kind="household" if row.household else "supervision_problem",
        ids=[row.household.code if row.household else row.number],
        detail={"problem": row.number},
        place=row.division_code,
    )
    return _shown(request, row)


@requires(Permission.REPORT_PROGRESS)
@require_POST
def rectify(request: HttpRequest, number: str) -> HttpResponse:
    """What the viewer's unit did, with files."""
    row = problem_or_404(request, number)

    def do(who: Doing) -> str:
        files = uploaded(request, "files", place="supervision", most=MOST_FILES)
        told = request.POST.get("words", "")[:4000]
        rectifying.submit(
            by=who.by, on=who.on, viewer=who.viewer, problem=row, words=told, files=files
        )
        messages.success(request, _("已报送整改情况，等待复核。"))
        return reverse("web:problem", args=[number])

    return carry_out(request, do, lambda refused: _shown(request, row, refused))


@requires(Permission.INSPECT)
@require_POST
def check(request: HttpRequest, number: str, rectification_id: int) -> HttpResponse:
    """Accept what a unit did, or send it back."""
    row = problem_or_404(request, number)
    told = row.rectifications.filter(pk=rectification_id).first()
    if told is None:
        raise Http404

    def do(who: Doing) -> str:
        is_accepted = request.POST.get("decision") == "accept"
        note = request.POST.get("note", "")[:2000]
        changed = rectifying.check(
            by=who.by, on=who.on, viewer=who.viewer, rectification=told,
            is_accepted=is_accepted, words=note,
        )  # fmt: skip
        messages.success(request, _checked(is_accepted, changed))
        return reverse("web:problem", args=[number])

    return carry_out(request, do, lambda refused: _shown(request, row, refused))


@requires(Permission.INSPECT)
@require_POST
def look_back(request: HttpRequest, number: str) -> HttpResponse:
    """Look at a closed problem again."""
    row = problem_or_404(request, number)

    def do(who: Doing) -> str:
        is_solved = request.POST.get("is_solved") == "1"
        found = choosing.look_back_of(who.viewer, request.POST.get("supervision", ""))
        actions.look_back(
            by=who.by, on=who.on, viewer=who.viewer, problem=row, is_solved=is_solved,
            words=request.POST.get("words", "")[:2000],
            due_on=_day(request.POST.get("due_on", "")), supervision=found,
        )  # fmt: skip
        said = _("已登记回头看。") if is_solved else _("问题反弹，已重新交整改单位。")
        messages.success(request, said)
        if found is not None:
            return f"{reverse('web:supervision', args=[found.number])}#before"
        return reverse("web:problem", args=[number])

    return carry_out(request, do, lambda refused: _shown(request, row, refused))


def problem_or_404(request: HttpRequest, number: str) -> FoundProblem:
    """One problem through its gate."""
    try:
        return queries.problem_for(request.viewer, number)  # type: ignore[attr-defined]
    except FoundProblem.DoesNotExist:
        raise Http404 from None


def _checked(is_accepted: bool, row: FoundProblem) -> str:
    if not is_accepted:
        return _("已退回，整改单位会看到您的意见。")
    if row.state == ProblemState.CLOSED:
        return _("复核通过，问题已销号。")
    return _("复核通过，还有其他单位没有整改到位。")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _shown(request: HttpRequest, row: FoundProblem, problem: str = "") -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row.refresh_from_db(fields=["state", "closed_on", "due_on", "round"])
    add_words(viewer, [row], viewer.on)
    may_inspect = queries.may_inspect(viewer, row.division_code)
    is_closed = row.state == ProblemState.CLOSED
    own = queries.answers_for_unit(viewer, row)
    latest = row.latest.get(own.pk) if own else None
    has_told = latest is not None and latest.state != RectificationState.RETURNED
    context = {
        "row": row,
        "may_open": row.supervision is not None
        and queries.supervisions_for(viewer).filter(pk=row.supervision.pk).exists(),
        "may_see_task": row.task is not None,
        "units": [each.unit for each in row.units.select_related("unit")],
        "story": [] if row.is_hidden else _story(viewer, row),
        "may_rectify": own is not None and not is_closed and not has_told and not row.is_hidden,
        "own": own or unit_of(viewer),
        "may_check": may_inspect and not row.is_hidden,
        "may_look_back": may_inspect and is_closed and not row.is_hidden,
        "look_backs": choosing.under_way(viewer) if may_inspect and is_closed else [],
        "look_back": request.POST.get("supervision", request.GET.get("look_back", "")),
        "may_notice": may_inspect,
        "accept": attachments.ACCEPT,
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, TEMPLATE, context, status=422 if problem else 200)


def _story(viewer: Viewer, row: FoundProblem) -> list[Moment]:
    """Everything that happened, the latest first."""
    told = list(row.rectifications.select_related("unit").prefetch_related("proofs"))
    looked = list(row.look_backs.select_related("supervision"))
    of_problem = queries.notices_for(viewer).filter(problem=row).select_related("replacement")
    notices = list(of_problem.prefetch_related("units__unit"))
    names = {row.recorded_by, *(each.checked_by for each in looked)}
    names |= {each.submitted_by for each in told} | {each.checked_by for each in told}
    people = accounts.names_of({*names, *(each.issued_by for each in notices)} - {""})

    def who(username: str) -> words.Text:
        return words.user(username, people.get(username, ""))

    story = [Moment(row.found_on, _("发现问题"), who(row.recorded_by), row.words)]
    for each in told:
        story += _of_report(each, who)
    for each in looked:
        title = _("回头看：已巩固") if each.is_solved else _("回头看：问题反弹，重新整改")
        story.append(
            Moment(
                each.checked_on, title, who(each.checked_by), each.words, is_bad=not each.is_solved
            )
        )
    for each in notices:
        units = _("、").join(unit.unit.name for unit in each.units.all())
        title = f"{notice_said(each)}：{units}"
        story.append(Moment(each.issued_on, title, who(each.issued_by), each.words, is_bad=True))
    # What happened on one day stays in the order in which it is told above.
    return sorted(story, key=lambda each: each.on)[::-1]


def _of_report(each: Rectification, who: Any) -> list[Moment]:
    title = _("%(unit)s报送整改情况") % {"unit": each.unit.name}
    files = list(each.proofs.all())
    found = [
        Moment(each.submitted_on, title, who(each.submitted_by), each.words, False, files, each)
    ]
    if each.checked_on is not None:
        is_bad = each.state == RectificationState.RETURNED
        said = _("退回%(unit)s") if is_bad else _("复核通过：%(unit)s")
        title = said % {"unit": each.unit.name}
        found.append(Moment(each.checked_on, title, who(each.checked_by), each.check_note, is_bad))
    return found
