"""What changed since the list before, and where departments disagree: lists, and settling one."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.accounts.permissions import Permission
from anju.audit.actions import record
from anju.audit.refusal import Refusal
from anju.intake import queries
from anju.intake.actions import differences
from anju.intake.models import DECIDED, Batch, Difference, DifferenceKind, Settlement
from anju.language import in_language
from anju.places import queries as places
from anju.registry import queries as registry
from anju.rules import packs
from anju.web import lists, words
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.intake.batches import feed_name
from anju.web.lists import Ask, Choice, Column, Filter, Kind, Register, Sort
from anju.web.lists.declaration import Rows


@requires(Permission.IMPORT_FILES)
@require_GET
def of_batch(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """The lines of one list that are new, gone, changed or contradicted."""
    try:
        batch = queries.batch_for(request.viewer, batch_id)  # type: ignore[attr-defined]
    except Batch.DoesNotExist:
        raise Http404 from None
    return lists.show(
        request,
        DIFFERENCES,
        template="web/intake/differences.html",
        given={"batch": batch},
        context={"batch": batch, "feed_name": feed_name(batch.feed)},
    )


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Everything on which departments disagree and that is the viewer's to decide."""
    return lists.show(request, CONTRADICTIONS, template="web/intake/contradictions.html")


@requires(Permission.VIEW_HOUSEHOLDS)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, difference_id: int) -> HttpResponse:
    """One contradiction, both sides; who decides says how it ended."""
    viewer = request.viewer  # type: ignore[attr-defined]
    found = queries.contradictions_for(viewer)
    difference = found.filter(pk=difference_id).first()
    if difference is None:
        raise Http404
    if request.method == "GET":
        return _shown(request, difference)
    try:
        differences.settle(
            by=viewer.actor(address_of(request)),
            at=timezone.now(),
            viewer=viewer,
            difference_id=difference.pk,
            settlement=request.POST.get("settlement", ""),
            note=request.POST.get("note", ""),
        )
    except Refusal as refused:
        return _shown(request, difference, refused.zh)
    messages.success(request, gettext("已记下。同样的不一致下个月不再提出。"))
    return HttpResponseRedirect(reverse("web:contradictions"))


def _shown(request: HttpRequest, difference: Difference, problem: str = "") -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    _prepare([difference], Ask(viewer, request.GET, timezone.localdate()))
    record(
        by=viewer.actor(address_of(request)),
        action="register.read",
        kind="difference",
        ids=[difference.pk],
        detail={"register": "contradiction"},
        place=difference.village_code,
    )
    context = {
        "difference": difference,
        "batch": difference.file,  # type: ignore[attr-defined]
        "feed_name": difference.feed_name,  # type: ignore[attr-defined]
        "sides": [
            (label, *pair, difference.sources.get(label, ""))
            for label, pair in difference.fields.items()
        ],
        "settlements": [(each.value, each.label) for each in DECIDED],
        "waited": (timezone.localdate() - difference.since).days if difference.since else None,
        "problem": problem,
        "note": request.POST.get("note", ""),
        "settler": words.user(difference.settled_by) if difference.settled_by else "",
        "may_edit": viewer.may(Permission.EDIT_REGISTERS),
    }
    status = 422 if problem else 200
    return render(request, "web/intake/contradiction.html", context, status=status)


def _rows(ask: Ask) -> Rows:
    return queries.differences_for(ask.viewer, ask.given["batch"])


def _open_rows(ask: Ask) -> Rows:
    return queries.contradictions_for(ask.viewer)


def _prepare(rows: Sequence[Any], ask: Ask) -> None:
    """Codes of the households, names of places and rules, files: three queries for the page.

    A file of the whole county stays closed to a village, though it may see what is said of its own.
    """
    files = queries.batches_for(ask.viewer).in_bulk({row.batch_id for row in rows})
    ids = {row.household_id for row in rows if row.household_id}
    homes = dict(registry.households_for(ask.viewer).filter(pk__in=ids).values_list("pk", "code"))
    villages = places.names([row.village_code for row in rows])
    names = rule_names()
    for row in rows:
        row.file = files.get(row.batch_id)
        row.feed_name = feed_name(row.file.feed) if row.file else ""
        row.household_code = homes.get(row.household_id, "")
        row.place = villages.village(row.village_code) or ""
        row.told = told(row)
        row.waited = (ask.on - row.since).days if row.since and not row.settlement else None
        row.triggers = "、".join(names.get(rule, rule) for rule in row.rules)


def rule_names() -> dict[str, str]:
    """Rule → its name in the reader's language."""
    rules = packs.load(settings.POLICY_PACK).rules
    return {rule.id: in_language(rule.name, rule.name_en) for rule in rules}


