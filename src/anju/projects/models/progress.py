"""How far a project is: the steps it reached, and what share of the work is done."""

from django.db import models
from django.db.models import Q

from anju.projects.models.projects import Project, Step
from anju.registry.models.dated import Known


class ProjectStep(Known):
    """项目环节: a step of the library that was reached on a day."""

    project = models.ForeignKey(
        Project, verbose_name="项目", on_delete=models.PROTECT, related_name="steps"
    )
    step = models.CharField("环节", max_length=12, choices=Step)
    reached_on = models.DateField("到达日期")

    class Meta:
        ordering = ["project_id", "reached_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "step"],
                condition=Q(known_to__isnull=True),
                name="projects_step_once",
            ),
        ]
        indexes = [
            models.Index(fields=["step", "reached_on", "project"], name="projects_step_day"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.step}"


class ProjectProgress(Known):
    """形象进度: what share of the work was done by a day, in whole per cent."""

    project = models.ForeignKey(
        Project, verbose_name="项目", on_delete=models.PROTECT, related_name="progress"
    )
    seen_on = models.DateField("统计日期")
    percent = models.PositiveSmallIntegerField("形象进度（%）")

    class Meta:
        ordering = ["project_id", "seen_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "seen_on"],
                condition=Q(known_to__isnull=True),
                name="projects_progress_once_a_day",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="projects_progress_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.seen_on}"
