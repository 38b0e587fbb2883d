"""Dated facts about households and persons: statuses, incomes, events, holdings."""

from django.db import models
from django.db.models import Q

from anju.registry.models.dated import Dated, Known
from anju.registry.models.household import Household
from anju.registry.models.person import Person


class Status(Dated):
    """身份或状况 that holds for a time: of a person, or of the whole household (no person)."""

    household = models.ForeignKey(
        Household, verbose_name="户", on_delete=models.PROTECT, related_name="statuses"
    )
    person = models.ForeignKey(
        Person,
        verbose_name="人员（为空指全户）",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statuses",
    )
    kind = models.CharField("身份或状况类别", max_length=40)
    level = models.CharField("等级或类别", max_length=40, blank=True)
    reference = models.CharField(
        max_length=120, blank=True, help_text="编号或内容：区分同日同类的两条"
    )

    class Meta:
        ordering = ["household_id", "valid_from", "id"]
        indexes = [models.Index(fields=["kind", "person"], name="registry_status_kind")]

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind}"


class Income(Known):
    """Income of a household in one quarter (20233 = third quarter of 2023), in fen."""

    household = models.ForeignKey(
        Household, verbose_name="户", on_delete=models.PROTECT, related_name="incomes"
    )
    quarter = models.PositiveIntegerField("季度（20233 为 2023 年第三季度）")
    wage = models.BigIntegerField("工资性收入（分）", null=True, blank=True)
    business = models.BigIntegerField("生产经营性收入（分）", null=True, blank=True)
    business_cost = models.BigIntegerField("生产经营性支出（分）", null=True, blank=True)
    property = models.BigIntegerField("财产性收入（分）", null=True, blank=True)
    transfer = models.BigIntegerField("转移性收入（分）", null=True, blank=True)

    class Meta:
        ordering = ["household_id", "quarter", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "quarter"],
                condition=Q(known_to__isnull=True),
                name="registry_income_once_a_quarter",
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=19001) & Q(quarter__lte=29994),
                name="registry_income_quarter_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.quarter}"


class Event(Known):
    """事件: something that happened on a day, with an amount in fen where it cost money."""

    household = models.ForeignKey(
        Household,
        verbose_name="户",
        on_delete=models.PROTECT,
        related_name="events",
        db_index=False,
    )
    person = models.ForeignKey(
        Person,
        verbose_name="人员（为空指全户）",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    kind = models.CharField("事件类别", max_length=40)
    occurred_on = models.DateField("发生日期")
    amount = models.BigIntegerField("金额（分）", null=True, blank=True)
    level = models.CharField("等级、天数或类别", max_length=40, blank=True)
    reference = models.CharField(
        max_length=120, blank=True, help_text="单号或事由：区分同日同类的两条"
    )

    class Meta:
        ordering = ["household_id", "occurred_on", "id"]
        indexes = [
            models.Index(fields=["kind", "occurred_on"], name="registry_event_kind"),
            # Stands for the foreign key's own; with kind and day, or SQLite reads every household's
            # events of the kind to find those of one (it counts equal columns, without statistics).
            models.Index(
                fields=["household", "kind", "occurred_on"], name="registry_event_household"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind} {self.occurred_on}"


class Holding(Dated):
    """财产线索 (vehicle, company, commercial housing): a hint for the home check, nothing more."""

    household = models.ForeignKey(
        Household, verbose_name="户", on_delete=models.PROTECT, related_name="holdings"
    )
    person = models.ForeignKey(
        Person,
        verbose_name="人员（为空指全户）",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="holdings",
    )
    kind = models.CharField("财产类别", max_length=40)
    value = models.BigIntegerField("价值（分）", null=True, blank=True)
    reference = models.CharField(max_length=120, blank=True, help_text="登记编号")

    class Meta:
        ordering = ["household_id", "id"]

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind}"
