"""项目: one entry of the county's project library, as it is known now."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.accounts.models import Unit
from anju.places.models import Site
from anju.registry.models.dated import Known


class ProjectKind(models.TextChoices):
    """项目类型, as the national library sorts them."""

    INDUSTRY = "industry", _("产业发展")
    EMPLOYMENT = "employment", _("就业项目")
    CONSTRUCTION = "construction", _("乡村建设（基础设施）")
    RELOCATION = "relocation", _("易地搬迁后续扶持")
    GUARANTEES = "guarantees", _("巩固三保障成果")
    GOVERNANCE = "governance", _("乡村治理和精神文明建设")
    MANAGEMENT = "management", _("项目管理费")
    OTHER = "other", _("其他")


class Step(models.TextChoices):
    """项目环节, in their order; a project is where the last step it reached left it."""

    PROPOSED = "proposed", _("申报")
    REVIEWED = "reviewed", _("审核")
    APPRAISED = "appraised", _("论证")
    ENTERED = "entered", _("入库")
    STARTED = "started", _("开工")
    FINISHED = "finished", _("完工")
    ACCEPTED = "accepted", _("验收")
    HANDED_OVER = "handed_over", _("移交")
    DROPPED = "dropped", _("退库")


class LabourBase(models.TextChoices):
    """What the labour pay of work relief is a share of; plans and funds say it differently."""

    TOTAL = "total", _("资金总额")
    CENTRAL = "central", _("中央资金")


class Description(models.Model):
    """What a library says of a project. `division_code` is a village, or the town or county where the
    project is for all of it. The unit is a unit of the county where one has the name; `unit_name` is
    what the list says.
    """

    name = models.CharField("项目名称", max_length=200)
    kind = models.CharField("项目类型", max_length=14, choices=ProjectKind)
    subkind = models.CharField("项目二级类型", max_length=60, blank=True)
    is_key = models.BooleanField("是否重点项目", default=False)
    content = models.CharField("建设内容", max_length=500, blank=True)
    division_code = models.CharField("建设地点代码", max_length=12)
    site = models.ForeignKey(
        Site,
        verbose_name="安置点",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name="责任单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    unit_name = models.CharField("责任单位名称", max_length=80, blank=True)
    builder = models.CharField("施工（实施）单位", max_length=120, blank=True)
    entered_year = models.PositiveSmallIntegerField("入库年度", null=True, blank=True)
    plan_year = models.PositiveSmallIntegerField(
        "实施年度", null=True, blank=True, help_text="列入哪一年的实施计划；空：还没有安排"
    )
    planned_start = models.DateField("计划开工日期", null=True, blank=True)
    planned_finish = models.DateField("计划完工日期", null=True, blank=True)
    households = models.PositiveIntegerField("受益户数", null=True, blank=True)
    is_work_relief = models.BooleanField("是否以工代赈", default=False)
    labour_percent = models.PositiveSmallIntegerField(
        "劳务报酬应占比例（%）", null=True, blank=True
    )
    labour_base = models.CharField(
        "劳务报酬计算基数", max_length=8, choices=LabourBase, default=LabourBase.TOTAL
    )

    class Meta:
        abstract = True


class Project(Description):
    """项目. Identity, and its description and step as known now, which lists filter and sort by.

    The description repeats the open `ProjectRecord`, `step` and `reached_on` the last of the open
    `ProjectStep`s; only actions write either.
    """

    code = models.CharField("项目编号", max_length=40)
    county_code = models.CharField("县级代码（6 位）", max_length=6)
    step = models.CharField("当前环节", max_length=12, choices=Step, default=Step.PROPOSED)
    reached_on = models.DateField("到达当前环节日期", null=True, blank=True)

    class Meta:
        ordering = ["county_code", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "code"], name="projects_project_code_once_a_county"
            ),
            models.CheckConstraint(
                condition=Q(planned_start__isnull=True)
                | Q(planned_finish__isnull=True)
                | Q(planned_finish__gte=F("planned_start")),
                name="projects_project_planned_in_order",
            ),
            models.CheckConstraint(
                condition=Q(labour_percent__isnull=True) | Q(labour_percent__lte=100),
                name="projects_project_labour_percent",
            ),
        ]
        indexes = [
            models.Index(fields=["division_code", "code", "id"], name="projects_project_place"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProjectRecord(Description, Known):
    """项目情况: the description of a project as the county knew it for a time."""

    project = models.ForeignKey(
        Project, verbose_name="项目", on_delete=models.PROTECT, related_name="records"
    )

    class Meta:
        ordering = ["project_id", "known_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(known_to__isnull=True),
                name="projects_record_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.known_from}"
