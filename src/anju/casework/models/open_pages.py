"""公开页: the pages of a village that anybody may open, by an address that cannot be guessed."""

from django.db import models

from anju.places.models import Division


class OpenPage(models.Model):
    """One address of one village. A new one is made when the old one is to be given up.

    `token` stands in the address and on printed sheets: no secret, but drawn by chance, so that
    nobody finds other villages by counting. Nothing here is about a household.
    """

    village = models.ForeignKey(
        Division, verbose_name="村（社区）", on_delete=models.PROTECT, related_name="+"
    )
    token = models.CharField("网址编码", max_length=16, unique=True)
    contact = models.CharField("受理单位和电话", max_length=80)
    opened_on = models.DateField("开通日期")
    opened_by = models.CharField("开通人（登录名）", max_length=150)
    closed_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        ordering = ["village_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["village"],
                condition=models.Q(closed_on__isnull=True),
                name="casework_open_page_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.opened_on}"
