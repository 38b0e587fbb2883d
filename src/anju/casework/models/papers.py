"""文书模板: the county's own templates of papers; where there is none, that of the product holds."""

from django.db import models


class PaperTemplate(models.Model):
    """One version of the template of one paper, never changed afterwards.

    The latest version holds. Without a file it means: from here on the product's own again.
    """

    paper = models.CharField("文书", max_length=30)
    version = models.PositiveIntegerField("版本")
    content = models.BinaryField("模板文件", null=True, blank=True)
    file_name = models.CharField("文件名", max_length=120, blank=True)
    note = models.CharField("修改说明", max_length=200)
    put_by = models.CharField("上传人（登录名）", max_length=150)
    put_at = models.DateTimeField("上传时间")

    class Meta:
        ordering = ["paper", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "version"], name="casework_paper_template_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.version}"
