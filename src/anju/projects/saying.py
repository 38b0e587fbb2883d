"""Why something said of a project cannot be so, in words that name what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anju.projects.facts import Problem
from anju.projects.models import Step


def words(problem: Problem) -> str:
    """The sentence for a problem."""
    if problem.code == "plan_order":
        return _("计划完工日期 %(day)s 早于计划开工日期，请核对两个日期。") % {"day": problem.day}
    said = {"about": Step(problem.about).label, "against": Step(problem.against).label}
    if problem.code == "step_skipped":
        return _("填了“%(about)s”日期却没有“%(against)s”日期，请先补填“%(against)s”日期。") % said
    said["day"] = problem.day
    if problem.code == "dropped_finished":
        return _("已完工的项目不能退库。请清除“%(about)s”日期，或核对“%(against)s”日期。") % said
    return _("“%(about)s”日期 %(day)s 早于“%(against)s”日期，请核对两个日期。") % said
