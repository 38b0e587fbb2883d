"""One inspection: what it is, its sample with results, problems found, how it ended."""

from __future__ import annotations

import secrets

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.places import queries as places
from anju.supervision import queries
from anju.supervision.actions import supervisions as actions
from anju.supervision.models import Among, SampledFrom, Strata, Supervision, SupervisionState
from anju.supervision.queries.frames import is_unchanged
from anju.web import lists, words
from anju.web.access import requires
from anju.web.doing import Doing
from anju.web.lists import Choice
from anju.web.registers.editing.fields import Field, Input
from anju.web.supervision.asking import Given, Sheet, answer
from anju.web.supervision.problems import shown_problems
from anju.web.supervision.samples import HOUSEHOLDS, TASKS
from anju.web.supervision.wording import strata_names


@requires(Permission.VIEW_DUTIES)
@require_GET
def page(request: HttpRequest, number: str) -> HttpResponseBase:
    """The inspection, above the list of its sample."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row = supervision_or_404(request, number)
    register = TASKS if row.sample_of == SampledFrom.TASKS else HOUSEHOLDS
    names = places.names([row.division_code])
    may_act = row.state == SupervisionState.OPEN and queries.may_inspect(viewer, row.division_code)
    drawn, checked = queries.sample_counts(viewer, [row])[row.pk]
    problems = queries.problems_for(viewer).filter(supervision=row).order_by("-id")
    context = {
        "supervision": row,
        "place_name": names.village(row.division_code) or row.division_code,
        "may_act": may_act,
        "is_open": row.state == SupervisionState.OPEN,
        "drawn": drawn,
        "checked": checked,
        "strata": _strata(viewer, row),
        "problems": shown_problems(viewer, problems),
        "notices": queries.notices_for(viewer).filter(supervision=row).order_by("-id"),
        "looked_back": queries.supervisions_for(viewer).filter(looks_back_at=row).order_by("id"),
        "drawn_by": words.user(row.drawn_by),
        "may_verify": row.drawn_on is not None and viewer.may(Permission.INSPECT),
        "is_unchanged": is_unchanged(viewer, row) if request.GET.get("verify") else None,
    }
    return lists.show(
        request,
        register,
        template="web/supervision/supervision.html",
        given={"supervision": row},
        context=context,
    )


@requires(Permission.INSPECT)
@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest, number: str) -> HttpResponse:
    """Draw the sample."""
    row = supervision_or_404(request, number)
    back = reverse("web:supervision", args=[row.number])
    sheet = Sheet(
        title=_("抽取样本"),
        back=back,
        back_title=row.number,
        fields=_DRAW,
        done=_("已抽取样本。"),
        button=_("抽取"),
        choices={
            "sample_of": [Choice(each.value, each.label) for each in SampledFrom],
            "strata": [Choice(each.value, each.label) for each in Strata],
            "among": [Choice(each.value, each.label) for each in Among],
        },
        prefill={
            "sample_of": SampledFrom.HOUSEHOLDS,
            "strata": Strata.TOWN,
            "among": Among.ALL,
            "size": 30,
            "seed": secrets.token_hex(4),
        },
        note=_(
            "每层按总数的比例抽，每层至少抽一个。样本只抽一次；种子和各层总数随督查保存，任何人都可据此重抽核对。"
        ),
    )

    def keep(who: Doing, given: Given) -> str:
        values = {**given.values, "among": given.values["among"] or Among.ALL}
        actions.draw_sample(by=who.by, on=who.on, viewer=who.viewer, supervision=row, **values)
        return back

    return answer(request, sheet, keep)


_DRAW = (
    Field("sample_of", _("抽样对象"), Input.CHOICE, is_required=True),
    Field(
        "strata", _("分层依据"), Input.CHOICE, is_required=True,
        note=_("任务按责任单位分层，农户按其余各项分层。"),
    ),
    Field("among", _("抽样范围"), Input.CHOICE, note=_("只用于抽农户。")),
    Field("size", _("样本数"), Input.NUMBER, is_required=True),
    Field("seed", _("随机种子"), is_required=True, most=40, note=_("可用现成的，也可现场约定一个。")),
)  # fmt: skip


@requires(Permission.INSPECT)
@require_http_methods(["GET", "POST"])
def conclude(request: HttpRequest, number: str) -> HttpResponse:
    """End the inspection with words."""
    row = supervision_or_404(request, number)
    back = reverse("web:supervision", args=[row.number])
    waiting = row.items.filter(checked_on__isnull=True).count()
    note = gettext("办结后，有关单位可以看到涉及自己的样本和结论。")
    if waiting:
        note += gettext("还有 %(n)s 个样本没有检查，请在结论里写明原因。") % {"n": waiting}
    sheet = Sheet(
        title=_("办结督查"),
        back=back,
        back_title=row.number,
        fields=(Field("conclusion", _("督查结论"), Input.LONG, is_required=True, most=4000),),
        done=_("督查已办结。"),
        button=_("办结"),
        note=note,
    )

    def keep(who: Doing, given: Given) -> str:
        actions.conclude(by=who.by, on=who.on, viewer=who.viewer, supervision=row, **given.values)
        return back

    return answer(request, sheet, keep)


def supervision_or_404(request: HttpRequest, number: str) -> Supervision:
    """One inspection through its gate."""
    try:
        return queries.supervision_for(request.viewer, number)  # type: ignore[attr-defined]
    except Supervision.DoesNotExist:
        raise Http404 from None


def _strata(viewer: Viewer, row: Supervision) -> list[tuple[str, int]]:
    """Each stratum by name and how many it had when the sample was drawn."""
    names = strata_names(viewer, row, row.frame)
    return [(names[each], row.frame[each]) for each in sorted(row.frame)]
