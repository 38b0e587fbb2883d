"""Entering assets by hand and putting right what is known of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.assets import queries
from anju.assets.actions import assets, contracts, states, turning
from anju.assets.actions.refusing import WrongField
from anju.assets.aspects import ASPECTS
from anju.assets.checking import SHARES
from anju.assets.models import Asset, Lease, Use, Yield
from anju.assets.queries import facts
from anju.assets.refusals import AssetRefused
from anju.audit.refusal import Refusal
from anju.web.access import requires
from anju.web.assets import forms, words
from anju.web.assets.forms import Typed
from anju.web.assets.page import asset_or_404
from anju.web.doing import Doing, doing
from anju.web.lists.declaration import Text
from anju.web.registers.editing.fields import Field

FORM = "web/assets/form.html"
_EDIT = ["GET", "POST"]
#: A field of a check → the field of the form, where they differ.
_FIELDS = {"household_code": "household", "site_code": "site"}


@dataclass(frozen=True)
class Sheet:
    """What one form changes: its title, fields, what stands in them, and where it leads back."""

    title: Text
    fields: Sequence[Field]
    values: Mapping[str, Any]
    back: str
    asset: Asset | None = None
    note: Text = ""
    withdraw: str = ""


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def add(request: HttpRequest) -> HttpResponse:
    """An asset no list has brought."""
    sheet = Sheet(_("登记资产"), forms.NEW, forms.blank(request), reverse("web:assets"))

    def do(done: Doing, typed: Typed) -> str:
        values = dict(typed.values)
        given = {name: values.pop(name) for name in ("code", "use", "since", "reason", "paper")}
        _inside(done.viewer, values)
        asset = assets.add(
            by=done.by, on=done.on, values=values, source=_source(done.viewer), **given
        )
        messages.success(request, _("已登记。"))
        return reverse("web:asset", args=[asset.pk])

    return _answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def edit(request: HttpRequest, asset_id: int) -> HttpResponse:
    """What the asset is, whose, and who looks after it."""
    asset = _editable(request, asset_id)
    values = {name: getattr(asset, name) for name in assets.FIELDS}
    sheet = Sheet(_("更正资产"), forms.ASSET, values, _page(asset), asset)

    def do(done: Doing, typed: Typed) -> str:
        _inside(done.viewer, {**values, **typed.values})
        changed = assets.correct(
            by=done.by, on=done.on, asset=asset, seen=typed.seen, typed=typed.values,
            source=_source(done.viewer),
        )  # fmt: skip
        _told(request, bool(changed))
        return _page(asset)

    return _answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def state(request: HttpRequest, asset_id: int) -> HttpResponse:
    """A change of use from a day on, or the present one put right."""
    asset = _editable(request, asset_id)
    now = facts.open_states([asset.pk])[asset.pk]
    values = {"use": now.use, "since": now.valid_from, "reason": now.reason, "paper": now.paper}
    sheet = Sheet(_("使用状况"), forms.STATE, values, _page(asset), asset)

    def do(done: Doing, typed: Typed) -> str:
        said = typed.values
        is_change = said["use"] != now.use and said["since"] != now.valid_from
        if is_change and said["since"] is None:
            raise AssetRefused(_("请填从哪天起变成这个状况。"))
        act = states.change if is_change else states.correct
        act(by=done.by, on=done.on, asset=asset, source=_source(done.viewer), **said)
        _told(request, True)
        return _page(asset)

    return _answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def turn(request: HttpRequest, asset_id: int, what: str) -> HttpResponse:
    """Whose the asset is, who keeps it or what it is worth: another from a day on, or put right."""
    asset = _editable(request, asset_id)
    if what not in forms.TURNS:
        raise Http404
    model = words.ASPECTS[what]
    row = facts.aspect_now(model, asset)
    values = {name: getattr(row, name) for name in ASPECTS[model]} | {"since": row.valid_from}
    sheet = Sheet(words.TURNS[what], forms.TURNS[what], values, _page(asset), asset)

    def do(done: Doing, typed: Typed) -> str:
        said = dict(typed.values)
        since = said.pop("since")
        is_changed = turning.turn(
            by=done.by, on=done.on, asset=asset, model=model, values=said, since=since,
            source=_source(done.viewer),
        )  # fmt: skip
        _told(request, is_changed)
        return _page(asset)

    return _answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def restore(request: HttpRequest, asset_id: int) -> HttpResponse:
    """Take a disposal back, with the paper that says so."""
    asset = _editable(request, asset_id)
    if asset.use != Use.DISPOSED:
        raise Http404
    sheet = Sheet(_("撤销处置"), forms.RESTORE, {}, _page(asset), asset,
                  note=_("处置的记录和批准文号会保留。"))  # fmt: skip

    def do(done: Doing, typed: Typed) -> str:
        states.restore(
            by=done.by, on=done.on, asset=asset, source=_source(done.viewer), **typed.values
        )
        _told(request, True)
        return _page(asset)

    return _answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def lease(request: HttpRequest, asset_id: int, key: int | None = None) -> HttpResponse:
    """A contract, new or put right."""
    asset = _editable(request, asset_id)
    row = _lease(asset, key) if key is not None else None
    values = {name: getattr(row, name) for name in contracts.LEASE} if row else {}
    sheet = Sheet(_("合同"), forms.LEASE, values, _page(asset), asset,
                  withdraw=_withdrawal(asset, "lease", key))  # fmt: skip

    def do(done: Doing, typed: Typed) -> str:
        given = {"by": done.by, "on": done.on, "source": _source(done.viewer)}
        if row is None:
            contracts.record_lease(**given, asset=asset, values=typed.values)
        else:
            contracts.correct_lease(**given, lease=row, values=typed.values)
        _told(request, True)
        return _page(asset)

    return _answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_http_methods(_EDIT)
def year(request: HttpRequest, asset_id: int, key: int | None = None) -> HttpResponse:
    """A year's yield and what it was shared out for."""
    asset = _editable(request, asset_id)
    row = _yield(asset, key) if key is not None else None
    values = {name: getattr(row, name) for name in contracts.YIELD} if row else {}
    title = _("%(year)s 年收益") % {"year": key} if row else _("年度收益")
    sheet = Sheet(title, forms.YIELD if row else forms.NEW_YIELD, values, _page(asset), asset,
                  withdraw=_withdrawal(asset, "yield", key))  # fmt: skip

    def do(done: Doing, typed: Typed) -> str:
        given = {"by": done.by, "on": done.on, "source": _source(done.viewer)}
        said = {name: value or 0 if name in SHARES else value
                for name, value in typed.values.items()}  # fmt: skip
        if row is None:
            contracts.record_yield(**given, asset=asset, year=said.pop("year"), values=said)
        else:
            contracts.correct_yield(**given, row=row, values=said)
        _told(request, True)
        return _page(asset)

    return _answer(request, sheet, do)


