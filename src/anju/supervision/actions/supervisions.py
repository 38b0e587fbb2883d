"""Inspections: open one, draw its sample, write down what was found, conclude it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Unit
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.models import Plan
from anju.supervision import books, sampling
from anju.supervision.actions.numbering import SUPERVISION, next_number
from anju.supervision.models import (
    AnswerResult,
    SampleAnswer,
    SampledFrom,
    SampleItem,
    Supervision,
    SupervisionKind,
    SupervisionState,
)
from anju.supervision.queries import may_inspect
from anju.supervision.queries.frames import LOOKED_AT, STRATA, drawn_rows, frame_of
from anju.supervision.refusals import SupervisionRefused

KIND = "supervision"
MOST_ITEMS = 2_000


@dataclass(frozen=True)
class NewSupervision:
    """What is said of an inspection when it is opened; `checklist` is one of the pack, or empty."""

    kind: str
    title: str
    division_code: str
    led_by: Unit
    starts_on: date
    ends_on: date
    plan: Plan | None = None
    looks_back_at: Supervision | None = None
    team: str = ""
    purpose: str = ""
    checklist: str = ""


@transaction.atomic
def open_supervision(*, by: Actor, on: date, viewer: Viewer, new: NewSupervision) -> Supervision:
    """Open an inspection. Refused: a place the viewer does not inspect, days in the wrong order,
    an unknown checklist, a look-back at nothing."""
    _refuse_place(viewer, new.division_code)
    if new.ends_on < new.starts_on:
        raise SupervisionRefused(_("结束日期不能早于开始日期。"), field="ends_on")
    if new.kind == SupervisionKind.LOOK_BACK and new.looks_back_at is None:
        raise SupervisionRefused(_("请选择“回头看”针对哪一次督查。"), field="looks_back_at")
    checklist = books.book_of_plan(new.plan).checklist(new.checklist)
    if new.checklist and checklist is None:
        raise SupervisionRefused(_("政策包里没有这张检查表，请重新选择。"), field="checklist")
    number = next_number(SUPERVISION, new.division_code, on)  # whoever sent it twice waits here
    _refuse_twice(new)
    row = Supervision.objects.create(
        number=number,
        kind=new.kind,
        title=new.title,
        plan=new.plan,
        looks_back_at=new.looks_back_at if new.kind == SupervisionKind.LOOK_BACK else None,
        division_code=new.division_code,
        led_by=new.led_by,
        team=new.team,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        purpose=new.purpose,
        checklist=new.checklist,
        questions=[
            {"id": each.id, "zh": each.zh, "en": each.en}
            for each in (checklist.questions if checklist else ())
        ],
        opened_by=by.username,
    )
    _note(by, "supervision.create", row)
    return row


@transaction.atomic
def draw_sample(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    supervision: Supervision,
    sample_of: str,
    strata: str,
    among: str,
    size: int,
    seed: str,
) -> Supervision:
    """Draw the sample, once: drawing until it pleases would not be a sample.

    Refused: drawn before, concluded, strata or checklist that do not fit, nothing to draw from.
    """
    row = _open(viewer, supervision)
    if row.drawn_on is not None:
        raise SupervisionRefused(_("样本已经抽取，不能重抽。需要另抽的，请另立一次督查。"))
    if sample_of not in SampledFrom.values or strata not in STRATA[SampledFrom(sample_of)]:
        raise SupervisionRefused(_("请选择与抽样对象相符的分层依据。"), field="strata")
    _refuse_odd(row, sample_of, among)
    if not 1 <= size <= MOST_ITEMS:
        raise SupervisionRefused(
            _("样本数应在 1 至 %(most)s 之间。") % {"most": MOST_ITEMS}, field="size"
        )
    frame = frame_of(viewer, row, sample_of=sample_of, strata=strata, among=among)
    drawn = sampling.draw(frame, size=size, seed=seed)
    if not drawn:
        raise SupervisionRefused(_("所选范围内没有可抽的对象，请放宽范围。"), field="among")
    ids = drawn_rows(viewer, sample_of, [key for _stratum, key in drawn])
    SampleItem.objects.bulk_create(
        SampleItem(
            supervision=row,
            position=position,
            stratum=stratum,
            household_id=ids[key][0],
            task_id=ids[key][1],
        )
        for position, (stratum, key) in enumerate(drawn, start=1)
    )
    row.sample_of, row.strata, row.size, row.seed = sample_of, strata, size, seed
    row.among = among if sample_of == SampledFrom.HOUSEHOLDS or among in LOOKED_AT else ""
    row.frame = {stratum: len(keys) for stratum, keys in frame.items()}
    row.frame_hash = sampling.digest_of(frame)
    row.drawn_on, row.drawn_by = on, by.username
    row.save()
    detail = {"size": len(drawn), "strata": strata, "of": sample_of, "seed": seed}
    _note(by, "supervision.draw", row, **detail)
    return row


@transaction.atomic
def check_item(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    item: SampleItem,
    checked_on: date,
    answers: Mapping[str, str],
    words: str,
    about_health: bool = False,
    seen: str | None = None,
) -> SampleItem:
    """Write down what was found; again until the inspection is concluded.

    `seen` is the mark (`mark_of`) of the item when the form was opened; None does not ask.
    Refused: a question left out, a day outside the inspection or still to come, filled in by somebody
    else meanwhile.
    """
    supervision = _open(viewer, item.supervision)
    if seen is not None and seen != mark_of(item):
        raise SupervisionRefused(
            _("您填写时，另一位督查人员已经填了这个样本。请核对现有内容，改好再保存。")
        )
    if not supervision.starts_on <= checked_on <= on:
        told = {"first": supervision.starts_on, "last": on}
        raise SupervisionRefused(_("检查日期应在 %(first)s 至 %(last)s 之间。") % told)
    asked = [each["id"] for each in supervision.questions]
    if any(answers.get(each) not in AnswerResult.values for each in asked):
        raise SupervisionRefused(_("每个检查项都要选一个结果；不涉及的选“不适用”。"))
    item.checked_on, item.checked_by = checked_on, by.username
    item.words, item.about_health = words.strip(), about_health
    item.save()
    for each in asked:
        SampleAnswer.objects.update_or_create(
            item=item, question=each, defaults={"result": answers[each]}
        )
    unmet = sum(answers[each] == AnswerResult.UNMET for each in asked)
    _note(by, "supervision.look_at", supervision, item=item.position, unmet=unmet)
    return item


def mark_of(item: SampleItem) -> str:
    """Tells what is kept of an item from what was kept of it before."""
    kept = SampleItem.objects.values_list("checked_on", "checked_by", "words", "about_health")
    answers = SampleAnswer.objects.filter(item=item).order_by("question")
    whole = (kept.get(pk=item.pk), list(answers.values_list("question", "result")))
    return sha256(repr(whole).encode()).hexdigest()[:16]


@transaction.atomic
def conclude(
    *, by: Actor, on: date, viewer: Viewer, supervision: Supervision, conclusion: str
) -> Supervision:
    """End an inspection: from now on units see what concerns them. Refused without words."""
    row = _open(viewer, supervision)
    if not conclusion.strip():
        raise SupervisionRefused(
            _("请填写督查结论；有样本没有检查的，写明原因。"), field="conclusion"
        )
    row.state, row.concluded_on = SupervisionState.CONCLUDED, on
    row.conclusion = conclusion.strip()
    row.save(update_fields=["state", "concluded_on", "conclusion"])
    unchecked = row.items.filter(checked_on__isnull=True).count()
    _note(by, "supervision.conclude", row, unchecked=unchecked)
    return row


def _refuse_twice(new: NewSupervision) -> None:
    """A form that was sent twice makes one inspection."""
    same = Supervision.objects.filter(
        state=SupervisionState.OPEN,
        kind=new.kind,
        title=new.title,
        plan=new.plan,
        division_code=new.division_code,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
    ).first()
    if same is not None:
        told = {"number": same.number}
        raise SupervisionRefused(_("这次督查已经登记，编号 %(number)s，不用再登记。") % told)


def _refuse_odd(row: Supervision, sample_of: str, among: str) -> None:
    """What is asked at a home cannot be asked of a task; only a look-back has a sample before it."""
    if among in LOOKED_AT and row.looks_back_at_id is None:
        raise SupervisionRefused(_("只有“回头看”可以从上次的样本里抽。"), field="among")
    checklist = books.book_of_plan(row.plan).checklist(row.checklist)
    if checklist is not None and checklist.of != sample_of:
        told = {"of": SampledFrom(checklist.of).label}
        raise SupervisionRefused(
            _("这次督查的检查表是查%(of)s的，抽样对象请选%(of)s。") % told, field="sample_of"
        )


def _open(viewer: Viewer, supervision: Supervision) -> Supervision:
    """The inspection, kept from others, while it may be changed."""
    row = Supervision.objects.select_for_update().get(pk=supervision.pk)
    _refuse_place(viewer, row.division_code)
    if row.state != SupervisionState.OPEN:
        raise SupervisionRefused(_("这次督查已经办结，不能再改。"))
    return row


def _refuse_place(viewer: Viewer, division_code: str) -> None:
    if not may_inspect(viewer, division_code):
        raise SupervisionRefused(_("您的岗位不能在这个范围组织督查。"))


def _note(by: Actor, action: str, row: Supervision, **detail: object) -> None:
    record(
        by=by, action=action, kind=KIND, ids=[row.number], detail=detail, place=row.division_code
    )
