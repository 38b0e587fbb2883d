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

    feed = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    bytes = models.BigIntegerField()
    known_on = models.DateField(help_text="数据日期：县里何时掌握")
    division_code = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=BatchState, default=BatchState.RECEIVED)
    rows = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    good_rows_only = models.BooleanField(default=True)
    hold = models.BooleanField(default=False, help_text="先检查，确认后再写入")
    job_id = models.BigIntegerField(null=True, blank=True)
    created_by = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

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

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="lines")
    sheet = models.CharField(max_length=60)
    number = models.PositiveIntegerField(help_text="工作表中的行号，从 1 起")
    outcome = models.CharField(max_length=10, choices=Outcome)
    household_id = models.BigIntegerField(null=True, blank=True)
    person_id = models.BigIntegerField(null=True, blank=True)
    village_code = models.CharField(max_length=12, blank=True)
    code = models.CharField(max_length=40, blank=True)
    column = models.CharField(max_length=60, blank=True)
    message = models.TextField(blank=True)
    changes = models.JSONField(default=dict)

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