@requires(Permission.EDIT_REGISTERS)
@require_POST
def withdraw(request: HttpRequest, asset_id: int, what: str, key: int) -> HttpResponse:
    """Take a contract or a year back that was never so."""
    asset = _editable(request, asset_id)
    if what not in ("lease", "yield"):
        raise Http404
    row = _lease(asset, key) if what == "lease" else _yield(asset, key)
    done = doing(request)
    try:
        contracts.withdraw(
            by=done.by, on=done.on, row=row, reason=request.POST.get("reason", "")[:200]
        )
        messages.success(request, _("已撤销，原来的记录保留在审计中。"))
    except Refusal as refused:
        messages.error(request, refused.zh)
        return HttpResponseRedirect(reverse(f"web:asset-{what}", args=[asset.pk, key]))
    return HttpResponseRedirect(_page(asset))


def _answer(request: HttpRequest, sheet: Sheet, do: Callable[[Doing, Typed], str]) -> HttpResponse:
    """The form; or what was sent, carried out, or shown again with what is wrong."""
    done = doing(request)
    present = forms.written(sheet.fields, sheet.values)
    if request.method == "GET":
        return _form(request, sheet, present, forms.sealed(present), {})
    typed = forms.read(done.viewer, sheet.fields, request.POST.dict())
    problems = dict(typed.problems)
    if not problems:
        try:
            return HttpResponseRedirect(do(done, typed))
        except WrongField as wrong:
            name = _FIELDS.get(wrong.field, wrong.field)
            is_asked = any(each.name == name for each in sheet.fields)
            problems[name if is_asked else ""] = wrong.zh
        except Refusal as refused:
            problems[""] = refused.zh
    version = request.POST.get("version", "")
    return _form(request, sheet, typed.texts, version, problems)


def _form(
    request: HttpRequest,
    sheet: Sheet,
    texts: Mapping[str, str],
    version: str,
    problems: Mapping[str, str],
) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    names = {
        "sheet": sheet,
        "fields": forms.shown(viewer, sheet.fields, texts, problems),
        "version": version,
        "problem": problems.get("", ""),
    }
    return render(request, FORM, names, status=422 if problems else 200)


def _editable(request: HttpRequest, asset_id: int) -> Asset:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    asset = asset_or_404(viewer, asset_id)
    if not queries.may_edit(viewer, asset):
        raise PermissionDenied
    return asset


def _inside(viewer: Viewer, values: Mapping[str, Any]) -> None:
    """Nobody puts an asset out of their own sight: it stands in a place they may write."""
    home, site = values.get("household"), values.get("site")
    code = home.village_code if home else site.village_code if site else values["division_code"]
    grid = home.grid.code if home and home.grid else ""
    if not code or not forms.scope_of(viewer).covers(code, grid):
        raise AssetRefused(_("请选择所在地：您负责的村、乡镇或县。"))


def _lease(asset: Asset, key: int) -> Lease:
    try:
        return facts.lease_of(asset, key)
    except Lease.DoesNotExist:
        raise Http404 from None


def _yield(asset: Asset, key: int) -> Yield:
    try:
        return facts.yield_of(asset, key)
    except Yield.DoesNotExist:
        raise Http404 from None


def _withdrawal(asset: Asset, what: str, key: int | None) -> str:
    return "" if key is None else reverse("web:asset-withdraw", args=[asset.pk, what, key])


def _page(asset: Asset) -> str:
    return reverse("web:asset", args=[asset.pk])


def _source(viewer: Viewer) -> str:
    return _("%(name)s（%(username)s）页面填写") % {
        "name": viewer.name[:60],
        "username": viewer.username[:40],
    }


def _told(request: HttpRequest, is_changed: bool) -> None:
    if is_changed:
        messages.success(request, _("已保存，原来的记录留在审计中。"))
    else:
        messages.info(request, _("没有改动，什么也没有写。"))
