"""Work waiting to be done: the table is the queue.

A worker claims a row by a conditional update, renews its lease with a heartbeat and writes progress
to the same row that the page shows. A lease that ran out is claimed again: handlers are idempotent.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("等待")
    RUNNING = "running", _("进行中")
    DONE = "done", _("完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


class Job(models.Model):
    """后台作业: one piece of work, its progress and its outcome."""

    kind = models.CharField("作业类型", max_length=60)
    key = models.CharField("键值", max_length=200, help_text="同一键值的作业在完成前只排一次")
    payload = models.JSONField("参数", default=dict)
    state = models.CharField("状态", max_length=10, choices=JobState, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField("已尝试次数", default=0)
    max_attempts = models.PositiveSmallIntegerField("最多尝试次数", default=3)
    run_after = models.DateTimeField("最早开始时间")
    lease_until = models.DateTimeField("租约到期时间", null=True, blank=True)
    worker = models.CharField("执行进程", max_length=80, blank=True)
    step = models.CharField("当前步骤", max_length=120, blank=True)
    done = models.BigIntegerField("已完成数", default=0)
    total = models.BigIntegerField("总数", default=0)
    cancel_requested = models.BooleanField("已请求取消", default=False)
    result = models.JSONField("结果", default=dict)
    error = models.TextField("未完成原因", blank=True)
    created_by = models.CharField("提交人（登录名）", max_length=150)
    created_at = models.DateTimeField("提交时间")
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "run_after", "id"], name="queue_claim")]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state__in=["waiting", "running"]),
                name="queue_one_open_job_a_key",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_until__isnull=False),
                name="queue_running_has_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.state}"
