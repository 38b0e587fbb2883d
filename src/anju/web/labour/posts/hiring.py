"""Hiring for a post: finding somebody of a household, the rules with what they saw, what is agreed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.refusal import Refusal
from anju.employment import post_rules, post_words
from anju.employment.actions import holdings
from anju.employment.actions.posts import PostRefused
from anju.employment.models import WelfarePost
from anju.employment.queries import posts as queries
from anju.employment.queries.post_facts import applicants
from anju.employment.queries.post_limits import stated
from anju.registry import queries as registry
from anju.registry.models import Household, Person
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.assets import forms as reading
from anju.web.doing import doing
from anju.web.labour.posts import forms, words
from anju.web.labour.posts.changing import crumb, editable, page_of
from anju.web.labour.sheets import source

_FORM = "web/labour/posts/hire.html"


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(["GET", "POST"])
def hire(request: HttpRequest, post_id: int) -> HttpResponse:
    """Whose household (`?household=`), who of it (`&person=`), then what is agreed."""
    post = editable(request, post_id)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    code = request.GET.get("household", "").strip()[:20]
    home = _home(viewer, code) if code else None
    context: dict[str, Any] = {"post": post, "crumb": crumb(), "code": code, "home": home}
    if home is None:
        return render(request, _FORM, {**context, "is_missing": bool(code)})
    members = queries.members_now(home, viewer.on)
    person = _person(members, request.GET.get("person", ""))
    if person is None:
        context["members"] = _summaries(members, viewer)
        _leave_entry(request, viewer, post, home)
        return render(request, _FORM, context)
    return _agree(request, post, home, person, context)


def _agree(
    request: HttpRequest,
    post: Any,
    home: Household,
    person: Person,
    context: dict[str, Any],
) -> HttpResponse:
    done = doing(request)
    values = {"started_on": done.on, "monthly_pay": post.monthly_pay}
    texts, problems, said = reading.written(forms.HIRE, values), {}, {}
    if request.method == "POST":
        typed = reading.read(done.viewer, forms.HIRE, request.POST.dict())
        texts, problems, said = typed.texts, dict(typed.problems), typed.values
        if not problems:
            try:
                row = holdings.hire(
                    by=done.by, on=done.on, post=post, household=home, person=person,
                    values=typed.values, source=source(done.viewer),
                )  # fmt: skip
            except PostRefused as refused:
                problems = {refused.field: refused.zh}
            except Refusal as refused:
                problems = {"": refused.zh}
            else:
                messages.success(request, _("已登记聘用，劳动力台账同时记上。"))
                return HttpResponseRedirect(reverse("web:post-holding", args=[row.pk]))
    else:
        _leave_entry(request, done.viewer, post, home)
    answers = holdings.asked_of(person, said.get("started_on") or done.on, said)
    names = {
        **context,
        "person": person,
        "rules": words.told(answers, done.on),
        "is_broken": bool(post_rules.broken(answers)),
        "fields": reading.shown(done.viewer, forms.HIRE, texts, problems),
        "problem": problems.get("", ""),
        "back": page_of(post),
    }
    return render(request, _FORM, names, status=422 if problems else 200)


def _home(viewer: Viewer, code: str) -> Household | None:
    """The household, if the viewer may write there."""
    try:
        home = registry.household_for(viewer, code)
    except Household.DoesNotExist:
        return None
    return home if queries.may_edit_holding(viewer, home) else None


def _person(members: list[Person], code: str) -> Person | None:
    if not code:
        return None
    found = next((each for each in members if each.code == code), None)
    if found is None:
        raise Http404
    return found


def _summaries(members: list[Person], viewer: Viewer) -> list[tuple[Person, str, str]]:
    """Of each member what stands against hiring, and what is still to be asked."""
    known, bounds = applicants(members, viewer.on), stated(viewer.on).bounds
    told = post_words.told
    found = []
    for each in members:
        answers = post_rules.judge(known[each.pk], bounds)
        found.append((each, told(post_rules.broken(answers)), told(post_rules.unknown(answers))))
    return found


def _leave_entry(request: HttpRequest, viewer: Viewer, post: WelfarePost, home: Household) -> None:
    record(
        by=viewer.actor(address_of(request)),
        action="welfare_post.read",
        kind="household",
        ids=[home.code],
        detail={"post": post.pk},
        place=home.village_code,
    )
