"""村卫生室空白点清零: the case of a village whose clinic, or doctor, is missing, and its moves."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ClinicState(models.TextChoices):
    """How far a blank spot is; the values are those of the procedures."""

    CHECKING = "checking", _("办理中")
    CLEARED = "cleared", _("已清零")
    NOT_INCLUDED = "not_included", _("核实不属空白点")


class ClinicCase(models.Model):
    """One blank spot from the day it was told until it is filled; of a village, about nobody's health.

    It goes by the procedure of its policy pack like the case of a household: `step` and `holder` are
    empty once it is over, `version` counts the moves.
    """

    number = models.CharField("案件编号", max_length=24, unique=True)
    village_code = models.CharField("村（社区）代码", max_length=12)
    state = models.CharField(
        "状态", max_length=12, choices=ClinicState, default=ClinicState.CHECKING
    )
    pack = models.CharField("政策包", max_length=60)
    procedure = models.CharField("程序", max_length=30)
    step = models.CharField("当前环节", max_length=30, blank=True)
    holder = models.CharField("办理层级", max_length=10, blank=True)
    step_since = models.DateField("进入当前环节日期", null=True, blank=True)
    step_due_on = models.DateField("当前环节期限", null=True, blank=True)
    due_on = models.DateField("全程期限", null=True, blank=True)
    version = models.PositiveIntegerField("变更次数", default=0)
    opened_on = models.DateField("立案日期")
    closed_on = models.DateField("办结日期", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["village_code"],
                condition=Q(closed_on__isnull=True),
                name="casework_clinic_case_open_once",
            ),
            models.CheckConstraint(
                condition=Q(step="", holder="", closed_on__isnull=False)
                | (~Q(step="") & ~Q(holder="") & Q(closed_on__isnull=True)),
                name="casework_clinic_case_held_or_over",
            ),
        ]
        indexes = [
            models.Index(fields=["village_code", "id"], name="casework_clinic_case_place"),
        ]

    def __str__(self) -> str:
        return self.number


class ClinicMove(models.Model):
    """办理记录: one action at one step; never changed afterwards."""

    case = models.ForeignKey(
        ClinicCase, verbose_name="案件", on_delete=models.CASCADE, related_name="moves"
    )
    version = models.PositiveIntegerField("第几次变更")
    procedure = models.CharField("程序", max_length=30)
    from_step = models.CharField("原环节", max_length=30, blank=True)
    action = models.CharField("办理动作", max_length=30)
    to_step = models.CharField("到环节", max_length=30, blank=True)
    moved_on = models.DateField("办理日期")
    at = models.DateTimeField("登记时间")
    by = models.CharField("办理人（登录名）", max_length=150)
    on_behalf_of = models.CharField("代谁办理（登录名）", max_length=150, blank=True)
    step_due_on = models.DateField("离开环节的期限", null=True, blank=True)
    reason = models.CharField("理由（代码）", max_length=40, blank=True)
    note = models.TextField("说明", blank=True)

    class Meta:
        ordering = ["case_id", "version"]
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="casework_clinic_move_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.version} {self.action}"
