"""What an entry says besides who and when, in words: names of fields, and the codes they hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import BigIntegerField, Field
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from anju.accounts.permissions import Permission
from anju.audit.changes import HIDDEN
from anju.intake.models import Outcome
from anju.language import is_chinese
from anju.web import words
from anju.web.audit.words import Word
from anju.web.intake.batches import feed_name
from anju.web.people.choices import role_name
from anju.web.registers.tabs import TABS

# The models whose fields an action changes, by the noun of the action.
_MODELS: Mapping[str, tuple[str, ...]] = {
    "employment": ("employment.Employment",),
    "event": ("registry.Event",),
    "holding": ("registry.Holding",),
    "household": ("registry.Household",),
    "housing": ("registry.Housing",),
    "income": ("registry.Income",),
    "member": ("registry.Membership", "registry.PersonRecord", "registry.Person"),
    "person": ("registry.Person", "registry.PersonRecord"),
    "post": ("accounts.Post",),
    "status": ("registry.Status",),
    "unit": ("accounts.Unit",),
    "user": ("accounts.User",),
}
_APART = ("changes", "before", "after")

LABELS: Mapping[str, Word] = {
    "as_of": _("质检日期"),
    "batch": _("导入批次"),
    "before": _("早于"),
    "bytes": _("文件大小（字节）"),
    "candidates": _("可能的人"),
    "columns": _("列"),
    "counts": _("各结果数量"),
    "digest": _("文件摘要"),
    "division": _("区域"),
    "division_code": _("区域"),
    "ended_on": _("结束日期"),
    "expires_on": _("到期日期"),
    "feed": _("名单"),
    "fields": _("查看的号码"),
    "file": _("文件"),
    "filters": _("筛选"),
    "format": _("文件格式"),
    "from": _("交出人"),
    "grid": _("网格"),
    "hits": _("预警（条）"),
    "known_on": _("掌握日期"),
    "language": _("语言"),
    "last": _("最后一条"),
    "list": _("名单"),
    "made_at": _("备份时间"),
    "methods": _("验证方式"),
    "month": _("月份"),
    "moved": _("转交事项"),
    "name": _("名称"),
    "outcome": _("结果"),
    "pack": _("政策包"),
    "page": _("页"),
    "permissions": _("权限"),
    "person": _("人员"),
    "quarter": _("季度"),
    "recoding": _("撤并"),
    "register": _("名单"),
    "role": _("角色"),
    "row": _("行号或记录编号"),
    "rows": _("行"),
    "rule": _("规则"),
    "runs": _("监测研判"),
    "score": _("相似度"),
    "seal_key": _("密钥编号"),
    "searched": _("是否按字查找"),
    "sessions": _("已登录的地方（处）"),
    "sha256": _("文件摘要"),
    "sheet": _("工作表"),
    "settlement": _("认定结果"),
    "side": _("查看方"),
    "since": _("从哪天起"),
    "snapshot": _("数据快照"),
    "snapshots": _("数据快照"),
    "state": _("状态"),
    "system": _("对接系统"),
    "tab": _("页签"),
    "to": _("接任人"),
    "type": _("验证方式"),
    "types": _("验证方式"),
    "unknown": _("无法判断（条）"),
    "user": _("用户"),
    "username": _("登录名"),
    "what": _("内容"),
}

_METHODS: Mapping[str, Word] = {
    "password": _("密码"),
    "totp": _("动态口令"),
    "recovery_codes": _("备用码"),
    "webauthn": _("通行密钥"),
}
_STATES: Mapping[str, Word] = {"failed": _("失败"), "cancelled": _("已取消")}
_REGISTERS: Mapping[str, Word] = {
    "audit": _("审计记录"),
    "batches": _("导入"),
    "compared": _("比较"),
    "contradiction": _("部门不一致"),
    "contradictions": _("部门不一致"),
    "clearing": _("动态清零"),
    "differences": _("名单变化"),
    "figures": _("办理统计"),
    "findings": _("预警"),
    "households": _("农户"),
    "import-rows": _("逐行结果"),
    "labour": _("劳动力意愿"),
    "quality-problems": _("质检问题"),
    "runs": _("监测研判"),
    "sites": _("安置点"),
    "tokens": _("接口令牌"),
    "training-owed": _("待培训"),
    "trainings": _("就业培训"),
    "units": _("单位"),
    "users": _("用户"),
}
_WORDS: Mapping[str, Mapping[str, Word]] = {
    "counts": {outcome.value: outcome.label for outcome in Outcome},
    "methods": _METHODS,
    "register": _REGISTERS,
    "rows": {"count": _("行数"), "sm3": _("摘要（SM3）")},
    "side": {"origin": _("迁出地")},
    "state": _STATES,
    "tab": {tab.id: tab.title for tab in TABS},
    "type": _METHODS,
    "types": _METHODS,
}
_KINDS: Mapping[str, Mapping[str, Word]] = {
    "status": words.STATUSES,
    "event": words.EVENTS,
    "holding": words.HOLDINGS,
}
_FIELDS: Mapping[str, Mapping[str, Word]] = {
    "relation": words.RELATIONS,
    "education": words.EDUCATIONS,
    "left_reason": words.LEAVINGS,
}


_UNKNOWN_IF_EMPTY = frozenset({"education"})


def _permission(code: str) -> str:
    known = {each.value: each.label for each in Permission}
    return str(known.get(code, code))


_NAMED: Mapping[str, Callable[[str], Any]] = {
    "feed": feed_name,
    "list": feed_name,
    "permissions": _permission,
    "role": role_name,
}


@dataclass(frozen=True)
class Line:
    """One field of a change."""

    name: str
    before: str
    after: str


def lines(action: str, detail: Mapping[str, Any]) -> list[Line]:
    """What changed, in either of the two shapes in which entries hold it."""
    noun = action.split(".")[-2] if "." in action else ""
    return [
        Line(_field_label(noun, name), _told(noun, name, pair[0]), _told(noun, name, pair[1]))
        for name, pair in _changes(detail).items()
        if isinstance(pair, list) and len(pair) == 2
    ]


def others(detail: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Name and value of the rest of what it says."""
    is_change = bool(_changes(detail))
    return [
        (str(LABELS.get(name, name)), _plain(name, value))
        for name, value in detail.items()
        if not (name == "changes" or (is_change and name in _APART))
    ]


