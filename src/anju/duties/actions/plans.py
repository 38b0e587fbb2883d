"""Uploading plans and their new versions, discarding one, and putting one into force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.attachments import Attachment
from anju.audit.marked_files import refuse_marked
from anju.duties import plan_files
from anju.duties.actions import from_plan, indicators, reading_in
from anju.duties.models import Plan, PlanVersion, VersionState
from anju.duties.queries import plans as queries
from anju.duties.refusals import AlreadyThere, DutyRefused
from anju.reader import Plan as Read
from anju.reader import read
from anju.rules import packs

_ABOUT = ("title", "short_title", "number", "issuer", "dated", "pack")


@dataclass(frozen=True, slots=True)
class About:
    """What a plan is called and where it comes from; `pack` is the policy pack made from it."""

    title: str = ""
    short_title: str = ""
    number: str = ""
    issuer: str = ""
    dated: date | None = None
    pack: str = ""


def refuse_others(viewer: Viewer) -> None:
    """Plans are confirmed by the bureau that leads."""
    if not viewer.may(Permission.MANAGE_PLANS):
        raise DutyRefused(_("您的岗位不能确认方案。请联系县级牵头部门。"))


def upload(
    *, by: Actor, on: date, viewer: Viewer, file_name: str, content: bytes, about: About
) -> PlanVersion:
    """Read a file as a new plan; its first version waits to be confirmed.

    What `about` leaves empty is taken from the document. Refused: a file that cannot be read, one
    marked as a state secret (with an entry in the audit trail), one that was uploaded before, a short
    title that is taken.
    """
    refuse_others(viewer)
    given = _looked_at(by, file_name, content)
    return _begin(by, on, given, about)


def upload_version(
    *, by: Actor, on: date, viewer: Viewer, plan: Plan, file_name: str, content: bytes
) -> PlanVersion:
    """Read a file as the next version of a plan; what stayed the same keeps being confirmed.

    Refused as `upload` does, and while another version is being confirmed.
    """
    refuse_others(viewer)
    _refuse_two_drafts(plan)
    return _follow(by, on, plan, _looked_at(by, file_name, content))


@dataclass(frozen=True, slots=True)
class _Given:
    """An uploaded file that may be kept, with its words and what was read in them."""

    file: Attachment
    text: str
    found: Read


def _looked_at(by: Actor, file_name: str, content: bytes) -> _Given:
    """Look at a file and read it, outside a transaction: nobody waits for it, and a refusal stays on record."""
    file = plan_files.checked(file_name, content)
    _refuse_twice(file)
    refuse_marked(by=by, place="plan", file_name=file.file_name, content=content)
    text = plan_files.text_in(file)
    refuse_marked(by=by, place="plan", file_name=file.file_name, content=b"", words=text)
    return _Given(file, text, read(text))


@transaction.atomic
def _begin(by: Actor, on: date, given: _Given, about: About) -> PlanVersion:
    """A new plan with its first version."""
    _refuse_twice(given.file)
    plan = Plan(created_on=on)
    _describe(plan, about, given.found, given.file)
    plan.save()
    version = _version(by, on, plan, given)
    counts = reading_in.write(version, given.found, None)
    _note(by, "plan.upload", version, **counts)
    return version


@transaction.atomic
def _follow(by: Actor, on: date, plan: Plan, given: _Given) -> PlanVersion:
    """The next version of a plan."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    _refuse_twice(given.file)
    _refuse_two_drafts(plan)
    version = _version(by, on, plan, given)
    counts = reading_in.write(version, given.found, queries.base_of(version))
    _note(by, "plan.upload_version", version, **counts)
    return version


def _refuse_two_drafts(plan: Plan) -> None:
    if plan.versions.filter(state=VersionState.CONFIRMING).exists():
        raise DutyRefused(_("这个方案已有一版正在确认。请先让它生效或放弃它，再上传新版。"))


@transaction.atomic
def describe(*, by: Actor, viewer: Viewer, plan: Plan, about: About) -> Plan:
    """Correct what a plan is called, its number, issuer, date and policy pack."""
    refuse_others(viewer)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    _refuse_about(about, plan)
    before = {name: getattr(plan, name) for name in _ABOUT}
    for name in _ABOUT:
        setattr(plan, name, getattr(about, name))
    plan.save(update_fields=[*_ABOUT])
    changed = sorted(name for name in _ABOUT if getattr(plan, name) != before[name])
    record(by=by, action="plan.change", kind="plan", ids=[plan.pk], detail={"changed": changed})
    return plan


@transaction.atomic
def discard(*, by: Actor, viewer: Viewer, version: PlanVersion) -> PlanVersion:
    """Give a version up that is being confirmed; the one in force stays as it is."""
    refuse_others(viewer)
    version = being_confirmed(version)
    version.state = VersionState.DISCARDED
    version.save(update_fields=["state"])
    _note(by, "plan.discard", version)
    return version


@transaction.atomic
def adopt(*, by: Actor, on: date, viewer: Viewer, version: PlanVersion) -> PlanVersion:
    """Put a version into force: its measures become tasks and indicators, the version before is replaced.

    Refused while measures wait for a person, or offices of confirmed measures are not settled.
    """
    refuse_others(viewer)
    Plan.objects.select_for_update().get(pk=version.plan_id)
    version = being_confirmed(version)
    _refuse_unready(version)
    before = version.plan.versions.filter(state=VersionState.LIVE)
    before.update(state=VersionState.REPLACED)
    version.state, version.adopted_on, version.adopted_by = VersionState.LIVE, on, by.username
    version.save(update_fields=["state", "adopted_on", "adopted_by"])
    tasks = from_plan.draw_up(by=by, on=on, version=version)
    followed = indicators.take_over(by=by, on=on, version=version)
    _note(by, "plan.enact", version, tasks=tasks, indicators=followed)
    return version


