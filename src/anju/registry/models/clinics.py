"""村卫生室: whether a village has a clinic and somebody to staff it, as it was seen on a day."""

from django.db import models


class ClinicReport(models.Model):
    """What was seen on a day; never changed afterwards. The latest of a village holds.

    A village without a clinic, or whose clinic has nobody qualified, is a blank spot (空白点) that has
    to be filled. Nothing here is about a household or a patient.
    """

    village_code = models.CharField("村（社区）代码", max_length=12)
    seen_on = models.DateField("核实日期")
    has_clinic = models.BooleanField("有无村卫生室")
    has_staff = models.BooleanField("有无合格村医")
    fills_blank = models.BooleanField("空白点由此清零", default=False)
    arrangement = models.CharField("空白期间的安排", max_length=200, blank=True)
    source = models.CharField("来源", max_length=80)
    recorded_by = models.CharField("登记人（登录名）", max_length=150)

    class Meta:
        ordering = ["village_code", "seen_on", "id"]
        indexes = [
            # The name it was given where it lay first.
            models.Index(fields=["village_code", "seen_on", "id"], name="casework_clinic_place")
        ]

    def __str__(self) -> str:
        return f"{self.village_code} {self.seen_on}"

    @property
    def is_blank(self) -> bool:
        """Whether the village is a blank spot."""
        return not (self.has_clinic and self.has_staff)