def _changes(detail: Mapping[str, Any]) -> Mapping[str, Any]:
    changes = detail.get("changes")
    if isinstance(changes, dict):
        return changes
    before, after = detail.get("before", {}), detail.get("after", {})
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return {}
    return {name: [before.get(name), after.get(name)] for name in sorted({*before, *after})}


def _field(noun: str, name: str) -> "Field[Any, Any] | None":
    """The first field of this name among the models that the action changes."""
    for label in _MODELS.get(noun, ()):
        try:
            found = apps.get_model(label)._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if isinstance(found, Field):
            return found
    return None


def _field_label(noun: str, name: str) -> str:
    """What the data dictionary calls a field; its name where pages are not in Chinese."""
    field = _field(noun, name)
    if field is None or not is_chinese():
        return str(LABELS.get(name, name))
    title = str(field.verbose_name)
    if not isinstance(field, BigIntegerField):
        return title
    # Money is kept in fen and told in yuan.
    return "{}（{}）".format(title.partition("（")[0], gettext("元"))


def _told(noun: str, name: str, value: Any) -> str:
    """A value before or after."""
    if value is None or (value == "" and name in _UNKNOWN_IF_EMPTY):
        return gettext("未掌握")
    if value == "":
        return gettext("无")
    if value == HIDDEN:
        return gettext("（不显示）")
    field = _field(noun, name)
    if isinstance(field, BigIntegerField) and isinstance(value, int):
        return words.yuan(value)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, _plain(name, value)))
    known = _KINDS.get(noun, {}) if name == "kind" else _FIELDS.get(name, {})
    return str(known.get(value, "")) or _plain(name, value)


def _plain(name: str, value: Any) -> str:
    """Any value as text: codes by their words, lists and tables in one line."""
    if value is None or value == "":
        return gettext("无")
    if isinstance(value, bool):
        return pgettext("answer", "是") if value else pgettext("answer", "否")
    if isinstance(value, dict):
        known = _WORDS.get(name, {})
        pairs = (f"{known.get(key, key)} {_plain(key, each)}" for key, each in value.items())
        return "；".join(pairs)
    if isinstance(value, list):
        return "、".join(_plain(name, each) for each in value)
    if name in _NAMED:
        return str(_NAMED[name](str(value)))
    return str(_WORDS.get(name, {}).get(value, value))
