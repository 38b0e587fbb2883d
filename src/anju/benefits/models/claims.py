"""花名册 and 申领: the lines of a village's roll, who is paid what, and how far each is."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anju.benefits.models.schemes import Scheme
from anju.benefits.states import DROPPED, Refused, State
from anju.registry.models import Household, Person


class Eligibility(models.TextChoices):
    """What the registers say of whether somebody is entitled."""

    ELIGIBLE = "eligible", _("符合条件")
    TO_CHECK = "to_check", _("待人工核实")
    CONFIRMED = "confirmed", _("已人工核实")
    NOT_ELIGIBLE = "not_eligible", _("不符合条件")


class Roll(models.Model):
    """花名册: the claims of one village for a scheme that go the way together.

    A second roll (`sequence` 2) holds what came in after the first was published. `version` grows
    with every change of a claim of it: who publishes, checks or approves says which version they saw.
    The days are those of the roll's last time through the step; sending it back empties them.
    """

    scheme = models.ForeignKey(
        Scheme, verbose_name="补贴项目", on_delete=models.PROTECT, related_name="rolls"
    )
    village_code = models.CharField("村（社区）代码", max_length=12)
    sequence = models.PositiveSmallIntegerField("第几批", default=1)
    version = models.PositiveIntegerField("版本", default=1)
    submitted_on = models.DateField("村级提交日期", null=True, blank=True)
    published_on = models.DateField("公示日期", null=True, blank=True)
    publicity_ends_on = models.DateField("公示期满日期", null=True, blank=True)
    cleared_on = models.DateField("公示结束日期", null=True, blank=True)
    checked_on = models.DateField("乡镇审核日期", null=True, blank=True)
    approved_on = models.DateField("县级审定日期", null=True, blank=True)

    class Meta:
        ordering = ["village_code", "scheme_id", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "village_code", "sequence"], name="benefits_roll_once"
            ),
        ]
        indexes = [
            models.Index(fields=["village_code", "id"], name="benefits_roll_place"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.village_code} {self.sequence}"


_LIVE = ~Q(state__in=sorted(DROPPED))


class Claim(models.Model):
    """申领: one line of a roll.

    Of a person the household is the one they belong to; an organisation has neither. `quantity` or
    `base_fen` is what the amount is computed from (`anju.benefits.amounts`), `raw_fen` the amount
    before the cap. `checks` are the conditions with what the registers say of each; `evidence` where
    a prefilled value comes from.
    """

    scheme = models.ForeignKey(
        Scheme, verbose_name="补贴项目", on_delete=models.PROTECT, related_name="claims"
    )
    roll = models.ForeignKey(
        Roll, verbose_name="花名册", on_delete=models.PROTECT, related_name="claims"
    )
    number = models.CharField("申领号", max_length=30, unique=True)
    household = models.ForeignKey(
        Household,
        verbose_name="户",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    person = models.ForeignKey(
        Person,
        verbose_name="人员",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    organisation = models.CharField("单位名称", max_length=120, blank=True)
    village_code = models.CharField("申领时所在村（社区）代码", max_length=12)
    item = models.CharField("事项", max_length=40, blank=True)
    quantity = models.DecimalField("数量", max_digits=14, decimal_places=3, null=True, blank=True)
    base_fen = models.BigIntegerField("计算基数（分）", null=True, blank=True)
    raw_fen = models.BigIntegerField("封顶前金额（分）", null=True, blank=True)
    amount_fen = models.BigIntegerField("补贴金额（分）", null=True, blank=True)
    origin = models.CharField("数量来源", max_length=30, blank=True)
    evidence = models.JSONField("数量依据", default=dict)
    eligibility = models.CharField(
        "资格", max_length=12, choices=Eligibility, default=Eligibility.TO_CHECK
    )
    checks = models.JSONField("条件核对", default=list)
    confirmed_by = models.CharField("核实人（登录名）", max_length=150, blank=True)
    confirmed_on = models.DateField("核实日期", null=True, blank=True)
    confirmation = models.CharField("核实情况", max_length=200, blank=True)
    state = models.CharField("状态", max_length=12, choices=State, default=State.DRAFT)
    state_on = models.DateField("进入现状态日期")
    reason = models.CharField("不予补贴原因", max_length=14, choices=Refused, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    approved_by = models.CharField("审定人（登录名）", max_length=150, blank=True)
    approved_on = models.DateField("审定日期", null=True, blank=True)
    paid_on = models.DateField("到账日期", null=True, blank=True)
    recovered_fen = models.BigIntegerField("已追回金额（分）", default=0)
    made_by = models.CharField("登记人（登录名）", max_length=150)
    made_on = models.DateField("登记日期")

    class Meta:
        ordering = ["village_code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "household", "item"],
                condition=_LIVE & Q(household__isnull=False, person__isnull=True),
                name="benefits_claim_once_a_household",
            ),
            models.UniqueConstraint(
                fields=["scheme", "person", "item"],
                condition=_LIVE & Q(person__isnull=False),
                name="benefits_claim_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["scheme", "organisation", "item"],
                condition=_LIVE & ~Q(organisation=""),
                name="benefits_claim_once_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(household__isnull=False, organisation="")
                | (Q(household__isnull=True, person__isnull=True) & ~Q(organisation="")),
                name="benefits_claim_of_one_recipient",
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__isnull=True)
                | Q(amount_fen__gte=0, amount_fen__lte=models.F("raw_fen")),
                name="benefits_claim_amount",
            ),
            models.CheckConstraint(
                condition=Q(recovered_fen=0)
                | Q(recovered_fen__gt=0, recovered_fen__lte=models.F("amount_fen")),
                name="benefits_claim_recovered",
            ),
        ]
        indexes = [
            models.Index(fields=["village_code", "id"], name="benefits_claim_place"),
            models.Index(fields=["scheme", "state", "village_code"], name="benefits_claim_state"),
            models.Index(fields=["roll", "state"], name="benefits_claim_roll"),
        ]

    def __str__(self) -> str:
        return self.number


class ClaimMove(models.Model):
    """经过: one move of a claim, with who made it, when and why; never changed afterwards."""

    claim = models.ForeignKey(
        Claim, verbose_name="申领", on_delete=models.PROTECT, related_name="moves"
    )
    verb = models.CharField("办理", max_length=12)
    from_state = models.CharField("原状态", max_length=12, choices=State, blank=True)
    to_state = models.CharField("新状态", max_length=12, choices=State)
    amount_fen = models.BigIntegerField("当时金额（分）", null=True, blank=True)
    moved_on = models.DateField("办理日期")
    by = models.CharField("办理人（登录名）", max_length=150)
    reason = models.CharField("原因", max_length=14, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        ordering = ["claim_id", "id"]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.verb}"
