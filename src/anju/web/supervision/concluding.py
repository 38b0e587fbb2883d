"""What is done with an inspection: its sample is drawn, and it is concluded."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.supervision import books, queries
from anju.supervision.actions import supervisions as actions
from anju.supervision.models import (
    Among,
    AnswerResult,
    ProblemState,
    SampledFrom,
    Strata,
    Supervision,
)
from anju.supervision.queries import looking_back
from anju.supervision.queries.frames import LOOKED_AT, looked_at
from anju.web.access import requires
from anju.web.doing import Doing
from anju.web.lists import Choice
from anju.web.registers.editing.fields import Field, Input
from anju.web.supervision.asking import Given, Sheet, answer
from anju.web.supervision.supervision import supervision_or_404

_SIZE = 30


@requires(Permission.INSPECT)
@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest, number: str) -> HttpResponse:
    """Draw the sample."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
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
            "among": [Choice(each.value, each.label) for each in _offered(row)],
        },
        prefill=_known(viewer, row),
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
    Field("among", _("抽样范围"), Input.CHOICE, note=_("农户类别只用于抽农户；上次的样本只用于回头看。")),
    Field("size", _("样本数"), Input.NUMBER, is_required=True),
    Field("seed", _("随机种子"), is_required=True, most=40, note=_("可用现成的，也可现场约定一个。")),
)  # fmt: skip


def _offered(row: Supervision) -> Sequence[Among]:
    """What can be drawn from: the sample before only where there is one."""
    return [each for each in Among if row.looks_back_at_id or each not in LOOKED_AT]


def _known(viewer: Viewer, row: Supervision) -> dict[str, Any]:
    """What fits the checklist; of a look-back what was not met before, else all that was looked at."""
    checklist = books.book_of_plan(row.plan).checklist(row.checklist)
    of = SampledFrom(checklist.of) if checklist else SampledFrom.HOUSEHOLDS
    known = {
        "sample_of": of,
        "strata": Strata.UNIT if of == SampledFrom.TASKS else Strata.TOWN,
        "among": Among.ALL,
        "size": _SIZE,
        "seed": secrets.token_hex(4),
    }
    before = row.looks_back_at
    if before is None or before.sample_of != of:
        return known
    sizes = {each: looked_at(viewer, row, each).distinct().count() for each in LOOKED_AT}
    among = next((each for each in LOOKED_AT if sizes[each]), None)
    if among is None:
        return known
    return known | {"strata": before.strata, "among": among, "size": sizes[among]}


@requires(Permission.INSPECT)
@require_http_methods(["GET", "POST"])
def conclude(request: HttpRequest, number: str) -> HttpResponse:
    """End the inspection with words; what was found stands in them already."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row = supervision_or_404(request, number)
    back = reverse("web:supervision", args=[row.number])
    drawn, checked = queries.sample_counts(viewer, [row])[row.pk]
    note = gettext("办结后，有关单位可以看到涉及自己的样本和结论。")
    if drawn > checked:
        told = {"n": drawn - checked}
        note += gettext("还有 %(n)s 个样本没有检查，请在结论里写明原因。") % told
    sheet = Sheet(
        title=_("办结督查"),
        back=back,
        back_title=row.number,
        fields=(Field("conclusion", _("督查结论"), Input.LONG, is_required=True, most=4000),),
        done=_("督查已办结。"),
        button=_("办结"),
        prefill={"conclusion": _found(viewer, row, drawn, checked)},
        note=note,
    )

    def keep(who: Doing, given: Given) -> str:
        actions.conclude(by=who.by, on=who.on, viewer=who.viewer, supervision=row, **given.values)
        return back

    return answer(request, sheet, keep)


def _found(viewer: Viewer, row: Supervision, drawn: int, checked: int) -> str:
    """What is on record of the inspection, in sentences to go on from."""
    said = []
    if drawn:
        results = looking_back.results_of(viewer, row).values()
        unmet = sum(each.get(AnswerResult.UNMET, 0) for each in results)
        told = {"drawn": drawn, "checked": checked, "unmet": unmet}
        said.append(
            gettext("抽取样本 %(drawn)s 个，检查 %(checked)s 个，不符合 %(unmet)s 项次。") % told
        )
    before = looking_back.problems_before(viewer, row)
    if before:
        again = looking_back.seen_again(viewer, row, before).values()
        told = {"all": len(before), "solved": sum(again), "not": len(again) - sum(again)}
        said.append(
            gettext("上次发现问题 %(all)s 个，这次看到已巩固 %(solved)s 个、反弹 %(not)s 个。")
            % told
        )
    problems = queries.problems_for(viewer).filter(supervision=row)
    found, closed = problems.count(), problems.filter(state=ProblemState.CLOSED).count()
    said.append(
        gettext("登记问题 %(found)s 个，已销号 %(closed)s 个。")
        % {"found": found, "closed": closed}
    )
    return "".join(said)
