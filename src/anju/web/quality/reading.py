"""Checks and what they found, in words for people."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from anju.employment.models import Channel
from anju.language import in_language, is_chinese
from anju.quality.checks import Check, Field, fields
from anju.registry.models.person import Labour, Schooling, Sex
from anju.web import words

LEVELS: Mapping[str, str | Promise] = {"must": _("报送前必须改"), "look": _("请核实")}
MENDERS: Mapping[str, str | Promise] = {
    "village": _("村（社区）"),
    "town": _("乡镇"),
    "education": _("教育部门"),
    "medical_insurance": _("医保部门"),
    "human_resources": _("人社部门"),
    "civil_affairs": _("民政部门"),
    "disabled_federation": _("残联"),
    "housing": _("住建部门"),
    "water": _("水利部门"),
    "police": _("公安部门"),
}
GROUPS: Mapping[str, str | Promise] = {
    "anyone": _("全部农户"),
    "covered": _("脱贫户和监测对象"),
    "lifted_out": _("脱贫户"),
    "monitored": _("监测对象"),
    "monitored_open": _("风险未消除"),
    "monitored_removed": _("风险已消除"),
}
_CODES: Mapping[str, Callable[[str], Any]] = {
    "sex": lambda code: Sex(code).label,
    "relation": words.relation,
    "education": words.education,
    "schooling": lambda code: Schooling(code).label,
    "labour": lambda code: Labour(code).label,
    "channel": lambda code: Channel(code).label,
}


_ENGLISH: Mapping[str, str] = {"area_dm2": "floor area (m²)"}  # kept in square decimetres


def title(check: Check) -> str:
    """What is wrong, in the reader's language."""
    return in_language(check.zh, check.en)


def found(text: str) -> str:
    """`age=23;schooling=upper_secondary` as 年龄 23，在校阶段 高中（含中职）."""
    parts = (part.partition("=") for part in text.split(";") if part)
    known = fields()
    read = [_one(known[name], value) for name, _sign, value in parts if name in known]
    return "，".join(read) if is_chinese() else "; ".join(read)


def _one(field: Field, value: str) -> str:
    name = field.zh if is_chinese() else _ENGLISH.get(field.id) or field.id.replace("_", " ")
    return f"{name} {_value(field, value)}"


def _value(field: Field, value: str) -> str:
    if not value:
        return str(words.UNKNOWN)
    if field.kind == "truth":
        return pgettext("answer", "是") if value == "true" else pgettext("answer", "否")
    if field.kind == "money":
        return words.yuan(int(value))
    if field.id == "area_dm2":
        return f"{int(value) / 100:g}"
    if field.id in _CODES:
        try:
            return str(_CODES[field.id](value))
        except ValueError:
            return value
    return value
