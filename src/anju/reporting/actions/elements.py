"""What a report or a notice carries besides its words: urgency, who may have it, 份号, 附件, 联署机关."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from anju.accounts.models import Unit
from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.privacy.masking import holds_a_number
from anju.privacy.state_secrets import carries_mark
from anju.reporting.attached import Attached, kept, lists_of, read
from anju.reporting.models import Report, ReportPartner
from anju.reporting.queries.partners import organ_of, rows_of
from anju.reporting.queries.writers import units_to_ask
from anju.reporting.refusals import ReportRefused
from anju.reporting.replacing import Sent
from anju.supervision.models import Handling, Urgency

MOST_ATTACHED = 8
MOST_PARTNERS = 4
MOST_COPIES = 500
_OF_THE_COUNTY = "000000"
_LONGEST_TITLE = 60
_LONGEST_WORDS = 8000


@dataclass(frozen=True, slots=True)
class Elements:
    """What is asked for; `partners` are ids of units in the order of the document."""

    urgency: str = ""
    handling: str = ""
    numbered: int = 0
    attachments: Sequence[Attached] = ()
    partners: Sequence[int] = ()


def put(viewer: Viewer, row: Sent, said: Elements) -> list[str]:
    """Set them on a document that is held, partners stored at once; the names of what changed."""
    _check(said, lists_of(row))
    attachments = kept(said.attachments)
    asked = {
        "urgency": said.urgency,
        "handling": said.handling,
        "numbered": said.numbered,
        "attachments": attachments,
    }
    changed = [name for name, value in asked.items() if getattr(row, name) != value]
    for name, value in asked.items():
        setattr(row, name, value)
    if _put_partners(viewer, row, list(dict.fromkeys(said.partners))):
        changed.append("partners")
    return changed


def refuse_copy(row: Sent, copy: int) -> None:
    """Refuse a 份号 beyond those that are numbered."""
    if row.numbered and not 1 <= copy <= row.numbered:
        raise ReportRefused(_("份号只有 1 到 %(most)s。") % {"most": row.numbered})


def refuse_secrets(*texts: str) -> None:
    """Refuse what carries the mark of a state secret: nothing of it may be kept here."""
    if any(carries_mark(text) for text in texts):
        raise ReportRefused(
            _(
                "文字中有国家秘密标志（绝密、机密、秘密）。涉密公文不得在本系统起草、保存和传输，"
                "请按保密规定在涉密设备上办理；本次内容没有保存。"
            )
        )


def _check(said: Elements, lists: Mapping[str, str]) -> None:
    if said.handling not in Handling.values:
        raise ReportRefused(
            _("本系统不办理涉密公文，不能标注密级。涉及国家秘密的，请按保密规定在涉密设备上办理。")
        )
    if said.urgency and said.urgency not in Urgency.values:
        raise ReportRefused(_("紧急程度只有加急和特急，请重新选择。"))
    if not 0 <= said.numbered <= MOST_COPIES:
        raise ReportRefused(
            _("编份号的份数请填写 1 到 %(most)s；不编份号的不填。") % {"most": MOST_COPIES}
        )
    if len(said.attachments) > MOST_ATTACHED:
        raise ReportRefused(_("附件最多 %(most)s 个。") % {"most": MOST_ATTACHED})
    titles = [each.title for each in said.attachments]
    if len(set(titles)) < len(titles):
        raise ReportRefused(_("有两个附件名称相同，请改一个。"))
    for each in said.attachments:
        _check_attached(each, lists)


def _check_attached(each: Attached, lists: Mapping[str, str]) -> None:
    if each.source:
        if lists.get(each.source) != each.title:
            raise ReportRefused(_("没有这份清单，请重新选择附件。"))
        return
    if not each.title or not each.words:
        raise ReportRefused(_("附件的名称和内容都要填写；不需要的附件请两处都清空。"))
    if len(each.title) > _LONGEST_TITLE or len(each.words) > _LONGEST_WORDS:
        raise ReportRefused(
            _("附件名称请写在 %(title)s 字以内，内容请写在 %(words)s 字以内。")
            % {"title": _LONGEST_TITLE, "words": _LONGEST_WORDS}
        )
    refuse_secrets(each.title, each.words)
    if holds_a_number(each.title) or holds_a_number(each.words):
        raise ReportRefused(_("附件中不能写身份证号码、手机号和银行账号。请删去，需要时另行报送。"))


def _put_partners(viewer: Viewer, row: Sent, wanted: list[int]) -> bool:
    there = list(rows_of(row).order_by("position").values_list("unit_id", flat=True))
    if there == wanted:
        return False
    if len(wanted) > MOST_PARTNERS:
        raise ReportRefused(_("联署机关最多 %(most)s 个。") % {"most": MOST_PARTNERS})
    known = {unit.pk for unit in units_of(viewer, row)} | set(there)
    if not set(wanted) <= known:
        raise ReportRefused(_("联署机关只能是有报告编写人的其他单位，请重新选择。"))
    rows_of(row).delete()
    of = {"report": row} if isinstance(row, Report) else {"notice": row}
    ReportPartner.objects.bulk_create(
        ReportPartner(**of, unit_id=unit, position=place)
        for place, unit in enumerate(wanted, start=1)
    )
    return True


def units_of(viewer: Viewer, row: Sent) -> list[Unit]:
    """Units that may issue it too: of the county, and of places whose work the viewer sees."""
    on = row.last_day if isinstance(row, Report) else row.issued_on
    scope = viewer.scope_for(Permission.VIEW_DUTIES)
    return [
        each
        for each in units_to_ask(organ_of(row), on)
        if each.division_code.endswith(_OF_THE_COUNTY) or scope.covers(each.division_code)
    ]


def as_said(row: Sent) -> Elements:
    """What a document carries now."""
    return Elements(
        row.urgency,
        row.handling,
        row.numbered,
        read(row.attachments),
        list(rows_of(row).order_by("position").values_list("unit_id", flat=True)),
    )
