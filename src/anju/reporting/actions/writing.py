"""Writing a report: its words are a unit's own, its figures are not touched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts import queries as accounts
from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.privacy.masking import holds_a_number
from anju.reporting.actions.elements import Elements, put, refuse_secrets
from anju.reporting.models import OPEN, Report, ReportKind
from anju.reporting.queries import gates
from anju.reporting.queries.parts import PARTS
from anju.reporting.refusals import ReportChanged, ReportRefused

LONGEST_WORDS = 8000
LONGEST_REASON = 300
_LINES = {"title": 120, "recipient": 200, "copies": 300, "replacing_reason": LONGEST_REASON}


@transaction.atomic
def save(
    *,
    by: Actor,
    viewer: Viewer,
    report: Report,
    version: int,
    lines: Mapping[str, str],
    words: Mapping[str, str],
    elements: Elements | None = None,
) -> Report:
    """Keep title, recipient, copies, the words of each part and, where they are said, the elements;
    nothing changed keeps the version.

    `version` is that of the report when the page was opened: `ReportChanged` where somebody wrote since.
    Refused for what stands in nobody's report: numbers of persons.
    """
    row = held(viewer, report, version)
    said = {name: " ".join(lines.get(name, "").split()) for name in _LINES}
    if not row.replacing:
        said["replacing_reason"] = ""
    elif not said["replacing_reason"]:
        raise ReportRefused(_("请写明更正或撤回的原因，收文单位会在文中看到。"))
    kept = {part.id: words.get(part.id, "").replace("\r\n", "\n").strip() for part in PARTS}
    kept = {part: text for part, text in kept.items() if text}
    _check(said, kept)
    changed = [name for name, text in said.items() if getattr(row, name) != text]
    changed += [
        f"words.{part}" for part in {*kept, *row.words} if kept.get(part) != row.words.get(part)
    ]
    changed += put(viewer, row, elements) if elements is not None else []
    if not changed:
        return row
    for name, text in said.items():
        setattr(row, name, text)
    row.words = kept
    _store(row, by)
    note(by, "report.save", row, fields=sorted(changed))
    return row


@transaction.atomic
def discard(*, by: Actor, viewer: Viewer, report: Report, version: int) -> None:
    """Throw a draft away that somebody began by hand; those that come again stay."""
    row = held(viewer, report, version)
    if not may_be_discarded(row):
        raise ReportRefused(_("月报和季报按期编写，不能删除。"))
    note(by, "report.discard", row, period=row.period)
    row.delete()


def may_be_discarded(report: Report) -> bool:
    """Whether somebody began it by hand: a correction, a withdrawal, or what does not come by itself."""
    comes = report.kind in (ReportKind.MONTHLY, ReportKind.QUARTERLY)
    return bool(report.replacing) or not comes


def held(viewer: Viewer, report: Report, version: int) -> Report:
    """The row, held against other writers, for who may write it while it is open."""
    row = Report.objects.select_for_update(of=("self",)).select_related("unit").get(pk=report.pk)
    if not gates.writes(viewer, row):
        raise ReportRefused(_("只有编写单位的编写人可以修改这份报告。"))
    if row.state not in OPEN:
        raise ReportRefused(_("报告已提交，不能再修改；需要修改的，请签发人退回。"))
    if row.version != version:
        raise ReportChanged(
            _("您打开之后，%(who)s改过这份报告，您的文字还没有保存。请对照最新内容后再保存。")
            % {"who": _other(viewer, row.changed_by)}
        )
    return row


def _other(viewer: Viewer, username: str) -> str:
    """Who changed it meanwhile, by name."""
    if username == viewer.username:
        return _("您在另一个窗口")
    return accounts.names_of({username} - {""}).get(username) or _("另一位同事")


def note(by: Actor, action: str, report: Report, reason: str = "", **detail: Any) -> None:
    """The audit record of a change."""
    record(
        by=by,
        action=action,
        kind="report",
        ids=[report.pk],
        reason=reason,
        detail=detail or None,
        place=report.unit.division_code,
    )


def _store(row: Report, by: Actor) -> None:
    row.version += 1
    row.changed_by = by.username
    row.save()


def _check(lines: Mapping[str, str], words: Mapping[str, str]) -> None:
    if not lines["title"]:
        raise ReportRefused(_("请填写标题。"))
    for name, longest in _LINES.items():
        if len(lines[name]) > longest:
            raise ReportRefused(
                _("标题、主送、抄送或原因太长，请缩短到 %(most)s 字以内。") % {"most": longest}
            )
    if any(len(text) > LONGEST_WORDS for text in words.values()):
        raise ReportRefused(
            _("有一部分文字太长，请缩短到 %(most)s 字以内。") % {"most": LONGEST_WORDS}
        )
    refuse_secrets(*lines.values(), *words.values())
    if any(holds_a_number(text) for text in (*lines.values(), *words.values())):
        raise ReportRefused(_("报告中不能写身份证号码、手机号和银行账号。请删去，需要时另行报送。"))