def told(row: Difference) -> str:
    """The fields: before → now, or what the register and the list say."""
    return "；".join(_field(row, label, *pair) for label, pair in row.fields.items())


def _field(row: Difference, label: str, old: Any, new: Any) -> str:
    unknown = gettext("未掌握")
    if row.kind == DifferenceKind.CONTRADICTING:
        return gettext("%(label)s：底册为%(register)s，名单为%(file)s") % {
            "label": label,
            "register": unknown if old is None else old,
            "file": unknown if new is None else new,
        }
    if row.kind == DifferenceKind.CHANGED:
        return f"{label}：{unknown if old is None else old} → {unknown if new is None else new}"
    return f"{label}：{new if old is None else old}"


def _kinds(ask: Ask) -> Sequence[Choice]:
    return [Choice(kind.value, kind.label) for kind in DifferenceKind]


def _by_kind(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(kind=value)


def _rules(ask: Ask) -> Sequence[Choice]:
    return [Choice(rule, name) for rule, name in rule_names().items()]


def _by_rule(rows: Rows, value: str, ask: Ask) -> Rows:
    """Ids of rules are texts of a list kept as JSON: quoted, so that none is part of another."""
    return rows.filter(rules__icontains=f'"{value}"')


def _states(ask: Ask) -> Sequence[Choice]:
    return [Choice("open", _("待认定")), *(Choice(each.value, each.label) for each in Settlement)]


def _by_state(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(settlement="" if value == "open" else value)


def _offices(ask: Ask) -> Sequence[Choice]:
    found = queries.contradictions_for(ask.viewer).order_by("decides").values_list("decides")
    return [Choice(office, office) for (office,) in found.distinct()]


def _by_office(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(decides=value)


def _household(row: Any) -> str:
    return reverse("web:household", args=[row.household_code]) if row.household_code else ""


def _outcome(row: Any) -> str:
    return row.get_outcome_display() if row.outcome else ""


_PLACE: Iterable[Column] = (
    Column("household", _("户编码"), lambda row: row.household_code, Kind.CODE, link=_household),
    Column("place", _("村（社区）"), lambda row: row.place),
)

DIFFERENCES = Register(
    id="differences",
    title=_("名单变化"),
    noun=_("行"),
    rows=_rows,
    prepare=_prepare,
    audit_kind="difference",
    empty=_("与上次名单相比，您辖区内没有变化。"),
    filters=(
        Filter("kind", _("变化"), _kinds, _by_kind),
        Filter("rule", _("可能触发的规则"), _rules, _by_rule),
    ),
    sorts=(Sort("file", _("按种类和行号"), ("kind", "id")),),
    columns=(
        Column("kind", _("变化"), lambda row: row.get_kind_display(), fixed=True),
        Column("sheet", _("工作表"), lambda row: row.sheet, shown=False),
        Column("number", _("行号"), lambda row: row.number, Kind.NUMBER),
        *_PLACE,
        Column("told", _("栏目"), lambda row: row.told),
        Column("outcome", _("与底册相比"), _outcome),
        Column("rules", _("可能触发的规则"), lambda row: row.triggers),
        Column("decides", _("认定部门"), lambda row: row.decides),
    ),
)

CONTRADICTIONS = Register(
    id="contradictions",
    title=_("部门不一致"),
    noun=_("条"),
    rows=_open_rows,
    prepare=_prepare,
    audit_kind="difference",
    empty=_("没有要您的单位认定的不一致。"),
    filters=(
        Filter("state", _("状态"), _states, _by_state),
        Filter("office", _("认定部门"), _offices, _by_office),
        Filter("rule", _("可能触发的规则"), _rules, _by_rule),
    ),
    sorts=(
        Sort("new", _("新的在前"), ("-id",)),
        Sort("old", _("等得最久的在前"), ("since", "id")),
    ),
    columns=(
        Column(
            "told",
            _("不一致"),
            lambda row: row.told,
            link=lambda row: reverse("web:contradiction", args=[row.pk]),
            fixed=True,
        ),
        *_PLACE,
        Column("feed", _("名单"), lambda row: row.feed_name),
        Column("known_on", _("数据日期"), lambda row: row.file and row.file.known_on, Kind.DATE),
        Column("since", _("首次提出"), lambda row: row.since, Kind.DATE),
        Column("waited", _("已等天数"), lambda row: row.waited, Kind.NUMBER),
        Column("decides", _("认定部门"), lambda row: row.decides),
        Column("rules", _("可能触发的规则"), lambda row: row.triggers),
        Column(
            "state",
            _("状态"),
            lambda row: row.get_settlement_display() if row.settlement else gettext("待认定"),
        ),
    ),
)
