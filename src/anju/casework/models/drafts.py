"""草稿: what somebody typed into a long form of a case and has not handed in yet."""

from django.db import models

from anju.casework.models.cases import Case


class Draft(models.Model):
    """One form of one case and one person; nobody else reads it. Gone once the form is handed in."""

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.CASCADE, related_name="+")
    form = models.CharField("表单", max_length=40)
    written_by = models.CharField("填写人（登录名）", max_length=150)
    texts = models.JSONField("已填内容", default=dict, help_text="表单项 → 所填文字")
    saved_at = models.DateTimeField("保存时间", db_index=True)

    class Meta:
        ordering = ["-saved_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "form", "written_by"], name="casework_draft_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.form}"
