"""Villages and grids merged, split or renamed: a table in, what it touches, its execution."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.accounts import queries as accounts
from anju.accounts.permissions import Permission
from anju.accounts.row_security import everything
from anju.audit.refusal import Refusal
from anju.places import queries
from anju.places.changes import ChangesRefused, restored, template
from anju.places.models import Recoding, RecodingState
from anju.registry.actions import recoding as actions
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.words import user

_SHOWN = 100
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Permission.MANAGE_PLACES)
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """What was changed, the search for old codes, and the form for the next change."""
    _for_the_county(request)
    if request.method == "POST":
        return _submit(request)
    return _index(request, {"since": timezone.localdate().isoformat()})


def _index(request: HttpRequest, given: dict[str, str], problem: str = "") -> HttpResponse:
    wanted = request.GET.get("q", "").strip()[:20]
    context = {
        "recodings": queries.recodings()[:_SHOWN],
        "changes": queries.code_changes(wanted)[:_SHOWN],
        "query": wanted,
        "given": given,
        "problem": problem,
        "today": timezone.localdate().isoformat(),
    }
    status = 422 if problem else 200
    return render(request, "web/places/recodings.html", context, status=status)


def _submit(request: HttpRequest) -> HttpResponse:
    given = {name: request.POST.get(name, "").strip() for name in ("since", "basis")}
    file = request.FILES.get("file")
    try:
        if file is None:
            raise ChangesRefused(_("请选择对照表文件。"))
        with everything(by=_actor(request), reason=_("核对撤并涉及的户")):
            recoding = actions.submit(
                by=_actor(request),
                at=timezone.now(),
                since=_day(given["since"]),
                basis=given["basis"],
                content=file.read(),
            )
    except Refusal as refused:
        return _index(request, given, refused.zh)
    return HttpResponseRedirect(reverse("web:recoding", args=[recoding.pk]))


@requires(Permission.MANAGE_PLACES)
@require_GET
def blank_table(request: HttpRequest) -> HttpResponse:
    """The table to fill in."""
    headers = {"Content-Disposition": 'attachment; filename="recoding.xlsx"'}
    return HttpResponse(template(), content_type=_SPREADSHEET, headers=headers)


@requires(Permission.MANAGE_PLACES)
@require_GET
def page(request: HttpRequest, recoding_id: int) -> HttpResponse:
    """One change: its table, what it touches or touched, where it stands."""
    _for_the_county(request)
    recoding = _recoding(recoding_id)
    counts = recoding.counts
    changes = restored(recoding.changes)
    old = queries.names(change.old for change in changes)
    people = accounts.names_of({recoding.created_by})
    context = {
        "recoding": recoding,
        "maker": user(recoding.created_by, people.get(recoding.created_by, "")),
        "changes": [(change, old.of(change.old)) for change in changes],
        "counts": [(name, counts.get(key, 0)) for key, name in _counted()],
        "may_confirm": recoding.state in (RecodingState.CHECKED, RecodingState.FAILED),
        "is_waiting": recoding.state == RecodingState.WAITING,
    }
    return render(request, "web/places/recoding.html", context)


@requires(Permission.MANAGE_PLACES)
@require_POST
def confirm(request: HttpRequest, recoding_id: int) -> HttpResponse:
    """Have it carried out."""
    return _act(request, recoding_id, actions.confirm)


@requires(Permission.MANAGE_PLACES)
@require_POST
def cancel(request: HttpRequest, recoding_id: int) -> HttpResponse:
    """Drop it."""
    return _act(request, recoding_id, actions.cancel)


def _act(request: HttpRequest, recoding_id: int, action: Any) -> HttpResponse:
    _for_the_county(request)
    _recoding(recoding_id)
    try:
        action(by=_actor(request), at=timezone.now(), recoding_id=recoding_id)
    except Refusal as refused:
        messages.error(request, refused.zh)
    return HttpResponseRedirect(reverse("web:recoding", args=[recoding_id]))


def _counted() -> list[tuple[str, str]]:
    return [
        ("households", _("现居户")),
        ("origins", _("迁出户")),
        ("records", _("户情记录")),
        ("posts", _("岗位")),
        ("units", _("单位")),
    ]


def _for_the_county(request: HttpRequest) -> None:
    """Places are changed for the county as a whole."""
    if not request.viewer.scope_for(Permission.MANAGE_PLACES).is_county_wide:  # type: ignore[attr-defined]
        raise PermissionDenied


def _recoding(recoding_id: int) -> Recoding:
    try:
        return queries.recodings().get(pk=recoding_id)
    except Recoding.DoesNotExist:
        raise Http404 from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ChangesRefused(_("请填写生效日期，例如 2023-10-08。")) from None


def _actor(request: HttpRequest) -> Any:
    return request.viewer.actor(address_of(request))  # type: ignore[attr-defined]
