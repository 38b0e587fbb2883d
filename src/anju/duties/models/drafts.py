"""填报草稿: what somebody typed about a due day and has not reported yet."""

from django.db import models

from anju.duties.models.tasks import TaskDue


class ProgressDraft(models.Model):
    """One form of one due day and one person; nobody else reads it. Gone once it is reported."""

    due = models.ForeignKey(
        TaskDue, verbose_name="任务节点", on_delete=models.CASCADE, related_name="+"
    )
    written_by = models.CharField("填写人（登录名）", max_length=150)
    texts = models.JSONField("已填内容", default=dict, help_text="表单项 → 所填文字")
    saved_at = models.DateTimeField("保存时间", db_index=True)

    class Meta:
        ordering = ["-saved_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["due", "written_by"], name="duties_draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.due_id} {self.written_by}"