@transaction.atomic
def fetch_file(*, by: Actor, version: PlanVersion) -> bytes:
    """The file of a version as it was uploaded; who may see the version is asked by its gate."""
    try:
        content = plan_files.FOLDER.fetch(version.pk)
    except FileNotFoundError:
        raise DutyRefused(_("原文件不在了，请联系系统管理员从备份恢复。")) from None
    _note(by, "plan.fetch", version)
    return content


def being_confirmed(version: PlanVersion) -> PlanVersion:
    """The version, locked, as long as it is being confirmed: nothing else of a plan may be changed."""
    row = PlanVersion.objects.select_for_update(of=("self",)).select_related("plan")
    version = row.get(pk=version.pk)
    if version.state != VersionState.CONFIRMING:
        raise DutyRefused(
            _("这一版%(state)s，不能再改。需要修改时，请上传新的一版。")
            % {"state": version.get_state_display()}
        )
    return version


def _version(by: Actor, on: date, plan: Plan, given: _Given) -> PlanVersion:
    """The row of a version, and its file sealed beside it."""
    file, found = given.file, given.found
    last = plan.versions.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    version = PlanVersion.objects.create(
        plan=plan,
        sequence=last + 1,
        file_name=file.file_name,
        digest=file.digest,
        text=given.text,
        sections=[
            {"path": each.path, "title": each.title, "start": each.start, "end": each.end}
            for each in found.sections
        ],
        warnings=[
            {"code": each.code, "text": each.text, "start": each.start} for each in found.warnings
        ],
        uploaded_on=on,
        uploaded_by=by.username,
    )
    plan_files.FOLDER.store(version.pk, file.content)
    return version


def _describe(plan: Plan, about: About, found: Read, file: Attachment) -> None:
    """What was typed, else what the document says, else the name of the file."""
    title = about.title or found.title or file.file_name.rpartition(".")[0]
    plan.title = title[:200]
    plan.short_title = about.short_title or _free(title[:40])
    plan.number = (about.number or found.number or "")[:60]
    plan.issuer = (about.issuer or found.issuer or "")[:120]
    plan.dated = about.dated or found.dated
    plan.pack = about.pack
    _refuse_about(
        About(plan.title, plan.short_title, plan.number, plan.issuer, plan.dated, plan.pack), plan
    )


def _free(title: str) -> str:
    """A short title nobody has: the title, or the title with a number."""
    taken = set(Plan.objects.values_list("short_title", flat=True))
    tries = [title, *(f"{title[:36]}（{number}）" for number in range(2, len(taken) + 3))]
    return next(each for each in tries if each not in taken)


def _refuse_about(about: About, plan: Plan) -> None:
    if not about.title.strip() or not about.short_title.strip():
        raise DutyRefused(_("请填写方案名称和简称。"))
    for name, words in (
        ("title", _("方案名称")),
        ("short_title", _("简称")),
        ("number", _("发文字号")),
        ("issuer", _("发文机关")),
    ):
        most = Plan._meta.get_field(name).max_length
        if len(getattr(about, name)) > most:
            raise DutyRefused(_("%(what)s最多 %(most)s 字。") % {"what": words, "most": most})
    if Plan.objects.exclude(pk=plan.pk).filter(short_title=about.short_title).exists():
        raise DutyRefused(
            _("已有方案用了简称“%(name)s”，请换一个；如果是它的新版，请到那个方案里上传。")
            % {"name": about.short_title}
        )
    if about.pack and about.pack not in packs.names():
        raise DutyRefused(_("没有这个政策包，请从列表中选择。"))


def _refuse_twice(file: Attachment) -> None:
    """The very same file is there already: say where."""
    there = queries.same_file(file.digest)
    if there is not None:
        raise AlreadyThere(
            _("同一个文件已经上传过：“%(plan)s”第 %(sequence)s 版（%(state)s），不必再传。")
            % {
                "plan": there.plan.short_title,
                "sequence": there.sequence,
                "state": there.get_state_display(),
            },
            plan_id=there.plan_id,
            sequence=there.sequence,
        )


def _refuse_unready(version: PlanVersion) -> None:
    lacks = queries.readiness(version)
    if lacks.progress.open:
        raise DutyRefused(
            _("还有 %(open)s 条措施没有确认，不能生效。") % {"open": lacks.progress.open}
        )
    if not lacks.progress.confirmed:
        raise DutyRefused(_("没有一条确认的措施，不能生效。"))
    if lacks.unsettled:
        shown = "、".join(lacks.unsettled[:8])
        raise DutyRefused(
            _("还有 %(count)s 个单位名称没有对照到单位（%(names)s），不能生效。")
            % {"count": len(lacks.unsettled), "names": shown}
        )


def _note(by: Actor, action: str, version: PlanVersion, **detail: int) -> None:
    record(
        by=by,
        action=action,
        kind="plan",
        ids=[version.plan_id],
        detail={"version": version.sequence, **detail},
    )
