"""Files in: a batch is one file, a row ends in exactly one outcome."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """Where a file stands on its way into the registers."""

    RECEIVED = "received", _("已接收")
    CHECKING = "checking", _("检查中")
    CHECKED = "checked", _("已检查，待确认")
    COMMITTING = "committing", _("写入中")
    DONE = "done", _("已入库")
    REFUSED = "refused", _("已退回")
    CANCELLED = "cancelled", _("已取消")


class Outcome(models.TextChoices):
    """What became of one row."""

    CREATED = "created", _("新增")
    UPDATED = "updated", _("更新")
    UNCHANGED = "unchanged", _("无变化")
    CONFLICT = "conflict", _("有冲突")
    REJECTED = "rejected", _("退回")


class Batch(models.Model):
    """One file of one feed. The same file twice is recognised by its digest."""

    feed = models.CharField("数据来源", max_length=40)
    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要", max_length=64)
    bytes = models.BigIntegerField("文件大小（字节）")
    known_on = models.DateField("数据日期", help_text="数据日期：县里何时掌握")
    division_code = models.CharField("所属行政区划代码", max_length=12)
    state = models.CharField("状态", max_length=12, choices=BatchState, default=BatchState.RECEIVED)
    rows = models.PositiveIntegerField("行数", default=0)
    counts = models.JSONField("各结果行数", default=dict)
    problem = models.TextField("退回原因", blank=True)
    good_rows_only = models.BooleanField("仅写入合格行", default=True)
    hold = models.BooleanField("先检查后确认", default=False, help_text="先检查，确认后再写入")
    job_id = models.BigIntegerField("作业编号", null=True, blank=True)
    created_by = models.CharField("上传人（登录名）", max_length=150)
    created_at = models.DateTimeField("上传时间")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "digest", "known_on"],
                condition=~Q(state__in=["refused", "cancelled"]),
                name="intake_file_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feed} {self.file_name}"


class Row(models.Model):
    """What became of one row of a file; holds no identity number (see `anju.sealing`)."""

    batch = models.ForeignKey(
        Batch, verbose_name="批次", on_delete=models.CASCADE, related_name="lines"
    )
    sheet = models.CharField("工作表", max_length=60)
    number = models.PositiveIntegerField("行号", help_text="工作表中的行号，从 1 起")
    outcome = models.CharField("处理结果", max_length=10, choices=Outcome)
    household_id = models.BigIntegerField("户内部编号", null=True, blank=True)
    person_id = models.BigIntegerField("人员内部编号", null=True, blank=True)
    village_code = models.CharField("村（社区）代码", max_length=12, blank=True)
    code = models.CharField("户或人员编码", max_length=40, blank=True)
    column = models.CharField("有问题的列", max_length=60, blank=True)
    message = models.TextField("说明", blank=True)
    changes = models.JSONField("更新的栏目", default=dict)

    class Meta:
        ordering = ["batch_id", "sheet", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "sheet", "number"], name="intake_one_outcome_a_row"
            )
        ]
        indexes = [
            models.Index(fields=["batch", "outcome", "number"], name="intake_row_outcome"),
            models.Index(fields=["household_id"], name="intake_row_household"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"
