"""验收: how each stage of a plan's acceptance went, as often as it was held."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from anju.duties.models import Plan


class AcceptanceResult(models.TextChoices):
    """How a stage ended."""

    PASSED = "passed", _("通过")
    NOT_PASSED = "not_passed", _("未通过")


class Acceptance(models.Model):
    """验收记录: `checks` keeps what the computed checks said on that day."""

    plan = models.ForeignKey(Plan, verbose_name="方案", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField("阶段（代码）", max_length=40)
    held_on = models.DateField("办理日期")
    result = models.CharField("结果", max_length=12, choices=AcceptanceResult)
    words = models.TextField("情况说明")
    checks = models.JSONField("当时的核对结果", default=list)
    recorded_on = models.DateField("登记日期")
    recorded_by = models.CharField("登记人（登录名）", max_length=150)

    class Meta:
        ordering = ["plan_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "stage"],
                condition=models.Q(result="passed"),
                name="supervision_stage_passed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.stage} {self.held_on}"


class AcceptanceProof(models.Model):
    """佐证: a file of a stage; its content lies sealed beside the database."""

    acceptance = models.ForeignKey(
        Acceptance, verbose_name="验收记录", on_delete=models.CASCADE, related_name="proofs"
    )
    file_name = models.CharField("文件名", max_length=200)
    size = models.PositiveIntegerField("大小（字节）")
    digest = models.CharField("文件摘要（SHA-256）", max_length=64)

    class Meta:
        ordering = ["acceptance_id", "id"]

    def __str__(self) -> str:
        return self.file_name
