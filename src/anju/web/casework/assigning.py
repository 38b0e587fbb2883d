"""Giving out what a list shows: whom to, what will change, and then the change itself.

The address is that of the list, so what is filtered there is what is offered here; nothing changes
until the rows have been seen with whom they are with now.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from anju.accounts.models import User
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.casework.actions.assigning import MOST, Assigned, give_cases, give_leads
from anju.casework.levels import PERMISSION_OF
from anju.casework.models import LeadState
from anju.casework.queries import assigning
from anju.places import queries as places
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.casework import cases, leads
from anju.web.lists import Ask, Choice, Register, state
from anju.web.lists.declaration import Rows, Text
from anju.web.people.choices import role_name

NOBODY = "-"


@dataclass(frozen=True)
class Giving:
    """What is given out: the list it comes from, who can take it, and the action."""

    title: Text
    register: Register
    address: str
    permissions: tuple[Permission, ...]
    narrow: Callable[[Rows], Rows]
    can_take: Callable[[User, date], Q]
    give: Callable[..., Assigned]


@requires(Permission.VIEW_CASES)
@require_http_methods(["GET", "POST"])
def of_leads(request: HttpRequest) -> HttpResponse:
    """Give out the open leads that the address asks for."""
    return _page(request, GIVING_LEADS)


@requires(Permission.VIEW_CASES)
@require_http_methods(["GET", "POST"])
def of_cases(request: HttpRequest) -> HttpResponse:
    """Give out the cases at a step that the address asks for."""
    return _page(request, GIVING_CASES)


def _page(request: HttpRequest, giving: Giving) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not assigning.may_assign(viewer):
        raise PermissionDenied
    if request.method == "POST":
        return _give(request, viewer, giving)
    return _preview(request, viewer, giving)


def _preview(
    request: HttpRequest, viewer: Viewer, giving: Giving, problem: str = ""
) -> HttpResponse:
    register = giving.register
    ask = Ask(viewer, request.GET, viewer.on)
    asked = state.read(register, ask)
    left = giving.narrow(assigning.to_assign(viewer, asked.narrowed().rows))
    rows = list(left.order_by(*asked.sort.fields)[: MOST + 1])
    is_cut = len(rows) > MOST
    rows = rows[:MOST]
    if register.prepare is not None:
        register.prepare(rows, ask)
    to = _chosen(viewer, request.GET.get("to", ""))
    ids = {row.pk for row in rows}
    can = ids
    if to is not None:
        taken = left.filter(giving.can_take(to, viewer.on), pk__in=ids).order_by()
        can = set(taken.values_list("pk", flat=True))
    names = {
        "giving": giving,
        "state": asked,
        "rows": [(row, row.pk in can) for row in rows],
        "can": len(can),
        "is_cut": is_cut,
        "most": MOST,
        "to": request.GET.get("to", ""),
        "to_name": to.name if to else "",
        "candidates": _candidates(viewer, giving, asked.place),
        "query": request.GET.urlencode(),
        "kept": [(key, value) for key, value in request.GET.items() if key != "to"],
        "back": f"{reverse(giving.address)}{asked.address(to=None)}",
        "problem": problem,
        "nobody": NOBODY,
    }
    return render(request, "web/casework/assign.html", names, status=422 if problem else 200)


def _give(request: HttpRequest, viewer: Viewer, giving: Giving) -> HttpResponse:
    wanted = request.POST.get("to", "")
    to = _chosen(viewer, wanted)
    if to is None and wanted != NOBODY:
        return _preview(request, viewer, giving, _("请先选择分派给谁。"))
    try:
        done = giving.give(
            by=viewer.actor(address_of(request)),
            on=timezone.localdate(),
            viewer=viewer,
            seen=_seen(request.POST.getlist("row")),
            to=to,
        )
    except Refusal as refused:
        return _preview(request, viewer, giving, refused.zh)
    messages.success(request, _("已分派 %(given)s 条。") % {"given": done.given})
    if done.left:
        messages.warning(
            request,
            _("有 %(left)s 条在您查看之后已被别人办理或分派，没有改动。") % {"left": done.left},
        )
    address = state.read(giving.register, Ask(viewer, request.GET, viewer.on)).address(to=None)
    return HttpResponseRedirect(f"{reverse(giving.address)}{address}")


def _seen(sent: list[str]) -> dict[int, int | None]:
    """`id:user` of each row ticked; what was changed by hand is left out."""
    seen: dict[int, int | None] = {}
    for each in sent:
        row, _colon, user = each.partition(":")
        if all(part.isascii() and part.isdigit() and len(part) < 19 for part in (row, user)):
            seen[int(row)] = int(user) or None
    return seen


def _chosen(viewer: Viewer, username: str) -> User | None:
    return assigning.candidate(viewer, username) if username and username != NOBODY else None


def _candidates(viewer: Viewer, giving: Giving, place: str) -> list[Choice]:
    return people(assigning.candidates(viewer, giving.permissions, place=place))


def people(found: Sequence[assigning.Candidate]) -> list[Choice]:
    """Users with their posts, as a drop-down."""
    names = places.names([division for each in found for _role, division in each.posts])
    return [
        Choice(
            each.username,
            f"{each.name}（{'；'.join(_post(names, *post) for post in each.posts)}）",
        )
        for each in found
    ]


def _post(names: places.Names, role: str, division: str) -> str:
    return f"{names.village(division) or division} {role_name(role)}"


def _open_leads(rows: Rows) -> Rows:
    return rows.filter(state=LeadState.OPEN)


def _at_a_step(rows: Rows) -> Rows:
    return rows.exclude(step="")


def _takes_leads(user: User, on: date) -> Q:
    return assigning.can_take(user, Permission.CHECK_HOMES, on)


GIVING_LEADS = Giving(
    gettext_lazy("分派线索"), leads.LEADS, "web:leads", (Permission.CHECK_HOMES,), _open_leads,
    _takes_leads, give_leads,
)  # fmt: skip
GIVING_CASES = Giving(
    gettext_lazy("分派案件"), cases.CASES, "web:cases", tuple(PERMISSION_OF.values()), _at_a_step,
    assigning.can_hold, give_cases,
)  # fmt: skip
