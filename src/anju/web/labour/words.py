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
    (Wish.TRADE, Fit.UNKNOWN): _("未掌握意向工种"),
    (Wish.TRADE, Fit.FREE): _("工种不限"),
    (Wish.WAGE, Fit.MET): _("工资够期望"),
    (Wish.WAGE, Fit.NOT): _("工资低于期望"),
    (Wish.WAGE, Fit.UNKNOWN): _("未掌握工资或期望"),
    (Wish.PLACE, Fit.MET): _("地点合意"),
    (Wish.PLACE, Fit.NOT): _("常住县内，岗位在外地"),
    (Wish.PLACE, Fit.UNKNOWN): _("未掌握愿在哪里干活"),
    (Wish.AGE, Fit.MET): _("年龄符合"),
    (Wish.AGE, Fit.NOT): _("年龄不符"),
    (Wish.AGE, Fit.UNKNOWN): _("未掌握年龄"),
    (Wish.SKILL, Fit.MET): _("有相应技能"),
    (Wish.SKILL, Fit.NOT): _("没有登记相应技能"),
    (Wish.SKILL, Fit.UNKNOWN): _("未掌握技能要求或技能"),
}
DISTANCES: Final[Mapping[Distance, Text]] = {
    Distance.VILLAGE: _("本村（社区）"),
    Distance.TOWN: _("本乡镇"),
    Distance.COUNTY: pgettext_lazy("distance", "县内"),
    Distance.PROVINCE: _("省（区、市）内县外"),
    Distance.AWAY: _("省（区、市）外"),
    Distance.UNKNOWN: _("未掌握工作地"),
}


def reasons(found: Match) -> list[tuple[str, Text]]:
    """What speaks for and against it, and what is not known: class of the mark, words."""
    marks = {
        Fit.MET: "fit-met",
        Fit.NOT: "fit-not",
        Fit.UNKNOWN: "fit-unknown",
        Fit.FREE: "fit-met",
    }
    order = (Fit.MET, Fit.FREE, Fit.NOT, Fit.UNKNOWN)
    return [
        (marks[point.fit], SAID[point.wish, point.fit])
        for fit in order
        for point in found.points
        if point.fit is fit and (point.wish, point.fit) in SAID
    ]
