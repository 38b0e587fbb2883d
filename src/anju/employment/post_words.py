"""The rules of hiring and leaving in words: what is asked, what was seen, and why somebody should go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.employment.models import Channel
from anju.employment.post_rules import Answer, Leaving, Reason, Rule, Verdict
from anju.registry.models.person import Labour, Schooling

Text = str | Promise

RULES: Final[Mapping[Rule, Text]] = {
    Rule.OLD_ENOUGH: gettext_lazy("年满聘用年龄"),
    Rule.BELOW_AGE: gettext_lazy("未到年龄上限"),
    Rule.LOCAL: gettext_lazy("在本县底册，是现有家庭成员"),
    Rule.ABLE: gettext_lazy("有劳动能力"),
    Rule.NOT_AT_SCHOOL: gettext_lazy("不在校"),
    Rule.NO_OTHER_WORK: gettext_lazy("没有其他就业"),
    Rule.POSTS_OF_PERSON: gettext_lazy("本人在岗数未满"),
    Rule.POSTS_OF_HOUSEHOLD: gettext_lazy("同户在岗数未满"),
    Rule.NO_LICENCE: gettext_lazy("本人没有办营业执照"),
    Rule.NO_OFFICIAL: gettext_lazy("家庭成员中没有村干部"),
}
#: Where no figure of the pack bounds a rule: whose practice it is.
PRACTICE: Final[Mapping[Rule, Text]] = {
    Rule.LOCAL: gettext_lazy("默认，待确认：甘肃高台公开口径，限本地户籍；由县人社局确认"),
    Rule.ABLE: gettext_lazy("默认，待确认：贵州数据质量检查口径，无劳动能力的不得在岗；由县人社局确认"),
    Rule.NOT_AT_SCHOOL: gettext_lazy("默认，待确认：湖北广水公开口径，升学的退岗；由县人社局确认"),
    Rule.NO_OTHER_WORK: gettext_lazy("默认，待确认：甘肃高台公开口径，安置没有其他就业门路的人；由县人社局确认"),
    Rule.NO_LICENCE: gettext_lazy("默认，待确认：湖北广水公开口径，办有营业执照的不聘；由县人社局确认"),
    Rule.NO_OFFICIAL: gettext_lazy("默认，待确认：甘肃高台公开口径，村干部及其家庭成员不聘；由县人社局确认"),
}  # fmt: skip
VERDICTS: Final[Mapping[Verdict, Text]] = {
    Verdict.MET: gettext_lazy("符合"),
    Verdict.BROKEN: gettext_lazy("不符合"),
    Verdict.UNKNOWN: gettext_lazy("未掌握"),
}
LEAVINGS: Final[Mapping[Leaving, Text]] = {
    Leaving.OVER: gettext_lazy("协议已到期，没有续签"),
    Leaving.ENDING: gettext_lazy("协议即将到期"),
    Leaving.DIED: gettext_lazy("已去世"),
    Leaving.GONE: gettext_lazy("已不在任何家庭"),
    Leaving.AGE: gettext_lazy("达到年龄上限"),
    Leaving.AGE_AHEAD: gettext_lazy("即将达到年龄上限"),
    Leaving.WORK: gettext_lazy("另有就业"),
    Leaving.LICENCE: gettext_lazy("名下有市场主体"),
    Leaving.UNABLE: gettext_lazy("登记为没有劳动能力"),
    Leaving.SCHOOL: gettext_lazy("在校"),
}


def seen(answer: Answer) -> str:
    """The value a rule saw."""
    value = answer.seen
    if answer.rule in (Rule.NO_LICENCE, Rule.NO_OFFICIAL):
        return _("未问") if value is None else _("有") if value else _("没有")
    if value is None:
        return _("未掌握")
    if answer.rule in (Rule.OLD_ENOUGH, Rule.BELOW_AGE):
        return _("%(years)s 周岁") % {"years": value}
    if answer.rule in (Rule.POSTS_OF_PERSON, Rule.POSTS_OF_HOUSEHOLD):
        return _("现有 %(count)s 个") % {"count": value}
    if answer.rule is Rule.LOCAL:
        return _("是") if value else _("不是")
    if answer.rule is Rule.NO_OTHER_WORK:
        return channels(value) if isinstance(value, tuple) and value else _("没有")
    labels = Labour if answer.rule is Rule.ABLE else Schooling
    return str(labels(str(value)).label)


def bound(answer: Answer) -> str:
    """The figure a rule held it against; empty where there is none."""
    if answer.rule is Rule.OLD_ENOUGH:
        return _("%(years)s 周岁及以上") % {"years": answer.bound}
    if answer.rule is Rule.BELOW_AGE:
        return _("不满 %(years)s 周岁") % {"years": answer.bound}
    if answer.rule in (Rule.POSTS_OF_PERSON, Rule.POSTS_OF_HOUSEHOLD):
        return _("最多 %(count)s 个") % {"count": answer.bound}
    return ""


def told(answers: Iterable[Answer]) -> str:
    """Answers in one line: which condition, and what was seen."""
    said = (f"{RULES[each.rule]}（{seen(each)}）" for each in answers)
    return "；".join(said)


def reason(found: Reason) -> str:
    """Why somebody should leave, with the day or what was seen."""
    name = str(LEAVINGS[found.why])
    if found.day is not None:
        return _("%(name)s（%(seen)s）") % {"name": name, "seen": found.day.isoformat()}
    if found.why is Leaving.WORK and isinstance(found.seen, tuple):
        return _("%(name)s（%(seen)s）") % {"name": name, "seen": channels(found.seen)}
    return name


def channels(values: Iterable[str]) -> str:
    """Channels of work, each once."""
    return "、".join(str(Channel(each).label) for each in dict.fromkeys(values))
