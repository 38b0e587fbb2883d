"""Exports of many rows: what was asked for, who decided, and the sealed file while it lasts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ExportState(models.TextChoices):
    """Where an export stands."""

    WAITING = "waiting", _("等待审批")
    PRODUCING = "producing", _("正在生成")
    READY = "ready", _("可以下载")
    REFUSED = "refused", _("未批准")
    CANCELLED = "cancelled", _("已撤回")
    FAILED = "failed", _("生成失败")
    EXPIRED = "expired", _("已过期")


class ExportRequest(models.Model):
    """导出申请: one list that somebody wants to take out, as it was filtered then.

    The address is sealed, since it may hold a name somebody searched for. The file lies sealed in
    `EXPORT_DIR` under the number of the request, and is deleted when the time is over.
    """

    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="申请人", on_delete=models.PROTECT, related_name="+"
    )
    register = models.CharField("名单编号", max_length=40)
    title = models.CharField("名单名称", max_length=80)
    format = models.CharField("文件格式", max_length=4)
    description = models.JSONField("筛选与列", default=dict)
    address_sealed = models.BinaryField("名单网址（密文）")
    ranges = models.JSONField("涉及的行政区划范围", default=list)
    terms = models.JSONField(
        "申请时的条件",
        default=dict,
        help_text="申请人当时的岗位、所需权限、筛选项与列；生成和下载时仍须如此",
    )
    rows = models.PositiveIntegerField("申请时行数")
    reason = models.CharField("用途", max_length=200)
    state = models.CharField(
        "状态", max_length=10, choices=ExportState, default=ExportState.WAITING, db_index=True
    )
    asked_at = models.DateTimeField("申请时间")
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="审批人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    decision_reason = models.CharField("审批意见", max_length=200, blank=True)
    job_id = models.BigIntegerField("后台作业编号", null=True, blank=True)
    ready_at = models.DateTimeField("生成时间", null=True, blank=True)
    expires_at = models.DateTimeField("失效时间", null=True, blank=True)
    fetched_at = models.DateTimeField("最近下载时间", null=True, blank=True)
    problem = models.CharField("未完成原因", max_length=200, blank=True)
    digest = models.CharField("导出行的摘要（SM3）", max_length=64, blank=True)
    written_rows = models.PositiveIntegerField("实际导出行数", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("asker")),
                name="exports_second_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.register} {self.state}"


class SavedView(models.Model):
    """保存的视图: somebody's own name for a filtered list; the address, and nothing of the list."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="保存人", on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField("名称", max_length=60)
    title = models.CharField("名单", max_length=80)
    address = models.CharField("地址", max_length=500, help_text="筛选、排序和列，不含查找词")
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="exports_view_name_once")
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.name}"
