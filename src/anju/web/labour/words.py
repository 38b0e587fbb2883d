"""What wishes, distances and results are called on screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anju.employment.matching import Distance, Fit, Match, Wish
from anju.web.lists.declaration import Text

#: How a comparison is said: of each wish, met, not met, not known; what is free is not said.
SAID: Final[Mapping[tuple[Wish, Fit], Text]] = {
    (Wish.TRADE, Fit.MET): _("工种合意愿"),
    (Wish.TRADE, Fit.NOT): _("工种与意愿不同"),
    (Wish.TRADE, Fit.UNKNOWN): _("意向工种"),
    (Wish.TRADE, Fit.FREE): _("工种不限"),
    (Wish.WAGE, Fit.MET): _("工资够期望"),
    (Wish.WAGE, Fit.NOT): _("工资低于期望"),
    (Wish.WAGE, Fit.UNKNOWN): _("工资或期望"),
    (Wish.PLACE, Fit.MET): _("地点合意"),
    (Wish.PLACE, Fit.NOT): _("常住县内，岗位在外地"),
    (Wish.PLACE, Fit.UNKNOWN): _("愿在哪里干活"),
    (Wish.AGE, Fit.MET): _("年龄符合"),
    (Wish.AGE, Fit.NOT): _("年龄不符"),
    (Wish.AGE, Fit.UNKNOWN): _("年龄"),
    (Wish.SKILL, Fit.MET): _("有相应技能"),
    (Wish.SKILL, Fit.NOT): _("没有登记相应技能"),
    (Wish.SKILL, Fit.UNKNOWN): _("技能要求或技能"),
}
DISTANCES: Final[Mapping[Distance, Text]] = {
    Distance.VILLAGE: _("本村（社区）"),
    Distance.TOWN: _("本乡镇"),
    Distance.COUNTY: pgettext_lazy("distance", "县内"),
    Distance.PROVINCE: _("省（区、市）内县外"),
    Distance.AWAY: _("省（区、市）外"),
    Distance.UNKNOWN: _("未掌握工作地"),
}


#: What is told together, in this order; what both sides leave free speaks for it.
_GROUPS: Final[tuple[tuple[Text, tuple[Fit, ...]], ...]] = (
    (_("合适"), (Fit.MET, Fit.FREE)),
    (_("不合适"), (Fit.NOT,)),
    (_("未掌握"), (Fit.UNKNOWN,)),
)


def reasons(found: Match) -> list[tuple[Text, list[Text]]]:
    """What speaks for it, what against it, and what nobody knows: each with its words."""
    told = []
    for title, fits in _GROUPS:
        points = [(point.wish, point.fit) for point in found.points if point.fit in fits]
        said = [SAID[each] for each in points if each in SAID]
        if said:
            told.append((title, said))
    return told
