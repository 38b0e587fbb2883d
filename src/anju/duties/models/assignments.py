"""包点: leaders assigned to a village or site, and the visits and meetings they owe there."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.accounts.models import Unit, User
from anju.duties.models.plans import Plan
from anju.duties.models.rhythms import Rhythm
from anju.places.models import Site


class AssignedLevel(models.TextChoices):
    """包抓层级: of which level the leader or unit is, in the order of rank."""

    PROVINCE = "province", _("省（自治区）级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级（管委）")
    DIVISION = "division", _("处级")
    TOWN = "town", _("乡镇级")


class Assignment(models.Model):
    """包点: one leader or unit for one place, from a day until a day (exclusive).

    A leader who does not sign in stands in `leader_post`, as the post held; then the unit records.
    """

    leader = models.ForeignKey(
        User,
        verbose_name="包点领导",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    leader_post = models.CharField(
        "包点领导职务",
        max_length=40,
        blank=True,
        help_text="领导没有系统账号时写职务，由包抓单位登记",
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name="包抓单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    level = models.CharField(
        "包抓层级",
        max_length=8,
        choices=AssignedLevel,
        blank=True,
        help_text="方案要求哪一级领导或部门包抓；空：没有登记",
    )
    division_code = models.CharField("行政区划代码", max_length=12)
    site = models.ForeignKey(
        Site,
        verbose_name="安置点",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    plan = models.ForeignKey(
        Plan,
        verbose_name="依据的方案",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    clause = models.CharField("条款", max_length=80, blank=True)
    visits_every = models.CharField("走访频次", max_length=10, choices=Rhythm, blank=True)
    meetings_every = models.CharField("会议频次", max_length=10, choices=Rhythm, blank=True)
    assigned_on = models.DateField(
        "登记日期", help_text="此前的走访和会议不再补列，起始日期更早的也是"
    )
    valid_from = models.DateField("起始日期")
    valid_to = models.DateField("终止日期（不含当日）", null=True, blank=True)

    class Meta:
        ordering = ["division_code", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(leader__isnull=False) | Q(unit__isnull=False),
                name="duties_assignment_has_somebody",
            ),
            models.CheckConstraint(
                condition=Q(leader_post="") | Q(leader__isnull=True),
                name="duties_assignment_leader_said_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="duties_assignment_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["division_code", "id"], name="duties_assignment_place")]

    def __str__(self) -> str:
        return f"{self.division_code} {self.leader_id or ''} {self.unit_id or ''}"


class OwedKind(models.TextChoices):
    """What is owed at a place."""

    VISIT = "visit", _("走访")
    MEETING = "meeting", _("现场会议")


class Owed(models.Model):
    """应走访、应开会: one for each period; done when somebody wrote down what came of it."""

    assignment = models.ForeignKey(
        Assignment, verbose_name="包点", on_delete=models.CASCADE, related_name="owed"
    )
    kind = models.CharField("事项", max_length=8, choices=OwedKind)
    period = models.CharField("期次", max_length=10)
    due_on = models.DateField("到期日期")
    held_on = models.DateField("开展日期", null=True, blank=True)
    words = models.TextField("情况和议定事项", blank=True)
    recorded_by = models.CharField("登记人（登录名）", max_length=150, blank=True)

    class Meta:
        ordering = ["assignment_id", "due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "kind", "period"], name="duties_owed_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=Q(held_on__isnull=True),
                name="duties_owed_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.kind} {self.period}"
